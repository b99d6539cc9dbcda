#include "ui/widgets/accessible_roles.h"

#include "ui/widgets/avatar.h"
#include "ui/widgets/disclosure.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/lane_legend.h"
#include "ui/widgets/qr_view.h"
#include "ui/widgets/sparkline.h"

#include <QAccessibleWidget>

namespace culvert {
namespace {

/// An image where it has a name. One without is an ornament, and passed over.
class AccessiblePicture : public QAccessibleWidget {
public:
    using QAccessibleWidget::QAccessibleWidget;
    QAccessible::Role role() const override {
        return widget()->accessibleName().isEmpty() ? QAccessible::Client : QAccessible::Graphic;
    }
};

class AccessibleDisclosure : public QAccessibleWidget {
public:
    explicit AccessibleDisclosure(Disclosure* button) : QAccessibleWidget(button, QAccessible::Button) {}

    QString text(QAccessible::Text which) const override {
        const QString told = QAccessibleWidget::text(which);
        return told.isEmpty() && which == QAccessible::Name ? button()->text() : told;
    }
    QAccessible::State state() const override {
        QAccessible::State state = QAccessibleWidget::state();
        state.expandable = true;
        state.expanded = button()->isChecked();
        state.collapsed = !button()->isChecked();
        return state;
    }
    QStringList actionNames() const override { return QStringList{pressAction()} + QAccessibleWidget::actionNames(); }
    void doAction(const QString& action) override {
        if (action == pressAction())
            button()->click();
        else
            QAccessibleWidget::doAction(action);
    }

private:
    Disclosure* button() const { return static_cast<Disclosure*>(widget()); }
};

bool isPicture(const QObject* object) {
    return qobject_cast<const QrView*>(object) || qobject_cast<const IconLabel*>(object) ||
           qobject_cast<const Avatar*>(object) || qobject_cast<const LaneLegend*>(object) ||
           qobject_cast<const Sparkline*>(object);
}

/// Qt asks for each class of an object, from its own to the most general one, and its own answers come after ours.
QAccessibleInterface* make(const QString& className, QObject* object) {
    auto* widget = qobject_cast<QWidget*>(object);
    if (widget == nullptr)
        return nullptr;
    if (isPicture(object))
        return new AccessiblePicture(widget);
    if (className == QLatin1String("QFrame"))
        return new QAccessibleWidget(widget, QAccessible::Grouping);
    if (className == QLatin1String("QScrollArea") && !widget->accessibleName().isEmpty())
        return new QAccessibleWidget(widget, QAccessible::Pane);
    auto* disclosure = qobject_cast<Disclosure*>(object);
    return disclosure ? new AccessibleDisclosure(disclosure) : nullptr;
}

} // namespace

void installAccessibleRoles() {
    static const bool isInstalled = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    (void)isInstalled;
}

} // namespace culvert
