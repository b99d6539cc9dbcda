#include "ui/widgets/composer.h"

#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace culvert {
namespace {

constexpr int kLinesMax = 8;

} // namespace

ComposerEdit::ComposerEdit(QWidget* parent) : QPlainTextEdit(parent) {
    setPlaceholderText(tr("Write a message"));
    setAccessibleName(tr("Message"));
    setTabChangesFocus(true); // Tab must lead out of the field
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    document()->setDocumentMargin(0);
    connect(this, &QPlainTextEdit::textChanged, this, &ComposerEdit::fitHeight);
    fitHeight();
}

void ComposerEdit::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !(event->modifiers() & Qt::ShiftModifier)) {
        emit submitted();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void ComposerEdit::focusInEvent(QFocusEvent* event) {
    QPlainTextEdit::focusInEvent(event);
    emit focusChanged(true);
}

void ComposerEdit::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    emit focusChanged(false);
}

void ComposerEdit::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void ComposerEdit::fitHeight() {
    // A plain text document measures its height in lines, wrapped ones counted.
    const int lines = std::clamp(static_cast<int>(std::ceil(document()->size().height())), 1, kLinesMax);
    const int height = lines * fontMetrics().lineSpacing() + 4;
    if (height != maximumHeight())
        setFixedHeight(height);
    setVerticalScrollBarPolicy(lines < kLinesMax ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
}

Composer::Composer(QWidget* parent) : QFrame(parent), m_edit(new ComposerEdit(this)) {
    setProperty("kind", QStringLiteral("composer"));
    m_send = new IconButton(IconId::Send, tr("Send"), this, ColorRole::OnAccent);
    m_send->setProperty("kind", QStringLiteral("send"));
    m_send->setEnabled(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 6, 6);
    row->setSpacing(8);
    row->addWidget(m_edit, 1, Qt::AlignVCenter);
    row->addWidget(m_send, 0, Qt::AlignBottom);
    setFocusProxy(m_edit);
    connect(m_edit, &ComposerEdit::submitted, this, &Composer::submit);
    connect(m_edit, &ComposerEdit::focusChanged, this, &Composer::showFocus);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] { m_send->setEnabled(!text().trimmed().isEmpty()); });
    connect(m_send, &QToolButton::clicked, this, &Composer::submit);
}

QString Composer::text() const {
    return m_edit->toPlainText();
}

void Composer::setText(const QString& text) {
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
}

void Composer::submit() {
    if (!text().trimmed().isEmpty())
        emit submitted(text());
}

void Composer::showFocus(bool focused) {
    setProperty("focused", focused);
    style()->unpolish(this);
    style()->polish(this);
}

} // namespace culvert
