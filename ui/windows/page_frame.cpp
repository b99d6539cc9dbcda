#include "ui/windows/page_frame.h"

#include <QDialog>
#include <QEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace culvert {
namespace {

/// Makes a dialog higher when what it says needs more room; wrapped text does not do that by itself.
class DialogFitter : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show) {
            auto* dialog = static_cast<QWidget*>(watched);
            QMetaObject::invokeMethod(
                dialog, [dialog] { fit(dialog); }, Qt::QueuedConnection);
        }
        return false;
    }

private:
    static void fit(QWidget* dialog) {
        dialog->layout()->activate();
        const int height = dialog->layout()->totalHeightForWidth(dialog->width());
        if (height > dialog->height())
            dialog->resize(dialog->width(), height);
    }
};

} // namespace

QVBoxLayout* makeCenteredColumn(QWidget* page, int width) {
    auto* scroll = new QScrollArea(page);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* outer = new QVBoxLayout(page);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);

    auto* ground = new QWidget(scroll);
    auto* middle = new QHBoxLayout(ground);
    middle->setContentsMargins(16, 24, 16, 24);
    auto* block = new QWidget(ground);
    block->setMaximumWidth(width);
    middle->addStretch(1);
    middle->addWidget(block, 1000);
    middle->addStretch(1);
    scroll->setWidget(ground);

    auto* frame = new QVBoxLayout(block);
    frame->setContentsMargins(0, 0, 0, 0);
    auto* column = new QVBoxLayout;
    column->setSpacing(8);
    frame->addStretch(1);
    frame->addLayout(column);
    frame->addStretch(1);
    return column;
}

QVBoxLayout* makeDialogColumn(QDialog* dialog, const QString& title, int width) {
    dialog->setWindowTitle(title);
    dialog->setMinimumWidth(width);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setModal(true);
    dialog->installEventFilter(new DialogFitter(dialog));
    auto* column = new QVBoxLayout(dialog);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(12);
    return column;
}

} // namespace culvert
