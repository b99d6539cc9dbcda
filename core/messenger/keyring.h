// Keyring: the system's own place for secrets, behind one interface.
#pragma once

#include "core/base/result.h"

#include <functional>

namespace culvert {

/// Holds one secret per profile in the system keyring (libsecret, KWallet, Keychain, Credential Manager).
/// Thread safety: GUI thread; replies come on the GUI thread.
class Keyring {
public:
    virtual ~Keyring() = default;
    /// Whether a keyring answers at all on this system; asks it, so it may take a moment.
    virtual void probe(std::function<void(bool available)> reply) = 0;
    virtual void store(std::string secret, std::function<void(Result<void>)> reply) = 0;
    virtual void fetch(std::function<void(Result<std::string>)> reply) = 0;
};

} // namespace culvert
