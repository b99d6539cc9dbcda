// Writes the generated part of the fuzz corpora: valid messages of every type, shortened ones, sizes at their edges.
// Inputs that a fuzzer found lie beside them (found-*, crash-*), and this program leaves those alone.
//
//   make_fuzz_corpus <corpus folder>
#include "tests/fuzz/corpus.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

int main(int argc, char** argv) {
    namespace fs = std::filesystem;
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s <corpus folder>\n", argv[0]);
        return 2;
    }
    culvert::fuzz::Corpus corpus;
    culvert::fuzz::addWireInputs(corpus);
    culvert::fuzz::addCryptoInputs(corpus);
    culvert::fuzz::addTransportScripts(corpus);
    culvert::fuzz::addGatewayInputs(corpus);
    culvert::fuzz::addEngineScripts(corpus);
    culvert::fuzz::addSessionScripts(corpus);
    culvert::fuzz::addRendezvousScripts(corpus);
    culvert::fuzz::addTeredoScripts(corpus);
    culvert::fuzz::addTeredoPeersScripts(corpus);
    culvert::fuzz::addTeredoServerScripts(corpus);
    culvert::fuzz::addDoorbellScripts(corpus);
    culvert::fuzz::addLanScripts(corpus);
    culvert::fuzz::addStoreInputs(corpus);
    culvert::fuzz::addTcpInputs(corpus);
    culvert::fuzz::addUpnpInputs(corpus);
    std::size_t files = 0;
    for (const auto& [target, inputs] : corpus) {
        fs::create_directories(fs::path(argv[1]) / target);
        for (const auto& [name, octets] : inputs) {
            std::ofstream file(fs::path(argv[1]) / target / name, std::ios::binary);
            file.write(reinterpret_cast<const char*>(octets.data()), static_cast<std::streamsize>(octets.size()));
            if (!file) {
                std::fprintf(stderr, "cannot write %s/%s\n", target.c_str(), name.c_str());
                return 1;
            }
            ++files;
        }
    }
    std::printf("%zu targets, %zu files\n", corpus.size(), files);
    return 0;
}
