// The JSON of the network report: its members are a contract, and masked it gives nobody away.
#include "app/culvertd/report_values.h"

#include "tests/support/network_cases.h"

#include <gtest/gtest.h>

#include <QJsonArray>
#include <QJsonDocument>

namespace culvert {
namespace {

using namespace cases;

QByteArray bytes(const QJsonValue& value) {
    return QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
}

// Every text and every number that stands anywhere in `value`.
void collect(const QJsonValue& value, QStringList& out) {
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const QString& key : object.keys())
            collect(object[key], out);
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue one : array)
            collect(one, out);
    } else if (value.isString()) {
        out.append(value.toString());
    }
}

NetworkStatus everything() {
    NetworkStatus status = carrier();
    const NetworkStatus open = openPort();
    status.thirdParties.push_back(open.thirdParties[0]);
    status.observed.insert(status.observed.end(), open.observed.begin(), open.observed.end());
    status.gateway.udp.external = socket("84.115.20.7:41641");
    status.gateway.udp.gateway = host("192.168.178.1");
    status.gateway.tcp = status.gateway.udp;
    status.teredoAddress = v6("2001:0:5473:1407:8000:5d56:ab8c:ebf8");
    status.local.lan6 = {v6("fd12:3456:789a::1")};
    status.local.interfaces.push_back({"wg-secret", 7, InterfaceKind::Vpn, {{host("10.8.0.2"), 24, false, false}}});
    status.local.routers.insert(status.local.routers.begin(), {host("10.8.0.1"), host("10.8.0.2"), 7});
    qualify(status, TeredoKind::Restricted);
    status.inbound4 = {false, WitnessKind::Contact, false, socket("84.115.20.7:41641")};
    status.rung4 = {RingOutcome::CameIn,         "Mara Secret", socket("84.115.20.7:41641"),
                    WallTime{1'700'000'000'000}, 87ms,          false};
    return status;
}

TEST(ReportValues, holdsTheContract) {
    const QJsonObject report = reportOf(everything(), false);
    for (const char* key : {"summary",        "port",
                            "native6",        "local4",
                            "port_mapping",   "port_mapping_tcp",
                            "teredo_address", "teredo",
                            "doorbell",       "lan",
                            "observed",       "mapping_varies_by_destination",
                            "third_parties",  "bytes_through_third_parties",
                            "complete",       "verdict",
                            "pinholes",       "gateways",
                            "interfaces",     "inbound4",
                            "inbound6",       "items",
                            "mechanisms"})
        EXPECT_TRUE(report.contains(QLatin1String(key))) << key;
    EXPECT_EQ(bytes(report[u"verdict"]),
              bytes(QJsonDocument::fromJson(R"({"ipv4": true, "ipv6": true, "inbound4": "no", "inbound6": "no",
                "nat": {"translated": true, "varies": true, "mapping": "address_dependent",
                        "filtering": "address_dependent", "port_preserved": null, "hairpin": false, "nested": true,
                        "lifetime_at_least_s": 20, "lifetime_below_s": 45},
                "mapped_by": null, "pinhole_by": null})")
                        .object()));
    const QJsonObject mapping = report[u"port_mapping"].toObject();
    EXPECT_EQ(mapping[u"state"], QStringLiteral("failed"));
    EXPECT_EQ(mapping[u"failure"], QStringLiteral("private_external"));
    EXPECT_EQ(mapping[u"external"], QStringLiteral("84.115.20.7:41641"));
    EXPECT_EQ(mapping[u"gateway"], QStringLiteral("192.168.178.1"));
    EXPECT_EQ(mapping[u"router_address"], QStringLiteral("100.83.17.5"));
    EXPECT_EQ(mapping[u"protocol"], QStringLiteral("upnp"));
    EXPECT_EQ(mapping[u"lifetime_s"], 0);
    const QJsonObject teredo = report[u"teredo"].toObject();
    EXPECT_EQ(teredo[u"state"], QStringLiteral("qualified"));
    EXPECT_EQ(teredo[u"kind"], QStringLiteral("restricted"));
    EXPECT_EQ(teredo[u"server"], QStringLiteral("teredo.example"));
    EXPECT_EQ(teredo[u"mapped"], QStringLiteral("84.115.20.7:41641"));
    EXPECT_EQ(teredo[u"rtt_ms"], 31);
    EXPECT_EQ(teredo[u"refresh_interval_s"], 90);
    EXPECT_EQ(teredo[u"since"].toInteger(), 1'700'000'000'000);
    EXPECT_EQ(teredo[u"servers"].toArray()[1][u"health"], QStringLiteral("no_answer"));
    const QJsonObject rung = report[u"rung4"].toObject();
    EXPECT_EQ(rung[u"outcome"], QStringLiteral("came_in"));
    EXPECT_EQ(rung[u"by"], QStringLiteral("Mara Secret"));
    EXPECT_EQ(rung[u"target"], QStringLiteral("84.115.20.7:41641"));
    EXPECT_EQ(rung[u"at"].toInteger(), 1'700'000'000'000);
    EXPECT_EQ(rung[u"ms"], 87);
    EXPECT_EQ(rung[u"from_new_address"], false);
    EXPECT_TRUE(report[u"rung6"].isNull());
    EXPECT_EQ(report[u"mechanisms"].toArray().size(), 6);
    EXPECT_EQ(bytes(report[u"gateways"].toArray()[0]),
              R"([{"address":"192.168.178.1","nat_pmp":"broken","pcp":"silent","upnp":"speaks"}])");
}

TEST(ReportValues, namesProtocolsOfAnOpenPort) {
    NetworkStatus status = openPort();
    addIpv6(status);
    const QJsonObject verdict = reportOf(status, false)[u"verdict"].toObject();
    EXPECT_EQ(verdict[u"mapped_by"], QStringLiteral("pcp"));
    EXPECT_EQ(verdict[u"pinhole_by"], QStringLiteral("pcp"));
    EXPECT_EQ(verdict[u"inbound4"], QStringLiteral("yes"));
    EXPECT_EQ(verdict[u"inbound6"], QStringLiteral("not_tested"));
}

TEST(ReportValues, maskedGivesNobodyAway) {
    const NetworkStatus status = everything();
    QStringList secrets{QStringLiteral("wg-secret"), QStringLiteral("Mara Secret"), QStringLiteral("not authorized"),
                        QStringLiteral("The router's own address is")};
    const auto hide = [&](const std::string& secret) { secrets.append(QString::fromStdString(secret)); };
    for (const LocalInterface& one : status.local.interfaces)
        for (const LocalAddress& address : one.addresses)
            hide(address.address.isV4() ? address.address.v4().text() : address.address.v6().text());
    for (const ThirdPartyStatus& party : status.thirdParties) {
        hide(party.key);
        hide(party.address);
    }
    for (const char* address : {"84.115.20.7", "91.141.3.77", "100.83.17.5", "192.168.178.1"})
        hide(address);
    hide(status.teredoAddress->text());
    for (const char* secret : {"teredo.example", "other.example", "83.170.6.76"})
        hide(secret);
    hide(status.teredo.address->text());
    QStringList plain, masked;
    collect(reportOf(status, false), plain);
    collect(reportOf(status, true), masked);
    const QJsonArray interfaces = reportOf(status, true)[u"interfaces"].toArray();
    for (const QJsonValue one : interfaces)
        EXPECT_TRUE(one[u"addresses"].toArray().isEmpty());
    plain.append(reportText(status, false));
    masked.append(reportText(status, true));
    const QString allPlain = plain.join(u'\n'), allMasked = masked.join(u'\n');
    for (const QString& secret : secrets) {
        EXPECT_TRUE(allPlain.contains(secret)) << secret.toStdString();
        EXPECT_FALSE(allMasked.contains(secret)) << secret.toStdString() << " in\n" << allMasked.toStdString();
    }
}

} // namespace
} // namespace culvert
