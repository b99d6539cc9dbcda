#include "ui/style/translation.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

// Q_INIT_RESOURCE declares a function, which must not land in a namespace.
static void registerTranslations() {
    Q_INIT_RESOURCE(translations);
}

namespace culvert {
namespace {

/// Qt searches the locale's languages in their order and falls back to none.
bool install(QCoreApplication& application, const QLocale& locale, const QString& file, const QString& folder) {
    auto* translator = new QTranslator(&application);
    if (!translator->load(locale, file, QStringLiteral("_"), folder)) {
        delete translator;
        return false;
    }
    return application.installTranslator(translator);
}

} // namespace

void installTranslations(QCoreApplication& application) {
    registerTranslations();
    const QString ours = QStringLiteral(":/i18n");
    if (!install(application, QLocale(), QStringLiteral("culvert"), ours))
        install(application, QLocale(QLocale::English), QStringLiteral("culvert"), ours);
    // The buttons of Qt's own dialogs.
    install(application, QLocale(), QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
}

} // namespace culvert
