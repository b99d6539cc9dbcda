// Composer: where one writes a message.
#pragma once

#include <QFrame>
#include <QPlainTextEdit>

class QToolButton;

namespace culvert {

/// The field itself: as high as its text, up to eight lines.
class ComposerEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit ComposerEdit(QWidget* parent = nullptr);

signals:
    void submitted();
    void focusChanged(bool focused);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHeight();
};

/// Field and send button. Enter sends, Shift+Enter breaks the line; the text stays until the window takes it.
class Composer : public QFrame {
    Q_OBJECT

public:
    explicit Composer(QWidget* parent = nullptr);

    QString text() const;
    void setText(const QString& text);
    ComposerEdit* edit() const { return m_edit; }

signals:
    /// Something other than blanks is to be sent.
    void submitted(const QString& text);

private:
    void submit();
    void showFocus(bool focused);

    ComposerEdit* m_edit;
    QToolButton* m_send;
};

} // namespace culvert
