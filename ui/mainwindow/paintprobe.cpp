// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/paintprobe.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QScreen>
#include <QTimer>
#include <QWidget>

#include <cstdio>

namespace slotscope::ui {

namespace {

int residentKilobytes()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    while (true) {
        const QByteArray line = file.readLine();
        if (line.isEmpty())
            return 0;
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').value(0).toInt();
    }
}

class PaintProbe final : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && !m_seen) {
            m_seen = true;
            // The children are painted in the same pass as the window; a zero timer comes after the
            // backing store was flushed. Reading a pixel back makes an X server finish drawing
            // first.
            QTimer::singleShot(0, this, [widget = qobject_cast<QWidget*>(watched)] {
                (void)widget->screen()->grabWindow(widget->winId(), 0, 0, 1, 1);
                std::printf("painted %d\n", residentKilobytes());
                std::fflush(stdout);
                QCoreApplication::quit();
            });
        }
        return QObject::eventFilter(watched, event);
    }

private:
    bool m_seen = false;
};

} // namespace

void exitAfterFirstPaint(QWidget* window)
{
    window->installEventFilter(new PaintProbe(window));
}

} // namespace slotscope::ui
