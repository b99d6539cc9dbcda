// Driver, third part: what concerns the profile as a whole and its file, on the store's thread.
#include "core/io/driver.h"

#include <algorithm>

namespace culvert {

template<typename T, typename Ask> void Driver::askStore(Reply<T> reply, Ask ask) {
    m_worker->post([this, reply = std::move(reply), ask = std::move(ask)](Archive& archive) {
        auto answer =
            archive.state() == ProfileState::Open
                ? ask(archive)
                : Result<T>(fail(ErrorCode::WrongState, "No profile is open. Create one or unlock it first."));
        post([reply, answer = std::move(answer)](const Now&) { reply(answer); });
    });
}

void Driver::search(SearchRequest request, Reply<SearchPage> reply) {
    request.limit = std::min(request.limit, kSearchPageMax);
    searchOn(std::move(request), {}, std::move(reply));
}

// Step by step, so that messages that are to be stored meanwhile wait for one step at most.
void Driver::searchOn(SearchRequest request, SearchPage found, Reply<SearchPage> reply) {
    askStore<SearchPage>(
        [this, request, found = std::move(found), reply = std::move(reply)](Result<SearchPage> step) mutable {
            if (!step)
                return reply(std::move(step));
            std::ranges::move(step->messages, std::back_inserter(found.messages));
            found.next = step->next;
            if (found.next == 0 || step->messages.size() >= request.limit)
                return reply(std::move(found));
            request.before = found.next;
            request.limit -= step->messages.size();
            searchOn(std::move(request), std::move(found), std::move(reply));
        },
        [request](Archive& archive) { return archive.search(request); });
}

void Driver::storageInfo(Reply<StorageInfo> reply) {
    askStore<StorageInfo>(std::move(reply), [](Archive& archive) { return archive.storageInfo(); });
}

void Driver::verifyStore(Reply<StoreCheck> reply) {
    askStore<StoreCheck>(std::move(reply), [](Archive& archive) { return archive.verify(); });
}

void Driver::compactStore(Reply<void> reply) {
    askStore<void>(std::move(reply), [](Archive& archive) { return archive.compact(); });
}

void Driver::protectProfile(ProtectRequest request, Reply<void> reply) {
    askStore<void>(std::move(reply),
                   [request = std::move(request)](Archive& archive) { return archive.protect(request); });
}

void Driver::exportProfile(ExportRequest request, Reply<void> reply) {
    askStore<void>(std::move(reply),
                   [request = std::move(request)](Archive& archive) { return archive.exportTo(request); });
}

void Driver::importProfile(ImportRequest request, Reply<std::string> reply) {
    m_worker->post([this, request = std::move(request), reply = std::move(reply)](Archive& archive) {
        if (const auto imported = archive.importFrom(request); !imported)
            return reply(Unexpected(imported.error()));
        loadAndLaunch(archive, reply);
    });
}

// First whether it may be, then goodbye, then what is still to be written, and only then the files: nothing is written
// into a profile that is gone.
void Driver::deleteProfile(std::string secret, Reply<void> reply) {
    askStore<void>(
        [this, reply = std::move(reply)](Result<void> checked) {
            if (!checked)
                return reply(std::move(checked));
            endEngine(systemNow());
            m_worker->post([this, reply](Archive& archive) {
                post([this, reply, erased = archive.erase()](const Now&) {
                    m_leaving.reset();
                    m_committedTicket = 0;
                    reply(erased);
                });
            });
        },
        [secret = std::move(secret)](Archive& archive) { return archive.checkSecret(secret); });
}

void Driver::endEngine(const Now& now) {
    leave(now);
    m_isLaunched = false;
    m_leaving = std::move(m_engine);
    m_gateway.reset();
    m_tcp.close();
    m_sockets = {};
    m_resolver.setNames(now.monotonic, {});
}

} // namespace culvert
