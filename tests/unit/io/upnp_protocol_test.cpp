// The words between Culvert and its UPnP helper: each survives the way there, and nothing else is taken for one.
#include "core/io/upnp_protocol.h"

#include <gtest/gtest.h>

namespace culvert::upnp {
namespace {

const Ipv6Address kHost = *Ipv6Address::fromText("2001:db8::2");
const Ipv4Address kOuter = Ipv4Address::of(192, 0, 2, 7);

const std::vector<std::pair<Command, std::string>> kCommands = {
    {SearchCommand{false, false}, "search 4 quick"},
    {SearchCommand{true, true}, "search 6 full"},
    {UseCommand{false, "http://192.168.1.1:5000/rootDesc.xml"}, "use 4 http://192.168.1.1:5000/rootDesc.xml"},
    {UseCommand{true, "http://[fe80::1%3]/d"}, "use 6 http://[fe80::1%3]/d"},
    {StatusCommand{}, "status"},
    {MappingCommand{MappingVerb::Map, false, 41000, 50000}, "map udp 41000 50000"},
    {MappingCommand{MappingVerb::Read, true, 1, 65535}, "read tcp 1 65535"},
    {MappingCommand{MappingVerb::Unmap, false, 65535, 1}, "unmap udp 65535 1"},
    {FirewallCommand{}, "firewall"},
    {OpenCommand{kHost, 41000, std::nullopt}, "open 2001:db8::2 41000 -"},
    {OpenCommand{kHost, 41000, 0}, "open 2001:db8::2 41000 0"},
    {PinholeCommand{false, kHost, 65535}, "check 2001:db8::2 65535"},
    {PinholeCommand{true, kHost, 7}, "close 2001:db8::2 7"},
};

const std::vector<std::pair<Answer, std::string>> kAnswers = {
    {DevicesAnswer{}, "devices"},
    {DevicesAnswer{{"http://10.0.0.1/a", "http://10.0.0.2/b"}}, "devices http://10.0.0.1/a http://10.0.0.2/b"},
    {DeviceAnswer{true, {Ipv4Address::of(10, 0, 0, 1), 0}, kOuter, 0, ""}, "device 1 10.0.0.1 192.0.2.7 0 "},
    {DeviceAnswer{false, {kHost, 0}, std::nullopt, -3, "no way"}, "device 0 2001:db8::2 - -3 no way"},
    {NoneAnswer{}, "none"},
    {BrokenAnswer{"foreign address"}, "broken foreign address"},
    {StatusAnswer{kOuter, 0, ""}, "status 192.0.2.7 0 "},
    {StatusAnswer{std::nullopt, 501, "Action Failed"}, "status - 501 Action Failed"},
    {MappingAnswer{{true, true, false, 50000, 3600s, 0, ""}}, "mapping 1 1 0 50000 3600 0 "},
    {MappingAnswer{{false, false, true, 1, 0s, 718, "Conflict"}}, "mapping 0 0 1 1 0 718 Conflict"},
    {FirewallAnswer{true, false}, "firewall 1 0"},
    {FirewallAnswer{}, "firewall - -"},
    {PinholeAnswer{true, 12, 3600s, 0, ""}, "pinhole 1 12 3600 0 "},
    {PinholeAnswer{false, std::nullopt, 0s, 606, "Not authorized"}, "pinhole 0 - 0 606 Not authorized"},
    {DoneAnswer{704, "NoSuchEntry"}, "done 704 NoSuchEntry"},
};

TEST(UpnpProtocol, everyCommandSurvives) {
    for (const auto& [value, line] : kCommands) {
        EXPECT_EQ(formatCommand(value), line);
        const auto parsed = parseCommand(line);
        ASSERT_TRUE(parsed) << line;
        EXPECT_EQ(*parsed, value) << line;
    }
}

TEST(UpnpProtocol, everyAnswerSurvives) {
    for (const auto& [value, line] : kAnswers) {
        EXPECT_EQ(formatAnswer(value), line);
        const auto parsed = parseAnswer(line);
        ASSERT_TRUE(parsed) << line;
        EXPECT_EQ(*parsed, value) << line;
    }
}

TEST(UpnpProtocol, whatIsCutShortIsNoCommand) {
    for (const auto& [value, line] : kCommands)
        for (std::size_t size = 0; size < line.size(); size++) {
            const auto parsed = parseCommand(line.substr(0, size));
            EXPECT_TRUE(!parsed || *parsed != value) << line.substr(0, size);
        }
}

TEST(UpnpProtocol, refusesCommandsThatNobodyMakes) {
    for (const char* const line : {"",
                                   " ",
                                   "search",
                                   "search 5",
                                   "search 4 ",
                                   "search  4",
                                   "Search 4",
                                   "use 4",
                                   "use 4 https://10.0.0.1/a",
                                   "use 4 http://a b",
                                   "use 4 ftp://10.0.0.1/",
                                   "map udp 0 1",
                                   "map udp 1 0",
                                   "map udp 1",
                                   "map udp 1 65536",
                                   "map udp 041000 1",
                                   "map udp +1 1",
                                   "map sctp 1 1",
                                   "map udp",
                                   "status now",
                                   "open 2001:db8::2 41000",
                                   "open 10.0.0.1 41000 -",
                                   "open 2001:DB8::2 41000 -",
                                   "open 2001:db8::2 0 -",
                                   "close -1",
                                   "close 65536",
                                   "check",
                                   "map udp 1 1\r"})
        EXPECT_FALSE(parseCommand(line)) << line;
    EXPECT_FALSE(parseCommand("use 4 http://" + std::string(kUrlMax, 'a')));
    EXPECT_TRUE(parseCommand("use 4 http://" + std::string(kUrlMax - 7, 'a')));
}

TEST(UpnpProtocol, refusesAnswersThatNobodyMakes) {
    for (const char* const line : {"",
                                   "ok",
                                   "devices ",
                                   "devices x",
                                   "devices  http://10.0.0.1/a",
                                   "device 1 10.0.0.1 192.0.2.7 0",
                                   "device 2 10.0.0.1 - 0 ",
                                   "device 1 10.0.0 - 0 ",
                                   "device 1 10.0.0.1 2001:db8::1 0 ",
                                   "none ",
                                   "none at all",
                                   "status 192.0.2.256 0 ",
                                   "status - 10000 ",
                                   "status - 0x1 ",
                                   "mapping 1 1 0 1 4294967296 0 ",
                                   "mapping 1 1 0 1 -1 0 ",
                                   "mapping 1 1 0 1 3600 0 \t",
                                   "mapping 1 1 1 3600 0 ",
                                   "mapping 1 1 0 0 3600 0 ",
                                   "mapping 1 1 0 65536 3600 0 ",
                                   "firewall 1",
                                   "firewall 1 1 ",
                                   "firewall yes no",
                                   "pinhole 1 70000 1 0 ",
                                   "done",
                                   "done 0",
                                   "done -0 ",
                                   "done 0  two spaces",
                                   "done 0 bell\a",
                                   "done 0 caf\xc3\xa9",
                                   "broken"})
        EXPECT_FALSE(parseAnswer(line)) << line;
}

TEST(UpnpProtocol, countsAreLimited) {
    std::string line = "devices";
    for (std::size_t at = 0; at < kDevicesMax; at++)
        line += " http://10.0.0.1/a";
    EXPECT_TRUE(parseAnswer(line));
    EXPECT_FALSE(parseAnswer(line + " http://10.0.0.1/a"));
    EXPECT_TRUE(parseAnswer("broken " + std::string(kWordsMax, 'a')));
    EXPECT_FALSE(parseAnswer("broken " + std::string(kWordsMax + 1, 'a')));
    EXPECT_FALSE(parseAnswer("broken " + std::string(kAnswerMax, 'a')));
}

TEST(UpnpProtocol, wordsAreCleaned) {
    EXPECT_EQ(cleanWords("  a\nb\x01 \xff "), "a?b? ?");
    EXPECT_EQ(cleanWords(std::string(1000, 'x')).size(), kWordsMax);
    EXPECT_EQ(cleanWords("   "), "");
    const std::string line = formatAnswer(DoneAnswer{99999, "evil\ndone 0 "});
    EXPECT_EQ(line, "done 9999 evil?done 0");
    EXPECT_TRUE(parseAnswer(line));
}

} // namespace
} // namespace culvert::upnp
