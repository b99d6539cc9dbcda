// Corpus: the inputs that make_fuzz_corpus writes, by target and name.
#pragma once

#include "core/base/byte_io.h"

#include <map>
#include <string>

namespace culvert::fuzz {

/// target -> name of the file -> octets.
using Corpus = std::map<std::string, std::map<std::string, Bytes>>;

void addWireInputs(Corpus& corpus);
void addCryptoInputs(Corpus& corpus);
void addTransportScripts(Corpus& corpus);
void addGatewayInputs(Corpus& corpus);
void addEngineScripts(Corpus& corpus);
void addSessionScripts(Corpus& corpus);
void addRendezvousScripts(Corpus& corpus);
void addTeredoScripts(Corpus& corpus);
void addTeredoPeersScripts(Corpus& corpus);
void addTeredoServerScripts(Corpus& corpus);
void addDoorbellScripts(Corpus& corpus);
void addLanScripts(Corpus& corpus);
void addStoreInputs(Corpus& corpus);
void addTcpInputs(Corpus& corpus);
void addUpnpInputs(Corpus& corpus);

} // namespace culvert::fuzz
