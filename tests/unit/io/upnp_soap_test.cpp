// What is said to a router about pinholes, and what is read out of its answers.
#include "core/io/upnp_soap.h"

#include <gtest/gtest.h>

namespace culvert::upnp {
namespace {

SoapCall call() {
    return {"http://[2001:db8::1]:5000/ctl/6",
            *Ipv6Address::fromText("2001:db8::2"),
            "urn:schemas-upnp-org:service:WANIPv6FirewallControl:1",
            "DeletePinhole",
            {{"UniqueID", "7"}}};
}

TEST(UpnpSoap, theRequestIsWhole) {
    const auto text = soapRequest(call());
    ASSERT_TRUE(text);
    EXPECT_TRUE(text->starts_with("POST /ctl/6 HTTP/1.1\r\nHost: [2001:db8::1]:5000\r\n"));
    EXPECT_NE(text->find("\"urn:schemas-upnp-org:service:WANIPv6FirewallControl:1#DeletePinhole\""), std::string::npos);
    EXPECT_EQ(elementOf(*text, "UniqueID"), "7");
    const std::size_t body = text->find("\r\n\r\n") + 4;
    EXPECT_NE(text->find("Content-Length: " + std::to_string(text->size() - body) + "\r\n"), std::string::npos);
}

TEST(UpnpSoap, aServicesNameCannotAddToTheRequest) {
    for (const char* const name : {"", "urn:other:1", "urn:schemas-upnp-org:service:X:1\r\nEvil: 1",
                                   "urn:schemas-upnp-org:service:X:1\"", "urn:schemas-upnp-org:service:X:1><"}) {
        SoapCall evil = call();
        evil.service = name;
        EXPECT_FALSE(soapRequest(evil)) << name;
    }
}

TEST(UpnpSoap, errorsAreRead) {
    EXPECT_EQ(soapError("HTTP/1.1 200 OK\r\n\r\n"), 0);
    EXPECT_EQ(soapError("HTTP/1.1 500 No\r\n\r\n<a><errorCode>704</errorCode></a>"), 704);
    EXPECT_EQ(soapError("HTTP/1.1 500 No\r\n\r\n<u:errorCode xml:x='1'>606</u:errorCode>"), 606);
    for (const char* const text : {"", "HTTP/1.1 500 No\r\n\r\n", "HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\n",
                                   "HTTP/1.1 500 No\r\n\r\n<errorCode>0</errorCode>",
                                   "HTTP/1.1 500 No\r\n\r\n<errorCode>99999999999999</errorCode>",
                                   "HTTP/1.1 500 No\r\n\r\n<errorCode>x</errorCode>", "garbage"})
        EXPECT_EQ(soapError(text), kSoapFailed) << text;
}

TEST(UpnpSoap, elementsAreFoundByName) {
    EXPECT_EQ(elementOf("<a><UniqueID>12</UniqueID></a>", "UniqueID"), "12");
    EXPECT_EQ(elementOf("<UniqueIDs>1</UniqueIDs><UniqueID>2</UniqueID>", "UniqueID"), "2");
    EXPECT_EQ(elementOf("<UniqueID></UniqueID>", "UniqueID"), "");
    for (const char* const text : {"", "<", "<UniqueID", "<UniqueID>", "<UniqueID>12", "</UniqueID>12<", "<<<<>>>>"})
        EXPECT_FALSE(elementOf(text, "UniqueID")) << text;
}

TEST(UpnpSoap, anAddressThatIsNotOursCannotAsk) {
    SoapCall elsewhere = call();
    elsewhere.url = "http://[::1]:1/x";
    EXPECT_EQ(callAction(elsewhere).error, kSoapFailed);
}

} // namespace
} // namespace culvert::upnp
