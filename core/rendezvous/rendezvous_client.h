// RendezvousClient: keeps us registered with one third party.
//
// States: Resting (retry later) -> AskingCookie -> Registering -> Registered -> Registering (refresh) ...
// What moves it on: answers and time. After two unanswered tries it asks for a new cookie at the third party's next
// address, or over a TCP connection where datagrams get no answer; soon, and with each refresh, the best one is tried
// again, because what is seen of us at the others is of less use. It never sends anything but set-up messages; sealing
// is done by whoever polls it.
#pragma once

#include "core/base/inner_address.h"
#include "core/base/random.h"
#include "core/wire/control_envelope.h"
#include "core/wire/control_message.h"

#include <variant>

namespace culvert {

/// What a RendezvousClient wants to send.
struct RendezvousRequest {
    InnerAddress remote;
    std::uint64_t transaction = 0;
    /// A cookie request when empty; otherwise a registration that carries this cookie.
    std::optional<wire::Cookie> cookie;
};

/// One registration. Thread safety: one thread.
class RendezvousClient {
public:
    /// Registrations are soft state.
    static constexpr std::uint16_t kLifetimeSeconds = 60;
    /// RFC 4787 REQ-5 allows NATs to forget after 2 minutes; many do after 30 s.
    static constexpr Duration kRefresh = 25s;
    /// After this time without an answer to datagrams a TCP connection is wanted.
    static constexpr Duration kLinkAfter = 1s;

    RendezvousClient(Random& random, Instant now) : m_random(random), m_next(now) {}

    /// Addresses to try, best first. Starts over when they change.
    void setRemotes(Instant now, std::vector<SocketAddress> remotes);
    /// It did not do what it should have: asks at once whether it is still there, once a second at most.
    void doubt(Instant now);
    /// A TCP connection to it, or that there is none any more. It is used at once where nothing else answers.
    void setLink(Instant now, const std::optional<InnerAddress>& link);
    const std::optional<InnerAddress>& link() const { return m_link; }
    /// Whether datagrams got no answer for long enough, so that a connection should be opened.
    bool wantsLink(Instant now) const { return linkWantedAt() && *linkWantedAt() <= now; }
    /// Whether it keeps us registered, or soon may.
    bool needsLink(Instant now) const { return m_answeredAt.tcp || !isRegistered(now); }
    /// Starts over: the network changed.
    void restart(Instant now);

    void handleCookie(Instant now, const InnerAddress& remote, const wire::CookieReply& reply);
    /// Whether it answers our last question. Anything else is old, or was sent again by somebody who had copied it.
    bool handleRegistered(Instant now, const InnerAddress& remote, const wire::Registered& answer);
    std::optional<RendezvousRequest> pollRequest(Instant now);
    std::optional<Deadline> pollTimeout() const;

    bool isRegistered(Instant now) const { return m_registeredUntil > now; }
    /// Whether it answered the last question where it answers, or may still do so in time.
    bool isAnswering() const { return m_silences <= 1; }
    /// Where it answered last.
    const InnerAddress& remote() const { return m_answeredAt; }
    Duration roundTrip() const { return m_roundTrip; }
    const std::optional<SocketAddress>& observed() const { return m_observed; }

private:
    std::optional<Instant> linkWantedAt() const;
    std::size_t places() const { return m_remotes.size() + (m_link ? 1 : 0); }
    void moveTo(Instant now, std::size_t index);

    Random& m_random;
    std::vector<SocketAddress> m_remotes;
    std::size_t m_remoteIndex = 0;
    InnerAddress m_remote, m_answeredAt;
    std::optional<InnerAddress> m_link;
    std::optional<Instant> m_silentSince; // the first question since the last answer, while not registered
    bool m_isLinkWanted = false;          // wantsLink(), when it was polled last
    std::optional<wire::Cookie> m_cookie;
    std::uint64_t m_transaction = 0;
    bool m_isAnswered = false;
    Instant m_sentAt{};
    Instant m_next;
    Instant m_registeredUntil{};
    unsigned m_unanswered = 0;
    unsigned m_silences = 0;       // the same where it answered before
    unsigned m_timesElsewhere = 0; // registered in a row where it is not best
    Duration m_roundTrip{};
    std::optional<SocketAddress> m_observed;
};

} // namespace culvert
