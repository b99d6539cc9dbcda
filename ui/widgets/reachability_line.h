// ReachabilityLine: whether friends can reach this computer, in one sentence.
#pragma once

#include "core/messenger/network_status.h"

#include <QWidget>

class QLabel;

namespace culvert {

class IconLabel;

/// Follows the network. While tests run it says so beside what is known already.
class ReachabilityLine : public QWidget {
    Q_OBJECT

public:
    explicit ReachabilityLine(QWidget* parent = nullptr);
    void setStatus(const NetworkStatus& status);

private:
    IconLabel* m_icon;
    QLabel* m_sentence;
    QLabel* m_progress;
};

} // namespace culvert
