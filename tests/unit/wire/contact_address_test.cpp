#include "core/wire/contact_address.h"
#include "core/wire/teredo_address.h"

#include <gtest/gtest.h>

namespace culvert::wire {
namespace {

SocketAddress v4(const char* text) {
    return *SocketAddress::fromText(text);
}

// A person as the design has them: IPv4 behind a router that forwards, a LAN address, one third party.
ContactAddress bob() {
    ContactAddress address;
    address.key = {1, 2, 3, 4, 5};
    address.token = {9, 9};
    const Ipv4Address outside = Ipv4Address::of(45, 83, 1, 2);
    address.endpoints = {
        {EndpointKind::Mapped4, SocketAddress(outside, 50000)},
        {EndpointKind::Teredo, SocketAddress(encode(TeredoAddress{outside, true, 77, outside, 50000}), 50000)},
        {EndpointKind::Lan4, v4("192.168.1.5:50000")},
    };
    address.thirdParties = {{{7, 7}, {{EndpointKind::Mapped4, v4("45.83.3.2:4380")}}}};
    return address;
}

TEST(ContactAddress, roundTripsAndStaysShort) {
    const std::string text = encodeContactAddress(bob());
    EXPECT_LE(text.size(), 200U);
    const auto decoded = decodeContactAddress(text);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, bob());
}

TEST(ContactAddress, survivesWhatMailersAndChatsDoToIt) {
    const std::string text = encodeContactAddress(bob());
    std::string upper = text, wrapped, quoted;
    for (char& c : upper)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    for (std::size_t i = 0; i < text.size(); ++i) {
        wrapped += text[i];
        if (i > 10 && i % 40 == 0)
            wrapped += "\r\n";
        quoted += text[i];
        if (i > 10 && i % 60 == 0)
            quoted += "\n> > ";
    }
    const std::string zeroWidth = text.substr(0, 30) + "\xe2\x80\x8b" + text.substr(30);
    for (const std::string& variant :
         {upper, wrapped, quoted, zeroWidth, "Hi! My address is " + text + ", write soon.", "\"" + text + "\"",
          text + "abc", "<" + text + ">", text.substr(0, 8) + " " + text.substr(8)}) {
        const auto decoded = decodeContactAddress(variant);
        ASSERT_TRUE(decoded) << variant << ": " << decoded.error().detail;
        EXPECT_EQ(*decoded, bob());
    }
}

TEST(ContactAddress, saysWhatIsWrong) {
    const std::string text = encodeContactAddress(bob());
    struct Case {
        std::string text;
        ErrorCode code;
        const char* word;
    };
    std::string changed = text, doubled = text, foreign = text, newer = text;
    changed[40] = changed[40] == 'a' ? 'b' : 'a';
    doubled.insert(60, 1, doubled[60]);
    foreign[50] = '0';
    newer[8] = 'b'; // version 8 or more
    const Case cases[] = {
        {"", ErrorCode::NotFound, "no Culvert address"},
        {"hello", ErrorCode::NotFound, "culvert:"},
        {"culvert:", ErrorCode::Truncated, "cut off"},
        {text.substr(0, text.size() - 1), ErrorCode::Truncated, "cut off"},
        {text.substr(0, 20), ErrorCode::Truncated, "cut off"},
        {changed, ErrorCode::Unauthenticated, "changed"},
        {doubled, ErrorCode::Unauthenticated, "damaged"},
        {foreign, ErrorCode::Malformed, "\"0\""},
        {newer, ErrorCode::Unsupported, "newer"},
    };
    for (const auto& [broken, code, word] : cases) {
        const auto decoded = decodeContactAddress(broken);
        ASSERT_FALSE(decoded) << broken;
        EXPECT_EQ(decoded.error().code, code) << broken << ": " << decoded.error().detail;
        EXPECT_NE(decoded.error().detail.find(word), std::string::npos) << decoded.error().detail;
    }
}

TEST(ContactAddress, everyChangedCharacterIsNoticed) {
    const std::string text = encodeContactAddress(bob());
    for (std::size_t i = kAddressScheme.size(); i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'q' ? 'r' : 'q';
        const auto decoded = decodeContactAddress(changed);
        EXPECT_TRUE(!decoded || *decoded == bob()) << i; // The last character has bits that mean nothing.
    }
}

TEST(ContactAddress, leavesOutWhatDoesNotFit) {
    ContactAddress address = bob();
    for (int i = 0; i < 8; ++i)
        address.endpoints.push_back({EndpointKind::Native6, SocketAddress(*Ipv6Address::fromText("2001:db8::1"), 9)});
    address.thirdParties.resize(3, address.thirdParties[0]);
    const auto decoded = decodeContactAddress(encodeContactAddress(address));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->endpoints.front(), address.endpoints.front());
}

TEST(Endpoints, aDoorbellTakesNoRoom) {
    const SocketAddress address(*Ipv6Address::fromText("2001:db8::1"), 9);
    for (const bool hasDoorbell : {false, true}) {
        Bytes bytes;
        ByteWriter writer(bytes);
        writeEndpoints(writer, {{EndpointKind::Native6, address, hasDoorbell}});
        EXPECT_EQ(toHex(bytes),
                  std::string("01") + (hasDoorbell ? "07" : "01") + "20010db80000000000000000000000010009");
        ByteReader reader(bytes);
        const auto read = readEndpoints(reader);
        ASSERT_TRUE(read);
        EXPECT_EQ(*read, (std::vector<EndpointRecord>{{EndpointKind::Native6, address, hasDoorbell}}));
    }
}

TEST(Endpoints, refusePortZeroUnknownKindsAndTooMany) {
    const auto read = [](const char* hex) {
        const Bytes bytes = *fromHex(hex);
        ByteReader reader(bytes);
        return readEndpoints(reader);
    };
    EXPECT_TRUE(read("0102c00002010001"));
    EXPECT_FALSE(read("0102c00002010000")) << "port 0";
    EXPECT_FALSE(read("0109c00002010001")) << "kind 9";
    EXPECT_FALSE(read("09")) << "nine of at most eight";
    EXPECT_FALSE(read("0102c000020100")) << "cut off";
}

} // namespace
} // namespace culvert::wire
