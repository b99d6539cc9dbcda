// Store, fourth part: search, and what is done for it when nobody waits.
#include "core/store/search_words.h"
#include "core/store/store.h"

#include <algorithm>

namespace culvert {

namespace {

// Messages that one step of a search reads at most, and what a look at a block's index counts as: some ten
// milliseconds, for which messages that are to be stored have to wait.
constexpr std::size_t kMessagesOfStepMax = 4000;
constexpr std::size_t kBlockCost = 8;
constexpr std::size_t kWordsMax = 16;

// Stands beside the tokens of words, each of which begins with another letter.
std::string contactToken(BytesView tag) {
    return "c" + std::string(asText(tag));
}

} // namespace

std::uint64_t Store::lastNumber() const {
    Statement last(m_database->handle(), "SELECT max(number) FROM messages");
    return last.step() ? static_cast<std::uint64_t>(last.number(0)) : 0;
}

Result<SearchPage> Store::searchOnce(const SearchRequest& request) {
    SearchPage page;
    auto wanted = searchWords(request.text);
    if (wanted.empty())
        return page;
    wanted.resize(std::min(wanted.size(), kWordsMax));
    std::uint64_t end = lastNumber() + 1;
    if (request.before != 0)
        end = std::min(end, request.before);
    std::size_t budget = kMessagesOfStepMax;
    while (end > 1 && budget > 0 && page.messages.size() < request.limit)
        TRY_VOID(searchBlock(request, wanted, end, budget, page));
    page.next = end > 1 ? end : 0;
    return page;
}

// Looks at the block that `end` is in or behind, from there downwards, and sets `end` to where it stopped.
Result<void> Store::searchBlock(const SearchRequest& request, const std::vector<SearchWord>& wanted, std::uint64_t& end,
                                std::size_t& budget, SearchPage& page) {
    const std::uint64_t block = (end - 1) / SearchIndex::kBlock, first = block * SearchIndex::kBlock;
    const std::optional<Tag> tag = request.contact ? std::optional(tagOf(*request.contact)) : std::nullopt;
    auto tokens = tokensToFind(wanted);
    if (tag)
        tokens.insert(contactToken(*tag));
    std::optional<std::vector<SearchBlock::Offset>> named;
    if (m_index->has(block) && !tokens.empty()) {
        auto found = m_index->find(block, tokens);
        if (found)
            named = std::move(*found);
        else
            TRY_VOID(m_index->drop(block)); // It is read now, and made anew.
    }
    Statement every(
        m_database->handle(),
        "SELECT number, tag, name, sealed FROM messages WHERE number >= ? AND number < ? ORDER BY number DESC");
    const auto look = [&](std::uint64_t from, std::uint64_t to) {
        every.reset();
        every.bind(1, static_cast<std::int64_t>(from)).bind(2, static_cast<std::int64_t>(to));
        while (budget > 0 && page.messages.size() < request.limit && every.step()) {
            end = static_cast<std::uint64_t>(every.number(0));
            if (tag && !std::ranges::equal(every.blob(1), *tag))
                continue;
            --budget;
            auto message = unsealMessage(every.blob(2), every.blob(3));
            if (message && isFound(wanted, searchWords(message->message.text)))
                page.messages.push_back(std::move(message->message));
        }
    };
    const auto isOver = [&] { return budget == 0 || page.messages.size() >= request.limit; };
    if (!named) {
        look(first, end);
    } else {
        for (const SearchBlock::Offset offset : *named) {
            if (isOver())
                break;
            if (first + offset < end)
                look(first + offset, first + offset + 1);
        }
    }
    if (every.failed())
        return Unexpected(every.error());
    if (!isOver()) {
        end = first;
        budget -= std::min(budget, kBlockCost);
    }
    return {};
}

bool Store::tidy() {
    if (m_state != ProfileState::Open || !m_database)
        return false;
    const auto block = m_index->next(lastNumber());
    if (!block)
        return false;
    if (m_database->transact([&] { return index(*block); }))
        return true;
    (void)m_index->load();
    return false;
}

Result<void> Store::index(std::uint64_t block) {
    SearchBlock content;
    Statement every(m_database->handle(),
                    "SELECT number, tag, name, sealed FROM messages WHERE number >= ? AND number < ? ORDER BY number");
    every.bind(1, static_cast<std::int64_t>(block * SearchIndex::kBlock));
    every.bind(2, static_cast<std::int64_t>((block + 1) * SearchIndex::kBlock));
    while (every.step()) {
        const auto message = unsealMessage(every.blob(2), every.blob(3));
        if (!message)
            continue;
        auto tokens = tokensOf(searchWords(message->message.text));
        tokens.insert(contactToken(every.blob(1)));
        content.add(static_cast<SearchBlock::Offset>(every.number(0) % static_cast<std::int64_t>(SearchIndex::kBlock)),
                    tokens);
    }
    if (every.failed())
        return Unexpected(every.error());
    return m_index->write(block, content);
}

// A text that was changed, deleted or has disappeared leaves nothing in the index, whose file outlives it: its whole
// block is read one by one until it is made anew.
Result<void> Store::forgetWords(const ContactId& contact, const MessageRef& ref) {
    Statement number(m_database->handle(), "SELECT number FROM messages WHERE name = ?");
    number.bind(1, nameOf(contact, ref));
    if (number.step())
        TRY_VOID(m_index->drop(static_cast<std::uint64_t>(number.number(0)) / SearchIndex::kBlock));
    if (number.failed())
        return Unexpected(number.error());
    return {};
}

} // namespace culvert
