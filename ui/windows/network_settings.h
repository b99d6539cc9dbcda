// NetworkSettings: what the user decides about the network, and the port, as a card of the diagnostics panel.
#pragma once

#include "core/messenger/network_status.h"
#include "core/messenger/settings.h"

#include <QFrame>
#include <QVector>

class QCheckBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace culvert {

class ErrorLabel;
class MessengerBridge;

/// Each choice is kept at once; what was not kept is not shown as kept.
class NetworkSettings : public QFrame {
    Q_OBJECT

public:
    NetworkSettings(MessengerBridge& bridge, QWidget* parent);
    void showStatus(const NetworkStatus& status);
    /// What the buttons of findings do.
    void switchOn(bool Settings::*setting);
    void changePort();
    /// What takes the focus, from above to below.
    QVector<QWidget*> stops() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    /// Something was done that is worth saying.
    void done(const QString& sentence);

private:
    QCheckBox* addSetting(QVBoxLayout* column, const char* name, const QString& title, const QString& meaning);
    void buildPort(QVBoxLayout* column);
    void refresh();
    void showSettings(const Settings& settings);
    void keep(const Settings& settings);
    void changeSettings();

    MessengerBridge& m_bridge;
    Settings m_settings; ///< as they are kept
    QCheckBox* m_mapPort = nullptr;
    QCheckBox* m_findOnLan = nullptr;
    QCheckBox* m_allowOrdinary = nullptr;
    QCheckBox* m_tcp = nullptr;
    QLabel* m_port = nullptr;
    QPushButton* m_changePort = nullptr;
    ErrorLabel* m_error = nullptr;
};

} // namespace culvert
