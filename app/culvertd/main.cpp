// culvertd: Culvert without a window. run: JSON-RPC on standard input and output. rendezvous: a third party.
// diagnose: the report of the network, once.
#include "app/culvertd/diagnose.h"
#include "app/culvertd/line_reader.h"
#include "app/culvertd/rpc_server.h"
#include "app/options.h"
#include "core/io/native_echo_socket.h"
#include "core/io/raw_socket.h"
#include "core/io/rendezvous_host.h"
#include "core/io/upnp_helper.h"
#include "core/store/new_file.h"
#include "core/store/store.h"

#include <QCoreApplication>
#include <algorithm>
#include <csignal>
#include <cstdio>

namespace culvert {
namespace {

constexpr std::chrono::milliseconds kFinishLimit(5000);

void onSignal(int) {
    stopReading();
}

void installSignalHandlers() {
#ifdef _WIN32
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
#else
    // Without SA_RESTART, so that a read that waits comes back.
    struct sigaction action {};
    action.sa_handler = onSignal;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    // A reader of our output that went away is told by the write, not by death.
    std::signal(SIGPIPE, SIG_IGN);
#endif
}

int complain(const std::string& what) {
    std::fprintf(stderr, "culvertd: %s\n", what.c_str());
    return 1;
}

// Where it is not asked for, or cannot be had: nothing.
std::unique_ptr<NativeEchoSocket> openNativeEcho(const QCommandLineParser& parser) {
    if (!parser.isSet(QStringLiteral("native-echo")))
        return nullptr;
    auto opened = NativeEchoSocket::open();
    if (opened)
        return std::move(*opened);
    complain("Echo requests of Teredo clients are not answered: " + opened.error().detail + ".");
    return nullptr;
}

int run(const QCommandLineParser& parser, const std::filesystem::path& folder,
        std::unique_ptr<NativeEchoSocket> nativeEcho) {
    auto config = networkConfigOf(parser);
    if (!config)
        return complain(config.error().detail);
    config->nativeEcho = std::move(nativeEcho);
    OsRandom random;
    LineWriter writer;
    std::atomic<bool> isBroken = false;
    {
        Driver driver(std::move(*config), std::make_unique<Store>(folder, random));
        RpcServer server(driver, writer);
        driver.setFatalListener([&](const Error& error) {
            complain(error.detail);
            isBroken = true;
            stopReading();
        });
        driver.start();
        LineReader reader(RpcServer::kLineMax);
        std::string line;
        for (bool goesOn = true; goesOn;) {
            switch (reader.next(line)) {
            case LineResult::Line:
                goesOn = server.handleLine(line);
                break;
            case LineResult::TooLong:
                server.answerOversizedLine();
                break;
            case LineResult::End:
                goesOn = false;
                break;
            }
        }
        server.finish(kFinishLimit);
        driver.stop(); // Before `server` ends, which listens to it.
    }
    return isBroken ? 1 : 0;
}

// The identity of a rendezvous is a file of its own: it holds no contacts and no messages.
Result<Secret<32>> rendezvousSeed(const std::filesystem::path& folder, Random& random) {
    const auto file = folder / "rendezvous.key";
    if (const auto bytes = readFile(file)) {
        const auto seed = fromHex(asText(*bytes));
        if (!seed || seed->size() != 32)
            return fail(ErrorCode::Corrupt,
                        file.string() + " is damaged. Put back a copy, or remove it to get a new identity.");
        return Secret<32>(std::span<const std::uint8_t, 32>(*seed));
    }
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    Secret<32> seed;
    random.fillSecret(seed.span());
    TRY_VOID(writeFileAtomically(file, asBytes(toHex(seed.view()))));
    return seed;
}

// A pair of sockets serves one address of each family; the Teredo server, two of IPv4.
std::vector<SocketAddress> firstOfEachFamily(const std::vector<SocketAddress>& all) {
    std::vector<SocketAddress> out;
    for (const SocketAddress& address : all)
        if (std::ranges::none_of(out, [&](const auto& other) { return other.isV4() == address.isV4(); }))
            out.push_back(address);
    return out;
}

int rendezvous(const QCommandLineParser& parser, const std::filesystem::path& folder) {
    OsRandom random;
    const auto seed = rendezvousSeed(folder, random);
    const auto port = portOf(parser, RendezvousHostConfig{}.port);
    const auto bind = bindOf(parser);
    for (const auto* error :
         {seed ? nullptr : &seed.error(), port ? nullptr : &port.error(), bind ? nullptr : &bind.error()})
        if (error != nullptr)
            return complain(error->detail);
    RendezvousHostConfig config;
    config.port = *port;
    config.bind = firstOfEachFamily(*bind);
    config.allowReserved = parser.isSet(QStringLiteral("allow-reserved"));
    config.seed = *seed;
    config.servesTcp = !parser.isSet(QStringLiteral("no-tcp"));
    config.reachesNative = parser.isSet(QStringLiteral("teredo-native"));
    config.servesTeredo = config.reachesNative || parser.isSet(QStringLiteral("teredo"));
    config.teredoBind = *bind;
    config.say = [](const std::string& what) { complain(what); };
    const auto host = RendezvousHost::create(config);
    if (!host)
        return complain(host.error().detail);
    std::printf("%s\n", (*host)->ownAddress().c_str());
    std::fflush(stdout);
    (*host)->serve(readingStopped());
    return 0;
}

int start(int argc, char** argv) {
    restrictFileModes();
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("culvertd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CULVERT_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Culvert without a window.\n\n"
        "  culvertd run --data DIR         JSON-RPC 2.0, one message a line, on standard input and output\n"
        "  culvertd rendezvous --data DIR  a third party for friends: prints its address string, then serves\n"
        "  culvertd diagnose               what this computer's network does, once; with --data DIR the profile's\n"
        "                                  third parties help to test it"));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("command"), QStringLiteral("run, rendezvous or diagnose"));
    addNetworkOptions(parser);
    parser.addOption(
        {QStringLiteral("teredo"),
         QStringLiteral("rendezvous: serve Teredo clients too (RFC 4380), at UDP port 3544 of the first two "
                        "public IPv4 addresses, or of two that --bind names.")});
    parser.addOption(
        {QStringLiteral("teredo-native"),
         QStringLiteral("rendezvous: the same, and its clients' ICMPv6 is forwarded to native IPv6 hosts, by "
                        "which they find relays. It takes the right to open raw sockets (Linux: setcap "
                        "cap_net_raw+ep).")});
    parser.addOption(
        {QStringLiteral("native-echo"),
         QStringLiteral("run: Teredo clients of other makes that ask our IPv6 address for an echo before they believe "
                        "it are answered through our own tunnel, so that they talk straight to us. It takes the right "
                        "to open raw sockets (Linux: setcap cap_net_raw+ep).")});
    parser.addOption({QStringLiteral("json"), QStringLiteral("diagnose: as JSON.")});
    parser.addOption({QStringLiteral("masked"),
                      QStringLiteral("diagnose: without whole addresses, keys and names, so that others may see it.")});
    parser.process(app);
    const QStringList commands = parser.positionalArguments();
    if (commands.size() != 1)
        return complain("say one of run, rendezvous, diagnose. --help tells more.");
    installSignalHandlers();
    const QString& command = commands.first();
    auto nativeEcho = command == u"run" ? openNativeEcho(parser) : nullptr;
    if (command != u"rendezvous")
        dropRawSocketRight(); // it was given for that one, and for the socket above
    if (command == u"diagnose")
        return diagnose(parser);
    if (!parser.isSet(QStringLiteral("data")))
        return complain("--data DIR is missing: the folder of the profile.");
    const std::filesystem::path folder(parser.value(QStringLiteral("data")).toStdString());
    if (command == u"run")
        return run(parser, folder, std::move(nativeEcho));
    if (command == u"rendezvous")
        return rendezvous(parser, folder);
    return complain("there is no command \"" + command.toStdString() + "\". Say run, rendezvous or diagnose.");
}

} // namespace
} // namespace culvert

int main(int argc, char** argv) {
    if (culvert::isUpnpHelper(argc, argv))
        return culvert::runUpnpHelper();
    return culvert::start(argc, argv);
}
