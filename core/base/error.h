// Error: what went wrong, as an enumerator that code switches on and a sentence that people read.
#pragma once

#include <string>

namespace culvert {

/// The questions that callers truly ask of a failure.
enum class ErrorCode {
    Truncated,       ///< fewer bytes than the format needs
    Malformed,       ///< bytes that no correct sender makes
    Unsupported,     ///< well formed, but of a version or kind that this program does not know
    Unauthenticated, ///< a tag, signature or checksum does not match
    InvalidArgument, ///< the caller's value is not acceptable; detail says why
    NotFound,        ///< what was named does not exist
    AlreadyExists,   ///< what should be made exists
    WrongState,      ///< not possible now (locked, not created, not accepted)
    WrongPassphrase, ///< the store does not open with this passphrase
    LimitReached,    ///< a named bound of the program
    IoFailure,       ///< the operating system said no; detail holds its words
    Corrupt,         ///< stored data that does not decrypt or parse
};

/// What went wrong. `detail` is an English sentence for people and logs; it never holds a secret.
struct Error {
    ErrorCode code = ErrorCode::IoFailure;
    std::string detail;
};

} // namespace culvert
