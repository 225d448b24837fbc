// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The named peer of the start-up bench: an empty main window that links the same Qt modules and
// prints the same line as `slotscope-window --exit-after-paint`.

#include "ui/mainwindow/paintprobe.h"

#include <QApplication>
#include <QMainWindow>
#include <QSslSocket>
#include <QSvgRenderer>

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1280, 800);
    slotscope::ui::exitAfterFirstPaint(&window);
    window.show();
    return QApplication::exec();
}
