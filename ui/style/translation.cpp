#include "ui/style/translation.h"

#include <QCoreApplication>
#include <QDir>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <algorithm>
#include <optional>
#include <tuple>

// Q_INIT_RESOURCE declares a function, which must not land in a namespace.
static void registerTranslations() {
    Q_INIT_RESOURCE(translations);
}

namespace culvert {
namespace {

const QString kFolder = QStringLiteral(":/i18n");
const QString kPrefix = QStringLiteral("culvert");

/// Qt searches the locale's languages in their order and falls back to none.
bool install(QCoreApplication& application, const QLocale& locale, const QString& file, const QString& folder) {
    auto* translator = new QTranslator(&application);
    if (!translator->load(locale, file, QStringLiteral("_"), folder)) {
        delete translator;
        return false;
    }
    return application.installTranslator(translator);
}

/// Addresses and ports have Western digits in every language, and a window has one kind of digits: where the locale has
/// others, one of the same language is taken that has them, the most similar one.
QLocale withWesternDigits(const QLocale& locale) {
    if (locale.zeroDigit() == QStringLiteral("0"))
        return locale;
    const auto unlike = [&](const QLocale& other) {
        const bool hasOtherClock = other.timeFormat(QLocale::ShortFormat) != locale.timeFormat(QLocale::ShortFormat);
        const bool hasOtherMonths = other.standaloneMonthName(1) != locale.standaloneMonthName(1);
        return std::tuple(other.zeroDigit() != QStringLiteral("0"), hasOtherMonths, hasOtherClock,
                          other.decimalPoint() != QStringLiteral("."));
    };
    const auto all = QLocale::matchingLocales(locale.language(), locale.script(), QLocale::AnyTerritory);
    const auto best = std::ranges::min_element(all, {}, unlike);
    return best != all.end() && best->zeroDigit() == QStringLiteral("0") ? *best : locale;
}

/// Makes the locale of `code` the default, or puts that back which was the default before; returns it.
QLocale chooseLocale(const QString& code) {
    static std::optional<QLocale> before;
    if (!before)
        before = QLocale();
    // Who chooses the language of the system keeps its country, and so its dates.
    const QLocale wanted(code);
    const bool isBefore = code.isEmpty() || wanted.language() == before->language();
    const QLocale chosen = withWesternDigits(isBefore ? *before : wanted);
    QLocale::setDefault(chosen);
    if (code.isEmpty())
        before.reset();
    return chosen;
}

} // namespace

QList<Language> languages() {
    registerTranslations();
    QList<Language> known;
    const QStringList files = QDir(kFolder).entryList({kPrefix + QStringLiteral("_*.qm")});
    for (const QString& file : files) {
        const QString code = file.mid(kPrefix.size() + 1).chopped(3);
        QString name = QLocale(code).nativeLanguageName();
        // "American English", "British English": we have one English.
        if (QLocale(code).language() == QLocale::English)
            name = QStringLiteral("English");
        known.append({code, name});
    }
    std::ranges::sort(known, {}, &Language::name);
    return known;
}

void installTranslations(QCoreApplication& application, const QString& code) {
    registerTranslations();
    const auto old = application.findChildren<QTranslator*>(Qt::FindDirectChildrenOnly);
    for (QTranslator* translator : old) {
        QCoreApplication::removeTranslator(translator);
        delete translator;
    }
    const QLocale locale = chooseLocale(code);
    const bool isSpoken = install(application, locale, kPrefix, kFolder);
    if (!isSpoken)
        install(application, QLocale(QLocale::English), kPrefix, kFolder);
    // The buttons of Qt's own dialogs.
    install(application, locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    if (qobject_cast<QGuiApplication*>(&application))
        QGuiApplication::setLayoutDirection(isSpoken ? locale.textDirection() : Qt::LeftToRight);
}

} // namespace culvert
