// Page frames: layouts that several pages and dialogs share.
#pragma once

class QDialog;
class QString;
class QVBoxLayout;
class QWidget;

namespace culvert {

/// A column of at most `width` in the middle of `page`, which scrolls when the window is low.
QVBoxLayout* makeCenteredColumn(QWidget* page, int width);
/// The column of a dialog: title bar text, margins, and Esc that closes it.
QVBoxLayout* makeDialogColumn(QDialog* dialog, const QString& title, int width);

} // namespace culvert
