// Translation: the texts in the language of the system, where we speak it.
#pragma once

class QCoreApplication;

namespace culvert {

/// Installs the texts of the default locale. English needs them, too: its plurals are there.
/// REQUIRES: before the first window is made.
void installTranslations(QCoreApplication& application);

} // namespace culvert
