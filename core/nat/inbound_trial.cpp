#include "core/nat/inbound_trial.h"

#include <algorithm>

namespace culvert {

namespace {

RingOutcome outcomeOf(wire::RingStatus refusal) {
    return refusal == wire::RingStatus::RateLimited ? RingOutcome::TooSoon : RingOutcome::NoWay;
}

} // namespace

std::vector<wire::RingWantedFrame> InboundTrial::begin(const Now& now, const ContactId& by,
                                                       const std::vector<SocketAddress>& targets) {
    restart();
    std::vector<wire::RingWantedFrame> out;
    for (const SocketAddress& target : targets) {
        Asked asked{by, m_random.below(UINT64_MAX), now.monotonic, false, {}};
        asked.ring.target = target;
        asked.ring.at = now.wall;
        out.push_back({asked.transaction, target});
        m_asked[target.isV4() ? 1 : 0] = asked;
    }
    return out;
}

void InboundTrial::handleAnswer(const ContactId& by, const wire::RingAnswerFrame& answer) {
    Asked* asked = find(by, answer.transaction);
    if (asked == nullptr)
        return;
    if (answer.status == wire::RingStatus::Rung)
        asked->hasSent = true;
    else
        end(*asked, outcomeOf(answer.status));
}

std::optional<SocketAddress> InboundTrial::handleRing(Instant now, const ContactId& by, std::uint64_t transaction,
                                                      bool isV4, bool fromNewAddress) {
    Asked* asked = find(by, transaction);
    if (asked == nullptr || asked->ring.target.isV4() != isV4)
        return std::nullopt;
    asked->ring.took = now - asked->since;
    asked->ring.fromNewAddress = fromNewAddress;
    end(*asked, RingOutcome::CameIn);
    return asked->ring.target;
}

void InboundTrial::handleTimeout(Instant now) {
    for (auto& asked : m_asked)
        if (isWaiting(asked) && asked->since + kWait <= now)
            end(*asked, asked->hasSent ? RingOutcome::NothingCame : RingOutcome::NoAnswer);
}

void InboundTrial::restart() {
    m_asked = {};
    m_hasChanged = true;
}

std::optional<Deadline> InboundTrial::pollTimeout() const {
    for (const auto& asked : m_asked) // Both began at the same time.
        if (isWaiting(asked))
            return Deadline{asked->since + kWait, "ring of a contact"};
    return std::nullopt;
}

InboundTrial::Asked* InboundTrial::find(const ContactId& by, std::uint64_t transaction) {
    const auto found = std::ranges::find_if(m_asked, [&](const std::optional<Asked>& asked) {
        return isWaiting(asked) && asked->by == by && asked->transaction == transaction;
    });
    return found == m_asked.end() ? nullptr : &**found;
}

void InboundTrial::end(Asked& asked, RingOutcome outcome) {
    asked.ring.outcome = outcome;
    m_hasChanged = true;
}

} // namespace culvert
