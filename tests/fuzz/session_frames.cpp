// Streams of session frames, cut into pieces at any place.
#include "core/wire/session_frame.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {
namespace {

struct Story {
    std::vector<Bytes> frames; ///< encoded again
    bool failed = false;
    bool operator==(const Story&) const = default;
};

// Reads until the reader wants more; false when the stream is dead.
bool drain(wire::FrameReader& reader, Story& story) {
    for (;;) {
        auto frame = reader.next();
        story.failed = !frame;
        if (!frame)
            return false;
        if (!*frame)
            return true;
        story.frames.push_back(wire::encode(**frame));
    }
}

Story whole(BytesView stream) {
    Story story;
    wire::FrameReader reader;
    reader.feed(stream);
    drain(reader, story);
    return story;
}

Story inPieces(BytesView stream, BytesView sizes) {
    Story story;
    wire::FrameReader reader;
    Input rest(stream);
    std::size_t next = 0;
    while (!rest.empty()) {
        const std::size_t size = sizes.empty() ? 1 : std::size_t{1} + sizes[next++ % sizes.size()];
        reader.feed(rest.take(size));
        if (!drain(reader, story))
            break;
    }
    return story;
}

} // namespace

// | chunk: sizes of the pieces, less one | stream |
void run(BytesView input) {
    Input script(input);
    const BytesView sizes = script.chunk();
    const BytesView stream = script.rest();
    const Story story = whole(stream);
    require(story == inPieces(stream, sizes), "pieces make no difference");
    Bytes again;
    for (const Bytes& frame : story.frames)
        append(again, frame);
    const Story second = whole(again);
    require(!second.failed && second.frames == story.frames, "frames survive");
}

} // namespace culvert::fuzz
