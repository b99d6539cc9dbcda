// ShareDialog: the own address, to give away.
#pragma once

#include <QDialog>

namespace culvert {

class MessengerBridge;

/// Follows the address while it is open, because its endpoints come and go.
class ShareDialog : public QDialog {
    Q_OBJECT

public:
    explicit ShareDialog(MessengerBridge& bridge, QWidget* parent = nullptr);
};

} // namespace culvert
