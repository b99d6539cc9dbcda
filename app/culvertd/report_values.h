// The network report as JSON and as text, with the member names of the JSON-RPC contract.
#pragma once

#include "core/messenger/network_report.h"

#include <QJsonArray>
#include <QJsonObject>

namespace culvert {

/// For `diagnostics.report` and `culvertd diagnose --json`. Masked: addresses are cut short, and keys, names of
/// interfaces and the router's words are left out, so that it can be shown to others.
QJsonObject reportOf(const NetworkStatus& status, bool masked);
/// For `path.list`: each way to carry IPv6, judged for reaching this peer.
QJsonArray waysOf(const NetworkStatus& status, const PeerFamilies& peer);
/// The same for people.
QString reportText(const NetworkStatus& status, bool masked);

} // namespace culvert
