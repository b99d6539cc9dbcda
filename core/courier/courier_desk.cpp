#include "core/courier/courier_desk.h"

#include "core/crypto/sealing.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::string_view kTagLabel = "culvert courier tag 1";
constexpr TokenBucket::Rate kOffersSent{CourierDesk::kOffersAtOnce, CourierDesk::kOfferPause};
// Each is looked through for all of our contacts. Who keeps to the pauses never meets this, whatever the way does.
constexpr TokenBucket::Rate kOffersHeard{2 * CourierDesk::kOffersAtOnce, CourierDesk::kOfferPause / 2};

} // namespace

wire::CourierTag courierTag(const PublicKey& courier, const PublicKey& asker, const PublicKey& wanted) {
    Bytes input = toBytes(asBytes(kTagLabel));
    append(input, courier);
    append(input, asker);
    append(input, wanted);
    std::array<std::uint8_t, crypto_generichash_BYTES_MIN> hash{};
    crypto_generichash(hash.data(), hash.size(), input.data(), input.size(), nullptr, 0);
    wire::CourierTag tag{};
    std::copy_n(hash.begin(), tag.size(), tag.begin());
    return tag;
}

void CourierDesk::setOn(Instant now, bool isOn) {
    if (std::exchange(m_isOn, isOn) == isOn)
        return;
    for (auto& [contact, member] : m_members)
        if (member.isHere)
            offerTo(now, member);
}

void CourierDesk::joined(Instant now, const PublicKey& contact) {
    Member& member = m_members[contact];
    member.isHere = true;
    member.listed.clear();
    offerTo(now, member); // Also when we take no part: they may still believe that we do.
}

void CourierDesk::left(Instant now, const PublicKey& contact) {
    const auto found = m_members.find(contact);
    if (found == m_members.end() || !found->second.isHere)
        return;
    Member& member = found->second;
    member.isHere = false;
    member.leftAt = now;
    member.listed.clear();
    member.offerAt.reset();
}

bool CourierDesk::isHere(const PublicKey& contact) const {
    const auto found = m_members.find(contact);
    return found != m_members.end() && found->second.isHere;
}

void CourierDesk::forget(Instant now, const PublicKey& contact) {
    const auto found = m_members.find(contact);
    if (found == m_members.end())
        return;
    const bool wasListed = isListed(now, found->second);
    m_members.erase(found);
    if (wasListed)
        listChanged(now, contact);
}

bool CourierDesk::handleOffer(Instant now, const PublicKey& contact, wire::CourierOfferFrame offer) {
    const auto found = m_members.find(contact);
    if (found == m_members.end() || !found->second.isHere || !found->second.heard.spend(now, kOffersHeard))
        return false;
    Member& member = found->second;
    const bool wasListed = isListed(now, member);
    member.takesPart = offer.takesPart;
    member.listed = offer.takesPart ? std::move(offer.tags) : std::vector<wire::CourierTag>();
    std::ranges::sort(member.listed);
    if (wasListed != isListed(now, member))
        listChanged(now, contact);
    return true;
}

bool CourierDesk::lists(const PublicKey& courier, const PublicKey& wanted) const {
    const auto found = m_members.find(courier);
    return m_isOn && found != m_members.end() && found->second.isHere && !found->second.listed.empty() &&
           std::ranges::binary_search(found->second.listed, courierTag(courier, m_own, wanted));
}

std::vector<PublicKey> CourierDesk::couriersTo(const PublicKey& wanted) const {
    std::vector<PublicKey> out;
    for (const auto& [contact, member] : m_members)
        if (contact != wanted && lists(contact, wanted))
            out.push_back(contact);
    return out;
}

bool CourierDesk::mayCarry(const PublicKey& from, const PublicKey& to) const {
    const auto takesPart = [this](const PublicKey& contact) {
        const auto found = m_members.find(contact);
        return found != m_members.end() && found->second.isHere && found->second.takesPart;
    };
    return m_isOn && from != to && takesPart(from) && takesPart(to);
}

std::optional<DueOffer> CourierDesk::pollOffer(Instant now) {
    const auto due = std::ranges::find_if(
        m_members, [&](const auto& item) { return item.second.offerAt && *item.second.offerAt <= now; });
    if (due == m_members.end())
        return std::nullopt;
    due->second.offerAt.reset();
    (void)due->second.sent.spend(now, kOffersSent);
    DueOffer out{due->first, {m_isOn, {}}};
    for (const auto& [contact, member] : m_members)
        if (m_isOn && contact != due->first && isListed(now, member) && out.frame.tags.size() < wire::kCourierTagsMax)
            out.frame.tags.push_back(courierTag(m_own, due->first, contact));
    std::ranges::sort(out.frame.tags); // Their order would tell whose key comes first.
    return out;
}

std::optional<Deadline> CourierDesk::pollTimeout() const {
    std::optional<Deadline> next;
    for (const auto& [contact, member] : m_members)
        if (member.offerAt && (!next || *member.offerAt < next->at))
            next = Deadline{*member.offerAt, "courier offer"};
    return next;
}

bool CourierDesk::isListed(Instant now, const Member& member) const {
    return member.takesPart && (member.isHere || now < member.leftAt + kLinger);
}

void CourierDesk::offerTo(Instant now, Member& member) {
    if (!member.offerAt)
        member.offerAt = member.sent.next(now, kOffersSent);
}

void CourierDesk::listChanged(Instant now, const PublicKey& by) {
    if (!m_isOn)
        return;
    for (auto& [contact, member] : m_members)
        if (member.isHere && contact != by)
            offerTo(now, member);
}

} // namespace culvert
