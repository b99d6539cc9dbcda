// What an engine makes of what its archive could not read.
#include "core/engine/engine.h"
#include "core/wire/contact_address.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

struct EngineStorageTest : testing::Test {
    test::SeededRandom random{5};
    Now now{Instant{1s}, WallTime{1'000'000}};
    ContactId bob{Identity::generate(random).publicKey()};
    ArchiveSnapshot snapshot;
    std::unique_ptr<Engine> engine;

    void start() {
        EngineConfig config;
        config.instance = 7;
        engine = std::make_unique<Engine>(now, config, Engine::newProfile("Alice", random), snapshot, random);
    }
    void addBob() {
        wire::ContactAddress address;
        address.key = bob.octets;
        ASSERT_TRUE(engine->addContact(now, {wire::encodeContactAddress(address), "Bob", ""}));
    }
    /// Where the next message stands, and whether anything was erased since the last time.
    std::pair<std::uint64_t, bool> write() {
        EXPECT_TRUE(engine->sendMessage(now, bob, "hello"));
        std::uint64_t position = 0;
        bool isErased = false;
        while (const auto batch = engine->pollBatch()) {
            for (const ArchiveWrite& one : batch->writes) {
                isErased = isErased || std::holds_alternative<EraseContact>(one);
                if (const auto* put = std::get_if<PutMessage>(&one))
                    position = put->message.position;
            }
        }
        return {position, isErased};
    }
};

// Messages of a contact whose own record was damaged: they are there when the contact is added again.
TEST_F(EngineStorageTest, aContactThatIsAddedAgainGoesOnWithItsConversation) {
    snapshot.lastPosition[bob] = 41;
    start();
    addBob();
    EXPECT_EQ(write(), (std::pair<std::uint64_t, bool>{42, false}));
}

TEST_F(EngineStorageTest, aContactThatWasRemovedBeginsAnew) {
    snapshot.lastPosition[bob] = 41;
    start();
    addBob();
    EXPECT_EQ(write().first, 42U);
    ASSERT_TRUE(engine->removeContact(now, bob));
    addBob();
    EXPECT_EQ(write(), (std::pair<std::uint64_t, bool>{1, true}));
}

} // namespace
} // namespace culvert
