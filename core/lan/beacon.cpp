#include "core/lan/beacon.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::string_view kMagic = "Cvl";
constexpr std::string_view kTagLabel = "culvert lan tag 1";
constexpr std::string_view kInvitationLabel = "culvert lan invitation 1";
constexpr std::size_t kHeader = 4;

} // namespace

std::int64_t lanEpoch(WallTime now) {
    // Down, also before 1970, where a clock that was never set may stand.
    const std::int64_t epoch = now.milliseconds / kLanEpochMs;
    return now.milliseconds % kLanEpochMs < 0 ? epoch - 1 : epoch;
}

LanTag lanTag(const Secret<32>& key, std::int64_t epoch, unsigned round) {
    Bytes input = toBytes(asBytes(kTagLabel));
    ByteWriter(input).u64(static_cast<std::uint64_t>(epoch)).u8(static_cast<std::uint8_t>(round));
    LanTag tag{};
    crypto_generichash(tag.data(), tag.size(), input.data(), input.size(), key.data(), key.size());
    return tag;
}

LanInvitationKeys lanInvitationKeys(const PublicKey& owner, const wire::Token& token) {
    Bytes input = toBytes(asBytes(kInvitationLabel));
    ByteWriter(input).bytes(owner).bytes(token);
    Secret<32> shared;
    crypto_generichash(shared.data(), shared.size(), input.data(), input.size(), nullptr, 0);
    return {deriveKey(shared, "culvert lan call 1"), deriveKey(shared, "culvert lan answer 1")};
}

Bytes encodeLanBeacon(LanBeaconKind kind, std::vector<LanTag> tags, Random& random) {
    std::size_t wanted = (tags.size() + kLanTagsStep - 1) / kLanTagsStep * kLanTagsStep;
    for (wanted = std::max(wanted, kLanTagsStep); tags.size() < wanted;) {
        LanTag filler{};
        random.fillPublic(filler);
        tags.push_back(filler);
    }
    std::ranges::sort(tags);
    Bytes out = toBytes(asBytes(kMagic));
    out.reserve(kHeader + tags.size() * sizeof(LanTag));
    ByteWriter writer(out);
    writer.u8(static_cast<std::uint8_t>(kind));
    for (const LanTag& tag : tags)
        writer.bytes(tag);
    return out;
}

std::optional<LanBeacon> decodeLanBeacon(BytesView octets) {
    if (octets.size() <= kHeader || octets.size() > kLanBeaconMax ||
        (octets.size() - kHeader) % (kLanTagsStep * sizeof(LanTag)) != 0 ||
        !std::ranges::equal(octets.first(kMagic.size()), asBytes(kMagic)))
        return std::nullopt;
    ByteReader reader(octets.subspan(kMagic.size()));
    const std::uint8_t kind = reader.u8();
    if (kind > static_cast<std::uint8_t>(LanBeaconKind::Answer))
        return std::nullopt;
    LanBeacon beacon{static_cast<LanBeaconKind>(kind), {}};
    while (!reader.finished())
        beacon.tags.push_back(reader.array<sizeof(LanTag)>());
    return beacon;
}

} // namespace culvert
