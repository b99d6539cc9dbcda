// NetworkDialog: who can reach this computer, what was found out about its network, and what would help.
#pragma once

#include "core/messenger/network_status.h"
#include "core/messenger/settings.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace culvert {

class ErrorLabel;
class IconLabel;
class MessengerBridge;
class ReportCard;

/// One sentence on top, a card for each area below. It follows the network while it is open.
class NetworkDialog : public QDialog {
    Q_OBJECT

public:
    explicit NetworkDialog(MessengerBridge& bridge, QWidget* parent = nullptr);

private:
    void buildHead(QVBoxLayout* column);
    void buildCards(QVBoxLayout* column);
    void buildSettings(QVBoxLayout* column);
    QCheckBox* addSetting(QVBoxLayout* column, const char* name, const QString& title, const QString& meaning);
    void buildButtons(QVBoxLayout* column);
    void refresh();
    void refreshSettings();
    void showSettings(const Settings& settings);
    void changeSettings();
    void checkAgain();
    void copyReport();
    void showStatus(const NetworkStatus& status);

    MessengerBridge& m_bridge;
    NetworkStatus m_status;
    IconLabel* m_icon = nullptr;
    QLabel* m_sentence = nullptr;
    QLabel* m_checkedAt = nullptr;
    ErrorLabel* m_error = nullptr;
    QScrollArea* m_scroll = nullptr;
    QVBoxLayout* m_cardColumn = nullptr;
    QList<ReportCard*> m_cards;
    QCheckBox* m_findOnLan = nullptr;
    QCheckBox* m_allowOrdinary = nullptr;
    Settings m_settings; ///< as they are kept
    QCheckBox* m_tcp = nullptr;
    QPushButton* m_copy = nullptr;
    QCheckBox* m_withAddresses = nullptr;
};

} // namespace culvert
