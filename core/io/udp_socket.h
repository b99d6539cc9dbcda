// UdpSocket: one non-blocking UDP socket of one family.
//
// On Linux it hands the kernel many datagrams in one call (UDP GSO) and takes them so (UDP GRO), where the kernel can;
// elsewhere, and where that fails, it falls back to one call a datagram. Both are tested.
// Bound to every address, it tells of each datagram at which address it arrived and sends from the address it is told,
// where the system can (not on Windows); an address that is not ours any more is not insisted on.
// On Linux it can tell of ICMPv6 errors about what it sent (IPV6_RECVERR): anybody can forge those, so a flood of them
// is not listened to for the rest of its second.
#pragma once

#include "core/base/datagram.h"
#include "core/base/quoted_error.h"
#include "core/base/rate_limit.h"
#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace culvert {

/// The kinds of help from the kernel; tests switch it off to try the fallback.
enum class SocketOffload { Automatic, None };

/// Thread safety: one thread.
class UdpSocket {
public:
    /// Binds to `local`; port 0 lets the system choose. AlreadyExists when another program has the port.
    static Result<std::unique_ptr<UdpSocket>> bind(const SocketAddress& local,
                                                   SocketOffload offload = SocketOffload::Automatic);
    ~UdpSocket();
    UdpSocket(const UdpSocket&) = delete;
    UdpSocket& operator=(const UdpSocket&) = delete;

    /// False when the datagram could not go (full buffer, no route): UDP may lose it, and so may we.
    bool send(const Datagram& datagram);
    /// Takes what has arrived, at most `maximum` datagrams; returns how many.
    std::size_t receive(std::size_t maximum, const std::function<void(const Datagram&)>& take);

    /// Errors that are taken in a second. An error costs a few microseconds.
    static constexpr std::size_t kErrorsPerSecondMax = 20'000;
    /// Octets of our datagram that an error shows.
    static constexpr std::size_t kQuotedMax = 64;
    /// From now on ICMPv6 errors wait for receiveErrors(), which must then be called whenever the handle is ready.
    /// False where the system cannot, and for IPv4.
    bool listenForErrors();
    /// Takes the errors that wait, at most `maximum`; returns how many. Does nothing before listenForErrors().
    std::size_t receiveErrors(Instant now, std::size_t maximum, const std::function<void(const QuotedError&)>& take);
    /// Whether Datagram::dontFragment is heeded here.
    bool canForbidFragments() const { return m_canForbidFragments; }

    std::uint16_t port() const { return m_local.port(); }
    const SocketAddress& local() const { return m_local; }
    /// Becomes Datagram::socket of what arrives; 0 until then.
    void setNumber(std::uint32_t number) { m_number = number; }
    std::intptr_t handle() const { return m_handle; }

private:
    UdpSocket(std::intptr_t handle, const SocketAddress& local) : m_handle(handle), m_local(local) {}
    const SocketAddress* sourceOf(const Datagram& datagram) const;
    void setFragments(const Datagram& datagram);
    void setGroupInterface(const Datagram& datagram);
    bool sendOne(const SocketAddress& remote, const SocketAddress* source, BytesView payload, std::size_t segmentSize,
                 int hopLimit);
    std::ptrdiff_t receiveOne(SocketAddress& local, SocketAddress& remote, std::size_t& segment);
    bool setErrorQueue(bool isOn);

    std::intptr_t m_handle;
    SocketAddress m_local;
    std::uint32_t m_number = 0;
    bool m_isAnyAddress = false;
    bool m_canForbidFragments = false;
    bool m_forbidsFragments = false; // now, of IPv4
    bool m_segments = false;
    Bytes m_buffer;
    bool m_wantsErrors = false; // listenForErrors() was called
    bool m_hearsErrors = false; // and it is not too noisy
    RatePerSecond m_errors;
};

/// Waits until one of the handles has something to read, or one of `writers` takes something, or `timeout` is over
/// (negative: for ever). Nanoseconds where the system can.
void waitForHandles(const std::vector<std::intptr_t>& handles, Duration timeout,
                    const std::vector<std::intptr_t>& writers = {});
/// Which of the handles have something to read, or an error to tell, now.
std::vector<bool> readableHandles(const std::vector<std::intptr_t>& handles);
/// The same for sockets alone.
void waitForSockets(const std::vector<UdpSocket*>& sockets, Duration timeout);

} // namespace culvert
