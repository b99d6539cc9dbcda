// FirstRunPage: three steps from nothing to an address that one can give away.
#pragma once

#include "core/messenger/keyring.h"
#include "core/messenger/messenger.h"

#include <QWidget>

#include <array>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace culvert {

class ErrorLabel;
class MessengerBridge;
class PictureChooser;
class ProtectionChoice;

/// Name; protection; address. The profile is made at the end of the second step, so that the network is looked at while
/// the third is read. What was typed stays when making it fails.
class FirstRunPage : public QWidget {
    Q_OBJECT

public:
    /// `keyring` may be null: there is none then.
    FirstRunPage(MessengerBridge& bridge, Keyring* keyring, QWidget* parent = nullptr);

    /// To what the step begins with. No focus proxy, for the reason of MainPage::takeFocus().
    void takeFocus();
    /// The language is another one while the last step is shown.
    void retranslate();

signals:
    /// The profile is there, and the user goes on.
    void finished();

protected:
    /// Enter goes on from everywhere, as in a dialog.
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum Step { Name, Protection, Address, StepCount };

    QWidget* buildName();
    QWidget* buildProtection();
    QWidget* buildAddress();
    void buildButtons(QVBoxLayout* column);
    void showStep(int step);
    void goOn();
    void submit();
    void create(KeySource source, const std::string& secret);
    void setBusy(bool busy);
    QString problem() const; ///< what is missing before one can go on; empty when nothing is

    MessengerBridge& m_bridge;
    Keyring* m_keyring;
    int m_step = Name;
    QVBoxLayout* m_column = nullptr;
    QLabel* m_where = nullptr;
    std::array<QWidget*, StepCount> m_steps{};
    QLineEdit* m_name = nullptr;
    PictureChooser* m_picture = nullptr;
    Bytes m_pictureOctets; ///< empty: none was chosen
    ProtectionChoice* m_protection = nullptr;
    ErrorLabel* m_error = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_next = nullptr;
    QWidget* m_first = nullptr; ///< what has the focus as a step begins
};

} // namespace culvert
