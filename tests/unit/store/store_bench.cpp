// What a store of so many messages (the arguments, 100000 and 1000000) costs: to write, on the disk, to open, in
// memory, and to search. Texts are ten words or so of a vocabulary of 20,000, the common ones more often (Zipf's law),
// in 20 conversations. Times are of the best of three, by the clock.
//
// Each store is made in the temporary folder, and is opened again by a process of its own, whose memory (PSS) counts.
//   store_bench --grow FOLDER COUNT   adds as many messages of the first contact's to a profile whose key lies beside
//   it:
//                                     for tests/scenarios/open_bench.py, which opens it with the whole program
//
// It prints figures and passes no judgement. Linux alone: it forks, and reads /proc.
#include "core/io/os_random.h"
#include "core/io/system_clock.h"
#include "core/store/store.h"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

namespace culvert {
namespace {

constexpr std::uint64_t kContacts = 20, kBatch = 500;
constexpr int kVocabulary = 20'000;

double millisecondsSince(Instant start) {
    return std::chrono::duration<double, std::milli>(systemNow().monotonic - start).count();
}

ContactId contactOf(std::uint64_t number) {
    return ContactId{{static_cast<std::uint8_t>(number), 7}};
}

// A word of two to five syllables that the number tells.
std::string wordOf(int number) {
    static constexpr const char* kSyllables[] = {"ka",  "to", "ri",  "mun", "del", "sa",
                                                 "vor", "ip", "les", "tan", "qui"};
    std::string word;
    for (int rest = number + 11; rest > 0; rest /= 11)
        word += kSyllables[rest % 11];
    return word;
}

class Texts {
public:
    std::string next() {
        std::string text;
        const int words = 4 + static_cast<int>(m_engine() % 13);
        for (int i = 0; i < words; ++i) {
            // Zipf with exponent 1: the rank is the vocabulary's size to the power of a uniform number.
            const double uniform = std::uniform_real_distribution<double>(0, 1)(m_engine);
            text += wordOf(static_cast<int>(std::pow(kVocabulary, uniform))) + " ";
        }
        return text;
    }

private:
    std::mt19937_64 m_engine{1};
};

void fill(Store& store, std::uint64_t count) {
    Texts texts;
    std::vector<ArchiveWrite> writes;
    for (std::uint64_t i = 0; i < kContacts; ++i)
        writes.emplace_back(PutContact{contactOf(i), Bytes(300)});
    for (std::uint64_t i = 0; i < count; ++i) {
        Message message;
        message.contact = contactOf(i % kContacts);
        message.position = i / kContacts + 1;
        for (std::size_t k = 0; k < 8; ++k)
            message.id.octets[k] = static_cast<std::uint8_t>(i >> 8 * k);
        message.from = i % 2 == 0 ? MessageFrom::Me : MessageFrom::Them;
        message.state = i + 1000 < count ? MessageState::Read : MessageState::Delivered;
        message.text = texts.next() + (i == 0 ? "needle" : "");
        writes.emplace_back(PutMessage{message, message.position});
        if (writes.size() < kBatch && i + 1 < count)
            continue;
        if (const auto done = store.apply({{1, std::move(writes)}}); !done)
            std::fprintf(stderr, "%s\n", done.error().detail.c_str());
        writes.clear();
    }
}

double pssMegabytes() {
    std::ifstream file("/proc/self/smaps_rollup");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("Pss:"))
            return std::stod(line.substr(4)) * 1024 / 1e6;
    return 0;
}

void search(Store& store, const char* what, const SearchRequest& wanted) {
    double best = 1e9;
    std::size_t found = 0;
    for (int round = 0; round < 3; ++round) {
        const Instant start = systemNow().monotonic;
        SearchRequest request = wanted;
        found = 0;
        do { // as Driver::search() does
            const auto page = store.search(request);
            if (!page)
                return;
            found += page->messages.size();
            request.before = page->next;
        } while (request.before != 0 && found < wanted.limit);
        best = std::min(best, millisecondsSince(start));
        if (round == 0)
            std::printf("  search, %-38s first time %7.1f ms", what, best);
    }
    std::printf(", then %7.1f ms, %zu found\n", best, found);
}

void openAndSearch(const std::filesystem::path& folder) {
    OsRandom random;
    Store store(folder, random);
    const Instant start = systemNow().monotonic;
    const auto opened = store.open({});
    const double openMs = millisecondsSince(start);
    const auto snapshot = store.load();
    std::printf("  open %.1f ms, with load %.1f ms (%s), PSS %.1f MB\n", openMs, millisecondsSince(start),
                opened && snapshot ? "ok" : "failed", pssMegabytes());
    search(store, "a word of the oldest message alone", {"needle", {}, 0, 50});
    search(store, "a common word", {wordOf(3), {}, 0, 50});
    search(store, "a rare word", {wordOf(15'000), {}, 0, 50});
    search(store, "two words", {wordOf(40) + " " + wordOf(900), {}, 0, 50});
    search(store, "a rare word in one conversation", {wordOf(15'000), contactOf(3), 0, 50});
    search(store, "a word that is nowhere", {"zzz", {}, 0, 50});
    std::printf("  PSS after searching %.1f MB\n", pssMegabytes());
}

// What a friend of many years has written.
bool grow(const std::filesystem::path& folder, std::uint64_t count) {
    OsRandom random;
    Store store(folder, random);
    const auto opened = store.open({});
    const auto snapshot = opened ? store.load() : Result<ArchiveSnapshot>(Unexpected(opened.error()));
    if (!snapshot || snapshot->contacts.empty())
        return false;
    const ContactId contact = snapshot->contacts.front().id;
    std::uint64_t position = snapshot->lastPosition.at(contact);
    Texts texts;
    std::vector<ArchiveWrite> writes;
    for (std::uint64_t i = 0; i < count; ++i) {
        Message message;
        message.contact = contact;
        message.position = ++position;
        random.fillPublic(message.id.octets);
        message.from = MessageFrom::Them;
        message.state = MessageState::Read;
        message.text = texts.next() + (i == 0 ? "needle" : "");
        writes.emplace_back(PutMessage{message, 0});
        if (writes.size() < kBatch && i + 1 < count)
            continue;
        if (!store.apply({{1, std::move(writes)}}))
            return false;
        writes.clear();
    }
    while (store.tidy()) {
    }
    return true;
}

void bench(std::uint64_t count) {
    const auto folder = std::filesystem::temp_directory_path() / ("culvert-store-bench-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder);
    std::printf("%llu messages\n", static_cast<unsigned long long>(count));
    {
        OsRandom random;
        Store store(folder, random);
        if (!store.create(KeySource::BesideStore, {}, Bytes(200)))
            return;
        Instant start = systemNow().monotonic;
        fill(store, count);
        const double writeMs = millisecondsSince(start);
        const auto plain = store.storageInfo()->databaseOctets;
        start = systemNow().monotonic;
        std::size_t blocks = 0;
        while (store.tidy())
            ++blocks;
        const double indexMs = millisecondsSince(start);
        const auto indexed = store.storageInfo()->databaseOctets;
        const auto per = [&](double value) { return value / static_cast<double>(count); };
        std::printf("  write %.1f µs a message in batches of %llu, index %.1f µs a message, %.1f ms a block\n",
                    per(writeMs * 1000), static_cast<unsigned long long>(kBatch), per(indexMs * 1000),
                    indexMs / static_cast<double>(std::max<std::size_t>(blocks, 1)));
        std::printf("  disk %.0f octets a message, %.0f of them index\n", per(static_cast<double>(indexed)),
                    per(static_cast<double>(indexed) - static_cast<double>(plain)));
    }
    std::fflush(stdout);
    if (const pid_t child = fork(); child == 0) {
        execl("/proc/self/exe", "store_bench", "--open", folder.c_str(), nullptr);
        _exit(1);
    } else {
        waitpid(child, nullptr, 0);
    }
    std::filesystem::remove_all(folder);
}

} // namespace
} // namespace culvert

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--open") {
        culvert::openAndSearch(argv[2]);
        return 0;
    }
    if (argc == 4 && std::string_view(argv[1]) == "--grow")
        return culvert::grow(argv[2], std::stoull(argv[3])) ? 0 : 1;
    if (argc == 1) {
        culvert::bench(100'000);
        culvert::bench(1'000'000);
    }
    for (int i = 1; i < argc; ++i)
        culvert::bench(std::stoull(argv[i]));
    return 0;
}
