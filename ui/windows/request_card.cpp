#include "ui/windows/request_card.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/models/contact_list_model.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wording.h"
#include "ui/windows/contact_actions.h"
#include "ui/windows/page_frame.h"

#include <QFontDatabase>
#include <QPushButton>
#include <QVBoxLayout>

namespace culvert {
namespace {

QString sentence(const Contact& contact) {
    switch (contact.state) {
    case ContactState::Pending:
        return RequestCard::tr(
            "They want to talk to you, and they have your address. Accept only if you know who this is.");
    case ContactState::Requested:
        if (contact.presence.online)
            return RequestCard::tr("Your request has reached them. You can write as soon as they accept it.");
        return RequestCard::tr(
                   "Waiting for them to accept. Your request reaches them as soon as both of you are online. %1")
            .arg(Wording::verdict(contact.presence))
            .trimmed();
    case ContactState::Blocked:
        return RequestCard::tr(
            "They are blocked: nothing from them is shown or answered. Remove them to forget them altogether.");
    case ContactState::Accepted:
        break;
    }
    return {};
}

} // namespace

RequestCard::RequestCard(MessengerBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_avatar(new Avatar(64, this)),
      m_title(new ElidedLabel(QStringLiteral("title"), this)),
      m_sentence(makeLabel({}, QStringLiteral("secondary"), this)), m_greeting(makeLabel({}, {}, this)),
      m_safetyTitle(makeLabel(tr("Safety number; theirs must be the same"), QStringLiteral("caption"), this)),
      m_safetyNumber(makeLabel({}, QStringLiteral("code"), this)), m_error(new ErrorLabel(this)) {
    QVBoxLayout* outer = makeCenteredColumn(this, 440);
    auto* card = new QFrame(this);
    card->setProperty("kind", QStringLiteral("card"));
    outer->addWidget(card);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(16, 24, 16, 24);
    column->setSpacing(12);
    column->addWidget(m_avatar, 0, Qt::AlignHCenter);
    for (QLabel* label : {static_cast<QLabel*>(m_title), m_sentence, m_greeting, m_safetyTitle, m_safetyNumber}) {
        label->setAlignment(Qt::AlignHCenter | Qt::AlignVCenter);
        column->addWidget(label);
    }
    m_safetyNumber->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_safetyNumber->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_error);
    buildButtons(column);
}

void RequestCard::buildButtons(QVBoxLayout* column) {
    m_accept = makeButton(tr("Accept"), QStringLiteral("primary"), this);
    m_accept->setObjectName(QStringLiteral("accept"));
    m_block = makeButton(tr("Block …"), QStringLiteral("danger"), this);
    m_remove = makeButton(tr("Remove …"), QStringLiteral("danger"), this);
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_block);
    row->addWidget(m_remove);
    row->addStretch();
    column->addSpacing(4);
    column->addWidget(m_accept);
    column->addLayout(row);
    connect(m_accept, &QPushButton::clicked, this, &RequestCard::accept);
    connect(m_block, &QPushButton::clicked, this, [this] { confirmBlock(this, m_bridge, m_contact); });
    connect(m_remove, &QPushButton::clicked, this, [this] { confirmRemove(this, m_bridge, m_contact); });
}

void RequestCard::setContact(const Contact& contact) {
    if (m_contact.id != contact.id)
        m_error->clear();
    m_contact = contact;
    const bool pending = contact.state == ContactState::Pending;
    m_avatar->setFace(ContactListModel::face(contact.id, ContactListModel::displayName(contact)));
    m_title->setWholeText(ContactListModel::displayName(contact));
    m_sentence->setText(sentence(contact));
    const QString greeting = QString::fromStdString(contact.greeting);
    m_greeting->setVisible(pending && !greeting.isEmpty());
    m_greeting->setText(tr("“%1”", "what they wrote with their request").arg(breakable(greeting)));
    m_safetyTitle->setVisible(pending && !contact.safetyNumber.empty());
    m_safetyNumber->setVisible(m_safetyTitle->isVisibleTo(this));
    m_safetyNumber->setText(Wording::safetyNumber(contact.safetyNumber));
    m_accept->setVisible(pending);
    m_accept->setEnabled(true);
    m_block->setVisible(pending);
}

void RequestCard::accept() {
    m_accept->setEnabled(false);
    m_bridge.acceptContact(m_contact.id, this, [this](const Result<void>& done) {
        m_accept->setEnabled(true);
        m_error->showError(done ? QString() : QString::fromStdString(done.error().detail));
    });
}

} // namespace culvert
