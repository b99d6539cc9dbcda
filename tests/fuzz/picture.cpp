// Octets that a contact calls a picture.
#include "core/messenger/picture.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {

void run(BytesView input) {
    if (!isPicture(input))
        return;
    require(input.size() <= kPictureOctetsMax, "pictures are small");
    require(!isPicture(input.first(input.size() - 1)), "a picture has an end");
    Bytes more = toBytes(input);
    more.push_back(0);
    require(!isPicture(more), "nothing follows a picture");
    for (std::size_t i = 0; i + 1 < input.size(); ++i)
        require(input[i] != 0xff || input[i + 1] != 0xc2, "no frame of many scans");
}

} // namespace culvert::fuzz
