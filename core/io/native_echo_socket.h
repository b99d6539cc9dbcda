// NativeEchoSocket: hears the ICMPv6 echo requests by which Teredo clients ask who a native address of ours is.
//
// A relay in a program is believed by such clients only if the answer comes out of its own tunnel (RFC 4380 §5.2.9),
// and the system alone gets what they ask. A raw socket gets a copy, the system's own answer leaves all the same. It
// takes the right CAP_NET_RAW while the socket is opened, at no time later; the program never asks for it. Linux alone.
//
// The kernel lets in nothing but echo requests, with sound checksums, from Teredo addresses: no other ping wakes us.
// The socket sends nothing.
#pragma once

#include "core/base/result.h"
#include "core/wire/ip_packet.h"

#include <functional>
#include <memory>

namespace culvert {

/// Thread safety: one thread.
class NativeEchoSocket {
public:
    /// Longer messages are dropped: no Teredo server forwards so much.
    static constexpr std::size_t kMessageMax = 128;

    /// Unsupported where this system has no such sockets; IoFailure, with a sentence that says what to do, where this
    /// program may not open one.
    static Result<std::unique_ptr<NativeEchoSocket>> open();
    ~NativeEchoSocket();
    NativeEchoSocket(const NativeEchoSocket&) = delete;
    NativeEchoSocket& operator=(const NativeEchoSocket&) = delete;

    /// Takes what has arrived, at most `maximum`; `take` gets packets with ICMPv6 messages.
    void receive(std::size_t maximum, const std::function<void(const wire::Ipv6Packet&)>& take);
    /// What to wait for.
    std::intptr_t handle() const { return m_handle; }

private:
    explicit NativeEchoSocket(std::intptr_t handle) : m_handle(handle) {}

    std::intptr_t m_handle;
};

} // namespace culvert
