#include "ui/windows/setting_controls.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/bridge/pictures.h"
#include "ui/desktop/autostart.h"
#include "ui/models/contact_list_model.h"
#include "ui/style/translation.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/list_editor.h"
#include "ui/widgets/picture_chooser.h"
#include "ui/widgets/toggle.h"
#include "ui/windows/server_lists.h"

#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

namespace culvert {
namespace {

const QStringList kCoreIds{
    QStringLiteral("readReceipts"),   QStringLiteral("typingHints"),    QStringLiteral("couriers"),
    QStringLiteral("findOnLan"),      QStringLiteral("allowOrdinary"),  QStringLiteral("tcp"),
    QStringLiteral("hardPunching"),   QStringLiteral("thirdParties"),   QStringLiteral("teredoServers"),
    QStringLiteral("networkPanel"),   QStringLiteral("address"),        QStringLiteral("name"),
    QStringLiteral("picture"),        QStringLiteral("invitations"),    QStringLiteral("storageSize"),
    QStringLiteral("storageCheck"),   QStringLiteral("storageCompact"), QStringLiteral("storageExport"),
    QStringLiteral("storageProtect"), QStringLiteral("storageDelete")};
const QStringList kTrayIds{QStringLiteral("trayIcon"), QStringLiteral("closeToTray")};

} // namespace

SettingControls::SettingControls(MessengerBridge& bridge, UiSettings& ui, const Desktop& desktop, Keyring* keyring,
                                 bool isOpen, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_ui(ui), m_desktop(desktop), m_keyring(keyring), m_isOpen(isOpen),
      m_core(isOpen ? new CoreSettings(bridge, this) : nullptr) {}

bool SettingControls::isAvailable(const QString& id, const Desktop& desktop, bool isOpen) {
    if (kCoreIds.contains(id))
        return isOpen;
    if (kTrayIds.contains(id))
        return desktop.hasTray;
    if (id == QLatin1String("notify") || id == QLatin1String("preview"))
        return desktop.notifier != nullptr;
    if (id == QLatin1String("autostart"))
        return desktop.autostart != nullptr;
    return true;
}

SettingControl SettingControls::make(const QString& id, QWidget* parent) {
    if (!has(id))
        return {};
    QWidget* wide = nullptr;
    if (id == QLatin1String("thirdParties"))
        wide = makeThirdPartyList(m_bridge, ListPlace::Setting, parent);
    else if (id == QLatin1String("teredoServers"))
        wide = makeTeredoServerList(m_bridge, ListPlace::Setting, parent);
    else if (id == QLatin1String("invitations"))
        wide = makeInvitations(parent);
    else if (id == QLatin1String("storageSize"))
        wide = makeStorage(id, parent);
    else if (id == QLatin1String("picture"))
        wide = makePicture(parent);
    if (wide != nullptr)
        return {wide, wide, true};
    QWidget* control = nullptr;
    if (id == QLatin1String("findOnLan"))
        control = makeToggle(parent, &Settings::lanDiscovery);
    else if (id == QLatin1String("allowOrdinary"))
        control = makeToggle(parent, &Settings::allowOrdinaryRoute);
    else if (id == QLatin1String("couriers"))
        control = makeToggle(parent, &Settings::couriers);
    else if (id == QLatin1String("readReceipts"))
        control = makeToggle(parent, &Settings::readReceipts);
    else if (id == QLatin1String("typingHints"))
        control = makeToggle(parent, &Settings::typingHints);
    else if (id == QLatin1String("tcp"))
        control = makeToggle(parent, &Settings::tcp);
    else if (id == QLatin1String("name"))
        control = makeName(parent);
    else if (id == QLatin1String("hardPunching"))
        control = makeHardPunching(parent);
    else if (id == QLatin1String("notify"))
        control = makeToggle(parent, setting::kNotify);
    else if (id == QLatin1String("trayIcon"))
        control = makeToggle(parent, setting::kTrayIcon);
    else if (id == QLatin1String("closeToTray"))
        control = makeToggle(parent, setting::kCloseToTray);
    else if (id == QLatin1String("autostart"))
        control = makeAutostart(parent);
    else if (QComboBox* choice = makeAppearance(id, parent))
        control = choice;
    else if (QWidget* storage = makeStorage(id, parent))
        control = storage;
    else
        control = makeAction(id, parent);
    return {control, control, false};
}

Toggle* SettingControls::makeToggle(QWidget* parent, bool Settings::*field) {
    auto* toggle = new Toggle(parent);
    const auto show = [this, toggle, field] { toggle->setChecked(m_core->value().*field); };
    connect(m_core, &CoreSettings::changed, toggle, show);
    connect(m_core, &CoreSettings::failed, toggle,
            [this, toggle](const QString& sentence) { emit failed(toggle->objectName(), sentence); });
    connect(toggle, &Toggle::clicked, this,
            [this, field](bool on) { m_core->change([&](Settings& settings) { settings.*field = on; }); });
    show();
    return toggle;
}

Toggle* SettingControls::makeToggle(QWidget* parent, const Setting<bool>& entry) {
    auto* toggle = new Toggle(parent);
    const auto show = [this, toggle, entry] { toggle->setChecked(m_ui.get(entry)); };
    connect(&m_ui, &UiSettings::changed, toggle, show);
    connect(toggle, &Toggle::clicked, this, [this, entry](bool on) { m_ui.set(entry, on); });
    show();
    return toggle;
}

Toggle* SettingControls::makeAutostart(QWidget* parent) {
    auto* toggle = new Toggle(parent);
    toggle->setChecked(m_desktop.autostart->isOn());
    connect(toggle, &Toggle::clicked, this, [this, toggle](bool on) {
        if (const auto done = m_desktop.autostart->setOn(on); !done)
            emit failed(toggle->objectName(), QString::fromStdString(done.error().detail));
        toggle->setChecked(m_desktop.autostart->isOn());
    });
    return toggle;
}

template<typename T>
QComboBox* SettingControls::makeChoice(QWidget* parent, const Setting<T>& entry,
                                       const QVector<std::pair<T, QString>>& choices) {
    QComboBox* box = new ChoiceBox(parent);
    for (const auto& [value, word] : choices)
        box->addItem(word, static_cast<int>(value));
    const auto show = [this, box, entry] { box->setCurrentIndex(box->findData(static_cast<int>(m_ui.get(entry)))); };
    connect(&m_ui, &UiSettings::changed, box, show);
    connect(box, &QComboBox::activated, this,
            [this, box, entry] { m_ui.set(entry, static_cast<T>(box->currentData().toInt())); });
    show();
    return box;
}

QComboBox* SettingControls::makeAppearance(const QString& id, QWidget* parent) {
    if (id == QLatin1String("preview"))
        return makeChoice<choice::Preview>(parent, setting::kPreview,
                                           {{choice::Preview::NameAndText, tr("Name and text")},
                                            {choice::Preview::NameOnly, tr("Name only")},
                                            {choice::Preview::Nothing, tr("Neither")}});
    if (id == QLatin1String("theme"))
        return makeChoice<choice::Theme>(parent, setting::kTheme,
                                         {{choice::Theme::System, tr("As the system")},
                                          {choice::Theme::Light, tr("Light")},
                                          {choice::Theme::Dark, tr("Dark")},
                                          {choice::Theme::HighContrast, tr("High contrast")}});
    if (id == QLatin1String("density"))
        return makeChoice<choice::Density>(
            parent, setting::kDensity,
            {{choice::Density::Comfortable, tr("Comfortable")}, {choice::Density::Compact, tr("Compact")}});
    if (id == QLatin1String("motion"))
        return makeChoice<choice::Motion>(parent, setting::kMotion,
                                          {{choice::Motion::System, tr("As the system")},
                                           {choice::Motion::On, tr("On")},
                                           {choice::Motion::Off, tr("Off")}});
    if (id == QLatin1String("textSize")) {
        QVector<std::pair<int, QString>> sizes;
        for (const int percent : {80, 90, 100, 110, 125, 150, 175, 200})
            sizes.append({percent, tr("%1 %", "size of text in per cent").arg(QLocale().toString(percent))});
        return makeChoice<int>(parent, setting::kTextPercent, sizes);
    }
    return id == QLatin1String("language") ? makeLanguage(parent) : nullptr;
}

QComboBox* SettingControls::makeHardPunching(QWidget* parent) {
    QComboBox* box = new ChoiceBox(parent);
    box->addItem(tr("Automatic"), QVariant::fromValue(static_cast<int>(HardPunching::Automatic)));
    box->addItem(tr("Always"), QVariant::fromValue(static_cast<int>(HardPunching::On)));
    box->addItem(tr("Never"), QVariant::fromValue(static_cast<int>(HardPunching::Off)));
    const auto show = [this, box] {
        box->setCurrentIndex(box->findData(static_cast<int>(m_core->value().hardPunching)));
    };
    connect(m_core, &CoreSettings::changed, box, show);
    connect(box, &QComboBox::activated, this, [this, box] {
        m_core->change(
            [&](Settings& settings) { settings.hardPunching = static_cast<HardPunching>(box->currentData().toInt()); });
    });
    show();
    return box;
}

QLineEdit* SettingControls::makeName(QWidget* parent) {
    constexpr int kNameMax = 64;
    auto* edit = new QLineEdit(parent);
    edit->setMaxLength(kNameMax);
    edit->setMinimumWidth(180);
    const auto load = [this, edit] {
        m_bridge.ownName(edit, [edit](const Result<std::string>& name) {
            if (name)
                edit->setText(QString::fromStdString(*name));
        });
    };
    connect(edit, &QLineEdit::editingFinished, this, [this, edit, load] {
        if (!edit->isModified())
            return;
        edit->setModified(false);
        const QString name = edit->text().simplified();
        if (name.isEmpty())
            return load(); // One has a name.
        m_bridge.setOwnName(name, edit, [this, edit, load](const Result<void>& done) {
            emit failed(edit->objectName(), done ? QString() : QString::fromStdString(done.error().detail));
            load();
        });
    });
    load();
    return edit;
}

QWidget* SettingControls::makePicture(QWidget* parent) {
    auto* chooser = new PictureChooser(parent);
    const auto show = [this, chooser] {
        m_bridge.ownName(chooser, [this, chooser](const Result<std::string>& name) {
            const QString own = name ? QString::fromStdString(*name) : QString();
            chooser->setFace(
                {ContactListModel::initials(own), m_bridge.pictures().ownColorSeed(), m_bridge.pictures().own()});
        });
    };
    connect(&m_bridge.pictures(), &Pictures::ownChanged, chooser, show);
    connect(&m_bridge, &MessengerBridge::ownNameChanged, chooser, show);
    connect(chooser, &PictureChooser::chosen, this, [this, chooser](const Bytes& octets) {
        m_bridge.setOwnPicture(octets, chooser, [chooser](const Result<void>& done) {
            chooser->showError(done ? QString() : QString::fromStdString(done.error().detail));
        });
    });
    show();
    return chooser;
}

QComboBox* SettingControls::makeLanguage(QWidget* parent) {
    QComboBox* box = new ChoiceBox(parent);
    box->addItem(tr("As the system"), QString());
    for (const Language& language : languages())
        box->addItem(language.name, language.code);
    box->setCurrentIndex(std::max(0, box->findData(m_ui.get(setting::kLanguage))));
    connect(box, &QComboBox::activated, this,
            [this, box] { m_ui.set(setting::kLanguage, box->currentData().toString()); });
    return box;
}

QWidget* SettingControls::makeAction(const QString& id, QWidget* parent) {
    if (id == QLatin1String("version"))
        return makeLabel(QStringLiteral(CULVERT_VERSION), {}, parent);
    const auto button = [&](const QString& text, void (SettingControls::*signal)()) {
        QPushButton* made = makeButton(text, {}, parent);
        connect(made, &QPushButton::clicked, this, signal);
        return made;
    };
    if (id == QLatin1String("address"))
        return button(tr("Share …"), &SettingControls::shareRequested);
    if (id == QLatin1String("networkPanel"))
        return button(tr("Show …"), &SettingControls::networkRequested);
    if (id == QLatin1String("shortcuts"))
        return button(tr("Show …"), &SettingControls::shortcutsRequested);
    return nullptr;
}

} // namespace culvert
