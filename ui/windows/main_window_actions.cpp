// MainWindow, second part: what its actions do.
#include "ui/bridge/messenger_bridge.h"
#include "ui/bridge/pictures.h"
#include "ui/models/contact_list_model.h"
#include "ui/settings/setting_catalog.h"
#include "ui/settings/ui_settings.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wording.h"
#include "ui/windows/add_contact_dialog.h"
#include "ui/windows/contact_actions.h"
#include "ui/windows/contact_dialog.h"
#include "ui/windows/jump_dialog.h"
#include "ui/windows/main_page.h"
#include "ui/windows/main_window.h"
#include "ui/windows/network_dialog.h"
#include "ui/windows/settings_dialog.h"
#include "ui/windows/share_dialog.h"
#include "ui/windows/shortcuts_dialog.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>

namespace culvert {

void MainWindow::perform(WindowAction action) {
    switch (action) {
    case WindowAction::AddContact:
        return addContact();
    case WindowAction::ShareAddress:
        return shareAddress();
    case WindowAction::CopyAddress:
        return copyAddress();
    case WindowAction::ShowSettings:
        showSettings();
        return;
    case WindowAction::Quit:
        return quit();
    case WindowAction::ShowDetails:
    case WindowAction::BlockCurrent:
    case WindowAction::RemoveCurrent:
        return performOnContact(action);
    case WindowAction::Mute:
    case WindowAction::Disappearing:
    case WindowAction::ReplyToMessage:
    case WindowAction::ReactToMessage:
    case WindowAction::EditMessage:
    case WindowAction::DeleteMessage:
    case WindowAction::InsertEmoji:
    case WindowAction::JumpToNewest:
        return m_main->performInConversation(action);
    case WindowAction::Jump:
        return jump();
    case WindowAction::Search:
        return m_main->search();
    case WindowAction::SearchInConversation:
        return m_main->searchInConversation();
    case WindowAction::NextConversation:
        return m_main->step(1);
    case WindowAction::PreviousConversation:
        return m_main->step(-1);
    case WindowAction::Leave:
        m_main->leave();
        return;
    case WindowAction::RetryConnections:
        return retryConnections();
    case WindowAction::ShowNetwork:
        return showNetwork();
    case WindowAction::ShowShortcuts:
        return (new ShortcutsDialog(this))->show();
    case WindowAction::About:
        return about();
    }
}

void MainWindow::performOnContact(WindowAction action) {
    const auto contact = m_main->current();
    if (!contact)
        return;
    if (action == WindowAction::ShowDetails)
        showDetails(*contact);
    else if (action == WindowAction::BlockCurrent)
        confirmBlock(this, m_bridge, *contact);
    else
        confirmRemove(this, m_bridge, *contact);
}

void MainWindow::addContact(const QString& text) {
    auto* dialog = findChild<AddContactDialog*>(); // However many links come, there is one.
    if (dialog == nullptr) {
        dialog = new AddContactDialog(m_bridge, m_checker, this);
        connect(dialog, &AddContactDialog::added, m_main, &MainPage::choose);
    }
    if (!text.isEmpty())
        dialog->setText(text);
    dialog->show();
    dialog->activateWindow();
}

void MainWindow::shareAddress() {
    (new ShareDialog(m_bridge, this))->show();
}

void MainWindow::copyAddress() {
    m_bridge.ownAddress(this, [this](const Result<std::string>& address) {
        if (address)
            QGuiApplication::clipboard()->setText(QString::fromStdString(address.value()));
        m_toast->showText(address ? tr("Your address is copied") : QString::fromStdString(address.error().detail));
    });
}

void MainWindow::showDetails(const Contact& contact) {
    (new ContactDialog(m_bridge, contact, this))->show();
}

void MainWindow::retryConnections() {
    m_bridge.retryConnections(this, [this](const Result<void>& done) {
        m_toast->showText(done ? tr("Trying every contact again") : QString::fromStdString(done.error().detail));
    });
}

void MainWindow::showNetwork() {
    (new NetworkDialog(m_bridge, this))->show();
}

void MainWindow::about() {
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Culvert"),
                                tr("Culvert %1").arg(QStringLiteral(CULVERT_VERSION)), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setEscapeButton(box->addButton(tr("Close"), QMessageBox::RejectRole));
    box->setIconPixmap(Icons::application().pixmap(64));
    box->setInformativeText(tr("Messages from computer to computer, with nobody between."));
    box->open();
}

SettingsDialog* MainWindow::showSettings(const QString& id) {
    auto* dialog = findChild<SettingsDialog*>();
    if (dialog == nullptr) {
        dialog = new SettingsDialog(m_bridge, *m_desktop.settings, m_desktop, m_keyring, m_main != nullptr, this);
        connect(&dialog->controls(), &SettingControls::shareRequested, this, &MainWindow::shareAddress);
        // Later: the dialog that asked is still on its way out.
        connect(&dialog->controls(), &SettingControls::profileDeleted, this, &MainWindow::leaveProfile,
                Qt::QueuedConnection);
        connect(&dialog->controls(), &SettingControls::networkRequested, this, &MainWindow::showNetwork);
        connect(&dialog->controls(), &SettingControls::shortcutsRequested, dialog,
                [dialog] { (new ShortcutsDialog(dialog))->show(); });
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
    if (!id.isEmpty())
        dialog->showSetting(id);
    return dialog;
}

std::vector<std::function<void()>> MainWindow::closeDialogs() {
    std::vector<std::function<void()>> reopen;
    for (auto* dialog : findChildren<QDialog*>(Qt::FindDirectChildrenOnly)) {
        if (qobject_cast<SettingsDialog*>(dialog))
            reopen.emplace_back([this] { showSettings(QStringLiteral("language")); });
        else if (qobject_cast<NetworkDialog*>(dialog))
            reopen.emplace_back([this] { showNetwork(); });
        else if (qobject_cast<ShareDialog*>(dialog))
            reopen.emplace_back([this] { shareAddress(); });
        else if (qobject_cast<ShortcutsDialog*>(dialog))
            reopen.emplace_back([this] { perform(WindowAction::ShowShortcuts); });
        else if (const auto* details = qobject_cast<ContactDialog*>(dialog))
            reopen.emplace_back([this, contact = details->contact()] { showDetails(contact); });
        else if (const auto* add = qobject_cast<AddContactDialog*>(dialog))
            reopen.emplace_back([this, text = add->text()] { addContact(text); });
        delete dialog;
    }
    return reopen;
}

void MainWindow::jump() {
    if (findChild<JumpDialog*>())
        return;
    auto* dialog = new JumpDialog(jumpEntries(), this);
    connect(dialog, &JumpDialog::chosen, this, &MainWindow::jumpTo);
    dialog->show();
}

QVector<JumpEntry> MainWindow::jumpEntries() const {
    QVector<JumpEntry> out;
    if (m_main) {
        for (const Contact& contact : m_main->contacts()) {
            const bool accepted = contact.state == ContactState::Accepted;
            out.append({JumpKind::Contact,
                        QString::fromStdString(contact.id.text()),
                        ContactListModel::displayName(contact),
                        accepted ? Wording::presence(contact.presence) : Wording::contactState(contact.state),
                        {},
                        ContactListModel::face(contact.id, ContactListModel::displayName(contact),
                                               m_bridge.pictures().of(contact))});
        }
    }
    for (const SettingEntry& entry : SettingCatalog::entries())
        if (SettingControls::isAvailable(entry.id, m_desktop, m_main != nullptr))
            out.append({JumpKind::Setting, entry.id, entry.title,
                        tr("Settings › %1", "a page").arg(SettingCatalog::title(entry.page)), entry.keywords});
    for (const ActionEntry& entry : WindowActions::entries()) {
        if (!m_actions[entry.action]->isEnabled() || entry.action == WindowAction::Jump ||
            entry.action == WindowAction::Leave)
            continue;
        const QString keys = entry.keys.isEmpty() ? QString() : entry.keys.first().toString(QKeySequence::NativeText);
        out.append({JumpKind::Action, QLatin1String(entry.name), WindowActions::plain(entry.text), keys, {}});
    }
    return out;
}

void MainWindow::jumpTo(JumpKind kind, const QString& id) {
    switch (kind) {
    case JumpKind::Contact:
        if (const auto contact = ContactId::fromText(id.toStdString()); contact && m_main)
            m_main->choose(*contact);
        return;
    case JumpKind::Setting:
        showSettings(id);
        return;
    case JumpKind::Action:
        for (QAction* action : m_actions)
            if (action->objectName() == id)
                action->trigger();
        return;
    }
}

} // namespace culvert
