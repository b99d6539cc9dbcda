// PathBadge: how a contact is connected, as a glyph, a word and a sentence.
#pragma once

#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/wording.h"

#include <QAbstractButton>

namespace culvert {

/// The glyph of a state; also painted in the list of contacts.
IconId badgeIcon(BadgeState state);
ColorRole badgeColor(BadgeState state);

/// A pill that one can press to see the connection. The sentence is its tool tip and accessible description.
class PathBadge : public QAbstractButton {
    Q_OBJECT

public:
    explicit PathBadge(QWidget* parent = nullptr);
    void setPresence(const Presence& presence);
    /// Without its word, where there is no room for it.
    void setCompact(bool compact);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    BadgeState m_state = BadgeState::Connecting;
    bool m_compact = false;
};

} // namespace culvert
