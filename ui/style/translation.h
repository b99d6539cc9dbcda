// Translation: the texts in the language that the user chose, or the system's where we speak it.
#pragma once

#include <QList>
#include <QString>

class QCoreApplication;

namespace culvert {

/// A language that the program speaks.
struct Language {
    QString code; ///< as in the names of the translation files
    QString name; ///< in the language itself
};

/// Every language whose texts are in the program, by name.
QList<Language> languages();

/// Installs the texts of language `code` in place of those before; empty: of the system's locale. Numbers, dates and
/// the direction of writing follow. English needs texts, too: its plurals are there.
void installTranslations(QCoreApplication& application, const QString& code = {});

} // namespace culvert
