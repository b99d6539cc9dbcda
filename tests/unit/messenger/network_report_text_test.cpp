// The report as text: what stands in it, and what does not when it is masked.
#include "core/messenger/network_report.h"
#include "tests/support/network_cases.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

using namespace cases;

struct MaskCase {
    const char* address;
    const char* masked;
};

constexpr MaskCase kMasks[] = {
    {"84.115.20.7", "84.115.x.x"},
    {"127.0.0.1", "127.0.x.x"},
    {"84.115.20.7:41641", "84.115.x.x:41641"},
    {"2a02:8388:1c40:9f00::1", "2a02:8388:…"},
    {"[2a02:8388:1c40:9f00::1]:443", "[2a02:8388:…]:443"},
    {"::1", "0:0:…"},
    {"fd12:3456:789a::1", "fd…"},
    {"2001:0:5473:1407::1", "2001:0:…"},
    {"a router's words", "…"},
    {"", "…"},
};

TEST(MaskedAddress, keepsTheFamilyAndTheProvider) {
    for (const auto& [address, masked] : kMasks)
        EXPECT_EQ(maskedAddress(address), masked) << address;
}

TEST(NetworkReportText, holdsWhatWasFound) {
    const std::string text = toText(makeReport(openPort()), false);
    for (const char* part : {"Friends can reach you.\n", "84.115.20.7:41641", "PCP (RFC 6887)", "endpoint-independent",
                             "Ways considered", "Culvert's tunnel"})
        EXPECT_NE(text.find(part), std::string::npos) << part << " in\n" << text;
    EXPECT_EQ(text.find("still running"), std::string::npos);
    EXPECT_LT(text.find("Friends can reach you."), text.find("Good "));
    EXPECT_LT(text.find("third party"), text.find("Ways considered"));
}

TEST(NetworkReportText, saysWhenTestsStillRun) {
    NetworkStatus status = openPort();
    status.testsAreRunning = true;
    EXPECT_NE(toText(makeReport(status), false).find("Some tests are still running."), std::string::npos);
}

TEST(NetworkReportText, maskedHoldsNoAddressNoKeyAndNoWordsOfRouters) {
    NetworkStatus status = carrier();
    status.thirdParties.push_back(openPort().thirdParties[0]);
    status.teredoAddress = v6("2001:0:5473:1407:8000:5d56:ab8c:ebf8");
    const std::string plain = toText(makeReport(status), false);
    const std::string masked = toText(makeReport(status), true);
    for (const std::string& part :
         {std::string("192.168.178.24"), std::string("192.168.178.1"), std::string("100.83.17.5"),
          std::string("91.141.3.77"), std::string("84.115.20.7"), status.local.native6[0].text(),
          status.teredoAddress->text(), status.thirdParties[0].key, std::string("not authorized")}) {
        EXPECT_NE(plain.find(part), std::string::npos) << part << " should be in\n" << plain;
        EXPECT_EQ(masked.find(part), std::string::npos) << part << " should not be in\n" << masked;
    }
    EXPECT_NE(masked.find("100.83.x.x"), std::string::npos) << masked;
}

TEST(NetworkReportText, linesAreShort) {
    std::string text = toText(makeReport(carrier()), false) + toText(makeReport(openPort()), false);
    for (std::size_t start = 0, end = 0; (end = text.find('\n', start)) != std::string::npos; start = end + 1) {
        EXPECT_LE(end - start, 110U) << text.substr(start, end - start);
        EXPECT_TRUE(end == start || text[end - 1] != ' ') << text.substr(start, end - start) << '|';
    }
}

} // namespace
} // namespace culvert
