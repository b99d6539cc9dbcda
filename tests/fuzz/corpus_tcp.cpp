// Inputs about TCP: streams of frames, and what happens to connections.
#include "core/wire/tcp_frame.h"
#include "tests/fuzz/corpus.h"
#include "tests/fuzz/tcp_links_script.h"

namespace culvert::fuzz {
namespace {

Bytes chunk(BytesView octets) {
    Bytes out = {static_cast<std::uint8_t>(octets.size() >> 8), static_cast<std::uint8_t>(octets.size())};
    append(out, octets);
    return out;
}

Bytes stream(const std::vector<std::size_t>& sizes) {
    Bytes out;
    for (const std::size_t size : sizes)
        wire::appendTcpFrame(out, Bytes(size, static_cast<std::uint8_t>(size)));
    return out;
}

Bytes cutBy(const Bytes& pieces, const Bytes& octets) {
    Bytes out = chunk(pieces);
    append(out, octets);
    return out;
}

class LinksScript {
public:
    LinksScript& order(TcpLinksOrder what, const Bytes& beside, BytesView octets = {}, bool hasChunk = false) {
        m_octets.push_back(static_cast<std::uint8_t>(what));
        append(m_octets, beside);
        if (hasChunk)
            append(m_octets, chunk(octets));
        return *this;
    }
    LinksScript& pass(std::uint16_t milliseconds) {
        return order(TcpLinksOrder::Pass,
                     {static_cast<std::uint8_t>(milliseconds >> 8), static_cast<std::uint8_t>(milliseconds)});
    }
    LinksScript& framed(std::uint8_t link, std::size_t size) {
        return order(TcpLinksOrder::Framed, {link}, Bytes(size, 7), true);
    }
    LinksScript& send(std::uint8_t place, std::uint8_t segment, std::size_t size) {
        return order(TcpLinksOrder::Send, {place, segment}, Bytes(size, 9), true);
    }
    const Bytes& octets() const { return m_octets; }

private:
    Bytes m_octets;
};

void addLinks(std::map<std::string, Bytes>& inputs) {
    using enum TcpLinksOrder;
    inputs["taken-and-proven"] = LinksScript()
                                     .order(Accept, {2})
                                     .framed(0, 200)
                                     .send(2, 0, 100)
                                     .send(2, 0, 200)
                                     .order(Prove, {2, 1})
                                     .send(2, 50, 900)
                                     .order(Need, {2, 1})
                                     .pass(31000)
                                     .octets();
    inputs["opened"] = LinksScript()
                           .order(Want, {1, 3, 2, 4, 5})
                           .pass(250)
                           .order(Connected, {0})
                           .send(2, 0, 100)
                           .framed(0, 100)
                           .order(Prove, {2, 1})
                           .order(Want, {1, 0})
                           .pass(60000)
                           .pass(60000)
                           .octets();
    LinksScript flood;
    for (std::uint8_t i = 0; i < 32; ++i)
        flood.order(Accept, {i}).order(Prove, {static_cast<std::uint8_t>(i - 3), i});
    inputs["flood"] = flood.pass(10000).octets();
    LinksScript refused;
    for (int i = 0; i < 8; ++i)
        refused.order(Want, {0, 2, 8, 16}).order(Closed, {0}).pass(5000).order(Retry, {0});
    inputs["refused"] = refused.octets();
    inputs["nonsense"] = LinksScript()
                             .order(Accept, {3})
                             .order(Received, {0}, Bytes{0, 1, 9, 0xff, 0xff}, true)
                             .order(Received, {0}, Bytes{1, 2, 3}, true)
                             .order(Accept, {3})
                             .order(Accept, {3})
                             .order(Forget, {0})
                             .order(Allow, {0})
                             .order(Accept, {3})
                             .octets();
}

} // namespace

void addTcpInputs(Corpus& corpus) {
    auto& frames = corpus["tcp_frame"];
    const Bytes usual = stream({1, 300, 40});
    frames["whole"] = cutBy({}, usual);
    frames["octets"] = cutBy({0}, usual);
    frames["pieces"] = cutBy({1, 4, 100}, usual);
    frames["largest"] = cutBy({255}, stream({wire::kTcpFrameMax}));
    Bytes broken = stream({5});
    append(broken, Bytes{0, 0, 1});
    frames["empty-frame"] = cutBy({2}, broken);
    broken = stream({5});
    append(broken, Bytes{0xff, 0xff, 1});
    frames["too-long"] = cutBy({3}, broken);
    addLinks(corpus["tcp_links"]);
}

} // namespace culvert::fuzz
