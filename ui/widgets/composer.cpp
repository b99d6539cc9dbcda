#include "ui/widgets/composer.h"

#include "ui/widgets/emoji_picker.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/reading_direction.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStyle>
#include <QVBoxLayout>

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
    connect(this, &QPlainTextEdit::textChanged, this, &ComposerEdit::followWords);
    fitHeight();
    followWords();
}

void ComposerEdit::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !(event->modifiers() & Qt::ShiftModifier)) {
        emit submitted();
        return;
    }
    if (event->key() == Qt::Key_Up && document()->isEmpty() && event->modifiers() == Qt::NoModifier) {
        emit upInEmpty();
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

// Each paragraph runs as its own letters; a plain document has one edge for all of them, and the first letter decides.
void ComposerEdit::followWords() {
    const Qt::LayoutDirection direction = firstStrong(toPlainText()).value_or(layoutDirection());
    const Qt::Alignment edge = Qt::AlignAbsolute | (direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    QTextOption option = document()->defaultTextOption();
    if (option.alignment() == edge)
        return;
    option.setAlignment(edge);
    document()->setDefaultTextOption(option);
}

Composer::Composer(QWidget* parent)
    : QFrame(parent), m_purpose(new QWidget(this)), m_edit(new ComposerEdit(this)),
      m_emoji(new IconButton(IconId::Emoji, tr("Emoji"), this, ColorRole::Secondary)) {
    setProperty("kind", QStringLiteral("composer"));
    m_emoji->setObjectName(QStringLiteral("emoji"));
    m_emoji->setToolTip(tr("Emoji (%1)").arg(QKeySequence(kEmojiKey).toString(QKeySequence::NativeText)));
    buildPurpose();
    m_send = new IconButton(IconId::Send, tr("Send"), this, ColorRole::OnAccent);
    m_send->setProperty("kind", QStringLiteral("send"));
    m_send->setEnabled(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(readingMargins(12, 6, 6, 6));
    column->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_edit, 1, Qt::AlignVCenter);
    row->addWidget(m_emoji, 0, Qt::AlignBottom);
    row->addWidget(m_send, 0, Qt::AlignBottom);
    column->addWidget(m_purpose);
    column->addLayout(row);
    setFocusProxy(m_edit);
    connect(m_edit, &ComposerEdit::submitted, this, &Composer::submit);
    connect(m_edit, &ComposerEdit::focusChanged, this, &Composer::showFocus);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] { m_send->setEnabled(!text().trimmed().isEmpty()); });
    connect(m_send, &QToolButton::clicked, this, &Composer::submit);
    connect(m_emoji, &QToolButton::clicked, this, &Composer::openPicker);
    connect(m_edit, &ComposerEdit::upInEmpty, this, &Composer::upInEmpty);
}

// The field gives the focus up while this ends, and would tell it what is no Composer any more.
Composer::~Composer() {
    m_edit->disconnect(this);
}

void Composer::buildPurpose() {
    m_purposeIcon = new IconLabel(IconId::Reply, 16, ColorRole::Accent, m_purpose);
    m_purposeTitle = new ElidedLabel(QStringLiteral("strong"), m_purpose);
    m_purposeTitle->setObjectName(QStringLiteral("purpose"));
    m_purposeLine = new ElidedLabel(QStringLiteral("secondary"), m_purpose);
    auto* cancel = new IconButton(IconId::Close, tr("Cancel"), m_purpose, ColorRole::Secondary);
    cancel->setObjectName(QStringLiteral("cancelPurpose"));
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_purposeTitle);
    words->addWidget(m_purposeLine);
    auto* row = new QHBoxLayout(m_purpose);
    row->setContentsMargins(0, 2, 0, 2);
    row->setSpacing(8);
    row->addWidget(m_purposeIcon);
    row->addLayout(words, 1);
    row->addWidget(cancel, 0, Qt::AlignTop);
    m_purpose->hide();
    connect(cancel, &QToolButton::clicked, this, &Composer::purposeCancelled);
}

void Composer::setPurpose(IconId icon, const QString& title, const QString& line) {
    m_purposeIcon->setIcon(icon, ColorRole::Accent);
    m_purposeTitle->setWholeText(title);
    m_purposeLine->setWholeText(line);
    m_purpose->show();
    m_edit->setAccessibleDescription(title);
    m_edit->setFocus(Qt::OtherFocusReason);
}

void Composer::clearPurpose() {
    m_purpose->hide();
    m_edit->setAccessibleDescription({});
}

void Composer::insert(const QString& sign) {
    m_edit->insertPlainText(sign);
    m_edit->setFocus(Qt::OtherFocusReason);
}

void Composer::openPicker() {
    auto* picker = new EmojiPicker(this);
    connect(picker, &EmojiPicker::picked, this, &Composer::insert);
    picker->openAt(m_emoji->mapToGlobal(QPoint(m_emoji->width() / 2, -8)));
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
