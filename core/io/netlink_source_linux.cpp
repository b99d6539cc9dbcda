// The Linux source: rtnetlink (rtnetlink(7)), asked in dumps and heard through its multicast groups.
#include "core/io/network_source.h"

#ifdef __linux__

#include "core/base/bytes.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace culvert {

namespace {

// A router with the internet's whole table would send a hundred megabytes; the default routes come first in it.
constexpr std::size_t kDumpOctetsMax = 8 * 1024 * 1024;
constexpr std::size_t kBufferSize = 64 * 1024;
constexpr int kNoticesPerRound = 256;
// A dump during which something changed says so and is worth nothing.
constexpr int kDumpTries = 3;

/// An open socket that closes itself.
class NetlinkSocket {
public:
    explicit NetlinkSocket(unsigned groups, int type = 0)
        : m_handle(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | type, NETLINK_ROUTE)) {
        sockaddr_nl address{};
        address.nl_family = AF_NETLINK;
        address.nl_groups = groups;
        if (m_handle >= 0 && ::bind(m_handle, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
            ::close(m_handle);
            m_handle = -1;
        }
    }
    ~NetlinkSocket() {
        if (m_handle >= 0)
            ::close(m_handle);
    }
    NetlinkSocket(const NetlinkSocket&) = delete;
    NetlinkSocket& operator=(const NetlinkSocket&) = delete;
    int handle() const { return m_handle; }

    /// One datagram from the kernel; empty and `error` set when there is none. Other programs' datagrams are empty
    /// without an error.
    BytesView receive(Bytes& buffer, int& error) const {
        sockaddr_nl from{};
        iovec data{buffer.data(), buffer.size()};
        msghdr message{};
        message.msg_name = &from;
        message.msg_namelen = sizeof(from);
        message.msg_iov = &data;
        message.msg_iovlen = 1;
        const ssize_t size = ::recvmsg(m_handle, &message, 0);
        error = size < 0 ? errno : (message.msg_flags & MSG_TRUNC) != 0 ? EMSGSIZE : 0;
        if (error != 0 || from.nl_pid != 0)
            return {};
        return BytesView(buffer).first(static_cast<std::size_t>(size));
    }

private:
    int m_handle;
};

// A message or attribute at the front of `rest`: its header and what follows the header. Nothing when it is cut off.
template<typename Header, typename Length>
std::optional<BytesView> takeOne(BytesView& rest, Header& header, Length Header::*length) {
    if (rest.size() < sizeof(Header))
        return std::nullopt;
    std::memcpy(&header, rest.data(), sizeof(Header));
    const std::size_t size = header.*length;
    if (size < sizeof(Header) || size > rest.size())
        return std::nullopt;
    const BytesView body = rest.subspan(sizeof(Header), size - sizeof(Header));
    rest = rest.subspan(std::min(rest.size(), (size + 3) / 4 * 4)); // NLMSG_ALIGNTO, RTA_ALIGNTO, RTNH_ALIGNTO
    return body;
}

void forEachMessage(BytesView rest, const std::function<void(const nlmsghdr&, BytesView)>& take) {
    nlmsghdr header{};
    while (const auto body = takeOne(rest, header, &nlmsghdr::nlmsg_len))
        take(header, *body);
}

void forEachAttribute(BytesView rest, const std::function<void(unsigned, BytesView)>& take) {
    rtattr header{};
    while (const auto body = takeOne(rest, header, &rtattr::rta_len))
        take(header.rta_type & NLA_TYPE_MASK, *body);
}

// The fixed part of a message; `body` becomes its attributes.
template<typename Fixed> bool takeFixed(BytesView& body, Fixed& fixed) {
    if (body.size() < sizeof(Fixed))
        return false;
    std::memcpy(&fixed, body.data(), sizeof(Fixed));
    body = body.subspan(std::min(body.size(), static_cast<std::size_t>(NLMSG_ALIGN(sizeof(Fixed)))));
    return true;
}

std::uint32_t toNumber(BytesView value) {
    std::uint32_t number = 0;
    if (value.size() == sizeof(number))
        std::memcpy(&number, value.data(), sizeof(number));
    return number;
}

std::string toName(BytesView value) {
    const std::string_view text = asText(value);
    return std::string(text.substr(0, text.find('\0')));
}

std::optional<SocketAddress> toAddress(int family, BytesView value) {
    if (family == AF_INET && value.size() == 4) {
        Ipv4Address address;
        std::ranges::copy(value, address.octets.begin());
        return SocketAddress(address, 0);
    }
    if (family == AF_INET6 && value.size() == 16) {
        Ipv6Address address;
        std::ranges::copy(value, address.octets.begin());
        return SocketAddress(address, 0);
    }
    return std::nullopt;
}

void addLink(NetworkFacts& facts, BytesView body) {
    ifinfomsg info{};
    if (!takeFixed(body, info) || facts.interfaces.size() >= NetworkFacts::kInterfacesMax)
        return;
    InterfaceFact fact;
    fact.index = static_cast<std::uint32_t>(info.ifi_index);
    fact.hardware = static_cast<HardwareType>(info.ifi_type);
    fact.isUp = (info.ifi_flags & IFF_UP) != 0 && (info.ifi_flags & IFF_RUNNING) != 0;
    fact.isLoopback = (info.ifi_flags & IFF_LOOPBACK) != 0;
    forEachAttribute(body, [&](unsigned type, BytesView value) {
        if (type == IFLA_IFNAME)
            fact.name = toName(value);
        if (type == IFLA_LINKINFO)
            forEachAttribute(value, [&](unsigned inner, BytesView kind) {
                if (inner == IFLA_INFO_KIND)
                    fact.linkKind = toName(kind);
            });
    });
    facts.interfaces.push_back(std::move(fact));
}

void addAddress(NetworkFacts& facts, BytesView body) {
    ifaddrmsg info{};
    if (!takeFixed(body, info) || facts.addresses.size() >= NetworkFacts::kAddressesMax)
        return;
    std::optional<SocketAddress> local, other;
    std::uint32_t flags = info.ifa_flags;
    bool isOver = false;
    forEachAttribute(body, [&](unsigned type, BytesView value) {
        if (type == IFA_LOCAL)
            local = toAddress(info.ifa_family, value);
        if (type == IFA_ADDRESS) // Of a point-to-point link this is the other end's.
            other = toAddress(info.ifa_family, value);
        if (type == IFA_FLAGS)
            flags = toNumber(value);
        if (ifa_cacheinfo times{}; type == IFA_CACHEINFO && takeFixed(value, times))
            isOver = times.ifa_prefered == 0;
    });
    if (!local)
        local = other;
    if (!local)
        return;
    AddressFact fact;
    fact.interfaceIndex = info.ifa_index;
    fact.address = *local;
    fact.prefixLength = info.ifa_prefixlen;
    // For IPv4 the same bit means "secondary".
    fact.isTemporary = info.ifa_family == AF_INET6 && (flags & IFA_F_TEMPORARY) != 0;
    fact.isDeprecated = isOver || (flags & IFA_F_DEPRECATED) != 0;
    // RFC 4429 §3.1: an optimistic address may be used while it is tested.
    const bool isTested = (flags & IFA_F_TENTATIVE) == 0 || (flags & IFA_F_OPTIMISTIC) != 0;
    fact.isUsable = isTested && (flags & IFA_F_DADFAILED) == 0;
    facts.addresses.push_back(fact);
}

void addHop(NetworkFacts& facts, std::uint32_t output, std::uint32_t metric,
            const std::optional<SocketAddress>& router) {
    if (facts.routes.size() >= NetworkFacts::kRoutesMax || facts.defaultOutputs.size() >= NetworkFacts::kRoutesMax)
        return;
    if (std::ranges::find(facts.defaultOutputs, output) == facts.defaultOutputs.end())
        facts.defaultOutputs.push_back(output);
    if (router)
        facts.routes.push_back({*router, output, metric});
}

void addHops(NetworkFacts& facts, int family, std::uint32_t metric, BytesView hops) {
    rtnexthop hop{};
    while (const auto body = takeOne(hops, hop, &rtnexthop::rtnh_len)) {
        if ((hop.rtnh_flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN)) != 0)
            continue;
        std::optional<SocketAddress> router;
        forEachAttribute(*body, [&](unsigned type, BytesView value) {
            if (type == RTA_GATEWAY)
                router = toAddress(family, value);
        });
        addHop(facts, static_cast<std::uint32_t>(hop.rtnh_ifindex), metric, router);
    }
}

// What is left when it is no default route of the main table.
std::optional<rtmsg> takeDefaultRoute(BytesView& body) {
    rtmsg info{};
    if (!takeFixed(body, info) || info.rtm_dst_len != 0 || info.rtm_type != RTN_UNICAST ||
        info.rtm_table != RT_TABLE_MAIN || (info.rtm_flags & (RTM_F_CLONED | RTNH_F_DEAD | RTNH_F_LINKDOWN)) != 0)
        return std::nullopt;
    return info;
}

void addRoute(NetworkFacts& facts, BytesView body) {
    const auto info = takeDefaultRoute(body);
    if (!info)
        return;
    std::optional<SocketAddress> router;
    std::uint32_t metric = 0, output = 0;
    BytesView hops;
    forEachAttribute(body, [&](unsigned type, BytesView value) {
        if (type == RTA_GATEWAY)
            router = toAddress(info->rtm_family, value);
        if (type == RTA_OIF)
            output = toNumber(value);
        if (type == RTA_PRIORITY)
            metric = toNumber(value);
        if (type == RTA_MULTIPATH)
            hops = value;
    });
    if (!hops.empty())
        addHops(facts, info->rtm_family, metric, hops);
    else if (output != 0)
        addHop(facts, output, metric, router);
}

// What is asked of the kernel: the fixed part of each kind of request, and a mask that spares us the statistics.
struct DumpRequest {
    nlmsghdr header{};
    union {
        ifinfomsg link;
        ifaddrmsg address;
        rtmsg route;
    };
    rtattr mask{};
    std::uint32_t maskValue = 0;
    DumpRequest(std::uint16_t type, int family, std::uint32_t sequence) : link{} {
        const auto octets = static_cast<unsigned char>(family);
        std::size_t size = sizeof(link);
        if (type == RTM_GETADDR) {
            address = {};
            address.ifa_family = octets;
            size = sizeof(address);
        } else if (type == RTM_GETROUTE) {
            route = {};
            route.rtm_family = octets;
            size = sizeof(route);
        } else {
            link.ifi_family = octets;
            mask.rta_type = IFLA_EXT_MASK;
            mask.rta_len = RTA_LENGTH(sizeof(maskValue));
            maskValue = RTEXT_FILTER_SKIP_STATS;
            size = sizeof(*this) - sizeof(header);
        }
        header.nlmsg_len = static_cast<std::uint32_t>(sizeof(header) + size);
        header.nlmsg_type = type;
        header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
        header.nlmsg_seq = sequence;
    }
};

enum class DumpEnd { Done, Interrupted, Failed };

// One dump. The replies to another request's sequence are passed over.
DumpEnd dump(std::uint16_t type, int family, Bytes& buffer, const std::function<void(BytesView)>& take) {
    constexpr std::uint32_t sequence = 1;
    const NetlinkSocket socket(0); // A new one each time: an unfinished dump ends with its socket.
    const timeval patience{1, 0};
    const DumpRequest request(type, family, sequence);
    if (socket.handle() < 0 ||
        ::setsockopt(socket.handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) != 0 ||
        ::send(socket.handle(), &request, request.header.nlmsg_len, 0) < 0)
        return DumpEnd::Failed;
    bool isInterrupted = false, isDone = false, isFailed = false;
    for (std::size_t octets = 0; octets < kDumpOctetsMax && !isDone && !isFailed;) {
        int error = 0;
        const BytesView datagram = socket.receive(buffer, error);
        if (error != 0)
            return error == EINTR ? DumpEnd::Interrupted : DumpEnd::Failed;
        octets += std::max<std::size_t>(datagram.size(), 1);
        forEachMessage(datagram, [&](const nlmsghdr& header, BytesView body) {
            if (header.nlmsg_seq != sequence)
                return;
            isInterrupted = isInterrupted || (header.nlmsg_flags & NLM_F_DUMP_INTR) != 0;
            isDone = isDone || header.nlmsg_type == NLMSG_DONE;
            isFailed = isFailed || header.nlmsg_type == NLMSG_ERROR;
            if (header.nlmsg_type == type - 2) // RTM_GETx is RTM_NEWx + 2.
                take(body);
        });
    }
    if (isFailed)
        return DumpEnd::Failed;
    return isInterrupted ? DumpEnd::Interrupted : DumpEnd::Done;
}

// Whether a notice can change what we conclude. Routes elsewhere come and go all the time.
bool matters(const nlmsghdr& header, BytesView body) {
    switch (header.nlmsg_type) {
    case RTM_NEWLINK:
    case RTM_DELLINK:
    case RTM_NEWADDR:
    case RTM_DELADDR:
        return true;
    case RTM_NEWROUTE:
    case RTM_DELROUTE: {
        rtmsg info{}; // A dead route's end counts too.
        return takeFixed(body, info) && info.rtm_dst_len == 0 && info.rtm_table == RT_TABLE_MAIN;
    }
    default:
        return false;
    }
}

class NetlinkSource final : public NetworkSource {
public:
    NetlinkSource() : m_notices(kGroups, SOCK_NONBLOCK), m_buffer(kBufferSize) {}
    bool isOpen() const { return m_notices.handle() >= 0; }

    std::optional<NetworkFacts> read() override {
        for (int attempt = 0; attempt < kDumpTries; ++attempt) {
            NetworkFacts facts;
            const DumpEnd end = readOnce(facts);
            if (end == DumpEnd::Failed)
                return std::nullopt;
            // In the end a list that changed on the way is better than none: the notice of it is already here.
            if (end == DumpEnd::Done || attempt + 1 == kDumpTries)
                return facts;
        }
        return std::nullopt;
    }

    std::optional<std::intptr_t> handle() const override { return m_notices.handle(); }

    bool changed() override {
        bool isRelevant = false;
        for (int i = 0; i < kNoticesPerRound; ++i) {
            int error = 0;
            const BytesView datagram = m_notices.receive(m_buffer, error);
            if (error == EAGAIN || error == EWOULDBLOCK)
                break;
            // ENOBUFS: there were more notices than the kernel could keep.
            isRelevant = isRelevant || error != 0;
            forEachMessage(datagram, [&](const nlmsghdr& header, BytesView body) {
                isRelevant = isRelevant || matters(header, body);
            });
        }
        return isRelevant;
    }

private:
    static constexpr unsigned kGroups =
        RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;

    DumpEnd readOnce(NetworkFacts& facts) {
        DumpEnd worst = DumpEnd::Done;
        const auto ask = [&](std::uint16_t type, int family, void (*add)(NetworkFacts&, BytesView)) {
            const DumpEnd end = dump(type, family, m_buffer, [&](BytesView body) { add(facts, body); });
            worst = std::max(worst, end);
        };
        ask(RTM_GETLINK, AF_UNSPEC, addLink);
        ask(RTM_GETADDR, AF_UNSPEC, addAddress);
        ask(RTM_GETROUTE, AF_INET, addRoute);
        // A kernel without IPv6 refuses to list its routes; then there are none.
        const DumpEnd before = worst;
        ask(RTM_GETROUTE, AF_INET6, addRoute);
        return before == DumpEnd::Done && worst == DumpEnd::Failed ? DumpEnd::Done : worst;
    }

    NetlinkSocket m_notices;
    Bytes m_buffer;
};

} // namespace

std::unique_ptr<NetworkSource> makeNetlinkSource() {
    auto source = std::make_unique<NetlinkSource>();
    if (!source->isOpen() || !source->read())
        return nullptr;
    return source;
}

} // namespace culvert

#else

namespace culvert {

std::unique_ptr<NetworkSource> makeNetlinkSource() {
    return nullptr;
}

} // namespace culvert

#endif
