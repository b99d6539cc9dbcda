#include "ui/widgets/share_panel.h"

#include "ui/style/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/qr_view.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace culvert {

SharePanel::SharePanel(QWidget* parent)
    : QWidget(parent), m_text(new QPlainTextEdit(this)),
      m_copy(makeButton(tr("Copy address"), QStringLiteral("primary"), this)), m_outdated(new ErrorLabel(this)),
      m_code(new QrView(this)) {
    m_text->setObjectName(QStringLiteral("ownAddress"));
    m_text->setReadOnly(true);
    m_text->setProperty("kind", QStringLiteral("code"));
    m_text->setAccessibleName(tr("Your address"));
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->setLayoutDirection(Qt::LeftToRight); // an address reads in one direction everywhere
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(Theme::scaled(84));
    m_text->setPlaceholderText(tr("Your address is being put together …"));
    m_copy->setEnabled(false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(makeLabel(tr("Send this to a friend, over any channel. When they add it in their Culvert, you "
                                   "will be asked to accept."),
                                {}, this));
    column->addWidget(m_text);
    column->addWidget(m_copy, 0, Qt::AlignLeading);
    column->addWidget(m_outdated);
    column->addWidget(m_code, 0, Qt::AlignHCenter);
    connect(m_copy, &QPushButton::clicked, this, &SharePanel::copy);
}

void SharePanel::setAddress(const QString& address) {
    m_address = address;
    m_text->setPlainText(address);
    m_copy->setEnabled(!address.isEmpty());
    m_code->setText(address);
    const bool isOutdated = !m_copied.isEmpty() && m_copied != address;
    if (isOutdated)
        m_copy->setText(tr("Copy address"));
    m_outdated->showError(isOutdated ? tr("Your address has changed since you copied it. Copy it again, and send that.")
                                     : QString());
}

void SharePanel::copy() {
    QGuiApplication::clipboard()->setText(m_address);
    m_copied = m_address;
    m_outdated->clear();
    m_copy->setText(tr("Copied"));
    QTimer::singleShot(2000, this, [this] { m_copy->setText(tr("Copy address")); });
}

} // namespace culvert
