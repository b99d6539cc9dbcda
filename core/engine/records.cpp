#include "core/engine/records.h"

#include "core/messenger/invitation.h"

namespace culvert {

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kTeredoServersMax = 8;

void writeText(ByteWriter& writer, std::string_view text) {
    writer.u16(static_cast<std::uint16_t>(text.size())).bytes(asBytes(text));
}

std::string readText(ByteReader& reader) {
    return std::string(asText(reader.take(reader.u16())));
}

void writeInvitations(ByteWriter& writer, const std::vector<InvitationRecord>& invitations) {
    writer.u8(static_cast<std::uint8_t>(invitations.size()));
    for (const InvitationRecord& invitation : invitations) {
        writer.bytes(invitation.token);
        writeText(writer, invitation.label);
        writer.u64(static_cast<std::uint64_t>(invitation.createdAt.milliseconds));
        writer.u8(static_cast<std::uint8_t>(invitation.usedBy.size()));
        for (const ContactId& contact : invitation.usedBy)
            writer.bytes(contact.octets);
    }
}

std::vector<InvitationRecord> readInvitations(ByteReader& reader) {
    std::vector<InvitationRecord> out;
    const std::size_t count = reader.u8();
    for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
        InvitationRecord invitation;
        invitation.token = reader.array<8>();
        invitation.label = readText(reader);
        invitation.createdAt.milliseconds = static_cast<std::int64_t>(reader.u64());
        const std::size_t users = reader.u8();
        for (std::size_t user = 0; user < users && !reader.failed(); ++user)
            invitation.usedBy.push_back(ContactId{reader.array<32>()});
        if (out.size() <= kInvitationsMax && invitation.usedBy.size() <= kInvitationUsersMax)
            out.push_back(std::move(invitation));
    }
    return out;
}

Unexpected damaged(const char* what) {
    return fail(ErrorCode::Corrupt, std::string("The stored ") + what + " is damaged.");
}

} // namespace

Bytes encode(const ProfileRecord& record) {
    Bytes out;
    ByteWriter writer(out);
    writer.u8(kVersion).bytes(record.seed.view());
    writeText(writer, record.name);
    writer.bytes(record.token).u16(record.port);
    writer.u8(record.lastMapping ? 1 : 0);
    if (record.lastMapping)
        wire::writeSocketAddress(writer, *record.lastMapping);
    writeThirdParties(writer, record.thirdParties);
    writer.u8(static_cast<std::uint8_t>(record.teredoServers.size()));
    for (const std::string& server : record.teredoServers)
        writeText(writer, server);
    writer.bytes(record.mappingNonce).u8(record.settings.allowOrdinaryRoute ? 1 : 0);
    writer.u8(record.settings.lanDiscovery ? 1 : 0);
    writer.u8(static_cast<std::uint8_t>(record.settings.hardPunching));
    writer.u8(record.settings.tcp ? 1 : 0).u8(record.settings.couriers ? 1 : 0);
    writer.u8(record.settings.mapPort ? 1 : 0);
    writeInvitations(writer, record.invitations);
    writer.u8(record.settings.readReceipts ? 1 : 0).u8(record.settings.typingHints ? 1 : 0);
    return out;
}

Result<ProfileRecord> decodeProfile(BytesView blob) {
    ByteReader reader(blob);
    if (blob.empty())
        return damaged("profile");
    if (reader.u8() != kVersion)
        return fail(ErrorCode::Unsupported, "This profile was written by a newer Culvert.");
    ProfileRecord record;
    record.seed = Secret<32>(reader.array<32>());
    record.name = readText(reader);
    record.token = reader.array<8>();
    record.port = reader.u16();
    if (reader.u8() != 0)
        record.lastMapping = wire::readSocketAddress(reader);
    TRY(thirdParties, wire::readThirdParties(reader));
    record.thirdParties = std::move(thirdParties);
    const std::size_t servers = reader.u8();
    for (std::size_t i = 0; i < std::min(servers, kTeredoServersMax); ++i)
        record.teredoServers.push_back(readText(reader));
    if (!reader.failed() && !reader.finished()) // Profiles of before have none.
        record.mappingNonce = reader.array<12>();
    if (!reader.failed() && !reader.finished())
        record.settings.allowOrdinaryRoute = reader.u8() == 1;
    if (!reader.failed() && !reader.finished())
        record.settings.lanDiscovery = reader.u8() == 1;
    if (!reader.failed() && !reader.finished())
        record.settings.hardPunching = static_cast<HardPunching>(std::min<unsigned>(reader.u8(), 2));
    if (!reader.failed() && !reader.finished())
        record.settings.tcp = reader.u8() != 0;
    if (!reader.failed() && !reader.finished())
        record.settings.couriers = reader.u8() == 1;
    if (!reader.failed() && !reader.finished())
        record.settings.mapPort = reader.u8() != 0;
    if (!reader.failed() && !reader.finished())
        record.invitations = readInvitations(reader);
    if (!reader.failed() && !reader.finished())
        record.settings.readReceipts = reader.u8() != 0;
    if (!reader.failed() && !reader.finished())
        record.settings.typingHints = reader.u8() != 0;
    if (reader.failed())
        return damaged("profile");
    return record;
}

Bytes encode(const ContactRecord& record) {
    Bytes out;
    ByteWriter writer(out);
    writer.u8(kVersion).bytes(record.id.octets);
    writeText(writer, record.name);
    writer.u8(record.nameIsOurs ? 1 : 0);
    writeText(writer, record.greeting);
    writer.u8(static_cast<std::uint8_t>(record.state)).u8(record.verified ? 1 : 0).bytes(record.token);
    writeEndpoints(writer, record.endpoints);
    writeThirdParties(writer, record.thirdParties);
    writer.u8(static_cast<std::uint8_t>(record.lastRemotes.size()));
    for (const SocketAddress& remote : record.lastRemotes)
        writer.bytes(remote.v6().octets).u16(remote.port());
    writer.u64(record.endpointsSequence).u64(record.sendEpoch).u64(record.sendSequence);
    writer.u64(record.receiveEpoch).u64(record.receiveSequence).u64(record.readSequence);
    const std::size_t spent = std::min(record.spentRings.size(), Doorbell::kSpentMax);
    writer.u8(static_cast<std::uint8_t>(spent));
    for (const SpentRing& ring : std::span(record.spentRings).last(spent))
        writer.bytes(ring.mac).u64(static_cast<std::uint64_t>(ring.epoch));
    writer.u8(record.features ? 1 : 0).u32(record.features.value_or(0));
    writer.u8(record.mutedUntil ? 1 : 0);
    writer.u64(static_cast<std::uint64_t>(record.mutedUntil.value_or(WallTime{}).milliseconds));
    writer.u32(record.lifetimeSeconds);
    writeText(writer, record.draft);
    writer.u8(record.picture ? 1 : 0);
    if (record.picture)
        writer.bytes(record.picture->octets);
    return out;
}

namespace {

// What the user decided for this conversation. Contacts of before have none.
void readConversation(ByteReader& reader, ContactRecord& record) {
    const bool hasFeatures = reader.u8() != 0;
    const std::uint32_t features = reader.u32();
    const bool isMuted = reader.u8() != 0;
    const WallTime until{static_cast<std::int64_t>(reader.u64())};
    if (hasFeatures)
        record.features = features;
    if (isMuted)
        record.mutedUntil = until;
    record.lifetimeSeconds = std::min(reader.u32(), kLifetimeSecondsMax);
    record.draft = readText(reader);
}

} // namespace

Result<ContactRecord> decodeContact(BytesView blob) {
    ByteReader reader(blob);
    if (reader.u8() != kVersion)
        return fail(ErrorCode::Unsupported, "This contact was written by a newer Culvert.");
    ContactRecord record;
    record.id.octets = reader.array<32>();
    record.name = readText(reader);
    record.nameIsOurs = reader.u8() != 0;
    record.greeting = readText(reader);
    const std::uint8_t state = reader.u8();
    record.verified = reader.u8() != 0;
    record.token = reader.array<8>();
    TRY(endpoints, wire::readEndpoints(reader));
    TRY(thirdParties, wire::readThirdParties(reader));
    record.endpoints = std::move(endpoints);
    record.thirdParties = std::move(thirdParties);
    const std::size_t remotes = std::min<std::size_t>(reader.u8(), kLastRemotesMax);
    for (std::size_t i = 0; i < remotes; ++i) {
        const Ipv6Address address{reader.array<16>()};
        record.lastRemotes.emplace_back(address, reader.u16());
    }
    record.endpointsSequence = reader.u64();
    record.sendEpoch = reader.u64();
    record.sendSequence = reader.u64();
    record.receiveEpoch = reader.u64();
    record.receiveSequence = reader.u64();
    record.readSequence = reader.u64();
    // Contacts of before have none.
    const std::size_t spent = reader.failed() || reader.finished() ? 0 : reader.u8();
    for (std::size_t i = 0; i < std::min(spent, Doorbell::kSpentMax); ++i) {
        const RingMac mac = reader.array<16>();
        record.spentRings.push_back({mac, static_cast<std::int64_t>(reader.u64())});
    }
    if (!reader.failed() && !reader.finished())
        readConversation(reader, record);
    if (!reader.failed() && !reader.finished() && reader.u8() != 0)
        record.picture = PictureId{reader.array<PictureId::kSize>()};
    if (reader.failed() || state > static_cast<std::uint8_t>(ContactState::Blocked))
        return damaged("contact");
    record.state = static_cast<ContactState>(state);
    return record;
}

} // namespace culvert
