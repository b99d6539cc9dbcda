#include "app/culvertd/diagnose.h"

#include "app/culvertd/ephemeral_archive.h"
#include "app/culvertd/report_values.h"
#include "app/options.h"
#include "core/store/store.h"
#include "core/wire/contact_address.h"

#include <QJsonDocument>
#include <cstdio>
#include <future>

namespace culvert {
namespace {

// What is not known by then is reported as being tried.
constexpr std::chrono::milliseconds kDiagnoseLimit(5000);

int complain(const std::string& what) {
    std::fprintf(stderr, "culvertd: %s\n", what.c_str());
    return 1;
}

/// Tells when a report would not change any more. Thread safety: any thread.
class ReportWatch {
public:
    explicit ReportWatch(bool asksRouter) : m_asksRouter(asksRouter) {}

    void look(const NetworkStatus& status) {
        // Without a router to ask, nothing ever settles.
        const bool isComplete = !status.testsAreRunning && (status.gateway.isSettled || !m_asksRouter);
        if (isComplete && !m_isDone.exchange(true))
            m_done.set_value();
    }
    void waitFor(std::chrono::milliseconds limit) { m_done.get_future().wait_for(limit); }

private:
    const bool m_asksRouter;
    std::atomic<bool> m_isDone = false;
    std::promise<void> m_done;
};

Result<NetworkStatus> networkStatusOf(Driver& driver) {
    std::promise<Result<NetworkStatus>> answered;
    driver.networkStatus([&](Result<NetworkStatus> result) { answered.set_value(std::move(result)); });
    return answered.get_future().get();
}

// The third parties of the profile in `folder`: they can test more than we can alone.
Result<std::vector<std::string>> thirdPartiesOf(const std::filesystem::path& folder) {
    OsRandom random;
    Store store(folder, random);
    std::vector<std::string> out;
    if (store.state() == ProfileState::None)
        return out;
    if (store.state() != ProfileState::Opening)
        return fail(ErrorCode::WrongState, "The profile is locked.");
    TRY_VOID(store.open({}));
    TRY(snapshot, store.load());
    TRY(profile, decodeProfile(snapshot.profile));
    for (const wire::ThirdPartyRecord& party : profile.thirdParties)
        out.push_back(wire::encodeContactAddress({party.key, {}, party.endpoints, {}}));
    return out;
}

} // namespace

int diagnose(const QCommandLineParser& parser) {
    auto config = networkConfigOf(parser);
    if (!config)
        return complain(config.error().detail);
    if (parser.isSet(QStringLiteral("data"))) {
        const auto parties = thirdPartiesOf(parser.value(QStringLiteral("data")).toStdString());
        if (parties)
            config->thirdParties.insert(config->thirdParties.end(), parties->begin(), parties->end());
        else
            complain(parties.error().detail + " Its third parties are not asked; name them with --rendezvous.");
    }
    config->findsOnLan = false; // A stranger to everybody has nobody to find.
    ReportWatch watch(config->mapPort && config->bind.empty());
    Driver driver(std::move(*config), std::make_unique<EphemeralArchive>());
    driver.addListener([&](const MessengerEvent& event) {
        if (const auto* network = std::get_if<NetworkChangedEvent>(&event))
            watch.look(network->status);
    });
    driver.start();
    std::promise<Result<std::string>> created;
    driver.createProfile({"diagnose", KeySource::BesideStore, {}},
                         [&](Result<std::string> result) { created.set_value(std::move(result)); });
    const auto opened = created.get_future().get();
    if (!opened)
        return complain(opened.error().detail);
    if (const auto first = networkStatusOf(driver))
        watch.look(first.value());
    watch.waitFor(kDiagnoseLimit);
    const auto status = networkStatusOf(driver);
    if (!status)
        return complain(status.error().detail);
    const bool isMasked = parser.isSet(QStringLiteral("masked"));
    const QByteArray report = parser.isSet(QStringLiteral("json")) ? QJsonDocument(reportOf(*status, isMasked)).toJson()
                                                                   : reportText(*status, isMasked).toUtf8();
    std::fwrite(report.constData(), 1, static_cast<std::size_t>(report.size()), stdout);
    return 0;
}

} // namespace culvert
