// Names that differ between ngtcp2 0.12 (Debian 12) and 1.x (vcpkg, Homebrew, newer Debian). Only quic/*.cpp includes
// it.
#pragma once

#include <ngtcp2/ngtcp2.h>
#include <ngtcp2/version.h>

#if NGTCP2_VERSION_NUM >= 0x010000

namespace culvert::ngtcp2 {
inline constexpr bool kIsVersion1 = true;
using Level = ngtcp2_encryption_level;
inline constexpr Level kInitial = NGTCP2_ENCRYPTION_LEVEL_INITIAL;
inline constexpr Level kHandshake = NGTCP2_ENCRYPTION_LEVEL_HANDSHAKE;
inline constexpr ngtcp2_cc_algo kBbr = NGTCP2_CC_ALGO_BBR;
using CloseError = ngtcp2_ccerr;
inline void setApplicationError(CloseError* error, std::uint64_t code) {
    ngtcp2_ccerr_set_application_error(error, code, nullptr, 0);
}
inline void setLibraryError(CloseError* error, int code) {
    ngtcp2_ccerr_set_liberr(error, code, nullptr, 0);
}
inline void setAlert(CloseError* error, std::uint8_t alert) {
    ngtcp2_ccerr_set_tls_alert(error, alert, nullptr, 0);
}
inline void handshakeCompleted(ngtcp2_conn* conn) {
    ngtcp2_conn_tls_handshake_completed(conn);
}
inline int decodeRemoteParameters(ngtcp2_conn* conn, const std::uint8_t* data, std::size_t size) {
    return ngtcp2_conn_decode_and_set_remote_transport_params(conn, data, size);
}
inline void setOriginalDcid(ngtcp2_transport_params& params, const ngtcp2_cid& dcid) {
    params.original_dcid = dcid;
    params.original_dcid_present = 1;
}
} // namespace culvert::ngtcp2

#else

namespace culvert::ngtcp2 {
inline constexpr bool kIsVersion1 = false;
using Level = ngtcp2_crypto_level;
inline constexpr Level kInitial = NGTCP2_CRYPTO_LEVEL_INITIAL;
inline constexpr Level kHandshake = NGTCP2_CRYPTO_LEVEL_HANDSHAKE;
inline constexpr ngtcp2_cc_algo kBbr = NGTCP2_CC_ALGO_BBR2;
using CloseError = ngtcp2_connection_close_error;
inline void setApplicationError(CloseError* error, std::uint64_t code) {
    ngtcp2_connection_close_error_set_application_error(error, code, nullptr, 0);
}
inline void setLibraryError(CloseError* error, int code) {
    ngtcp2_connection_close_error_set_transport_error_liberr(error, code, nullptr, 0);
}
inline void setAlert(CloseError* error, std::uint8_t alert) {
    ngtcp2_connection_close_error_set_transport_error_tls_alert(error, alert, nullptr, 0);
}
inline void handshakeCompleted(ngtcp2_conn* conn) {
    ngtcp2_conn_handshake_completed(conn);
}
inline int decodeRemoteParameters(ngtcp2_conn* conn, const std::uint8_t* data, std::size_t size) {
    return ngtcp2_conn_decode_remote_transport_params(conn, data, size);
}
inline void setOriginalDcid(ngtcp2_transport_params& params, const ngtcp2_cid& dcid) {
    params.original_dcid = dcid;
}
} // namespace culvert::ngtcp2

#endif
