#include "core/io/upnp_helper.h"

#include "core/io/socket_compat.h"
#include "core/io/upnp_device.h"
#include "core/io/upnp_search.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#ifndef _WIN32
#include <csignal>
#include <sys/resource.h>
#endif
#ifdef __linux__
#include <sys/prctl.h>
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CULVERT_HAS_SHADOW_MEMORY
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CULVERT_HAS_SHADOW_MEMORY
#endif
#endif

namespace culvert {

namespace {

#ifndef _WIN32
constexpr rlim_t kFilesMax = 32;
constexpr int kFilesToClose = 1024;
constexpr unsigned kCommandSecondsMax = 10; // The parent loses patience earlier, if it is still there.

void limit(int what, rlim_t most) {
    const rlimit both{most, most};
    (void)::setrlimit(static_cast<decltype(RLIMIT_AS)>(what), &both); // What cannot be limited stays as it is.
}

#ifndef CULVERT_HAS_SHADOW_MEMORY
constexpr rlim_t kMemoryForRouters = 48u * 1024 * 1024; // above what the program and its libraries take
constexpr rlim_t kMemoryWhereUnknown = 1024u * 1024 * 1024;

// The size of the address space now: what RLIMIT_AS counts includes every library that is mapped.
rlim_t memoryNow() {
    std::FILE* const file = std::fopen("/proc/self/statm", "r");
    unsigned long pages = 0;
    if (file != nullptr) {
        if (std::fscanf(file, "%lu", &pages) != 1)
            pages = 0;
        std::fclose(file);
    }
    return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}
#endif

void limitSelf() {
    for (int descriptor = STDERR_FILENO + 1; descriptor < kFilesToClose; descriptor++)
        ::close(descriptor); // Not ours: a terminal, a store, sockets of whoever started us.
#ifndef CULVERT_HAS_SHADOW_MEMORY
    const rlim_t now = memoryNow();
    limit(RLIMIT_AS, now > 0 ? now + kMemoryForRouters : kMemoryWhereUnknown);
#endif
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, kFilesMax);
    std::signal(SIGPIPE, SIG_IGN); // A router that hangs up is told by the write.
    std::signal(SIGALRM, SIG_DFL);
    // Sent to the whole group of processes, by a terminal or a service manager: our parent needs us to take mappings
    // back, and closes our input when it is done.
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        std::signal(number, SIG_IGN);
#ifdef __linux__
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
}

void setAlarm(unsigned seconds) {
    ::alarm(seconds);
}
#else
constexpr unsigned kCommandSecondsMax = 10;
void limitSelf() {
    sockets::startup();
}
void setAlarm(unsigned) {}
#endif

/// The devices in use, one for each IP version.
class Helper {
public:
    upnp::Answer obey(const upnp::Command& command) {
        return std::visit([this](const auto& known) { return run(known); }, command);
    }

private:
    upnp::Answer run(const upnp::SearchCommand& command) {
        return upnp::DevicesAnswer{upnp::searchDevices(command.isV6, command.isFull)};
    }

    upnp::Answer run(const upnp::UseCommand& command) {
        auto& device = command.isV6 ? m_device6 : m_device4;
        device.reset();
        auto opened = upnp::openDevice(command.url);
        device = std::move(opened.device);
        return device ? device->describe(command.isV6) : opened.reason;
    }

    upnp::Answer run(const upnp::StatusCommand&) { return m_device4 ? m_device4->status() : none(); }
    upnp::Answer run(const upnp::MappingCommand& c) { return m_device4 ? m_device4->mapping(c) : none(); }
    upnp::Answer run(const upnp::FirewallCommand&) { return m_device6 ? m_device6->firewall() : none(); }
    upnp::Answer run(const upnp::OpenCommand& c) { return m_device6 ? m_device6->open(c) : none(); }
    upnp::Answer run(const upnp::PinholeCommand& c) { return m_device6 ? m_device6->pinhole(c) : none(); }

    static upnp::Answer none() { return upnp::NoneAnswer{}; }

    std::unique_ptr<upnp::UpnpDevice> m_device4;
    std::unique_ptr<upnp::UpnpDevice> m_device6;
};

} // namespace

bool isUpnpHelper(int argc, char** argv) {
    return argc > 1 && std::strcmp(argv[1], kUpnpHelperOption) == 0;
}

int runUpnpHelper() {
    limitSelf();
    Helper helper;
    std::array<char, upnp::kCommandMax + 3> buffer{}; // its end (on Windows two octets) and a zero
    while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), stdin) != nullptr) {
        std::string_view line(buffer.data());
        while (line.ends_with('\n') || line.ends_with('\r'))
            line.remove_suffix(1);
        const auto command = upnp::parseCommand(line);
        if (!command)
            return 1;
        setAlarm(kCommandSecondsMax);
        const std::string answer = upnp::formatAnswer(helper.obey(*command));
        setAlarm(0);
        if (std::printf("%s\n", answer.c_str()) < 0 || std::fflush(stdout) != 0)
            return 1;
    }
    return 0;
}

} // namespace culvert
