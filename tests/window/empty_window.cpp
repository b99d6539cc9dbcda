// What the window of Culvert is measured beside: the smallest program of Qt Widgets that shows a window of that size.
#include <QApplication>
#include <QMainWindow>

int main(int argc, char** argv) {
    const QApplication application(argc, argv);
    QMainWindow window;
    window.resize(960, 680);
    window.show();
    return QApplication::exec();
}
