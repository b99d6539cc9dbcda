// NetworkDialog: who can reach this computer, and what is known about its network.
#pragma once

#include "core/messenger/network_status.h"

#include <QDialog>

class QFormLayout;
class QLabel;

namespace culvert {

class ErrorLabel;
class MessengerBridge;

/// One sentence on top, the facts behind it below.
class NetworkDialog : public QDialog {
    Q_OBJECT

public:
    explicit NetworkDialog(MessengerBridge& bridge, QWidget* parent = nullptr);

private:
    void refresh();
    void checkAgain();
    void showStatus(const NetworkStatus& status);
    void addFact(const QString& name, const QString& value);

    MessengerBridge& m_bridge;
    QLabel* m_sentence;
    QLabel* m_checkedAt;
    QFormLayout* m_facts;
    ErrorLabel* m_error;
};

} // namespace culvert
