// Composer: where one writes a message.
#pragma once

#include "ui/style/icons.h"

#include <QFrame>
#include <QPlainTextEdit>

class QToolButton;

namespace culvert {

class ElidedLabel;
class IconLabel;

/// The field itself: as high as its text, up to eight lines.
class ComposerEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit ComposerEdit(QWidget* parent = nullptr);

signals:
    void submitted();
    void upInEmpty(); ///< the Up key, with nothing typed
    void focusChanged(bool focused);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHeight();
    void followWords();
};

/// Field and send button, and above them what the text is to be: a reply or another text of a message. Enter sends,
/// Shift+Enter breaks the line, Up in an empty field edits the last message; the text stays until the window takes it.
class Composer : public QFrame {
    Q_OBJECT

public:
    /// Of the window, for the emoji picker.
    static constexpr QKeyCombination kEmojiKey = Qt::CTRL | Qt::Key_Period;

    explicit Composer(QWidget* parent = nullptr);
    ~Composer() override;

    QString text() const;
    void setText(const QString& text);
    ComposerEdit* edit() const { return m_edit; }
    /// Says above the field what it is for: "Reply to Lena", and a line of what that is.
    void setPurpose(IconId icon, const QString& title, const QString& line);
    void clearPurpose();
    bool hasPurpose() const { return !m_purpose->isHidden(); }
    /// Puts a sign where the cursor is.
    void insert(const QString& sign);
    void openPicker();

signals:
    void upInEmpty();
    /// The user does not want to reply, or to edit, after all.
    void purposeCancelled();
    /// Something other than blanks is to be sent.
    void submitted(const QString& text);

private:
    void submit();
    void showFocus(bool focused);
    void buildPurpose();

    QWidget* m_purpose;
    IconLabel* m_purposeIcon = nullptr;
    ElidedLabel* m_purposeTitle = nullptr;
    ElidedLabel* m_purposeLine = nullptr;
    ComposerEdit* m_edit;
    QToolButton* m_emoji;
    QToolButton* m_send;
};

} // namespace culvert
