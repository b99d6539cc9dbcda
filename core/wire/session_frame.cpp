#include "core/wire/session_frame.h"

namespace culvert::wire {

namespace {

enum class Type : std::uint8_t {
    Hello = 1,
    ContactRequest = 2,
    ContactAccepted = 3,
    Endpoints = 4,
    Message = 5,
    Ack = 6,
    Read = 7,
    LargerMessage = 8,
    Amendment = 9,
    Typing = 10,
    Features = 11,
    CourierOffer = 16,
    CourierRequest = 17,
    CourierDelivery = 18,
    PictureTold = 19,
    PictureWanted = 20,
    Picture = 21,
    RingWanted = 22,
    RingAnswer = 23,
};

enum class Tag : std::uint8_t { ReplyTo = 1, Lifetime = 2, TimerChange = 3, Withdrawn = 4 };

void writeText(ByteWriter& writer, const std::string& text) {
    writer.u16(static_cast<std::uint16_t>(text.size())).bytes(asBytes(text));
}

Result<std::string> readText(ByteReader& reader, std::size_t maximum) {
    const std::size_t size = reader.u16();
    if (size > maximum)
        return fail(ErrorCode::Malformed, "a text is too long");
    return std::string(asText(reader.take(size)));
}

Type writeBody(ByteWriter& writer, const HelloFrame& frame) {
    writer.u64(frame.instance);
    writeText(writer, frame.name);
    return Type::Hello;
}
Type writeBody(ByteWriter& writer, const ContactRequestFrame& frame) {
    writer.bytes(frame.token);
    writeText(writer, frame.name);
    writeText(writer, frame.greeting);
    return Type::ContactRequest;
}
Type writeBody(ByteWriter& writer, const ContactAcceptedFrame& frame) {
    writeText(writer, frame.name);
    return Type::ContactAccepted;
}
Type writeBody(ByteWriter& writer, const EndpointsFrame& frame) {
    writer.u64(frame.sequence);
    writeEndpoints(writer, frame.endpoints);
    writeThirdParties(writer, frame.thirdParties);
    writeAdditions(writer, frame.additions);
    return Type::Endpoints;
}
ByteWriter& begin(ByteWriter& writer, Tag tag, std::size_t size) {
    return writer.u8(static_cast<std::uint8_t>(tag)).u8(static_cast<std::uint8_t>(size));
}
Bytes encodeAdditions(const MessageAdditions& additions) {
    Bytes out;
    ByteWriter writer(out);
    if (additions.replyTo)
        begin(writer, Tag::ReplyTo, 17)
            .u8(static_cast<std::uint8_t>(additions.replyTo->author))
            .bytes(additions.replyTo->id);
    if (additions.lifetimeSeconds > 0)
        begin(writer, Tag::Lifetime, 4).u32(additions.lifetimeSeconds);
    if (additions.isTimerChange)
        begin(writer, Tag::TimerChange, 0);
    if (additions.isWithdrawn)
        begin(writer, Tag::Withdrawn, 0);
    return out;
}
Type writeBody(ByteWriter& writer, const MessageFrame& frame) {
    writer.u64(frame.epoch).u64(frame.sequence).bytes(frame.id);
    writer.u64(static_cast<std::uint64_t>(frame.sentAt.milliseconds));
    if (!frame.additions.isEmpty()) {
        const Bytes additions = encodeAdditions(frame.additions);
        writer.u16(static_cast<std::uint16_t>(additions.size())).bytes(additions);
    }
    writer.bytes(asBytes(frame.text));
    return frame.additions.isEmpty() ? Type::Message : Type::LargerMessage;
}
Type writeBody(ByteWriter& writer, const AmendmentFrame& frame) {
    writer.u64(frame.epoch).u64(frame.sequence);
    writer.u8(static_cast<std::uint8_t>(frame.target.author)).bytes(frame.target.id).u8(frame.kind);
    writer.u64(static_cast<std::uint64_t>(frame.at.milliseconds)).bytes(asBytes(frame.text));
    return Type::Amendment;
}
Type writeBody(ByteWriter& writer, const TypingFrame& frame) {
    writer.u8(frame.isTyping ? 1 : 0);
    return Type::Typing;
}
Type writeBody(ByteWriter& writer, const FeaturesFrame& frame) {
    writer.u32(frame.features);
    return Type::Features;
}
Type writeBody(ByteWriter& writer, const AckFrame& frame) {
    writer.u64(frame.epoch).u64(frame.sequence);
    return Type::Ack;
}
Type writeBody(ByteWriter& writer, const ReadFrame& frame) {
    writer.u64(frame.epoch).u64(frame.sequence);
    return Type::Read;
}
Type writeBody(ByteWriter& writer, const CourierOfferFrame& frame) {
    writer.u8(frame.takesPart ? 1 : 0);
    for (const CourierTag& tag : frame.tags)
        writer.bytes(tag);
    return Type::CourierOffer;
}
Type writeBody(ByteWriter& writer, const CourierRequestFrame& frame) {
    writer.bytes(frame.recipient).bytes(frame.sealed);
    return Type::CourierRequest;
}
Type writeBody(ByteWriter& writer, const CourierDeliveryFrame& frame) {
    writer.bytes(frame.sealed);
    return Type::CourierDelivery;
}

Type writeBody(ByteWriter& writer, const PictureToldFrame& frame) {
    if (frame.name)
        writer.bytes(*frame.name);
    return Type::PictureTold;
}
Type writeBody(ByteWriter& writer, const PictureWantedFrame& frame) {
    writer.bytes(frame.name);
    return Type::PictureWanted;
}
Type writeBody(ByteWriter& writer, const PictureFrame& frame) {
    writer.bytes(frame.octets);
    return Type::Picture;
}
Type writeBody(ByteWriter& writer, const RingWantedFrame& frame) {
    writer.u64(frame.transaction);
    writeSocketAddress(writer, frame.target);
    return Type::RingWanted;
}
Type writeBody(ByteWriter& writer, const RingAnswerFrame& frame) {
    writer.u64(frame.transaction).u8(static_cast<std::uint8_t>(frame.status));
    return Type::RingAnswer;
}

Result<SessionFrame> readRequest(ByteReader& reader) {
    ContactRequestFrame frame;
    frame.token = reader.array<8>();
    TRY(name, readText(reader, kNameMax));
    TRY(greeting, readText(reader, kGreetingMax));
    frame.name = std::move(name);
    frame.greeting = std::move(greeting);
    return SessionFrame(std::move(frame));
}

Result<SessionFrame> readEndpointsFrame(ByteReader& reader) {
    EndpointsFrame frame;
    frame.sequence = reader.u64();
    TRY(endpoints, readEndpoints(reader));
    TRY(thirdParties, readThirdParties(reader));
    TRY(additions, readAdditions(reader));
    frame.additions = additions;
    frame.endpoints = std::move(endpoints);
    frame.thirdParties = std::move(thirdParties);
    return SessionFrame(std::move(frame));
}

Result<MessageName> readName(ByteReader& reader) {
    const std::uint8_t author = reader.u8();
    if (author > static_cast<std::uint8_t>(Author::Receiver))
        return fail(ErrorCode::Malformed, "a message's author is none of the two");
    return MessageName{static_cast<Author>(author), reader.array<16>()};
}

Result<void> readAddition(Tag tag, ByteReader& value, MessageAdditions& out) {
    if (tag == Tag::ReplyTo) {
        TRY(name, readName(value));
        out.replyTo = name;
    } else if (tag == Tag::Lifetime) {
        out.lifetimeSeconds = value.u32();
    } else if (tag == Tag::TimerChange) {
        out.isTimerChange = true;
    } else if (tag == Tag::Withdrawn) {
        out.isWithdrawn = true;
    } else {
        return {};
    }
    if (!value.finished())
        return fail(ErrorCode::Malformed, "a message's addition has a wrong length");
    return {};
}

Result<MessageAdditions> readMessageAdditions(ByteReader& reader) {
    const std::size_t size = reader.u16();
    if (size > kMessageAdditionsMax)
        return fail(ErrorCode::Malformed, "a message's additions are too long");
    ByteReader rest(reader.take(size));
    MessageAdditions out;
    while (rest.remaining() > 0) {
        const auto tag = static_cast<Tag>(rest.u8());
        const std::size_t length = rest.u8();
        ByteReader value(rest.take(length));
        if (rest.failed())
            return fail(ErrorCode::Truncated, "a message's addition is cut off");
        TRY_VOID(readAddition(tag, value, out));
    }
    return out;
}

Result<SessionFrame> readMessage(ByteReader& reader, bool hasAdditions) {
    MessageFrame frame;
    frame.epoch = reader.u64();
    frame.sequence = reader.u64();
    frame.id = reader.array<16>();
    frame.sentAt.milliseconds = static_cast<std::int64_t>(reader.u64());
    if (hasAdditions) {
        TRY(additions, readMessageAdditions(reader));
        frame.additions = additions;
    }
    frame.text = std::string(asText(reader.take(reader.remaining())));
    return SessionFrame(std::move(frame));
}

Result<SessionFrame> readAmendment(ByteReader& reader) {
    AmendmentFrame frame;
    frame.epoch = reader.u64();
    frame.sequence = reader.u64();
    TRY(target, readName(reader));
    frame.target = target;
    frame.kind = reader.u8();
    frame.at.milliseconds = static_cast<std::int64_t>(reader.u64());
    frame.text = std::string(asText(reader.take(reader.remaining())));
    return SessionFrame(std::move(frame));
}

Result<SessionFrame> readCourierOffer(ByteReader& reader) {
    CourierOfferFrame frame;
    const std::uint8_t takesPart = reader.u8();
    if (takesPart > 1 || reader.remaining() > kCourierTagsMax * sizeof(CourierTag))
        return fail(ErrorCode::Malformed, "a courier's offer is wrong");
    frame.takesPart = takesPart == 1;
    while (!reader.failed() && reader.remaining() > 0)
        frame.tags.push_back(reader.array<sizeof(CourierTag)>());
    return SessionFrame(std::move(frame));
}

Result<Bytes> readSealedHandoff(ByteReader& reader) {
    const std::size_t size = reader.remaining();
    if (size == 0 || size > kHandoffSealedMax)
        return fail(ErrorCode::Malformed, "a handoff has an impossible length");
    return toBytes(reader.take(size));
}

Result<SessionFrame> readPicture(ByteReader& reader) {
    const std::size_t size = reader.remaining();
    if (size == 0 || size > kPictureMax)
        return fail(ErrorCode::Malformed, "a picture has an impossible length");
    return SessionFrame(PictureFrame{toBytes(reader.take(size))});
}

Result<SessionFrame> readRingAnswer(ByteReader& reader) {
    const std::uint64_t transaction = reader.u64();
    const std::uint8_t status = reader.u8();
    if (status > static_cast<std::uint8_t>(RingStatus::RateLimited))
        return fail(ErrorCode::Malformed, "a ring's answer is none");
    return SessionFrame(RingAnswerFrame{transaction, static_cast<RingStatus>(status)});
}

Result<SessionFrame> readFrame(Type type, ByteReader& reader) {
    switch (type) {
    case Type::Hello: {
        const std::uint64_t instance = reader.u64();
        TRY(name, readText(reader, kNameMax));
        return SessionFrame(HelloFrame{instance, std::move(name)});
    }
    case Type::ContactAccepted: {
        TRY(name, readText(reader, kNameMax));
        return SessionFrame(ContactAcceptedFrame{std::move(name)});
    }
    case Type::ContactRequest:
        return readRequest(reader);
    case Type::Endpoints:
        return readEndpointsFrame(reader);
    case Type::Message:
    case Type::LargerMessage:
        return readMessage(reader, type == Type::LargerMessage);
    case Type::Amendment:
        return readAmendment(reader);
    case Type::Typing:
        return SessionFrame(TypingFrame{reader.u8() != 0});
    case Type::Features: {
        const std::uint32_t features = reader.u32();
        reader.take(reader.remaining()); // What a newer version says besides.
        return SessionFrame(FeaturesFrame{features});
    }
    case Type::Ack: {
        const std::uint64_t epoch = reader.u64();
        return SessionFrame(AckFrame{epoch, reader.u64()});
    }
    case Type::Read: {
        const std::uint64_t epoch = reader.u64();
        return SessionFrame(ReadFrame{epoch, reader.u64()});
    }
    case Type::CourierOffer:
        return readCourierOffer(reader);
    case Type::CourierRequest: {
        const PublicKeyBytes recipient = reader.array<32>();
        TRY(sealed, readSealedHandoff(reader));
        return SessionFrame(CourierRequestFrame{recipient, std::move(sealed)});
    }
    case Type::CourierDelivery: {
        TRY(sealed, readSealedHandoff(reader));
        return SessionFrame(CourierDeliveryFrame{std::move(sealed)});
    }
    case Type::PictureTold:
        return SessionFrame(reader.remaining() == 0 ? PictureToldFrame{} : PictureToldFrame{reader.array<16>()});
    case Type::PictureWanted:
        return SessionFrame(PictureWantedFrame{reader.array<16>()});
    case Type::Picture:
        return readPicture(reader);
    case Type::RingWanted: {
        const std::uint64_t transaction = reader.u64();
        return SessionFrame(RingWantedFrame{transaction, readSocketAddress(reader)});
    }
    case Type::RingAnswer:
        return readRingAnswer(reader);
    }
    return fail(ErrorCode::Unsupported, "unknown frame");
}

} // namespace

Bytes encode(const SessionFrame& frame) {
    Bytes out(kFrameHeaderSize);
    ByteWriter writer(out);
    const Type type = std::visit([&writer](const auto& value) { return writeBody(writer, value); }, frame);
    const auto size = static_cast<std::uint32_t>(out.size() - kFrameHeaderSize);
    out[0] = static_cast<std::uint8_t>(type);
    for (std::size_t i = 0; i < 4; ++i)
        out[1 + i] = static_cast<std::uint8_t>(size >> (8 * (3 - i)) & 255);
    return out;
}

Result<std::optional<SessionFrame>> FrameReader::next() {
    for (;;) {
        ByteReader header(BytesView(m_buffer).subspan(m_consumed));
        const std::uint8_t type = header.u8();
        const std::size_t size = header.u32();
        if (!header.failed() && size > kFrameBodyMax)
            return fail(ErrorCode::Malformed, "a frame is too long");
        if (header.failed() || header.remaining() < size) {
            m_buffer.erase(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(m_consumed));
            m_consumed = 0;
            return std::optional<SessionFrame>();
        }
        ByteReader body(header.take(size));
        m_consumed += kFrameHeaderSize + size;
        auto frame = readFrame(static_cast<Type>(type), body);
        if (!frame && frame.error().code == ErrorCode::Unsupported && type > static_cast<std::uint8_t>(Type::Features))
            continue;
        if (!frame)
            return Unexpected(frame.error());
        if (!body.finished())
            return fail(body.failed() ? ErrorCode::Truncated : ErrorCode::Malformed, "a frame has a wrong length");
        return std::optional<SessionFrame>(std::move(*frame));
    }
}

} // namespace culvert::wire
