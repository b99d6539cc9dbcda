#include "ui/desktop/tray_icon.h"

#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QPainter>

namespace culvert {
namespace {

QIcon withDot(bool unread) {
    const QIcon plain = Icons::application();
    if (!unread)
        return plain;
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64}) {
        QPixmap pixmap = plain.pixmap(size);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        const qreal side = size * 0.44;
        painter.setPen(QPen(Theme::color(ColorRole::Raised, Scheme::Light), size * 0.06));
        painter.setBrush(Theme::color(ColorRole::Problem, Scheme::Light));
        painter.drawEllipse(QRectF(size - side - 0.5, size - side - 0.5, side, side));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace

TrayIcon::TrayIcon(QObject* parent) : Notifier(parent), m_menu(std::make_unique<QMenu>()) {
    m_icon.setContextMenu(m_menu.get());
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            emit toggleRequested();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, [this] { emit activated(m_last); });
    retranslate();
}

void TrayIcon::retranslate() {
    m_menu->clear();
    connect(m_menu->addAction(tr("&Open Culvert")), &QAction::triggered, this, &TrayIcon::raiseRequested);
    connect(m_menu->addAction(tr("&Quit")), &QAction::triggered, this, &TrayIcon::quitRequested);
    setUnread(m_unread);
}

void TrayIcon::setShown(bool shown) {
    m_icon.setVisible(shown);
}

void TrayIcon::setUnread(int unread) {
    m_unread = unread;
    m_icon.setIcon(withDot(unread > 0));
    m_icon.setToolTip(unread > 0 ? tr("Culvert: %n unread message(s)", nullptr, unread) : tr("Culvert"));
}

void TrayIcon::show(const Notification& notification) {
    m_last = notification.contact;
    const QIcon icon =
        notification.picture.isNull() ? Icons::application() : QIcon(QPixmap::fromImage(notification.picture));
    m_icon.showMessage(notification.title, notification.text, icon);
}

void TrayIcon::withdraw(const ContactId&) {
    // Such messages go by themselves.
}

} // namespace culvert
