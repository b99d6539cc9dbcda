// Options: what both programs take on the command line.
#pragma once

#include "core/io/driver.h"

#include <QCommandLineParser>

namespace culvert {

/// Adds --data, --port, --bind, --no-mapping, --rendezvous, --teredo-server, --no-tcp,
/// --allow-ordinary-route and --allow-reserved.
void addNetworkOptions(QCommandLineParser& parser);
/// InvalidArgument says which option is wrong, and how.
Result<DriverConfig> networkConfigOf(const QCommandLineParser& parser);
/// A port from --port; `fallback` where there is none.
Result<std::uint16_t> portOf(const QCommandLineParser& parser, std::uint16_t fallback);
/// The addresses of every --bind.
Result<std::vector<SocketAddress>> bindOf(const QCommandLineParser& parser);

} // namespace culvert
