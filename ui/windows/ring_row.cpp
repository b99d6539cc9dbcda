#include "ui/windows/ring_row.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/models/contact_list_model.h"
#include "ui/style/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/report_wording.h"

#include <QBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

namespace culvert {
namespace {

constexpr int kNameWidth = 260, kButtonWidthMin = 80;
constexpr int kWideFrom = 520; // less: the button stands below

bool isWaiting(const std::optional<ContactRing>& ring) {
    return ring && ring->outcome == RingOutcome::Waiting;
}

// What came of the last one; empty before the first.
QString outcomeOf(const NetworkReport& report) {
    QStringList sentences;
    for (const std::string_view family : {"rung.ipv4", "rung.ipv6"})
        for (const ReportItem& item : report.items)
            if (std::string_view(item.code).starts_with(family))
                sentences.append(ReportWording::sentence(item.title));
    return sentences.join(u' ');
}

} // namespace

RingRow::RingRow(MessengerBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_words(makeLabel({}, QStringLiteral("secondary"), this)),
      m_button(makeButton(tr("Ask a contact to ring me …"), {}, this)), m_menu(new QMenu(this)),
      m_row(new QBoxLayout(QBoxLayout::LeftToRight, this)) {
    m_words->setObjectName(QStringLiteral("ringWords"));
    m_button->setObjectName(QStringLiteral("askToRing"));
    m_button->setMinimumWidth(
        Theme::scaled(kButtonWidthMin)); // A small window with large text is not made wider by it.
    m_menu->setAccessibleName(m_button->text());
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(12);
    m_row->addWidget(m_words, 1);
    m_row->addWidget(m_button, 0, Qt::AlignTop | Qt::AlignLeading);
    connect(m_button, &QPushButton::clicked, this, &RingRow::openMenu);
    setFacts({}, {}, {});
}

QWidget* RingRow::stop() const {
    return m_button;
}

void RingRow::setFacts(const NetworkStatus& status, const NetworkReport& report, const std::vector<Contact>& contacts) {
    const QString purpose = tr("Do strangers get in? A contact sends one packet, from a port that you never wrote to.");
    m_able.clear();
    std::ranges::copy_if(contacts, std::back_inserter(m_able), &Contact::canRing);
    const bool isAnybodyOnline =
        std::ranges::any_of(contacts, [](const Contact& contact) { return contact.presence.online; });
    const bool waits = isWaiting(status.rung4) || isWaiting(status.rung6);
    const QString obstacle = waits             ? tr("A contact is being asked.")
                             : !m_able.empty() ? QString()
                             : isAnybodyOnline ? tr("Nobody is connected whose Culvert is new enough to ring.")
                                               : tr("No contact is connected who could ring you.");
    const QString outcome = outcomeOf(report);
    m_words->setText(!outcome.isEmpty() ? outcome : obstacle.isEmpty() ? purpose : purpose + u' ' + obstacle);
    m_button->setEnabled(obstacle.isEmpty());
    const QString explanation = obstacle.isEmpty() ? purpose : obstacle;
    setPlainToolTip(m_button, explanation);
    m_button->setAccessibleDescription(explanation);
}

void RingRow::openMenu() {
    m_menu->clear();
    std::vector<std::pair<QString, ContactId>> names;
    for (const Contact& contact : m_able)
        names.emplace_back(ContactListModel::displayName(contact), contact.id);
    std::ranges::sort(names, [](const auto& one, const auto& other) {
        return QString::localeAwareCompare(one.first, other.first) < 0;
    });
    for (const auto& [name, id] : names) {
        QString text = m_menu->fontMetrics().elidedText(name, Qt::ElideRight, Theme::scaled(kNameWidth));
        text.replace(u'&', QStringLiteral("&&"));
        connect(m_menu->addAction(text), &QAction::triggered, this, [this, id, name] { ask(id, name); });
    }
    const bool isMirrored = isRightToLeft();
    const QPoint corner = isMirrored ? m_button->rect().bottomRight() : m_button->rect().bottomLeft();
    const int width = isMirrored ? m_menu->sizeHint().width() : 0;
    m_menu->popup(m_button->mapToGlobal(corner) - QPoint(width, 0));
}

void RingRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_row->setDirection(width() < Theme::scaled(kWideFrom) ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void RingRow::ask(const ContactId& contact, const QString& name) {
    m_bridge.askToRing(contact, this, [this, name](const Result<void>& done) {
        if (done)
            emit asked(tr("%1 was asked to ring you").arg(name));
        else
            emit refused(QString::fromStdString(done.error().detail));
    });
}

} // namespace culvert
