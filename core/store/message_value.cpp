#include "core/store/message_value.h"

#include "core/base/byte_io.h"

namespace culvert {

namespace {

constexpr std::uint8_t kHasAdditions = 0x80;

enum class Tag : std::uint8_t {
    Kind = 1,
    ReplyTo = 2,
    EditedAt = 3,
    Deleted = 4,
    MyReaction = 5,
    TheirReaction = 6,
    Lifetime = 7,
    ExpiresAt = 8,
    OpenChange = 9,
    OpenReaction = 10,
};

class AdditionsWriter {
public:
    explicit AdditionsWriter(Bytes& out) : m_writer(out) {}
    ByteWriter& begin(Tag tag, std::size_t size) {
        return m_writer.u8(static_cast<std::uint8_t>(tag)).u8(static_cast<std::uint8_t>(size));
    }
    void number(Tag tag, std::uint64_t value) {
        if (value != 0)
            begin(tag, 8).u64(value);
    }
    void time(Tag tag, const std::optional<WallTime>& value) {
        if (value)
            begin(tag, 8).u64(static_cast<std::uint64_t>(value->milliseconds));
    }
    void text(Tag tag, const std::string& value) {
        if (!value.empty())
            begin(tag, value.size()).bytes(asBytes(value));
    }

private:
    ByteWriter m_writer;
};

Bytes encodeAdditions(const PutMessage& stored) {
    const Message& message = stored.message;
    Bytes out;
    AdditionsWriter writer(out);
    if (message.kind != MessageKind::Text)
        writer.begin(Tag::Kind, 1).u8(static_cast<std::uint8_t>(message.kind));
    if (message.replyTo)
        writer.begin(Tag::ReplyTo, 17)
            .u8(static_cast<std::uint8_t>(message.replyTo->from))
            .bytes(message.replyTo->id.octets);
    writer.time(Tag::EditedAt, message.editedAt);
    if (message.isDeleted)
        writer.begin(Tag::Deleted, 0);
    writer.text(Tag::MyReaction, message.myReaction);
    writer.text(Tag::TheirReaction, message.theirReaction);
    if (message.lifetimeSeconds > 0)
        writer.begin(Tag::Lifetime, 4).u32(message.lifetimeSeconds);
    writer.time(Tag::ExpiresAt, message.expiresAt);
    writer.number(Tag::OpenChange, stored.openChange);
    writer.number(Tag::OpenReaction, stored.openReaction);
    return out;
}

void readAddition(Tag tag, BytesView value, PutMessage& out) {
    Message& message = out.message;
    ByteReader reader(value);
    switch (tag) {
    case Tag::Kind:
        message.kind = reader.u8() == 1 ? MessageKind::TimerChange : MessageKind::Text;
        break;
    case Tag::ReplyTo: {
        const MessageFrom from = reader.u8() == 0 ? MessageFrom::Me : MessageFrom::Them;
        message.replyTo = MessageRef{from, MessageId{reader.array<16>()}};
        break;
    }
    case Tag::EditedAt:
        message.editedAt = WallTime{static_cast<std::int64_t>(reader.u64())};
        break;
    case Tag::Deleted:
        message.isDeleted = true;
        break;
    case Tag::MyReaction:
        message.myReaction = std::string(asText(value));
        break;
    case Tag::TheirReaction:
        message.theirReaction = std::string(asText(value));
        break;
    case Tag::Lifetime:
        message.lifetimeSeconds = reader.u32();
        break;
    case Tag::ExpiresAt:
        message.expiresAt = WallTime{static_cast<std::int64_t>(reader.u64())};
        break;
    case Tag::OpenChange:
        out.openChange = reader.u64();
        break;
    case Tag::OpenReaction:
        out.openReaction = reader.u64();
        break;
    }
}

void readAdditions(BytesView bytes, PutMessage& out) {
    ByteReader reader(bytes);
    while (reader.remaining() > 0) {
        const auto tag = static_cast<Tag>(reader.u8());
        const BytesView value = reader.take(reader.u8());
        if (!reader.failed())
            readAddition(tag, value, out);
    }
}

} // namespace

Bytes encodeMessage(const PutMessage& stored) {
    const Message& message = stored.message;
    const Bytes additions = encodeAdditions(stored);
    const unsigned from = static_cast<unsigned>(message.from) | (additions.empty() ? 0U : kHasAdditions);
    Bytes out = {static_cast<std::uint8_t>(from), static_cast<std::uint8_t>(message.state),
                 static_cast<std::uint8_t>(message.reason)};
    ByteWriter writer(out);
    writer.bytes(message.contact.octets).bytes(message.id.octets).u64(message.position).u64(stored.sequence);
    writer.u64(static_cast<std::uint64_t>(message.sentAt.milliseconds));
    if (!additions.empty())
        writer.u16(static_cast<std::uint16_t>(additions.size())).bytes(additions);
    writer.bytes(asBytes(message.text));
    return out;
}

Result<PutMessage> decodeMessage(BytesView bytes) {
    ByteReader reader(bytes);
    PutMessage out;
    Message& message = out.message;
    const unsigned from = reader.u8();
    message.from = static_cast<MessageFrom>(from & ~unsigned{kHasAdditions});
    message.state = static_cast<MessageState>(reader.u8());
    message.reason = static_cast<FailReason>(reader.u8());
    message.contact.octets = reader.array<32>();
    message.id.octets = reader.array<16>();
    message.position = reader.u64();
    out.sequence = reader.u64();
    message.sentAt.milliseconds = static_cast<std::int64_t>(reader.u64());
    if ((from & kHasAdditions) != 0)
        readAdditions(reader.take(reader.u16()), out);
    if (reader.failed())
        return fail(ErrorCode::Corrupt, "a stored message is damaged");
    message.text = std::string(asText(reader.rest()));
    return out;
}

bool isOpen(const PutMessage& stored) {
    const Message& message = stored.message;
    const bool waits =
        message.from == MessageFrom::Me ? message.state <= MessageState::Sent : message.state != MessageState::Read;
    return waits || stored.openChange > 0 || stored.openReaction > 0 ||
           (message.lifetimeSeconds > 0 && message.kind == MessageKind::Text);
}

} // namespace culvert
