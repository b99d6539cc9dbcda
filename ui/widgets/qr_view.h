// QrView: a text as a QR code (ISO/IEC 18004).
#pragma once

#include <QImage>
#include <QWidget>

namespace culvert {

/// Dark on light in either scheme, because many cameras read nothing else. A click or Enter does nothing: it is a
/// picture.
class QrView : public QWidget {
    Q_OBJECT

public:
    explicit QrView(QWidget* parent = nullptr);
    /// A text that is too long for any code shows nothing and hides the view.
    void setText(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_modules; ///< one pixel a module
};

} // namespace culvert
