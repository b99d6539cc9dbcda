// TCP connections of strangers and contacts, in any order. The bounds hold, nobody who has proven nothing gets more
// than they sent, and no order names a connection that is not there.
#include "core/tcp/tcp_links.h"

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/tcp_links_script.h"

namespace culvert::fuzz {
namespace {

constexpr unsigned kOrdersMax = 256;
constexpr TcpLimits kLimits{6, 4, 2, 2};

class LinksWorld {
public:
    void obey(TcpLinksOrder order, Input& script);

private:
    struct Known {
        SocketAddress remote;
        bool isOurs = false, isUp = false, isProven = false;
        std::size_t in = 0, out = 0;
    };

    // Few enough that they meet again, of both families.
    static SocketAddress place(std::uint8_t octet) {
        const auto port = static_cast<std::uint16_t>(2000 + octet / 8 % 4);
        Ipv6Address v6 = *Ipv6Address::fromText("2001:db8::1");
        v6.octets[7] = octet % 8;
        return (octet & 1) != 0 ? SocketAddress(v6, port)
                                : SocketAddress(Ipv4Address::of(203, 0, 113, octet % 8), port);
    }
    static TcpOwner owner(std::uint8_t octet) {
        TcpOwner out{};
        out.front() = octet % 4;
        return out;
    }
    TcpLinkId link(std::uint8_t octet) const {
        if (m_known.empty())
            return octet;
        return std::next(m_known.begin(), static_cast<std::ptrdiff_t>(octet % m_known.size()))->first;
    }
    void input(TcpInput::What what, TcpLinkId number, BytesView octets = {});
    void drain();
    void check();

    TcpLinks m_links{kLimits};
    std::map<TcpLinkId, Known> m_known;
    Instant m_now{1s};
};

void LinksWorld::input(TcpInput::What what, TcpLinkId number, BytesView octets) {
    if (const auto known = m_known.find(number); known != m_known.end()) {
        const bool isUp = known->second.isUp;
        // What an adapter cannot say it does not say.
        if (what == TcpInput::What::Connected ? isUp : what == TcpInput::What::Received && !isUp)
            return;
        known->second.isUp = isUp || what == TcpInput::What::Connected;
        known->second.in += octets.size();
        if (what == TcpInput::What::Closed)
            m_known.erase(known);
    }
    m_links.handleInput(m_now, {what, number, octets});
}

void LinksWorld::drain() {
    while (const auto datagram = m_links.pollDatagram())
        require(!datagram->payload.empty() && datagram->payload.size() <= wire::kTcpFrameMax, "datagrams are whole");
    while (m_links.pollEvent()) {
    }
    while (const auto order = m_links.pollOrder()) {
        if (order->what == TcpOrder::What::Connect) {
            require(!m_known.contains(order->link), "numbers are new");
            m_known[order->link] = {order->remote, true};
            continue;
        }
        const auto known = m_known.find(order->link);
        require(known != m_known.end(), "orders name what is there");
        if (order->what == TcpOrder::What::Close) {
            m_known.erase(known);
            continue;
        }
        Known& link = known->second;
        require(link.isUp, "nothing is sent before a connection is there");
        link.out += order->octets.size();
        require(link.isOurs || link.isProven || link.out <= link.in, "no more than they sent");
    }
}

void LinksWorld::check() {
    std::size_t accepted = 0, unproven = 0, connecting = 0;
    for (const auto& [number, link] : m_known) {
        accepted += link.isOurs ? 0 : 1;
        unproven += link.isOurs || link.isProven ? 0 : 1;
        connecting += link.isUp ? 0 : 1;
    }
    require(m_known.size() == m_links.count(), "nothing is forgotten");
    require(accepted <= kLimits.accepted, "so many are taken");
    require(unproven <= kLimits.unproven, "so many have proven nothing");
    require(connecting <= TcpLinks::kConnectsMax, "so many are opened at once");
    for (std::uint8_t i = 0; i < 4; ++i)
        require(m_links.linksOf(owner(i)).size() <= accepted + TcpLinks::kConnectsMax, "owners have what is there");
}

void LinksWorld::obey(TcpLinksOrder order, Input& script) {
    const std::uint8_t first = script.u8();
    switch (order) {
    case TcpLinksOrder::Accept:
        if (const auto number = m_links.accept(m_now, place(first)))
            m_known[*number] = {place(first), false, true};
        break;
    case TcpLinksOrder::Want: {
        std::vector<SocketAddress> places(script.u8() % 12);
        for (SocketAddress& one : places)
            one = place(script.u8());
        m_links.want(m_now, owner(first), places);
        break;
    }
    case TcpLinksOrder::Connected:
        input(TcpInput::What::Connected, link(first));
        break;
    case TcpLinksOrder::Received:
        input(TcpInput::What::Received, link(first), script.chunk());
        break;
    case TcpLinksOrder::Framed: {
        const BytesView payload = script.chunk();
        Bytes frame;
        wire::appendTcpFrame(frame, payload.first(std::min(payload.size(), wire::kTcpFrameMax)));
        input(TcpInput::What::Received, link(first), frame);
        break;
    }
    case TcpLinksOrder::Closed:
        input(TcpInput::What::Closed, link(first));
        break;
    case TcpLinksOrder::Prove: {
        const SocketAddress remote = place(first);
        for (auto& [number, known] : m_known)
            known.isProven = known.isProven || (known.remote == remote && known.isUp);
        if (m_links.reaches(remote))
            m_links.prove(m_now, remote, owner(script.u8()));
        break;
    }
    case TcpLinksOrder::Need:
        m_links.setNeeded(m_now, place(first), script.u8() % 2 == 0);
        break;
    case TcpLinksOrder::Send: {
        const std::size_t segment = script.u8();
        m_links.send(place(first), script.chunk(), segment);
        break;
    }
    case TcpLinksOrder::Forget:
        m_links.forget(owner(first));
        break;
    case TcpLinksOrder::Retry:
        m_links.retry(owner(first));
        break;
    case TcpLinksOrder::Allow:
        m_links.setAllowed(first % 4 != 0);
        break;
    case TcpLinksOrder::Pass:
    case TcpLinksOrder::Count:
        m_now += std::chrono::milliseconds(first << 8 | script.u8());
        m_links.handleTimeout(m_now);
        drain();
        require(!m_links.pollTimeout() || m_links.pollTimeout()->at > m_now, "time-outs do not come twice");
        break;
    }
    drain();
    check();
}

} // namespace

// | orders |
void run(BytesView input) {
    Input script(input);
    LinksWorld world;
    for (unsigned orders = 0; orders < kOrdersMax && !script.empty(); ++orders)
        world.obey(static_cast<TcpLinksOrder>(script.u8() % static_cast<std::uint8_t>(TcpLinksOrder::Count)), script);
}

} // namespace culvert::fuzz
