// NetworkPictureView: the picture of the network. Each node and each way is a button of its own, so that keyboard and
// screen readers find what the eye finds; the lanes between them are painted behind.
#pragma once

#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/network_picture_layout.h"

#include <QAbstractButton>
#include <QTimer>

namespace culvert {

/// One node or band of the picture. Enter and Space press it.
class PictureItem : public QAbstractButton {
    Q_OBJECT

public:
    explicit PictureItem(QWidget* parent);
    void setNode(const PictureNode& node);
    void setBand(const PictureBand& band);
    const QString& card() const { return m_card; }
    const std::optional<ContactId>& contact() const { return m_contact; }
    QSize sizeHint() const override { return size(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Row {
        QString text;
        QString word;
        LaneState state;
    };
    void setWords(const QString& name, const QString& whole, const QString& card);
    void paintRows(QPainter& painter, const QRect& inside);

    std::optional<IconId> m_icon;
    ColorRole m_ink = ColorRole::Secondary;
    QString m_word; ///< of a node, under its name
    QVector<Row> m_rows;
    QString m_card;
    std::optional<ContactId> m_contact;
};

/// It is as high as its picture needs at its width.
class NetworkPictureView : public QWidget {
    Q_OBJECT

public:
    explicit NetworkPictureView(QWidget* parent = nullptr);
    void setPicture(NetworkPicture picture);
    const QVector<PictureItem*>& items() const { return m_items; }
    /// Tab goes from `before` through the parts, in the order in which they are read; the last one comes back.
    QWidget* orderTabs(QWidget* before);
    /// Whether packets move: a test runs, it is seen, and the system wants things to move.
    bool isMoving() const { return m_clock.isActive(); }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// A part was pressed about which this card tells more.
    void cardWanted(const QString& key);
    void contactWanted(const culvert::ContactId& contact);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void updateClock();
    PictureItem* item(int index);
    void paintLane(QPainter& painter, const LaneLine& line) const;
    bool moveFocus(int key, QWidget* from);

    NetworkPicture m_picture;
    PictureLayout m_layout;
    QVector<PictureItem*> m_items;
    QTimer m_clock; ///< while packets move
    int m_step = 0;
};

/// A short piece of a lane in the style of its state, as it stands beside its word.
void paintLaneSample(QPainter& painter, const QRect& rect, LaneState state, const QPalette& palette);

} // namespace culvert
