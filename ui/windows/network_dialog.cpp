#include "ui/windows/network_dialog.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/card_layout.h"
#include "ui/widgets/disclosure.h"
#include "ui/widgets/event_list.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/lane_legend.h"
#include "ui/widgets/list_editor.h"
#include "ui/widgets/network_picture_view.h"
#include "ui/widgets/path_wording.h"
#include "ui/widgets/reading_direction.h"
#include "ui/widgets/report_card.h"
#include "ui/widgets/wording.h"
#include "ui/windows/contact_dialog.h"
#include "ui/windows/network_settings.h"
#include "ui/windows/page_frame.h"
#include "ui/windows/ring_row.h"
#include "ui/windows/server_lists.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTime>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace culvert {
namespace {

// Room for the picture and two columns where the window is large; a smaller one scrolls more.
constexpr QSize kSize(920, 760);
constexpr int kWidthMin = 400;
constexpr auto kRefreshInterval = std::chrono::seconds(5);

} // namespace

NetworkDialog::NetworkDialog(MessengerBridge& bridge, QWidget* parent) : QDialog(parent), m_bridge(bridge) {
    QVBoxLayout* column = makeDialogColumn(this, tr("Network"), kWidthMin);
    buildHead(column);
    buildBody(column);
    buildButtons(column);
    resize(parent == nullptr ? kSize : kSize.boundedTo(parent->window()->size()));
    connect(&bridge, &MessengerBridge::networkChanged, this, &NetworkDialog::showStatus);
    connect(&bridge, &MessengerBridge::contactChanged, this, [this](const Contact& contact) {
        m_contacts[contact.id] = contact;
        showPicture();
    });
    connect(&bridge, &MessengerBridge::contactRemoved, this, [this](const ContactId& contact) {
        m_contacts.erase(contact);
        showPicture();
    });
    // Round trips and counts change without an event.
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &NetworkDialog::refreshStatus);
    timer->start(kRefreshInterval);
    refresh();
}

void NetworkDialog::buildHead(QVBoxLayout* column) {
    m_icon = new IconLabel(IconId::Info, 24, ColorRole::Secondary, this);
    m_sentence = makeLabel({}, QStringLiteral("heading"), this);
    m_sentence->setObjectName(QStringLiteral("networkSentence"));
    m_checkedAt = makeLabel({}, QStringLiteral("secondary"), this);
    m_error = new ErrorLabel(this);
    m_again = makeButton(tr("Check again"), {}, this);
    m_again->setObjectName(QStringLiteral("checkAgain"));
    m_again->setShortcut(QKeySequence::Refresh);
    m_help = new Disclosure(this);
    m_help->setText(tr("What am I looking at?"));
    m_help->setObjectName(QStringLiteral("networkHelp"));
    m_help->setShortcut(QKeySequence::HelpContents);
    connect(m_again, &QPushButton::clicked, this, &NetworkDialog::checkAgain);
    connect(m_help, &QPushButton::toggled, this, &NetworkDialog::showHelp);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_sentence);
    words->addWidget(m_checkedAt);
    words->addWidget(m_help, 0, Qt::AlignLeading);
    row->addLayout(words, 1);
    row->addWidget(m_again, 0, Qt::AlignTop);
    column->addLayout(row);
    column->addWidget(m_error);
}

void NetworkDialog::buildBody(QVBoxLayout* column) {
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(QStringLiteral("networkCards"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("What was found out"));
    m_scroll->setFocusPolicy(Qt::StrongFocus); // the arrow keys scroll, also where there is no evidence to stop at
    auto* ground = new QWidget(m_scroll);
    auto* body = new QVBoxLayout(ground);
    body->setContentsMargins(readingMargins(0, 0, 4, 0));
    body->setSpacing(12);
    buildPicture(body);
    auto* cards = new QWidget(ground);
    m_cardLayout = new CardLayout(cards);
    m_cardLayout->setContentsMargins(0, 0, 0, 0);
    body->addWidget(cards);
    body->addStretch();
    m_scroll->setWidget(ground);
    column->addWidget(m_scroll, 1);
    buildLists();
}

void NetworkDialog::buildPicture(QVBoxLayout* column) {
    m_helpText = makeLabel(
        tr("On the left is this computer, on the right are your friends. Each line between is a way that packets can "
           "take. Your router sits in between: it shows the internet one address for your whole home, and drops what "
           "nobody inside has asked for. That is why you can often call out while friends can't call you.\n\n"
           "A solid line works: somebody was seen to come through. A dashed one is promised, by your router or by an "
           "address, and nobody has tried it. A line with a cross doesn't work. A dotted one was not tested.\n\n"
           "Third parties stand below: they hand over how to start a call, and never see a message. Press a part to "
           "read what is known about it, how, and what would help."),
        {}, this);
    m_helpText->setObjectName(QStringLiteral("networkHelpText"));
    m_helpText->setProperty("kind", QStringLiteral("secondary"));
    m_helpText->hide();
    m_picture = new NetworkPictureView(this);
    column->addWidget(m_helpText);
    column->addWidget(m_picture);
    column->addWidget(new LaneLegend(this));
    m_ring = new RingRow(m_bridge, this);
    column->addWidget(m_ring);
    connect(m_ring, &RingRow::asked, this, [this](const QString& sentence) {
        refreshStatus();
        say(sentence);
    });
    connect(m_ring, &RingRow::refused, m_error, &ErrorLabel::showError);
    connect(m_picture, &NetworkPictureView::cardWanted, this, &NetworkDialog::showCard);
    connect(m_picture, &NetworkPictureView::contactWanted, this, &NetworkDialog::showContact);
}

void NetworkDialog::showHelp(bool isShown) {
    m_helpText->setVisible(isShown);
    m_help->setText(isShown ? tr("Hide the explanation") : tr("What am I looking at?"));
    m_help->setShortcut(QKeySequence::HelpContents); // The text took it away.
    if (isShown)
        m_scroll->verticalScrollBar()->setValue(0);
}

void NetworkDialog::buildLists() {
    QWidget* cards = m_cardLayout->parentWidget();
    m_thirdParties = makeThirdPartyList(m_bridge, ListPlace::Panel, cards);
    m_teredoServers = makeTeredoServerList(m_bridge, ListPlace::Panel, cards);
    for (const ListEditor* list : {m_thirdParties, m_teredoServers})
        connect(list, &ListEditor::settled, this, &NetworkDialog::refresh);
    m_events = new EventList(tr("What happened"), tr("Nothing has changed since the start."), cards);
    m_events->setObjectName(QStringLiteral("networkEvents"));
    m_settings = new NetworkSettings(m_bridge, cards);
    for (QWidget* card : {static_cast<QWidget*>(m_thirdParties), static_cast<QWidget*>(m_teredoServers),
                          static_cast<QWidget*>(m_events), static_cast<QWidget*>(m_settings)})
        m_cardLayout->addWidget(card);
    connect(m_settings, &NetworkSettings::done, this, &NetworkDialog::say);
}

void NetworkDialog::buildButtons(QVBoxLayout* column) {
    m_withAddresses = new QCheckBox(tr("With private data"), this);
    m_withAddresses->setObjectName(QStringLiteral("withAddresses"));
    setPlainToolTip(m_withAddresses, tr("Names and addresses. Without them only the beginning of each address "
                                        "stays, which tells your provider, and contacts have "
                                        "numbers, so that you can show the report to others."));
    m_copy = makeButton(tr("Copy report"), {}, this);
    m_copy->setObjectName(QStringLiteral("copyReport"));
    QPushButton* close = makeButton(tr("Close"), {}, this);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_withAddresses);
    buttons->addStretch();
    buttons->addWidget(close);
    column->addLayout(buttons);
    close->setDefault(true);
    close->setFocus();
    connect(m_copy, &QPushButton::clicked, this, &NetworkDialog::copyReport);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

void NetworkDialog::refresh() {
    m_bridge.contacts(this, [this](const Result<std::vector<Contact>>& contacts) {
        if (!contacts)
            return;
        m_contacts.clear();
        for (const Contact& contact : *contacts)
            m_contacts[contact.id] = contact;
        showPicture();
    });
    refreshStatus();
}

void NetworkDialog::refreshStatus() {
    m_bridge.networkStatus(this, [this](const Result<NetworkStatus>& status) {
        if (status && (status.value() != m_status || m_cards.isEmpty()))
            showStatus(status.value());
        else if (!status)
            m_error->showError(QString::fromStdString(status.error().detail));
    });
}

void NetworkDialog::checkAgain() {
    m_bridge.retryConnections(this, [this](const Result<void>& done) {
        if (done)
            refresh();
        else
            m_error->showError(QString::fromStdString(done.error().detail));
    });
}

std::vector<Contact> NetworkDialog::contacts() const {
    std::vector<Contact> out;
    for (const auto& [id, contact] : m_contacts)
        out.push_back(contact);
    return out;
}

// English, as every report that is read elsewhere.
void NetworkDialog::copyReport() {
    const bool masked = !m_withAddresses->isChecked();
    const std::string text = toText(m_report, masked) + toText(contacts(), masked) + toText(m_status.events, masked);
    QGuiApplication::clipboard()->setText(QString::fromStdString(text));
    say(masked ? tr("Copied, without names and addresses") : tr("Copied, with names and addresses"));
}

void NetworkDialog::say(const QString& sentence) {
    (new Toast(this))->showText(sentence);
}

void NetworkDialog::showStatus(const NetworkStatus& status) {
    m_status = status;
    m_report = makeReport(status);
    m_error->clear();
    m_icon->setIcon(ReportWording::icon(m_report.severity), ReportWording::ink(m_report.severity));
    m_sentence->setText(ReportWording::sentence(m_report.summary));
    const QDateTime now = QDateTime::currentDateTime();
    const QString time = status.checkedAt ? PathWording::stamp(*status.checkedAt, now) : Wording::clock(now.time());
    m_checkedAt->setText(!m_report.isComplete ? tr("Being tested now")
                         : status.checkedAt   ? tr("Last tested at %1").arg(time)
                                              : tr("Seen at %1").arg(time));
    m_again->setEnabled(!m_status.testsAreRunning);
    const int position = m_scroll->verticalScrollBar()->value();
    showPicture();
    showCards(m_report);
    showEvents(status);
    m_settings->showStatus(status);
    orderTabs();
    m_scroll->verticalScrollBar()->setValue(position);
}

void NetworkDialog::showPicture() {
    const std::vector<Contact> known = contacts();
    m_picture->setPicture(PictureMaker::make(m_status, m_report, known));
    m_ring->setFacts(m_status, m_report, known);
}

void NetworkDialog::showCards(const NetworkReport& report) {
    QWidget* ground = m_cardLayout->parentWidget();
    QList<ReportCard*> before = std::exchange(m_cards, {});
    QVector<QWidget*> order;
    for (const ReportSection& section : ReportWording::sections(report)) {
        const auto known =
            std::ranges::find_if(before, [&](const ReportCard* card) { return card->key() == section.key; });
        ReportCard* card = known == before.end() ? new ReportCard(section, ground) : *known;
        if (known != before.end()) {
            card->setSection(section);
            before.erase(known);
        } else {
            m_cardLayout->addWidget(card);
            connect(card, &ReportCard::actionWanted, this, &NetworkDialog::act);
        }
        m_cards.append(card);
        order.append(card);
    }
    qDeleteAll(before);
    m_cardLayout->setOrder(order + QVector<QWidget*>{m_thirdParties, m_teredoServers, m_events, m_settings});
}

void NetworkDialog::showEvents(const NetworkStatus& status) {
    const QDateTime now = QDateTime::currentDateTime();
    QVector<EventRow> rows;
    for (auto event = status.events.rbegin(); event != status.events.rend(); ++event)
        rows.append({PathWording::stamp(event->at, now), ReportWording::event(*event)});
    m_events->setRows(rows);
}

// From above to below, as it is read.
void NetworkDialog::orderTabs() {
    setTabOrder(m_again, m_help);
    setTabOrder(m_help, m_scroll);
    QWidget* last = m_picture->orderTabs(m_scroll);
    setTabOrder(last, m_ring->stop());
    last = m_ring->stop();
    for (ReportCard* card : m_cards)
        last = card->orderTabs(last);
    QVector<QWidget*> stops = m_thirdParties->stops() + m_teredoServers->stops() + m_settings->stops();
    stops.insert(stops.size() - m_settings->stops().size(), m_events->disclosure());
    for (QWidget* stop : stops) {
        setTabOrder(last, stop);
        last = stop;
    }
    setTabOrder(last, m_copy);
}

void NetworkDialog::act(ReportAction action) {
    switch (action) {
    case ReportAction::CheckAgain:
        return checkAgain();
    case ReportAction::AnotherPort:
        return m_settings->changePort();
    case ReportAction::AddThirdParty:
        m_scroll->ensureWidgetVisible(m_thirdParties);
        return m_thirdParties->focusField();
    case ReportAction::AddTeredoServer:
        m_scroll->ensureWidgetVisible(m_teredoServers);
        return m_teredoServers->focusField();
    case ReportAction::TurnMappingOn:
        return m_settings->switchOn(&Settings::mapPort);
    case ReportAction::TurnLanOn:
        return m_settings->switchOn(&Settings::lanDiscovery);
    case ReportAction::TurnTcpOn:
        return m_settings->switchOn(&Settings::tcp);
    case ReportAction::None:
        break;
    }
}

void NetworkDialog::showCard(const QString& key) {
    const auto card = std::ranges::find_if(m_cards, [&](const ReportCard* one) { return one->key() == key; });
    if (card == m_cards.end())
        return;
    m_scroll->ensureWidgetVisible(*card);
    if (QWidget* stop = (*card)->firstStop())
        stop->setFocus(Qt::OtherFocusReason);
    m_scroll->verticalScrollBar()->setValue((*card)->mapTo(m_scroll->widget(), QPoint()).y());
}

void NetworkDialog::showContact(const ContactId& contact) {
    if (const auto found = m_contacts.find(contact); found != m_contacts.end())
        (new ContactDialog(m_bridge, found->second, this))->show();
}

} // namespace culvert
