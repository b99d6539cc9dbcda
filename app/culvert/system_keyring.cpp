#include "app/culvert/system_keyring.h"

#include <qt6keychain/keychain.h>

namespace culvert {

namespace {

const QString kService = QStringLiteral("Culvert");

} // namespace

SystemKeyring::SystemKeyring(const QString& folder, QObject* parent)
    : QObject(parent), m_entry(QStringLiteral("profile ") + folder) {}

void SystemKeyring::probe(std::function<void(bool available)> reply) {
    auto* job = new QKeychain::ReadPasswordJob(kService, this);
    job->setInsecureFallback(false);
    job->setKey(QStringLiteral("probe"));
    connect(job, &QKeychain::Job::finished, this, [reply = std::move(reply)](QKeychain::Job* done) {
        // "No such entry" is an answer: something is there to ask.
        reply(done->error() == QKeychain::NoError || done->error() == QKeychain::EntryNotFound);
    });
    job->start();
}

void SystemKeyring::store(std::string secret, std::function<void(Result<void>)> reply) {
    auto* job = new QKeychain::WritePasswordJob(kService, this);
    job->setInsecureFallback(false);
    job->setKey(m_entry);
    job->setTextData(QString::fromStdString(secret));
    connect(job, &QKeychain::Job::finished, this, [reply = std::move(reply)](QKeychain::Job* done) {
        if (done->error() == QKeychain::NoError)
            reply({});
        else
            reply(fail(ErrorCode::IoFailure, done->errorString().toStdString()));
    });
    job->start();
}

void SystemKeyring::fetch(std::function<void(Result<std::string>)> reply) {
    auto* job = new QKeychain::ReadPasswordJob(kService, this);
    job->setInsecureFallback(false);
    job->setKey(m_entry);
    connect(job, &QKeychain::Job::finished, this, [job, reply = std::move(reply)](QKeychain::Job* done) {
        if (done->error() == QKeychain::NoError)
            reply(job->textData().toStdString());
        else
            reply(fail(ErrorCode::IoFailure, done->errorString().toStdString()));
    });
    job->start();
}

} // namespace culvert
