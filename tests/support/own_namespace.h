// A network namespace that a test has to itself: interfaces and routes as it wants them, gone when it ends.
#pragma once

#ifdef __linux__

#include <cstdlib>
#include <functional>
#include <sched.h>
#include <string>
#include <thread>

namespace culvert::test {

/// Runs `body` in a new namespace with loopback up. False when this user may make none, or the program `ip` is
/// missing: then nothing ran.
inline bool inOwnNamespace(const std::function<void()>& body) {
    bool isAllowed = false;
    // The namespace is the thread's alone and ends with it.
    std::thread([&] {
        isAllowed = ::unshare(CLONE_NEWNET) == 0 && std::system("ip link set lo up 2>/dev/null") == 0;
        if (isAllowed)
            body();
    }).join();
    return isAllowed;
}

/// The program `ip` with these words.
inline bool ip(const std::string& words) {
    return std::system(("ip " + words).c_str()) == 0;
}

/// A cable of which `name` is one end, without the addresses that the system would make itself, a second later.
inline bool makeCable(const std::string& name, const std::string& other) {
    return ip("link add " + name + " type veth peer name " + other) &&
           ip("link set " + name + " addrgenmode none up") && ip("link set " + other + " addrgenmode none up");
}

} // namespace culvert::test

#endif
