// NetworkDialog, the diagnostics panel: who can reach this computer, what was found out about its network and how, and
// what would help.
#pragma once

#include "core/messenger/network_report.h"

#include <QDialog>

#include <map>

class QCheckBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace culvert {

class CardLayout;
class ErrorLabel;
class EventList;
class IconLabel;
class ListEditor;
class MessengerBridge;
class NetworkPictureView;
class NetworkSettings;
class ReportCard;
class RingRow;

/// One sentence on top, the picture, and a card for each area below. It follows the network while it is open.
class NetworkDialog : public QDialog {
    Q_OBJECT

public:
    explicit NetworkDialog(MessengerBridge& bridge, QWidget* parent = nullptr);

private:
    void buildHead(QVBoxLayout* column);
    void buildBody(QVBoxLayout* column);
    void buildPicture(QVBoxLayout* column);
    void buildLists();
    void buildButtons(QVBoxLayout* column);
    void refresh();
    void refreshStatus();
    void checkAgain();
    void copyReport();
    void showHelp(bool isShown);
    void showStatus(const NetworkStatus& status);
    void showPicture();
    void showCards(const NetworkReport& report);
    void showEvents(const NetworkStatus& status);
    void orderTabs();
    void act(ReportAction action);
    void showCard(const QString& key);
    void showContact(const ContactId& contact);
    void say(const QString& sentence);
    std::vector<Contact> contacts() const;

    MessengerBridge& m_bridge;
    NetworkStatus m_status;
    NetworkReport m_report; ///< of m_status
    std::map<ContactId, Contact> m_contacts;
    IconLabel* m_icon = nullptr;
    QLabel* m_sentence = nullptr;
    QLabel* m_checkedAt = nullptr;
    QPushButton* m_again = nullptr;
    QPushButton* m_help = nullptr;
    QLabel* m_helpText = nullptr;
    ErrorLabel* m_error = nullptr;
    QScrollArea* m_scroll = nullptr;
    NetworkPictureView* m_picture = nullptr;
    RingRow* m_ring = nullptr;
    CardLayout* m_cardLayout = nullptr;
    QList<ReportCard*> m_cards;
    ListEditor* m_thirdParties = nullptr;
    ListEditor* m_teredoServers = nullptr;
    EventList* m_events = nullptr;
    NetworkSettings* m_settings = nullptr;
    QPushButton* m_copy = nullptr;
    QCheckBox* m_withAddresses = nullptr;
};

} // namespace culvert
