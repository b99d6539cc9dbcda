// PictureChooser: an avatar with what changes its picture: a file, a drop, the clipboard, and what takes it away.
#pragma once

#include "core/base/bytes.h"
#include "ui/models/face.h"

#include <QWidget>

class QMimeData;
class QPushButton;

namespace culvert {

class Avatar;
class ErrorLabel;

/// Whatever is chosen comes as the octets that contacts get. It is read beside the GUI thread: photographs are large.
class PictureChooser : public QWidget {
    Q_OBJECT

public:
    static constexpr int kAvatar = 64;

    explicit PictureChooser(QWidget* parent = nullptr);
    void setFace(const Face& face);
    void showError(const QString& sentence);

signals:
    /// Empty: the picture is to go.
    void chosen(const culvert::Bytes& octets);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void browse();
    bool take(const QMimeData& offered);
    void read(const QString& file);

    Avatar* m_avatar;
    QPushButton* m_choose;
    QPushButton* m_remove;
    ErrorLabel* m_error;
};

} // namespace culvert
