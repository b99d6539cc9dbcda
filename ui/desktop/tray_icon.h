// TrayIcon: the program beside the clock, where the system has such a place.
#pragma once

#include "ui/desktop/notifier.h"

#include <QMenu>
#include <QSystemTrayIcon>

#include <memory>

namespace culvert {

/// A dot on the mark says that something is unread. It notifies, too, for systems that know no better way: without
/// answers, and the last notification alone can be opened. GUI thread.
class TrayIcon : public Notifier {
    Q_OBJECT

public:
    explicit TrayIcon(QObject* parent = nullptr);

    void setShown(bool shown);
    bool isShown() const { return m_icon.isVisible(); }
    void setUnread(int unread);
    /// In the language of this moment.
    void retranslate();

    void show(const Notification& notification) override;
    void withdraw(const ContactId& contact) override;

signals:
    void raiseRequested();
    void toggleRequested();
    void quitRequested();

private:
    std::unique_ptr<QMenu> m_menu;
    QSystemTrayIcon m_icon;
    int m_unread = 0;
    ContactId m_last;
};

} // namespace culvert
