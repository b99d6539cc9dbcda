#include "core/io/archive_worker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

namespace culvert {
namespace {

/// Says what was done, in order. It needs three steps to tidy up after each change, and finds something damaged once.
class LazyArchive final : public Archive {
public:
    explicit LazyArchive(std::vector<std::string>& log) : m_log(log) {}
    ProfileState state() const override { return ProfileState::Open; }
    Result<void> create(KeySource, std::string_view, BytesView) override { return {}; }
    Result<void> open(std::string_view) override { return {}; }
    Result<ArchiveSnapshot> load() override { return ArchiveSnapshot(); }
    Result<void> apply(const std::vector<ArchiveBatch>& batches) override {
        m_log.push_back("apply " + std::to_string(batches.size()));
        m_left = 3;
        return {};
    }
    Result<std::vector<Message>> messages(const ContactId&, std::uint64_t, std::size_t) override {
        return std::vector<Message>();
    }
    Result<std::vector<Message>> messagesAfter(const ContactId&, std::uint64_t, std::size_t) override {
        return std::vector<Message>();
    }
    Result<Message> message(const ContactId&, const MessageRef&) override {
        return fail(ErrorCode::NotFound, "There is no such message.");
    }
    bool tidy() override {
        if (m_left == 0)
            return false;
        m_log.emplace_back("tidy");
        if (m_left == 3)
            m_problem = StoreProblem();
        if (--m_left == 1 && !std::exchange(m_isTold, true))
            tidied.set_value();
        return m_left > 0;
    }
    std::optional<StoreProblem> pollProblem() override { return std::exchange(m_problem, std::nullopt); }

    std::promise<void> tidied; ///< two steps are done

private:
    std::vector<std::string>& m_log;
    int m_left = 0;
    bool m_isTold = false;
    std::optional<StoreProblem> m_problem;
};

// What the archive does when nobody waits needs no order from outside; whoever comes meanwhile waits for one step.
TEST(ArchiveWorker, tidiesUpWhenNobodyWaitsAndTellsWhatIsDamaged) {
    std::vector<std::string> log;
    std::promise<void> damaged;
    std::promise<std::uint64_t> committed;
    auto archive = std::make_unique<LazyArchive>(log);
    auto tidied = archive->tidied.get_future();
    {
        ArchiveWorker worker(
            std::move(archive), [&](std::uint64_t ticket, const Result<void>&) { committed.set_value(ticket); },
            [&](const StoreProblem&) { damaged.set_value(); });
        worker.commit({7, {}});
        EXPECT_EQ(committed.get_future().get(), 7U);
        damaged.get_future().wait();
        tidied.wait();
        std::promise<void> ran;
        worker.post([&](Archive&) {
            log.emplace_back("job");
            ran.set_value();
        });
        ran.get_future().wait();
    }
    ASSERT_GE(log.size(), 4U);
    EXPECT_EQ(log[0], "apply 1");
    EXPECT_EQ(log[1], "tidy");
    EXPECT_EQ(std::ranges::count(log, "job"), 1);
}

// What nobody waits for is committed with what somebody waits for; hurry() ends its wait, too, and so does the end.
TEST(ArchiveWorker, whatNobodyWaitsForWaitsForCompany) {
    std::vector<std::string> log;
    std::promise<void> second, third;
    {
        ArchiveWorker worker(
            std::make_unique<LazyArchive>(log),
            [&](std::uint64_t ticket, const Result<void>&) {
                if (ticket == 2)
                    second.set_value();
                if (ticket == 3)
                    third.set_value();
            },
            [](const StoreProblem&) {}, std::chrono::hours(1));
        worker.commit({1, {}, false});
        worker.commit({2, {}, true});
        second.get_future().wait();
        worker.commit({3, {}, false});
        worker.hurry();
        third.get_future().wait();
        worker.commit({4, {}, false});
    }
    std::erase(log, "tidy");
    EXPECT_EQ(log, (std::vector<std::string>{"apply 2", "apply 1", "apply 1"}));
}

} // namespace
} // namespace culvert
