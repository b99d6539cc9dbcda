// RendezvousServer: who is where, and one sealed message to set a connection up.
//
// It keeps registrations in memory only, for 60 s. A registration needs a cookie, which proves the source address, and
// a sealed introduction, which proves the identity. A handoff goes to registered recipients only, is at most 512
// octets, and each pair has a budget, so that no conversation can be carried. It can read no handoff.
// Answers are never larger than their questions.
#pragma once

#include "core/base/inner_address.h"
#include "core/base/rate_limit.h"
#include "core/crypto/sealing.h"
#include "core/rendezvous/pair_budgets.h"
#include "core/wire/control_envelope.h"
#include "core/wire/control_message.h"

#include <map>

namespace culvert {

/// A registered client.
struct RendezvousEntry {
    PublicKey key{};
    PairKeys keys;
    InnerAddress remote;
    Instant expires;
    SocketAddress local; ///< which address of ours it registered at, where known: its NAT lets only that one in
    double tests = 0;    ///< tokens left, see RendezvousServer::kTestBurst
    Instant testsUpdated{};
    TokenBucket recipients{}; ///< whom it may still ask for, see PairBudgets::kRecipientsMax
};

/// What became of a handoff, and where it goes.
struct HandoffDecision {
    wire::HandoffStatus status = wire::HandoffStatus::UnknownRecipient;
    const RendezvousEntry* recipient = nullptr; ///< when Forwarded; valid until the next call
};

/// The third party. Thread safety: one thread.
class RendezvousServer {
public:
    static constexpr std::size_t kRegistrationsMax = 100'000;
    /// Introductions cost two X25519 each; more than this a second are dropped.
    static constexpr unsigned kIntroductionsPerSecondMax = 4000;
    /// One address (IPv4) or network (IPv6, /64) gets this many introductions a second and registrations.
    static constexpr unsigned kIntroductionsPerSourceMax = 50;
    static constexpr unsigned kRegistrationsPerSourceMax = 256;
    /// Tests of the network: this many at once for a client, and one more every kTestRefill.
    static constexpr unsigned kTestBurst = 100;
    static constexpr Duration kTestRefill = 500ms;

    explicit RendezvousServer(Random& random) : m_cookies(random), m_budgets(random) {}

    wire::CookieReply cookie(Instant now, const InnerAddress& remote, const wire::CookieRequest& request);
    /// Whether an introduction from there may cost us its key agreement. REQUIRES: before it is opened
    bool admits(Instant now, const InnerAddress& remote, const wire::Cookie& cookie);
    /// Remembers an authenticated client. Nothing when there is no room or its key is none.
    std::optional<wire::Registered> registered(Instant now, const InnerAddress& remote, const Identity& own,
                                               const PublicKey& key, const wire::Register& request,
                                               const SocketAddress& local = {});
    /// The client that seals with this key id; nullptr when it is not registered.
    const RendezvousEntry* find(Instant now, const KeyIdOctets& keyId) const;
    const RendezvousEntry* findKey(Instant now, const PublicKey& key) const;
    /// Whether a registered client may have one more look at itself or one more ring now: both cost the answers only.
    bool maySpendTest(Instant now, const PublicKey& key);
    HandoffDecision handoff(Instant now, const PublicKey& from, const wire::HandoffRequest& request);

    std::size_t registrations() const { return m_entries.size(); }
    std::uint64_t forwarded() const { return m_forwarded; }

private:
    struct Source {
        unsigned introductions = 0; ///< in the present second
        unsigned registrations = 0;
    };
    using SourceKey = std::array<std::uint8_t, 16>;
    static SourceKey sourceOf(const InnerAddress& remote);
    void release(const InnerAddress& remote);

    void prune(Instant now);

    CookieJar m_cookies;
    std::map<PublicKey, RendezvousEntry> m_entries;
    std::map<KeyIdOctets, PublicKey> m_byKeyId;
    PairBudgets m_budgets;
    std::map<SourceKey, Source> m_sources;
    Instant m_nextPrune{};
    EachSecond m_introductionSecond;
    unsigned m_introductions = 0;
    std::uint64_t m_forwarded = 0;
};

} // namespace culvert
