#include "core/io/native_forwarder.h"

#ifdef __linux__

#include "core/io/raw_socket.h"
#include "core/io/socket_compat.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kHeaderSize = 40, kDestinationAt = 24; // RFC 8200 §3

class RawForwarder final : public NativeForwarder {
public:
    explicit RawForwarder(int handle) : m_handle(handle) {}
    ~RawForwarder() override { ::close(m_handle); }
    RawForwarder(const RawForwarder&) = delete;
    RawForwarder& operator=(const RawForwarder&) = delete;

    bool send(BytesView packet) override {
        if (packet.size() < kHeaderSize)
            return false;
        sockaddr_in6 to{};
        to.sin6_family = AF_INET6;
        std::copy_n(packet.begin() + kDestinationAt, sizeof to.sin6_addr,
                    reinterpret_cast<std::uint8_t*>(&to.sin6_addr));
        const auto sent =
            ::sendto(m_handle, packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
        return sent == static_cast<std::ptrdiff_t>(packet.size());
    }

private:
    int m_handle;
};

} // namespace

Result<std::unique_ptr<NativeForwarder>> NativeForwarder::open() {
    // IPPROTO_RAW: we write the whole IPv6 header ourselves, and nothing is ever received.
    TRY(handle, openRawSocket(IPPROTO_RAW));
    return std::unique_ptr<NativeForwarder>(new RawForwarder(handle));
}

} // namespace culvert

#else

namespace culvert {

Result<std::unique_ptr<NativeForwarder>> NativeForwarder::open() {
    return fail(ErrorCode::Unsupported, "this system does not let a program send as others");
}

} // namespace culvert

#endif
