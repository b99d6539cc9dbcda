// Runs a target over a folder of inputs and over seeded mutations of each, where libFuzzer is not at hand.
//
//   fuzz_<name> <corpus folder or file> [mutations of each input]
#include "tests/fuzz/fuzz.h"

#include "tests/support/seeded_random.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace culvert::fuzz {
namespace {

constexpr std::uint64_t kSeed = 4380;
constexpr std::uint64_t kMutationsDefault = 200;

using Inputs = std::vector<std::pair<std::string, Bytes>>;

Inputs load(const std::filesystem::path& path) {
    namespace fs = std::filesystem;
    std::vector<fs::path> files;
    if (fs::is_directory(path))
        for (const auto& entry : fs::directory_iterator(path))
            files.push_back(entry.path());
    else
        files.push_back(path);
    std::sort(files.begin(), files.end());
    Inputs inputs;
    for (const fs::path& file : files) {
        std::ifstream stream(file, std::ios::binary);
        inputs.emplace_back(file.string(), Bytes(std::istreambuf_iterator<char>(stream), {}));
    }
    return inputs;
}

void flipBits(Bytes& bytes, Random& random) {
    for (std::uint64_t flips = 1 + random.below(8); flips > 0 && !bytes.empty(); --flips)
        bytes[random.below(bytes.size())] ^= static_cast<std::uint8_t>(1U << random.below(8));
}

void truncate(Bytes& bytes, Random& random) {
    bytes.resize(random.below(bytes.size() + 1));
}

// The head of one input and the tail of another.
void splice(Bytes& bytes, const Bytes& other, Random& random) {
    truncate(bytes, random);
    append(bytes, BytesView(other).subspan(random.below(other.size() + 1)));
}

Bytes mutated(const Inputs& inputs, std::size_t index, Random& random) {
    Bytes bytes = inputs[index].second;
    switch (random.below(4)) {
    case 0:
        truncate(bytes, random);
        break;
    case 1:
        splice(bytes, inputs[random.below(inputs.size())].second, random);
        break;
    case 2:
        splice(bytes, inputs[random.below(inputs.size())].second, random);
        flipBits(bytes, random);
        break;
    default:
        flipBits(bytes, random);
        break;
    }
    return bytes;
}

int replay(const std::filesystem::path& folder, std::uint64_t mutations) {
    const Inputs inputs = load(folder);
    test::SeededRandom random(kSeed);
    double slowest = 0;
    std::string slowestName;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        // A run that ends itself has said which input it was at.
        std::fprintf(stderr, "%s\n", inputs[i].first.c_str());
        const auto begin = std::chrono::steady_clock::now();
        run(inputs[i].second);
        const double taken = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        if (taken > slowest) {
            slowest = taken;
            slowestName = inputs[i].first;
        }
        for (std::uint64_t mutation = 0; mutation < mutations; ++mutation)
            run(mutated(inputs, i, random));
    }
    std::printf("%zu inputs and %zu mutations; the slowest input took %.1f ms: %s\n", inputs.size(),
                inputs.size() * static_cast<std::size_t>(mutations), slowest * 1000, slowestName.c_str());
    return inputs.empty() ? 1 : 0;
}

} // namespace
} // namespace culvert::fuzz

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s <corpus folder or file> [mutations of each input]\n", argv[0]);
        return 2;
    }
    const std::uint64_t mutations = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : culvert::fuzz::kMutationsDefault;
    return culvert::fuzz::replay(argv[1], mutations);
}
