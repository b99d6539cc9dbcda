// CoreSettings: the profile's settings on the GUI thread.
#pragma once

#include "core/messenger/settings.h"

#include <QObject>

#include <functional>

namespace culvert {

class MessengerBridge;

/// Holds what core keeps. A change shows at once, and is taken back when core refuses it.
class CoreSettings : public QObject {
    Q_OBJECT

public:
    /// `bridge` outlives this.
    explicit CoreSettings(MessengerBridge& bridge, QObject* parent = nullptr);

    /// Nothing is known before core has answered for the first time.
    bool isKnown() const { return m_isKnown; }
    const Settings& value() const { return m_value; }
    /// Does nothing before isKnown(): what is not known cannot be kept.
    void change(const std::function<void(Settings&)>& edit);

signals:
    void changed();
    void failed(const QString& sentence);

private:
    void load();

    MessengerBridge& m_bridge;
    Settings m_value;
    bool m_isKnown = false;
};

} // namespace culvert
