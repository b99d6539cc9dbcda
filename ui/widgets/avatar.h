// Avatar: a disc with initials, in the colours of a key.
#pragma once

#include <QWidget>

namespace culvert {

/// Paints an avatar into `rect`, with a dot at its corner while the person is online.
void paintAvatar(QPainter& painter, const QRect& rect, const QString& initials, unsigned colorSeed,
                 const QPalette& palette);
void paintOnlineDot(QPainter& painter, const QRect& avatar, Qt::LayoutDirection direction, const QPalette& palette,
                    const QColor& ground);

/// An avatar as a widget of its own.
class Avatar : public QWidget {
    Q_OBJECT

public:
    explicit Avatar(int size, QWidget* parent = nullptr);
    void setPerson(const QString& name, unsigned colorSeed);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_initials;
    unsigned m_colorSeed = 0;
};

} // namespace culvert
