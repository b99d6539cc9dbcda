#include "ui/windows/share_dialog.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/share_panel.h"
#include "ui/windows/page_frame.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace culvert {

ShareDialog::ShareDialog(MessengerBridge& bridge, QWidget* parent) : QDialog(parent) {
    QVBoxLayout* column = makeDialogColumn(this, tr("Share my address"), 420);
    auto* panel = new SharePanel(this);
    auto* error = new ErrorLabel(this);
    QPushButton* close = makeButton(tr("Close"), {}, this);
    column->addWidget(panel);
    column->addWidget(error);
    column->addWidget(close, 0, Qt::AlignTrailing);
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(&bridge, &MessengerBridge::addressChanged, panel, &SharePanel::setAddress);
    bridge.ownAddress(this, [panel, error](const Result<std::string>& address) {
        if (address)
            panel->setAddress(QString::fromStdString(address.value()));
        else
            error->showError(QString::fromStdString(address.error().detail));
    });
}

} // namespace culvert
