// Inputs of what UPnP routers and the helper that speaks to them may say.
#include "tests/fuzz/corpus.h"

namespace culvert::fuzz {
namespace {

const char* const kAnswers[] = {
    "devices http://192.168.1.1:5000/rootDesc.xml http://192.168.1.9/d",
    "device 1 192.168.1.1 203.0.113.7 0 ",
    "device 0 2001:db8::1 - -3 Miniupnpc HTTP error",
    "none",
    "broken foreign address",
    "status 203.0.113.7 0 ",
    "status - 501 Action Failed",
    "mapping 1 1 0 50000 3600 0 ",
    "mapping 0 0 1 41000 0 718 ConflictInMappingEntry",
    "firewall 1 0",
    "firewall - -",
    "pinhole 1 65535 4294967295 0 ",
    "pinhole 0 - 0 606 Action not authorized",
    "done 704 NoSuchEntry",
};
const char* const kCommands[] = {
    "search 4 full",
    "use 6 http://[fe80::1%3]:5000/d",
    "status",
    "map udp 41000 50000",
    "unmap tcp 65535 1",
    "firewall",
    "open 2001:db8::2 41000 7",
    "open 2001:db8::2 41000 -",
    "close 2001:db8::2 7",
};
const char* const kSearchAnswers[] = {
    "HTTP/1.1 200 OK\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\nLocation: "
    "http://192.168.1.1:5000/rootDesc.xml\r\nUSN: uuid:1\r\n\r\n",
    "HTTP/1.1 200 OK\nlocation:http://[fe80::1%eth0]:5000/d\nst:urn:schemas-upnp-org:service:WANIPConnection:1\n",
    "HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nLOCATION: http://user@[::1]:0/ \r\n\r\n",
};
const char* const kSoapAnswers[] = {
    "HTTP/1.1 200 OK\r\n\r\n<s:Envelope><s:Body><u:AddPinholeResponse><UniqueID>7</UniqueID></u:AddPinholeResponse>",
    "HTTP/1.1 500 Internal Server Error\r\n\r\n<UPnPError><errorCode>606</errorCode><errorDescription>no",
    "urn:schemas-upnp-org:service:WANIPv6FirewallControl:1",
};

template<std::size_t N>
void add(std::map<std::string, Bytes>& inputs, const std::string& name, std::uint8_t kind,
         const char* const (&texts)[N]) {
    for (std::size_t at = 0; at < N; at++) {
        Bytes octets = {kind};
        append(octets, asBytes(texts[at]));
        inputs[name + "-" + std::to_string(at)] = octets;
    }
}

} // namespace

void addUpnpInputs(Corpus& corpus) {
    auto& inputs = corpus["upnp"];
    add(inputs, "answer", 0, kAnswers);
    add(inputs, "command", 1, kCommands);
    add(inputs, "search", 2, kSearchAnswers);
    add(inputs, "soap", 3, kSoapAnswers);
}

} // namespace culvert::fuzz
