// SharePanel: the own address as text and QR code, with one sentence on what to do with it.
#pragma once

#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace culvert {

class QrView;

/// Shown in a dialog and where there are no contacts yet.
class SharePanel : public QWidget {
    Q_OBJECT

public:
    explicit SharePanel(QWidget* parent = nullptr);
    void setAddress(const QString& address);

private:
    void copy();

    QString m_address;
    QPlainTextEdit* m_text;
    QPushButton* m_copy;
    QrView* m_code;
};

} // namespace culvert
