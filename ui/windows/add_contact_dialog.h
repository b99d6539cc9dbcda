// AddContactDialog: a friend's address in, a request out.
#pragma once

#include "core/messenger/messenger.h"

#include <QDialog>
#include <QImage>

class QLabel;
class QLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace culvert {

class ErrorLabel;
class MessengerBridge;

/// Tells while one types or pastes whether the text holds an address, and what is wrong with it.
/// It offers what the clipboard holds when that is an address, and never takes it unasked.
class AddContactDialog : public QDialog {
    Q_OBJECT

public:
    AddContactDialog(MessengerBridge& bridge, AddressChecker checker, QWidget* parent = nullptr);

    /// As if it were pasted.
    void setText(const QString& text);
    QString text() const;
    /// Takes the first address that a QR code in one of the pictures holds, or says that there is none.
    void takeCodes(const QVector<QImage>& pictures);

signals:
    void added(const culvert::ContactId& contact);

private:
    void buildFields();
    QLayout* buildSources();
    void offerClipboard();
    void useClipboard();
    void openPicture();
    void lookAtScreen();
    void check();
    void submit();

    MessengerBridge& m_bridge;
    AddressChecker m_checker;
    QPlainTextEdit* m_address;
    QPushButton* m_paste;
    QLabel* m_found;
    ErrorLabel* m_error;
    QLineEdit* m_name;
    QLineEdit* m_greeting;
    QPushButton* m_add;
};

} // namespace culvert
