// UpnpProcess: the helper process, asked one command at a time. It may hang, flood, lie or end: each costs the time
// that the caller gives, and the process.
#pragma once

#include "core/io/upnp_protocol.h"

#include <chrono>
#include <functional>
#include <memory>

class QProcess;

namespace culvert {

/// What to run as the helper.
struct UpnpHelperProgram {
    std::string path; ///< empty: there is none
    std::vector<std::string> arguments;
    bool operator==(const UpnpHelperProgram&) const = default;
};

/// Thread safety: one thread, that of the first ask(), which must also destroy it.
class UpnpProcess {
public:
    using Clock = std::chrono::steady_clock;
    /// Until when an answer is awaited. It is asked again all the while, so that it can come nearer.
    using Deadline = std::function<Clock::time_point()>;

    explicit UpnpProcess(UpnpHelperProgram program);
    ~UpnpProcess();
    UpnpProcess(const UpnpProcess&) = delete;
    UpnpProcess& operator=(const UpnpProcess&) = delete;

    /// Starts the helper where it does not run, and waits for its answer. IoFailure: it cannot be started, or ended;
    /// LimitReached: no answer in time, or one without end; Malformed. After an error it does not run.
    Result<upnp::Answer> ask(const upnp::Command& command, const Deadline& deadline);

    /// Ends it at once.
    void kill();

private:
    bool start();
    Result<std::string> readLine(const Deadline& deadline);
    Result<std::string> ended(ErrorCode code, std::string detail);

    UpnpHelperProgram m_program;
    std::unique_ptr<QProcess> m_process;
};

} // namespace culvert
