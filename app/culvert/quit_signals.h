// Quit signals: the end of the session, or a person's Ctrl+C, ends the app as its menu does: contacts are told, and the
// router closes our port.
#pragma once

class QCoreApplication;

namespace culvert {

/// Makes SIGINT, SIGTERM and SIGHUP quit `app`. Does nothing on Windows, where the system tells windows instead.
/// REQUIRES: once, before exec()
void quitOnSignals(QCoreApplication& app);

} // namespace culvert
