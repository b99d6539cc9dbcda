#include "ui/windows/network_dialog.h"

#include "core/messenger/network_report.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/report_card.h"
#include "ui/widgets/wording.h"
#include "ui/windows/page_frame.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTime>
#include <QVBoxLayout>

#include <algorithm>

namespace culvert {
namespace {

// Room for the cards where the window is large; a smaller one scrolls more.
constexpr QSize kSize(600, 720);
constexpr int kWidthMin = 400;

} // namespace

NetworkDialog::NetworkDialog(MessengerBridge& bridge, QWidget* parent) : QDialog(parent), m_bridge(bridge) {
    QVBoxLayout* column = makeDialogColumn(this, tr("Network"), kWidthMin);
    buildHead(column);
    buildCards(column);
    buildSettings(column);
    buildButtons(column);
    resize(parent == nullptr ? kSize : kSize.boundedTo(parent->window()->size()));
    connect(&bridge, &MessengerBridge::networkChanged, this, &NetworkDialog::showStatus);
    refresh();
    refreshSettings();
}

void NetworkDialog::buildHead(QVBoxLayout* column) {
    m_icon = new IconLabel(IconId::Info, 24, ColorRole::Secondary, this);
    m_sentence = makeLabel({}, QStringLiteral("heading"), this);
    m_sentence->setObjectName(QStringLiteral("networkSentence"));
    m_checkedAt = makeLabel({}, QStringLiteral("secondary"), this);
    m_error = new ErrorLabel(this);
    QPushButton* again = makeButton(tr("Check again"), {}, this);
    again->setObjectName(QStringLiteral("checkAgain"));
    connect(again, &QPushButton::clicked, this, &NetworkDialog::checkAgain);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_sentence);
    words->addWidget(m_checkedAt);
    row->addLayout(words, 1);
    row->addWidget(again, 0, Qt::AlignTop);
    column->addLayout(row);
    column->addWidget(m_error);
}

void NetworkDialog::buildCards(QVBoxLayout* column) {
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(QStringLiteral("networkCards"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("What was found out"));
    m_scroll->setFocusPolicy(Qt::StrongFocus); // the arrow keys scroll, also where there is no evidence to stop at
    auto* ground = new QWidget(m_scroll);
    m_cardColumn = new QVBoxLayout(ground);
    m_cardColumn->setContentsMargins(0, 0, 4, 0);
    m_cardColumn->setSpacing(12);
    m_cardColumn->addStretch();
    m_scroll->setWidget(ground);
    column->addWidget(m_scroll, 1);
}

void NetworkDialog::buildSettings(QVBoxLayout* column) {
    m_findOnLan =
        addSetting(column, "findOnLan", tr("Find friends on the local network"),
                   tr("Without internet, router or a current address. Others see that Culvert is used here, and not "
                      "by whom."));
    m_allowOrdinary = addSetting(column, "allowOrdinary", tr("Messages may go through a foreign Teredo relay"),
                                 tr("Where that is the better way. Whoever runs the relay sees who talks to whom and "
                                    "when, and nothing of what is said."));
    m_tcp = addSetting(column, "tcp", tr("Use TCP where UDP does not get through"),
                       tr("Some networks let only TCP pass. Messages may take longer there."));
}

QCheckBox* NetworkDialog::addSetting(QVBoxLayout* column, const char* name, const QString& title,
                                     const QString& meaning) {
    auto* box = new QCheckBox(title, this);
    box->setObjectName(QLatin1String(name));
    QLabel* explanation = makeLabel(meaning, QStringLiteral("secondary"), this);
    box->setAccessibleDescription(explanation->text());
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(box);
    words->addWidget(explanation);
    column->addLayout(words);
    connect(box, &QCheckBox::clicked, this, &NetworkDialog::changeSettings);
    return box;
}

void NetworkDialog::buildButtons(QVBoxLayout* column) {
    m_withAddresses = new QCheckBox(tr("With addresses"), this);
    m_withAddresses->setObjectName(QStringLiteral("withAddresses"));
    m_withAddresses->setToolTip(plainToolTip(
        tr("Without them only the beginning of each address stays, which tells your provider, and you can show the "
           "report to others.")));
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
    m_bridge.networkStatus(this, [this](const Result<NetworkStatus>& status) {
        if (status)
            showStatus(status.value());
        else
            m_error->showError(QString::fromStdString(status.error().detail));
    });
}

void NetworkDialog::refreshSettings() {
    m_bridge.settings(this, [this](const Result<Settings>& settings) {
        if (settings)
            showSettings(*settings);
    });
}

void NetworkDialog::showSettings(const Settings& settings) {
    m_settings = settings;
    m_findOnLan->setChecked(settings.lanDiscovery);
    m_allowOrdinary->setChecked(settings.allowOrdinaryRoute);
    m_tcp->setChecked(settings.tcp);
}

void NetworkDialog::changeSettings() {
    Settings settings = m_settings; // What this window does not show stays.
    settings.lanDiscovery = m_findOnLan->isChecked();
    settings.allowOrdinaryRoute = m_allowOrdinary->isChecked();
    settings.tcp = m_tcp->isChecked();
    m_bridge.setSettings(settings, this, [this](const Result<void>& done) {
        if (done)
            return;
        m_error->showError(QString::fromStdString(done.error().detail));
        refreshSettings();
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

// English, as every report that is read elsewhere.
void NetworkDialog::copyReport() {
    const bool masked = !m_withAddresses->isChecked();
    QGuiApplication::clipboard()->setText(QString::fromStdString(toText(makeReport(m_status), masked)));
    (new Toast(this))->showText(masked ? tr("Copied, without addresses") : tr("Copied, with addresses"));
}

void NetworkDialog::showStatus(const NetworkStatus& status) {
    m_status = status;
    const NetworkReport report = makeReport(status);
    m_error->clear();
    m_icon->setIcon(ReportWording::icon(report.severity), ReportWording::ink(report.severity));
    m_sentence->setText(ReportWording::sentence(report.summary));
    const QString time = Wording::clock(QTime::currentTime());
    m_checkedAt->setText(report.isComplete ? tr("Seen at %1").arg(time)
                                           : tr("Seen at %1; some tests are still running").arg(time));
    const int position = m_scroll->verticalScrollBar()->value();
    QList<ReportCard*> before = std::exchange(m_cards, {});
    for (const ReportSection& section : ReportWording::sections(report)) {
        const auto known =
            std::ranges::find_if(before, [&](const ReportCard* card) { return card->key() == section.key; });
        ReportCard* card = known == before.end() ? new ReportCard(section, m_scroll->widget()) : *known;
        if (known != before.end()) {
            card->setSection(section);
            before.erase(known);
        }
        m_cardColumn->removeWidget(card);
        m_cardColumn->insertWidget(static_cast<int>(m_cards.size()), card);
        m_cards.append(card);
    }
    qDeleteAll(before);
    QWidget* last = m_scroll;
    for (ReportCard* card : m_cards)
        last = card->orderTabs(last);
    setTabOrder(last, m_copy);
    m_scroll->verticalScrollBar()->setValue(position);
}

} // namespace culvert
