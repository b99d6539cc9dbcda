// Runs a UpnpAgent for the laboratory: upnp_agent <culvertd> <port> [<IPv6 address>].
//
// A line for each state: "<answer> <outer address|-> <udp confirmed> <tcp confirmed> <pinhole open> <words>". At the
// end of its input it takes everything back, says "left <seconds>" and ends.
#include "core/io/upnp_agent.h"

#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace {

const char* answerText(culvert::ProtocolAnswer answer) {
    switch (answer) {
    case culvert::ProtocolAnswer::NotAsked:
        return "not-asked";
    case culvert::ProtocolAnswer::Asking:
        return "asking";
    case culvert::ProtocolAnswer::Speaks:
        return "speaks";
    case culvert::ProtocolAnswer::Silent:
        return "silent";
    case culvert::ProtocolAnswer::Broken:
        return "broken";
    }
    return "";
}

void print(const culvert::UpnpState& state) {
    const bool isOpen = !state.pinholes.empty() && state.pinholes.front().isOpen;
    std::printf("%s %s %d %d %d %s\n", answerText(state.answer),
                state.routerAddress ? state.routerAddress->text().c_str() : "-", state.udp.isConfirmed,
                state.tcp.isConfirmed, isOpen, state.words.c_str());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    using namespace culvert;
    if (argc < 3) {
        std::fprintf(stderr, "usage: upnp_agent <culvertd> <port> [<IPv6 address>]\n");
        return 2;
    }
    UpnpWish wish{static_cast<std::uint16_t>(std::atoi(argv[2])), true, {}};
    if (const auto address = Ipv6Address::fromText(argc > 3 ? argv[3] : ""))
        wish.pinholes.push_back(*address);
    auto agent = std::make_unique<UpnpAgent>(print, UpnpHelperProgram{argv[1], {"--upnp-helper"}});
    agent->setWish(std::move(wish));
    for (std::string line; std::getline(std::cin, line);)
        agent->refresh();
    const auto begun = std::chrono::steady_clock::now();
    agent->takeBack();
    agent.reset();
    std::printf("left %.3f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
    return 0;
}
