// The helper process that talks to UPnP routers: the same program, run as `<program> --upnp-helper`.
//
// miniupnpc reads HTTP and XML of whoever answers, blocks for as long as a router trickles, and keeps whatever it is
// sent. In a process of its own that costs at most a time-out and a bounded amount of memory, and it can be ended at
// any moment. upnp_agent.h is the other end; upnp_protocol.h the language between them.
#pragma once

namespace culvert {

inline constexpr auto kUpnpHelperOption = "--upnp-helper";

/// Whether this program was started as the helper. To be asked before anything else is done.
bool isUpnpHelper(int argc, char** argv);

/// Obeys commands from standard input until it ends; answers on standard output. Returns the exit code: 1 after
/// something that was no command. Before the first it takes from itself what it does not need: most memory, files,
/// a life longer than its parent's (POSIX; in part elsewhere).
int runUpnpHelper();

} // namespace culvert
