// SharePanel: the own address as text and QR code, with one sentence on what to do with it.
#pragma once

#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace culvert {

class ErrorLabel;
class QrView;

/// Shown in a dialog and where there are no contacts yet. Who copied an address that is out of date is told so: in the
/// first seconds the router has opened no port, and what was copied then may lead nowhere.
class SharePanel : public QWidget {
    Q_OBJECT

public:
    explicit SharePanel(QWidget* parent = nullptr);
    void setAddress(const QString& address);

private:
    void copy();

    QString m_address;
    QString m_copied;
    QPlainTextEdit* m_text;
    QPushButton* m_copy;
    ErrorLabel* m_outdated;
    QrView* m_code;
};

} // namespace culvert
