// RingRow: asks a contact to ring this computer, and says in a sentence what came of it; a row of the diagnostics
// panel.
#pragma once

#include "core/messenger/network_report.h"

#include <QWidget>

#include <vector>

class QBoxLayout;
class QLabel;
class QMenu;
class QPushButton;

namespace culvert {

class MessengerBridge;

/// The button opens a menu of those who can ring. Where nobody can, or one was asked, the words beside it say so.
class RingRow : public QWidget {
    Q_OBJECT

public:
    RingRow(MessengerBridge& bridge, QWidget* parent);
    void setFacts(const NetworkStatus& status, const NetworkReport& report, const std::vector<Contact>& contacts);
    /// What takes the focus.
    QWidget* stop() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

signals:
    void asked(const QString& sentence);
    void refused(const QString& reason);

private:
    void openMenu();
    void ask(const ContactId& contact, const QString& name);

    MessengerBridge& m_bridge;
    std::vector<Contact> m_able; ///< who can ring now
    QLabel* m_words = nullptr;
    QPushButton* m_button = nullptr;
    QMenu* m_menu = nullptr;
    QBoxLayout* m_row = nullptr;
};

} // namespace culvert
