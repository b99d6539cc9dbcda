// Avatar: a disc with somebody's picture, or with initials in the colours of a key.
#pragma once

#include "ui/models/face.h"

#include <QWidget>

namespace culvert {

/// Paints an avatar into `rect`, with a dot at its corner while the person is online.
void paintAvatar(QPainter& painter, const QRect& rect, const Face& face, const QPalette& palette);
void paintOnlineDot(QPainter& painter, const QRect& avatar, Qt::LayoutDirection direction, const QPalette& palette,
                    const QColor& ground);

/// An avatar as a widget of its own.
class Avatar : public QWidget {
    Q_OBJECT

public:
    explicit Avatar(int size, QWidget* parent = nullptr);
    void setFace(const Face& face);
    const Face& face() const { return m_face; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Face m_face;
};

} // namespace culvert
