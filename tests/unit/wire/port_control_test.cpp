// PCP and NAT-PMP: octets drawn by hand from the RFCs' figures.
#include "core/wire/nat_pmp.h"
#include "core/wire/pcp.h"

#include <gtest/gtest.h>

namespace culvert::wire {
namespace {

Bytes hex(std::string_view text) {
    std::string digits;
    for (const char one : text)
        if (one != ' ')
            digits.push_back(one);
    return fromHex(digits).value();
}

const PcpNonce kNonce = {0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xab};

// Version 2, response, MAP, SUCCESS, 7200 s, epoch 0x01020304, UDP 40000 at 45.83.1.9:40001.
const char* const kMapResponse = "02 81 00 00 00001c20 01020304 000000000000000000000000 "
                                 "a0a1a2a3a4a5a6a7a8a9aaab 11 000000 9c40 9c41 "
                                 "00000000000000000000ffff2d530109";

// RFC 6887 §7.1, §11.1
TEST(Pcp, aMapRequestIsLaidOutAsInTheRfc) {
    PcpMapRequest request;
    request.lifetime = 7200;
    request.client = SocketAddress(Ipv4Address::of(192, 168, 1, 20), 9);
    request.map = {kNonce, 17, 40000, SocketAddress(Ipv4Address{}, 40001)};
    EXPECT_EQ(toHex(encode(request)), toHex(hex("02 01 0000 00001c20 00000000000000000000ffffc0a80114 "
                                                "a0a1a2a3a4a5a6a7a8a9aaab 11 000000 9c40 9c41 "
                                                "00000000000000000000ffff00000000")));
    request.client = SocketAddress(*Ipv6Address::fromText("2001:db8::7"), 0);
    request.map.protocol = 6;
    request.map.external = SocketAddress(*Ipv6Address::fromText("2001:db8::8"), 1);
    EXPECT_EQ(toHex(encode(request)), toHex(hex("02 01 0000 00001c20 20010db8000000000000000000000007 "
                                                "a0a1a2a3a4a5a6a7a8a9aaab 06 000000 9c40 0001 "
                                                "20010db8000000000000000000000008")));
}

// RFC 6887 §14.1.1: no payload of its own, lifetime 0.
TEST(Pcp, anAnnounceRequestIsAHeaderAlone) {
    EXPECT_EQ(toHex(encodePcpAnnounceRequest(SocketAddress(Ipv4Address::of(10, 0, 0, 2), 0))),
              toHex(hex("02 00 0000 00000000 00000000000000000000ffff0a000002")));
}

// RFC 6887 §7.2, §11.1
TEST(Pcp, aMapResponseIsReadFieldByField) {
    const auto response = decodePcpResponse(hex(kMapResponse));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->opcode, PcpOpcode::Map);
    EXPECT_EQ(response->result, 0);
    EXPECT_EQ(response->lifetime, 7200u);
    EXPECT_EQ(response->epoch, 0x01020304u);
    EXPECT_EQ(response->map, (PcpMapFields{kNonce, 17, 40000, SocketAddress(Ipv4Address::of(45, 83, 1, 9), 40001)}));
}

TEST(Pcp, anIpv6AddressIsNotTakenForAMappedOne) {
    Bytes octets = hex(kMapResponse);
    octets[44] = 0x20;
    const auto response = decodePcpResponse(octets);
    ASSERT_TRUE(response);
    EXPECT_TRUE(response->map.external.isV6());
    EXPECT_EQ(response->map.external.port(), 40001);
}

// RFC 6887 §7.3: skipped, even those that are mandatory for servers; padded to four octets.
TEST(Pcp, unknownOptionsAreSkipped) {
    Bytes octets = hex(kMapResponse);
    append(octets, hex("02 00 0000  85 00 0005 0102030405000000  7f 00 0004 01020304"));
    const auto response = decodePcpResponse(octets);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->map.internalPort, 40000);
    append(octets, hex("01 00 0005 01020304"));
    EXPECT_FALSE(decodePcpResponse(octets)) << "an option that reaches past the end";
}

// RFC 6887 §8.3
TEST(Pcp, lengthsThatAreCutOffOddOrTooLongAreRefused) {
    const Bytes whole = hex(kMapResponse);
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(decodePcpResponse(BytesView(whole).first(size))) << size;
    for (std::size_t more = 1; more < 4; ++more) {
        Bytes longer = whole;
        longer.resize(whole.size() + more);
        EXPECT_FALSE(decodePcpResponse(longer)) << more;
    }
    Bytes longest = whole;
    while (longest.size() < kPcpSizeMax)
        append(longest, hex("80 00 0000"));
    EXPECT_TRUE(decodePcpResponse(longest));
    append(longest, hex("80 00 0000"));
    EXPECT_FALSE(decodePcpResponse(longest));
}

TEST(Pcp, requestsOtherOpcodesAndOtherVersionsAreRefused) {
    struct Case {
        const char* name;
        std::size_t at;
        std::uint8_t octet;
    };
    const Case cases[] = {{"a request", 1, 0x01}, {"PEER", 1, 0x82}, {"version 1", 0, 1}, {"version 3", 0, 3}};
    for (const auto& [name, at, octet] : cases) {
        Bytes octets = hex(kMapResponse);
        octets[at] = octet;
        EXPECT_FALSE(decodePcpResponse(octets)) << name;
    }
}

TEST(Pcp, anErrorAndAnAnnouncementAreResponsesToo) {
    Bytes refused = hex(kMapResponse);
    refused[3] = 12;
    EXPECT_EQ(decodePcpResponse(refused)->result, static_cast<std::uint8_t>(PcpResult::AddressMismatch));
    const auto announce = decodePcpResponse(hex("02 80 00 00 00000000 00000007 000000000000000000000000"));
    ASSERT_TRUE(announce);
    EXPECT_EQ(announce->opcode, PcpOpcode::Announce);
    EXPECT_EQ(announce->epoch, 7u);
}

TEST(Pcp, resultsAreNamedAsInTheRfc) {
    EXPECT_EQ(pcpResultName(2), "NOT_AUTHORIZED");
    EXPECT_EQ(pcpResultName(11), "CANNOT_PROVIDE_EXTERNAL");
    EXPECT_EQ(pcpResultName(13), "EXCESSIVE_REMOTE_PEERS");
    EXPECT_EQ(pcpResultName(14), "UNKNOWN");
    EXPECT_EQ(natPmpResultName(4), "Out of resources");
    EXPECT_EQ(natPmpResultName(6), "unknown");
}

// RFC 6887 §9, Appendix A; RFC 6886 §3.5
TEST(Pcp, aRefusedVersionIsKnownInEveryFormThatServersUse) {
    struct Case {
        const char* name;
        Bytes octets;
        std::optional<std::uint8_t> version;
    };
    const Case cases[] = {
        {"RFC 6886 §3.5: opcode 0", hex("00 00 0001 00000007"), 0},
        {"NAT-PMP with the response bit", hex("00 81 0001 00000007"), 0},
        {"PCP refusing NAT-PMP", hex("02 80 00 01 00000708 00000007 000000000000000000000000"), 2},
        {"RFC 6887 §8.3: at least four octets", hex("01 81 00 01"), 1},
        {"three octets", hex("00 00 00"), std::nullopt},
        {"another NAT-PMP result", hex("00 80 0002 00000007"), std::nullopt},
        {"a NAT-PMP result of more than an octet", hex("00 80 0101 00000007"), std::nullopt},
        {"a NAT-PMP request", hex("00 01 0001 00000007"), std::nullopt},
        {"a PCP request", hex("02 01 00 01"), std::nullopt},
        {"a success", hex(kMapResponse), std::nullopt},
    };
    for (const Case& one : cases)
        EXPECT_EQ(unsupportedVersionAnswer(one.octets), one.version) << one.name;
}

// RFC 6886 §3.2, §3.3
TEST(NatPmp, requestsAreLaidOutAsInTheRfc) {
    EXPECT_EQ(toHex(encodeNatPmpAddressRequest()), "0000");
    EXPECT_EQ(toHex(encode(NatPmpMapRequest{NatPmpOpcode::MapUdp, 40000, 40001, 7200})),
              toHex(hex("00 01 0000 9c40 9c41 00001c20")));
    EXPECT_EQ(toHex(encode(NatPmpMapRequest{NatPmpOpcode::MapTcp, 40000, 0, 0})),
              toHex(hex("00 02 0000 9c40 0000 00000000")));
}

TEST(NatPmp, responsesAreReadFieldByField) {
    const auto address = decodeNatPmpResponse(hex("00 80 0000 01020304 2d530109"));
    ASSERT_TRUE(address);
    EXPECT_EQ(address->opcode, NatPmpOpcode::ExternalAddress);
    EXPECT_EQ(address->epoch, 0x01020304u);
    EXPECT_EQ(address->externalAddress, Ipv4Address::of(45, 83, 1, 9));
    const auto mapping = decodeNatPmpResponse(hex("00 82 0000 01020304 9c40 9c41 00001c20"));
    ASSERT_TRUE(mapping);
    EXPECT_EQ(mapping->opcode, NatPmpOpcode::MapTcp);
    EXPECT_EQ(mapping->internalPort, 40000);
    EXPECT_EQ(mapping->externalPort, 40001);
    EXPECT_EQ(mapping->lifetime, 7200u);
}

TEST(NatPmp, whatIsCutOffOrNoResponseIsRefused) {
    for (const char* text : {"00 80 0000 01020304 2d530109", "00 81 0000 01020304 9c40 9c41 00001c20"}) {
        const Bytes whole = hex(text);
        for (std::size_t size = 0; size < whole.size(); ++size)
            EXPECT_FALSE(decodeNatPmpResponse(BytesView(whole).first(size))) << size;
        Bytes longer = whole;
        longer.push_back(0);
        EXPECT_TRUE(decodeNatPmpResponse(longer));
        longer.resize(1101);
        EXPECT_FALSE(decodeNatPmpResponse(longer));
    }
    EXPECT_FALSE(decodeNatPmpResponse(hex("00 00 0000 01020304 2d530109"))) << "a request";
    EXPECT_FALSE(decodeNatPmpResponse(hex("00 83 0000 01020304 2d530109"))) << "an opcode that nobody asked for";
    EXPECT_FALSE(decodeNatPmpResponse(hex("02 80 0000 01020304 2d530109"))) << "another version";
    EXPECT_TRUE(decodeNatPmpResponse(hex("00 80 0003 01020304"))) << "a failure says all in its first eight octets";
}

} // namespace
} // namespace culvert::wire
