#include "ui/widgets/picture_chooser.h"

#include "ui/bridge/picture_codec.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QThreadPool>
#include <QVBoxLayout>

namespace culvert {
namespace {

QString localFile(const QMimeData& data) {
    const QList<QUrl> urls = data.urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

/// What became of the user's choice.
Result<Bytes> squared(const Result<QImage>& image) {
    if (!image)
        return Unexpected(image.error());
    return encodePicture(*image);
}

Result<QImage> readFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::IoFailure, PictureChooser::tr("The file cannot be read.").toStdString());
    return readImage(file);
}

} // namespace

PictureChooser::PictureChooser(QWidget* parent)
    : QWidget(parent), m_avatar(new Avatar(kAvatar, this)), m_choose(makeButton(tr("Choose …"), {}, this)),
      m_remove(makeButton(tr("Remove"), QStringLiteral("link"), this)), m_error(new ErrorLabel(this)) {
    setAcceptDrops(true);
    m_choose->setObjectName(QStringLiteral("choosePicture"));
    m_choose->setAccessibleName(tr("Choose a picture"));
    setPlainToolTip(m_choose, tr("Or drop a picture here, or paste one."));
    m_remove->setObjectName(QStringLiteral("removePicture"));
    m_remove->setAccessibleName(tr("Remove the picture"));
    m_avatar->setToolTip(m_choose->toolTip());
    m_avatar->setAccessibleDescription(m_choose->accessibleDescription());
    m_avatar->setCursor(Qt::PointingHandCursor);
    m_avatar->installEventFilter(this);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_avatar);
    row->addWidget(m_choose);
    row->addWidget(m_remove);
    row->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_error);
    setFocusProxy(m_choose);
    connect(m_choose, &QPushButton::clicked, this, &PictureChooser::browse);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_choose->setFocus(); // The button is about to go.
        m_error->clear();
        emit chosen({});
    });
    setFace({});
}

void PictureChooser::setFace(const Face& face) {
    m_avatar->setFace(face);
    m_remove->setVisible(!face.picture.isNull());
}

void PictureChooser::showError(const QString& sentence) {
    m_error->showError(sentence);
}

void PictureChooser::browse() {
    auto* dialog = new QFileDialog(this, tr("A picture of yourself"), {},
                                   tr("Pictures (%1)").arg(pictureFilePatterns().join(QLatin1Char(' '))));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &PictureChooser::read);
    dialog->open();
}

void PictureChooser::read(const QString& file) {
    m_error->clear();
    const QPointer<PictureChooser> self(this);
    QThreadPool::globalInstance()->start([self, file] {
        const Result<Bytes> octets = squared(readFile(file));
        QMetaObject::invokeMethod(qApp, [self, octets] {
            if (!self)
                return;
            if (octets)
                emit self->chosen(*octets);
            else
                self->showError(QString::fromStdString(octets.error().detail));
        });
    });
}

bool PictureChooser::take(const QMimeData& offered) {
    if (const QString file = localFile(offered); !file.isEmpty()) {
        read(file);
        return true;
    }
    const auto image = offered.hasImage() ? offered.imageData().value<QImage>() : QImage();
    if (image.isNull())
        return false;
    m_error->clear();
    emit chosen(encodePicture(image));
    return true;
}

void PictureChooser::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasImage() || !localFile(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void PictureChooser::dropEvent(QDropEvent* event) {
    if (take(*event->mimeData()))
        event->acceptProposedAction();
}

void PictureChooser::keyPressEvent(QKeyEvent* event) {
    if (!event->matches(QKeySequence::Paste))
        return QWidget::keyPressEvent(event);
    const QMimeData* held = QGuiApplication::clipboard()->mimeData(); // null where there is nothing
    if (held == nullptr || !take(*held))
        showError(tr("There is no picture in the clipboard."));
}

bool PictureChooser::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_avatar && event->type() == QEvent::MouseButtonRelease)
        browse();
    return QWidget::eventFilter(watched, event);
}

} // namespace culvert
