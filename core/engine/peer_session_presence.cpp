// PeerSession, fourth part: what is said of it: how the contact is reached, or why it is not, and what happened.
#include "core/engine/peer_session.h"

namespace culvert {

void PeerSession::note(const Now& now, const PathChangedEvent& event) {
    const MomentKind kind = !event.up ? MomentKind::Down : event.isSwitch ? MomentKind::Switched : MomentKind::Up;
    m_journal.note({kind, now.wall, 1, event.path.kind, event.path.remote,
                    event.isSwitch ? event.reason : PathReason::None, event.downFor});
}

Presence PeerSession::presence(Instant now) const {
    Presence out;
    out.online = isConnected();
    if (out.online) {
        out.path = m_paths.activeKind();
        out.roundTrip = m_paths.activeRoundTrip();
        return out;
    }
    if (!wantsSession())
        return out;
    const auto since = m_paths.tryingSince();
    if (!m_paths.hasCandidates())
        out.verdict = Verdict::NoAddress;
    else if (!since || now - *since < kVerdictAfter)
        out.verdict = Verdict::Connecting;
    else if (m_context.inputs.local.native6.empty() && m_context.inputs.local.v4.empty() &&
             m_context.inputs.local.lan6.empty())
        out.verdict = Verdict::NoNetwork;
    else {
        out.outlook = outlook(now);
        out.verdict = out.outlook.possible == Answer::No ? Verdict::CannotConnect : Verdict::NoAnswer;
    }
    return out;
}

PairOutlook PeerSession::outlook(Instant now) const {
    EndFacts theirs = peerFacts(m_record.endpoints, m_peerHint, m_context.facts);
    if (m_record.state != ContactState::Accepted)
        theirs.hasDoorbell = Answer::No; // Nobody hears the rings of strangers.
    return predict(m_context.facts, theirs, m_context.helpFor(now, m_record));
}

ConnectionInfo PeerSession::connection(const Now& now) const {
    ConnectionInfo out;
    out.paths = m_paths.describe(now, [this](const InnerAddress& remote) { return m_context.reaches(remote); });
    out.history = m_journal.moments();
    if (!m_paths.isUp())
        out.outlook = outlook(now.monotonic);
    return out;
}

} // namespace culvert
