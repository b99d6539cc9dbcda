#include "ui/settings/setting_catalog.h"

#include "ui/models/fuzzy_match.h"

#include <algorithm>

namespace culvert {

QVector<SettingsPage> SettingCatalog::pages() {
    return {SettingsPage::Profile,    SettingsPage::Privacy, SettingsPage::Network, SettingsPage::Notifications,
            SettingsPage::Appearance, SettingsPage::Storage, SettingsPage::About};
}

QString SettingCatalog::title(SettingsPage page) {
    switch (page) {
    case SettingsPage::Profile:
        return tr("Profile");
    case SettingsPage::Privacy:
        return tr("Privacy");
    case SettingsPage::Network:
        return tr("Network");
    case SettingsPage::Notifications:
        return tr("Notifications");
    case SettingsPage::Appearance:
        return tr("Appearance");
    case SettingsPage::Storage:
        return tr("Storage");
    case SettingsPage::About:
        return tr("About");
    }
    return {};
}

QVector<SettingEntry> SettingCatalog::entries() {
    QVector<SettingEntry> out;
    addProfile(out);
    addConversation(out);
    addNetwork(out);
    addNotifications(out);
    addAppearance(out);
    addStorage(out);
    out.append({QStringLiteral("shortcuts"), SettingsPage::About, tr("Keyboard shortcuts"),
                tr("Everything can be done with the keyboard."), tr("keys")});
    out.append({QStringLiteral("version"),
                SettingsPage::About,
                tr("Version"),
                tr("Messages from computer to computer, with nobody between."),
                {}});
    return out;
}

void SettingCatalog::addProfile(QVector<SettingEntry>& out) {
    out.append({QStringLiteral("name"),
                SettingsPage::Profile,
                tr("My name"),
                tr("How new friends see you at first. Who knows you already keeps the name they have."),
                {}});
    out.append({QStringLiteral("picture"), SettingsPage::Profile, tr("My picture"),
                tr("Friends whom you accepted see it, and nobody else."), tr("photo avatar image face")});
    out.append({QStringLiteral("address"), SettingsPage::Profile, tr("My address"),
                tr("Friends add you with it. It holds the way to you of this moment."), tr("share copy QR code link")});
    out.append({QStringLiteral("invitations"), SettingsPage::Profile, tr("Invitations"),
                tr("An address for one person or place. Revoke it, and strangers who hold it can no longer ask; "
                   "friends stay friends."),
                tr("token spam revoke")});
}

void SettingCatalog::addConversation(QVector<SettingEntry>& out) {
    out.append({QStringLiteral("readReceipts"), SettingsPage::Privacy, tr("Read receipts"),
                tr("Friends see which of their messages you have read, and you see which of yours they have."),
                tr("seen ticks")});
    out.append({QStringLiteral("typingHints"), SettingsPage::Privacy, tr("Show that you are writing"),
                tr("Friends see it while you write to them."), tr("typing hint")});
}

void SettingCatalog::addNetwork(QVector<SettingEntry>& out) {
    out.append({QStringLiteral("findOnLan"), SettingsPage::Privacy, tr("Find friends on the local network"),
                tr("Without internet, router or a current address. Others see that Culvert is used here, and not by "
                   "whom."),
                tr("LAN beacon discovery")});
    out.append({QStringLiteral("allowOrdinary"), SettingsPage::Privacy, tr("Use foreign Teredo relays"),
                tr("Where that is the better way. Whoever runs the relay sees who talks to whom and when, and nothing "
                   "of what is said."),
                tr("IP ordinary route")});
    out.append({QStringLiteral("couriers"), SettingsPage::Privacy, tr("Friends may help friends find each other"),
                tr("Contacts who know each other hand over calls, never messages. They see who of them take part."),
                tr("courier handoff introduce")});
    out.append({QStringLiteral("networkPanel"), SettingsPage::Network, tr("Who can reach you"),
                tr("What your network does, port mapping included, and what would help."),
                tr("NAT firewall port router mapping diagnostics")});
    out.append({QStringLiteral("tcp"),
                SettingsPage::Network,
                tr("TCP where UDP does not get through"),
                tr("Some networks let only TCP pass. Messages may take longer there."),
                {}});
    out.append({QStringLiteral("hardPunching"), SettingsPage::Network,
                tr("Search for friends behind difficult routers"),
                tr("Tries hundreds of ports for some seconds. Behind a provider's router, which many share, only if "
                   "you say so."),
                tr("symmetric NAT hole punching")});
    out.append({QStringLiteral("thirdParties"), SettingsPage::Network, tr("Third parties"),
                tr("Friends' computers that hand over a call when an address is out of date. They never carry a "
                   "message. Of those that answer as quickly, the upper ones are asked first."),
                tr("rendezvous")});
    out.append({QStringLiteral("teredoServers"), SettingsPage::Network, tr("Teredo servers"),
                tr("They tell how your router behaves, and ring friends who cannot hear you. The most reliable one is "
                   "used."),
                tr("doorbell")});
}

void SettingCatalog::addNotifications(QVector<SettingEntry>& out) {
    const auto page = SettingsPage::Notifications;
    out.append({QStringLiteral("notify"), page, tr("Notify me of messages"),
                tr("While you look elsewhere. Requests of strangers are told as well."), tr("sound alert popup")});
    out.append({QStringLiteral("preview"), page, tr("A notification shows"),
                tr("What others may read over your shoulder."), tr("hide text privacy preview")});
    out.append({QStringLiteral("trayIcon"), page, tr("Icon beside the clock"),
                tr("It tells whether something is unread."), tr("tray")});
    out.append({QStringLiteral("closeToTray"), page, tr("Stay reachable when the window is closed"),
                tr("The icon beside the clock brings it back."), tr("tray background quit")});
    out.append({QStringLiteral("autostart"), page, tr("Start when I log in"),
                tr("Friends can reach you without your thinking of it."), tr("login autostart boot")});
}

void SettingCatalog::addAppearance(QVector<SettingEntry>& out) {
    const auto page = SettingsPage::Appearance;
    out.append({QStringLiteral("theme"), page, tr("Theme"), tr("The colours of the window."),
                tr("dark light night high contrast colors")});
    out.append({QStringLiteral("textSize"), page, tr("Size of text"), tr("Everything that holds text grows with it."),
                tr("font zoom scale large small")});
    out.append({QStringLiteral("density"), page, tr("Density"), tr("How much room each conversation has in the list."),
                tr("compact comfortable spacing")});
    out.append({QStringLiteral("language"), page, tr("Language"), tr("Dates and numbers follow it."),
                QStringLiteral("language Sprache langue idioma لغة")});
    out.append({QStringLiteral("motion"), page, tr("Motion"), tr("Whether things slide and fade, or are just there."),
                tr("animation reduce")});
}

void SettingCatalog::addStorage(QVector<SettingEntry>& out) {
    const auto page = SettingsPage::Storage;
    out.append({QStringLiteral("storageSize"), page, tr("What is stored"), tr("All of it is on this computer alone."),
                tr("size disk space database")});
    out.append({QStringLiteral("storageCheck"), page, tr("Check everything that is stored"),
                tr("Reads each message once, which takes some seconds for a hundred thousand."),
                tr("verify damage repair")});
    out.append({QStringLiteral("storageCompact"), page, tr("Give room back to the disk"),
                tr("What removed messages took. Messages wait meanwhile."), tr("compact vacuum clean")});
    out.append({QStringLiteral("storageExport"), page, tr("Export the profile"),
                tr("Everything in one encrypted file, as a copy or for another computer."), tr("backup move save")});
    out.append({QStringLiteral("storageProtect"), page, tr("Protection"),
                tr("What opens your messages: a passphrase, the system's keyring, or nothing."),
                tr("password passphrase keyring encryption")});
    out.append({QStringLiteral("storageDelete"), page, tr("Delete the profile"),
                tr("Keys, contacts and messages, for good."), tr("erase remove reset")});
}

bool SettingCatalog::matches(const SettingEntry& entry, const QString& search) {
    const QString all = folded(entry.title + QLatin1Char(' ') + entry.meaning + QLatin1Char(' ') + entry.keywords +
                               QLatin1Char(' ') + title(entry.page));
    const QStringList words = folded(search).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::ranges::all_of(words, [&](const QString& word) { return all.contains(word); });
}

} // namespace culvert
