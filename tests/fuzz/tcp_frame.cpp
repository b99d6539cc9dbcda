// A stream of frames, cut into pieces at any place.
#include "core/wire/tcp_frame.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {
namespace {

struct Story {
    std::vector<Bytes> payloads;
    bool isBroken = false;
    bool operator==(const Story&) const = default;
};

void drain(wire::TcpFrameReader& reader, Story& story) {
    while (auto payload = reader.next()) {
        require(!payload->empty() && payload->size() <= wire::kTcpFrameMax, "payloads have a size that can be");
        story.payloads.push_back(std::move(*payload));
    }
    story.isBroken = reader.isBroken();
    require(reader.waiting() < wire::kTcpFrameHeader + wire::kTcpFrameMax, "no more than a frame waits");
}

Story inPieces(BytesView stream, BytesView sizes) {
    Story story;
    wire::TcpFrameReader reader;
    Input rest(stream);
    for (std::size_t next = 0; !rest.empty(); ++next) {
        reader.add(rest.take(sizes.empty() ? stream.size() : std::size_t{1} + sizes[next % sizes.size()]));
        drain(reader, story);
    }
    return story;
}

} // namespace

// | chunk: sizes of the pieces, less one | stream |
void run(BytesView input) {
    Input script(input);
    const BytesView sizes = script.chunk();
    const BytesView stream = script.rest();
    const Story story = inPieces(stream, {});
    require(story == inPieces(stream, sizes), "pieces make no difference");
    Bytes again;
    for (const Bytes& payload : story.payloads)
        wire::appendTcpFrame(again, payload);
    require(again.size() <= stream.size() && std::equal(again.begin(), again.end(), stream.begin()), "frames survive");
}

} // namespace culvert::fuzz
