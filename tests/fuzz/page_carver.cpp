// A damaged database and the log beside it, of which rows are carved.
#include "core/store/page_carver.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {

// | size of the log (2) | log | database |
void run(BytesView input) {
    Input script(input);
    const std::size_t logSize = script.u16();
    const BytesView rest = script.rest();
    const BytesView log = rest.first(std::min(logSize, rest.size()));
    const PageCarver carver(toBytes(rest.subspan(log.size())), toBytes(log));
    std::size_t octets = 0, rows = 0;
    carver.carve([&](const CarvedRow& row) {
        ++rows;
        require(!row.values.empty() && row.values.size() <= 32, "a row has some values");
        for (const CarvedRow::Value& value : row.values)
            if (const auto* blob = std::get_if<Bytes>(&value))
                octets = std::max(octets, blob->size());
    });
    require(octets <= 1 << 20, "no value is larger than a row may be");
    require(rows <= rest.size(), "no more rows than octets");
}

} // namespace culvert::fuzz
