#include "ui/windows/network_settings.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace culvert {

NetworkSettings::NetworkSettings(MessengerBridge& bridge, QWidget* parent) : QFrame(parent), m_bridge(bridge) {
    setProperty("kind", QStringLiteral("card"));
    setAccessibleName(tr("Settings"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(12);
    column->addWidget(makeLabel(tr("Settings"), QStringLiteral("heading"), this));
    buildPort(column);
    m_mapPort = addSetting(column, "mapPort", tr("Ask the router for an open port"),
                           tr("By PCP, NAT-PMP and UPnP. With one, friends can start a call to you over IPv4."));
    m_findOnLan =
        addSetting(column, "findOnLan", tr("Find friends on the local network"),
                   tr("Without internet, router or a current address. Others see that Culvert is used here, and not "
                      "by whom."));
    m_allowOrdinary = addSetting(column, "allowOrdinary", tr("Messages may go through a foreign Teredo relay"),
                                 tr("Where that is the better way. Whoever runs the relay sees who talks to whom and "
                                    "when, and nothing of what is said."));
    m_tcp = addSetting(column, "tcp", tr("Use TCP where UDP does not get through"),
                       tr("Some networks let only TCP pass. Messages may take longer there."));
    m_error = new ErrorLabel(this);
    column->addWidget(m_error);
    refresh();
}

void NetworkSettings::buildPort(QVBoxLayout* column) {
    m_port = makeLabel({}, {}, this);
    m_changePort = makeButton(tr("Use another port"), {}, this);
    m_changePort->setObjectName(QStringLiteral("changePort"));
    setPlainToolTip(
        m_changePort,
        tr("Helps where the router leads this port to another computer. Friends hear of the new one by themselves; a "
           "port that you forwarded by hand must be forwarded anew."));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_port, 1);
    row->addWidget(m_changePort);
    column->addLayout(row);
    connect(m_changePort, &QPushButton::clicked, this, &NetworkSettings::changePort);
}

// The words of a check box do not wrap, so a label has them.
QCheckBox* NetworkSettings::addSetting(QVBoxLayout* column, const char* name, const QString& title,
                                       const QString& meaning) {
    auto* box = new QCheckBox(this);
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(title);
    box->setAccessibleDescription(meaning);
    QLabel* label = makeLabel(title, {}, this);
    label->setBuddy(box);
    label->installEventFilter(this);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(label);
    words->addWidget(makeLabel(meaning, QStringLiteral("secondary"), this));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(box, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    column->addLayout(row);
    connect(box, &QCheckBox::clicked, this, &NetworkSettings::changeSettings);
    return box;
}

bool NetworkSettings::eventFilter(QObject* watched, QEvent* event) {
    const auto* label = qobject_cast<QLabel*>(watched);
    if (event->type() == QEvent::MouseButtonRelease && label != nullptr)
        if (auto* box = qobject_cast<QCheckBox*>(label->buddy()); box != nullptr && box->isEnabled())
            box->click();
    return QFrame::eventFilter(watched, event);
}

QVector<QWidget*> NetworkSettings::stops() const {
    return {m_changePort, m_mapPort, m_findOnLan, m_allowOrdinary, m_tcp};
}

void NetworkSettings::showStatus(const NetworkStatus& status) {
    m_port->setText(tr("Port %1").arg(status.local.port));
    m_changePort->setEnabled(status.mayChangePort);
    m_mapPort->setEnabled(status.mayMapPort);
}

void NetworkSettings::refresh() {
    m_bridge.settings(this, [this](const Result<Settings>& settings) {
        if (settings)
            showSettings(*settings);
    });
}

void NetworkSettings::showSettings(const Settings& settings) {
    m_settings = settings;
    m_mapPort->setChecked(settings.mapPort);
    m_findOnLan->setChecked(settings.lanDiscovery);
    m_allowOrdinary->setChecked(settings.allowOrdinaryRoute);
    m_tcp->setChecked(settings.tcp);
}

void NetworkSettings::changeSettings() {
    Settings settings = m_settings; // What this window does not show stays.
    settings.mapPort = m_mapPort->isChecked();
    settings.lanDiscovery = m_findOnLan->isChecked();
    settings.allowOrdinaryRoute = m_allowOrdinary->isChecked();
    settings.tcp = m_tcp->isChecked();
    keep(settings);
}

void NetworkSettings::switchOn(bool Settings::*setting) {
    m_bridge.settings(this, [this, setting](const Result<Settings>& known) {
        if (!known)
            return m_error->showError(QString::fromStdString(known.error().detail));
        Settings settings = *known;
        settings.*setting = true;
        showSettings(settings);
        keep(settings);
    });
}

void NetworkSettings::keep(const Settings& settings) {
    m_error->clear();
    m_bridge.setSettings(settings, this, [this, settings](const Result<void>& done) {
        if (done) {
            m_settings = settings;
            return;
        }
        m_error->showError(QString::fromStdString(done.error().detail));
        refresh();
    });
}

void NetworkSettings::changePort() {
    m_error->clear();
    m_bridge.changePort(this, [this](const Result<std::uint16_t>& port) {
        if (port)
            emit done(tr("Culvert uses port %1 now").arg(*port));
        else
            m_error->showError(QString::fromStdString(port.error().detail));
    });
}

} // namespace culvert
