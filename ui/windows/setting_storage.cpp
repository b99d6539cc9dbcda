// SettingControls, third part: what is stored.
#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/labels.h"
#include "ui/windows/setting_controls.h"
#include "ui/windows/storage_dialogs.h"

#include <QLocale>
#include <QPushButton>

#include <algorithm>
#include <limits>
#include <utility>

namespace culvert {
namespace {

int countOf(std::uint64_t number) {
    return static_cast<int>(std::min<std::uint64_t>(number, std::numeric_limits<int>::max()));
}

QString sizeOf(std::uint64_t octets) {
    return QLocale().formattedDataSize(static_cast<qint64>(octets), 1, QLocale::DataSizeSIFormat);
}

QString inWords(const StorageInfo& info) {
    QString words =
        SettingControls::tr("%1, %2, %3 on the disk.")
            .arg(SettingControls::tr("%n message(s)", nullptr, countOf(info.messages)),
                 SettingControls::tr("%n contact(s)", nullptr, countOf(info.contacts)), sizeOf(info.databaseOctets));
    if (info.asideOctets > 0)
        words += QLatin1Char(' ') +
                 SettingControls::tr("Older and damaged copies take another %1.").arg(sizeOf(info.asideOctets));
    return words;
}

QString inWords(const StoreCheck& check) {
    if (check.isSound())
        return SettingControls::tr("All is well: %1 and %2 can be read.")
            .arg(SettingControls::tr("%n message(s)", nullptr, countOf(check.messages)),
                 SettingControls::tr("%n contact(s)", nullptr, countOf(check.contacts)));
    QStringList parts;
    if (!check.fileIsSound)
        parts << SettingControls::tr(
            "The file was damaged. What could be read is in a new one, and the old one is kept.");
    if (check.damagedMessages > 0)
        parts << SettingControls::tr("%n message(s) cannot be read.", nullptr, countOf(check.damagedMessages));
    if (check.damagedContacts > 0)
        parts << SettingControls::tr("%n contact(s) cannot be read.", nullptr, countOf(check.damagedContacts));
    return parts.join(QLatin1Char(' '));
}

} // namespace

QWidget* SettingControls::makeStorage(const QString& id, QWidget* parent) {
    if (id == QLatin1String("storageSize")) {
        m_size = makeLabel({}, {}, parent);
        refreshSize();
        return m_size;
    }
    const auto button = [&](const QString& text, void (SettingControls::*act)(QPushButton*)) {
        QPushButton* made = makeButton(text, {}, parent);
        connect(made, &QPushButton::clicked, this, [this, made, act] { (this->*act)(made); });
        return made;
    };
    if (id == QLatin1String("storageCheck"))
        return button(tr("Check"), &SettingControls::checkStore);
    if (id == QLatin1String("storageCompact"))
        return button(tr("Tidy up"), &SettingControls::compactStore);
    if (id == QLatin1String("storageExport"))
        return button(tr("Export …"), &SettingControls::askExport);
    if (id == QLatin1String("storageProtect"))
        return button(tr("Change …"), &SettingControls::askProtect);
    if (id == QLatin1String("storageDelete"))
        return button(tr("Delete …"), &SettingControls::askDelete);
    return nullptr;
}

void SettingControls::refreshSize() {
    m_bridge.storageInfo(this, [this](const Result<StorageInfo>& info) {
        if (m_size)
            m_size->setText(info ? inWords(*info) : QString::fromStdString(info.error().detail));
    });
}

void SettingControls::checkStore(QPushButton* button) {
    if (std::exchange(m_isStoreBusy, true))
        return;
    emit reported(button->objectName(), tr("Reading everything …"));
    m_bridge.verifyStore(button, [this, button](const Result<StoreCheck>& check) {
        m_isStoreBusy = false;
        if (!check)
            emit failed(button->objectName(), QString::fromStdString(check.error().detail));
        else if (check->isSound())
            emit reported(button->objectName(), inWords(*check));
        else
            emit failed(button->objectName(), inWords(*check));
        refreshSize();
    });
}

void SettingControls::compactStore(QPushButton* button) {
    if (std::exchange(m_isStoreBusy, true))
        return;
    emit reported(button->objectName(), tr("Tidying up …"));
    m_bridge.compactStore(button, [this, button](const Result<void>& done) {
        m_isStoreBusy = false;
        if (done)
            emit reported(button->objectName(), tr("Done."));
        else
            emit failed(button->objectName(), QString::fromStdString(done.error().detail));
        refreshSize();
    });
}

void SettingControls::askExport(QPushButton* button) {
    auto* dialog = new ExportDialog(m_bridge, button->window());
    connect(dialog, &StorageDialog::done, button,
            [this, button](const QString& sentence) { emit reported(button->objectName(), sentence); });
    dialog->open();
}

void SettingControls::askProtect(QPushButton* button) {
    m_bridge.storageInfo(button, [this, button](const Result<StorageInfo>& info) {
        if (!info)
            return failed(button->objectName(), QString::fromStdString(info.error().detail));
        auto* dialog = new ProtectDialog(m_bridge, m_keyring, info->keySource, button->window());
        connect(dialog, &StorageDialog::done, button,
                [this, button](const QString& sentence) { emit reported(button->objectName(), sentence); });
        dialog->open();
    });
}

void SettingControls::askDelete(QPushButton* button) {
    m_bridge.storageInfo(button, [this, button](const Result<StorageInfo>& info) {
        if (!info)
            return failed(button->objectName(), QString::fromStdString(info.error().detail));
        auto* dialog = new DeleteDialog(m_bridge, m_keyring, info->keySource, button->window());
        connect(dialog, &StorageDialog::done, this, &SettingControls::profileDeleted);
        dialog->open();
    });
}

} // namespace culvert
