#include "ui/windows/network_dialog.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wording.h"
#include "ui/windows/page_frame.h"

#include <QFormLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace culvert {
namespace {

template<typename T> QString lines(const std::vector<T>& values, const QString& whenEmpty) {
    QStringList texts;
    for (const T& value : values)
        texts << QString::fromStdString(value.text());
    return texts.isEmpty() ? whenEmpty : texts.join(QLatin1Char('\n'));
}

QString translation(const std::optional<bool>& varies) {
    if (!varies)
        return NetworkDialog::tr("Not known yet; two peers have to tell what they see");
    return *varies ? NetworkDialog::tr("The router shows each peer another port, so opening from both sides is hard")
                   : NetworkDialog::tr("The router shows every peer the same port, so opening from both sides works");
}

QString thirdParty(const ThirdPartyStatus& party) {
    const QString address = QString::fromStdString(party.address).left(24) + QStringLiteral("…");
    if (!party.registered)
        return NetworkDialog::tr("%1: not registered").arg(address);
    return NetworkDialog::tr("%1: registered, %2 away").arg(address, Wording::milliseconds(party.roundTrip));
}

} // namespace

NetworkDialog::NetworkDialog(MessengerBridge& bridge, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_sentence(makeLabel({}, QStringLiteral("heading"), this)),
      m_checkedAt(makeLabel({}, QStringLiteral("secondary"), this)), m_facts(new QFormLayout),
      m_error(new ErrorLabel(this)) {
    QVBoxLayout* column = makeDialogColumn(this, tr("Network"), 460);
    column->addWidget(m_sentence);
    column->addWidget(m_checkedAt);
    column->addWidget(m_error);
    auto* card = new QFrame(this);
    card->setProperty("kind", QStringLiteral("card"));
    card->setLayout(m_facts);
    m_facts->setContentsMargins(16, 16, 16, 16);
    m_facts->setHorizontalSpacing(16);
    m_facts->setVerticalSpacing(8);
    m_facts->setLabelAlignment(Qt::AlignLeading | Qt::AlignTop);
    m_facts->setRowWrapPolicy(QFormLayout::DontWrapRows);
    column->addWidget(card);
    column->addStretch();

    QPushButton* again = makeButton(tr("Check again"), {}, this);
    QPushButton* close = makeButton(tr("Close"), {}, this);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(again);
    buttons->addStretch();
    buttons->addWidget(close);
    column->addLayout(buttons);
    close->setDefault(true);
    close->setFocus();
    connect(again, &QPushButton::clicked, this, &NetworkDialog::checkAgain);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(&bridge, &MessengerBridge::networkChanged, this, &NetworkDialog::showStatus);
    refresh();
}

void NetworkDialog::refresh() {
    m_bridge.networkStatus(this, [this](const Result<NetworkStatus>& status) {
        if (status)
            showStatus(status.value());
        else
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

void NetworkDialog::showStatus(const NetworkStatus& status) {
    m_error->clear();
    m_sentence->setText(Wording::reachability(Wording::reachability(status)));
    m_checkedAt->setText(tr("Seen at %1").arg(Wording::clock(QTime::currentTime())));
    while (m_facts->rowCount() > 0)
        m_facts->removeRow(0);
    addFact(tr("UDP port"), status.local.port == 0 ? tr("none") : QString::number(status.local.port));
    addFact(tr("IPv6 addresses"), lines(status.local.native6, tr("none")));
    addFact(tr("IPv4 addresses"), lines(status.local.v4, tr("none")));
    addFact(tr("Port forwarding"), Wording::portMapping(status.gateway.udp));
    if (!status.gateway.udp.detail.empty())
        addFact(tr("The router said"), QString::fromStdString(status.gateway.udp.detail));
    addFact(tr("Teredo address"),
            status.teredoAddress ? QString::fromStdString(status.teredoAddress->text()) : tr("none"));
    std::vector<SocketAddress> seen;
    for (const Observation& observation : status.observed)
        seen.push_back(observation.address);
    addFact(tr("Seen by others as"), lines(seen, tr("nobody told yet")));
    addFact(tr("Router's ports"), translation(status.nat.varies));
    for (const ThirdPartyStatus& party : status.thirdParties)
        addFact(tr("Third party"), thirdParty(party));
    if (!status.thirdParties.empty())
        addFact(tr("Through third parties"),
                tr("%1, set-up messages only")
                    .arg(QLocale().formattedDataSize(static_cast<qint64>(status.bytesThroughThirdParties))));
}

void NetworkDialog::addFact(const QString& name, const QString& value) {
    QLabel* label = makeLabel(name, QStringLiteral("secondary"), this);
    label->setWordWrap(false);
    QLabel* text = makeLabel(value, {}, this);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setAccessibleName(name + QStringLiteral(": ") + value);
    m_facts->addRow(label, text);
}

} // namespace culvert
