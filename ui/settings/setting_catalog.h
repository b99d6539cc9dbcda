// SettingCatalog: every setting in words, for the settings window and for whatever jumps there.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QVector>

namespace culvert {

/// The pages of the settings window, in their order.
enum class SettingsPage { Profile, Privacy, Network, Notifications, Appearance, Storage, About };

/// One row.
struct SettingEntry {
    QString id; ///< stays in every language; nobody sees it
    SettingsPage page = SettingsPage::Profile;
    QString title;
    QString meaning;  ///< one sentence
    QString keywords; ///< further words that one may search for
};

/// Pure functions.
class SettingCatalog {
    Q_DECLARE_TR_FUNCTIONS(culvert::SettingCatalog)

public:
    static QVector<SettingsPage> pages();
    static QString title(SettingsPage page);
    /// In the order in which they are shown.
    static QVector<SettingEntry> entries();
    /// Whether each word of `search` is somewhere in the entry.
    static bool matches(const SettingEntry& entry, const QString& search);

private:
    static void addProfile(QVector<SettingEntry>& out);
    static void addConversation(QVector<SettingEntry>& out);
    static void addNetwork(QVector<SettingEntry>& out);
    static void addNotifications(QVector<SettingEntry>& out);
    static void addStorage(QVector<SettingEntry>& out);
    static void addAppearance(QVector<SettingEntry>& out);
};

} // namespace culvert
