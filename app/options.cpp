#include "app/options.h"

namespace culvert {

void addNetworkOptions(QCommandLineParser& parser) {
    parser.addOptions({
        {QStringLiteral("data"), QStringLiteral("The folder of the profile; it is made when it is not there."),
         QStringLiteral("DIR")},
        {QStringLiteral("port"),
         QStringLiteral("The UDP port of both families. Without it: the one kept in the profile."),
         QStringLiteral("N")},
        {QStringLiteral("bind"),
         QStringLiteral(
             "Listen on this address only; the router is not asked then. May be given once for each family."),
         QStringLiteral("ADDR")},
        {QStringLiteral("no-mapping"), QStringLiteral("Do not ask the router to forward the port.")},
        {QStringLiteral("rendezvous"),
         QStringLiteral("A third party for setting up connections: its address string. May be repeated."),
         QStringLiteral("ADDRESS")},
        {QStringLiteral("teredo-server"),
         QStringLiteral("A Teredo server's name or IPv4 address, kept in the profile. May be repeated."),
         QStringLiteral("HOST")},
        {QStringLiteral("no-tcp"), QStringLiteral("In this run no TCP connection is opened or taken.")},
        {QStringLiteral("allow-ordinary-route"),
         QStringLiteral("In this run messages may go by the ordinary route to Teredo addresses, through a relay that "
                        "neither end chose. It sees who talks to whom, and nothing of what is said.")},
        {QStringLiteral("allow-reserved"),
         QStringLiteral("For test networks: documentation addresses count as public.")},
    });
}

Result<std::uint16_t> portOf(const QCommandLineParser& parser, std::uint16_t fallback) {
    if (!parser.isSet(QStringLiteral("port")))
        return fallback;
    bool isNumber = false;
    const unsigned port = parser.value(QStringLiteral("port")).toUInt(&isNumber);
    if (!isNumber || port == 0 || port > 65535)
        return fail(ErrorCode::InvalidArgument, "--port takes a number from 1 to 65535.");
    return static_cast<std::uint16_t>(port);
}

Result<std::vector<SocketAddress>> bindOf(const QCommandLineParser& parser) {
    std::vector<SocketAddress> out;
    const QStringList values = parser.values(QStringLiteral("bind"));
    for (const QString& value : values) {
        const std::string text = value.toStdString();
        if (const auto v4 = Ipv4Address::fromText(text))
            out.emplace_back(*v4, std::uint16_t{0});
        else if (const auto v6 = Ipv6Address::fromText(text))
            out.emplace_back(*v6, std::uint16_t{0});
        else
            return fail(ErrorCode::InvalidArgument, "--bind takes an IPv4 or IPv6 address, not \"" + text + "\".");
    }
    return out;
}

Result<DriverConfig> networkConfigOf(const QCommandLineParser& parser) {
    DriverConfig config;
    TRY(port, portOf(parser, 0));
    TRY(bind, bindOf(parser));
    config.port = port;
    config.bind = std::move(bind);
    config.mapPort = !parser.isSet(QStringLiteral("no-mapping"));
    config.allowReserved = parser.isSet(QStringLiteral("allow-reserved"));
    config.allowTcp = !parser.isSet(QStringLiteral("no-tcp"));
    config.allowOrdinaryRoute = parser.isSet(QStringLiteral("allow-ordinary-route"));
    const QStringList parties = parser.values(QStringLiteral("rendezvous"));
    for (const QString& party : parties)
        config.thirdParties.push_back(party.toStdString());
    const QStringList servers = parser.values(QStringLiteral("teredo-server"));
    for (const QString& server : servers)
        config.teredoServers.push_back(server.toStdString());
    return config;
}

} // namespace culvert
