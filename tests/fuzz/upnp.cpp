// What comes from routers and from the helper that speaks to them: its answers, SSDP answers, SOAP answers.
#include "core/io/upnp_location.h"
#include "core/io/upnp_protocol.h"
#include "core/io/upnp_soap.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {
namespace {

void checkAnswer(std::string_view line) {
    const auto answer = upnp::parseAnswer(line);
    if (!answer)
        return require(!answer.error().detail.empty(), "a refusal says why");
    require(upnp::formatAnswer(*answer) == line, "an answer has one form");
    require(line.size() <= upnp::kAnswerMax, "an answer has an end");
    if (const auto* const devices = std::get_if<upnp::DevicesAnswer>(&*answer))
        require(devices->urls.size() <= upnp::kDevicesMax, "devices are counted");
    if (const auto* const broken = std::get_if<upnp::BrokenAnswer>(&*answer))
        require(broken->words.size() <= upnp::kWordsMax, "words are counted");
}

void checkCommand(std::string_view line) {
    if (const auto command = upnp::parseCommand(line))
        require(upnp::formatCommand(*command) == line, "a command has one form");
}

void checkLocation(std::string_view text) {
    const auto url = upnp::locationOf(text);
    if (!url)
        return;
    const auto host = upnp::hostOf(*url);
    require(host.has_value(), "a location has an address");
    require(url->find_first_of(" \r\n\t") == std::string::npos, "a location is one word");
    const auto zoned = upnp::hostOf(upnp::withZone(*url, 7));
    require(zoned == host, "a zone changes no address");
    require(!upnp::maySpeakFor(SocketAddress(Ipv4Address::of(10, 9, 8, 7), 0), *host, {}) ||
                host->v4() == Ipv4Address::of(10, 9, 8, 7),
            "a device speaks for itself");
}

void checkSoap(std::string_view text) {
    const int error = upnp::soapError(text);
    require(error >= 0 || error == upnp::kSoapFailed, "an error is a code");
    if (const auto id = upnp::elementOf(text, "UniqueID"))
        require(id->find('<') == std::string_view::npos, "an element's text is text");
    upnp::SoapCall call{"http://[fe80::1%2]/x", {}, std::string(text), "A", {}};
    const auto request = upnp::soapRequest(call);
    require(!request || text.find_first_of("\r\n\"<> ") == std::string_view::npos, "a service adds no line");
}

} // namespace

// | 0: answer, 1: command, 2: SSDP answer, otherwise: SOAP answer | octets |
void run(BytesView input) {
    Input script(input);
    const int kind = script.u8();
    const std::string_view text = asText(script.rest());
    if (kind == 0)
        checkAnswer(text);
    else if (kind == 1)
        checkCommand(text);
    else if (kind == 2)
        checkLocation(text);
    else
        checkSoap(text);
}

} // namespace culvert::fuzz
