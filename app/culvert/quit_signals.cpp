#include "app/culvert/quit_signals.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#ifndef _WIN32
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#endif

namespace culvert {

#ifndef _WIN32
namespace {

int writeEnd = -1;

// A handler may do little more than this (POSIX, async-signal-safe functions).
void onSignal(int) {
    const char octet = 0;
    const auto written = ::write(writeEnd, &octet, 1);
    (void)written; // A full pipe holds one already.
}

} // namespace

void quitOnSignals(QCoreApplication& app) {
    int ends[2];
    if (::pipe(ends) != 0)
        return;
    for (const int end : ends) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    writeEnd = ends[1];
    auto* notifier = new QSocketNotifier(ends[0], QSocketNotifier::Read, &app);
    QObject::connect(notifier, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
    struct sigaction action {};
    action.sa_handler = onSignal;
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        ::sigaction(number, &action, nullptr);
}
#else
void quitOnSignals(QCoreApplication&) {}
#endif

} // namespace culvert
