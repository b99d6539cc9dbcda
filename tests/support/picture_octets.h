// Octets that are a picture by their form (core/messenger/picture.h), though nobody would want to look at it.
#pragma once

#include "core/base/byte_io.h"

namespace culvert::test {

/// Another one for each `number`; `scanSize` octets of data.
inline Bytes pictureOctets(std::uint8_t number, std::size_t scanSize = 40, std::uint16_t side = 64) {
    Bytes out;
    ByteWriter writer(out);
    writer.u16(0xffd8);
    writer.u16(0xffe0).u16(16).bytes(asBytes("JFIF")).zeros(1).u16(0x0101).u8(0).u16(1).u16(1).u16(0);
    writer.u16(0xffdb).u16(67).u8(0).zeros(64);
    writer.u16(0xffc0).u16(17).u8(8).u16(side).u16(side).u8(3);
    writer.u8(1).u8(0x22).u8(0).u8(2).u8(0x11).u8(0).u8(3).u8(0x11).u8(0);
    writer.u16(0xffc4).u16(19).u8(0).zeros(16);
    writer.u16(0xffda).u16(12).u8(3).u8(1).u8(0).u8(2).u8(0).u8(3).u8(0).u8(0).u8(63).u8(0);
    for (std::size_t i = 0; i < scanSize; ++i)
        writer.u8(static_cast<std::uint8_t>((number + i) % 251));
    writer.u16(0xffd9);
    return out;
}

} // namespace culvert::test
