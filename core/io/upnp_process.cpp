#include "core/io/upnp_process.h"

#include <QProcess>
#include <algorithm>

namespace culvert {

namespace {

constexpr auto kSlice = std::chrono::milliseconds(50); // how soon a nearer deadline is noticed
constexpr int kStartMilliseconds = 1000;
constexpr int kEndMilliseconds = 200; // A killed process is gone in a millisecond or so.

QStringList toArguments(const std::vector<std::string>& arguments) {
    QStringList out;
    for (const std::string& argument : arguments)
        out.append(QString::fromStdString(argument));
    return out;
}

} // namespace

UpnpProcess::UpnpProcess(UpnpHelperProgram program) : m_program(std::move(program)) {}

UpnpProcess::~UpnpProcess() {
    kill();
}

bool UpnpProcess::start() {
    if (m_process)
        m_process->waitForReadyRead(0); // to notice what it said or that it ended while nobody waited
    if (m_process && m_process->state() == QProcess::Running)
        return true;
    kill();
    if (m_program.path.empty())
        return false;
    m_process = std::make_unique<QProcess>();
    m_process->setStandardErrorFile(QProcess::nullDevice());
    m_process->start(QString::fromStdString(m_program.path), toArguments(m_program.arguments));
    return m_process->waitForStarted(kStartMilliseconds);
}

Result<upnp::Answer> UpnpProcess::ask(const upnp::Command& command, const Deadline& deadline) {
    if (!start()) {
        kill();
        return fail(ErrorCode::IoFailure, "The UPnP helper cannot be started.");
    }
    if (m_process->bytesAvailable() > 0) { // What comes unasked would be taken for the answer.
        kill();
        return fail(ErrorCode::Malformed, "The UPnP helper speaks unasked.");
    }
    m_process->write(QByteArray::fromStdString(upnp::formatCommand(command) + '\n'));
    TRY(line, readLine(deadline));
    auto answer = upnp::parseAnswer(line);
    if (!answer || m_process->bytesAvailable() > 0) {
        kill();
        return fail(ErrorCode::Malformed, "The UPnP helper's answer makes no sense.");
    }
    return answer;
}

Result<std::string> UpnpProcess::readLine(const Deadline& deadline) {
    while (!m_process->canReadLine()) {
        if (m_process->bytesAvailable() > static_cast<qint64>(upnp::kAnswerMax))
            return ended(ErrorCode::LimitReached, "The UPnP helper's answer has no end.");
        if (m_process->state() != QProcess::Running)
            return ended(ErrorCode::IoFailure, "The UPnP helper ended.");
        const auto until = deadline();
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
        if (left.count() <= 0)
            return ended(ErrorCode::LimitReached, "The UPnP helper did not answer in time.");
        const auto begun = Clock::now();
        const int wait = static_cast<int>(std::min(left, kSlice).count());
        if (!m_process->waitForReadyRead(wait) && Clock::now() - begun < kSlice / 2)
            m_process->waitForFinished(wait); // Its output is closed: nothing but its end can come.
    }
    QByteArray line = m_process->readLine(static_cast<qint64>(upnp::kAnswerMax) + 2);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return line.toStdString();
}

Result<std::string> UpnpProcess::ended(ErrorCode code, std::string detail) {
    kill();
    return fail(code, std::move(detail));
}

void UpnpProcess::kill() {
    if (!m_process)
        return;
    if (m_process->state() != QProcess::NotRunning) {
        m_process->closeReadChannel(QProcess::StandardOutput); // What it still says is not kept.
        m_process->kill();
        m_process->waitForFinished(kEndMilliseconds);
    }
    m_process.reset();
}

} // namespace culvert
