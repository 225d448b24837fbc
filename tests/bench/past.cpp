// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// How soon the whole window, offscreen, shows the past: the last state of a large file, and any
// moment of a recorded day.

#include "tests/bench/measure.h"
#include "tests/bench/recording.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/timeline/timelinebar.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

namespace slotscope::bench {

using namespace Qt::StringLiterals;

namespace {

/// A window that shows a file.
class FileWindow
{
public:
    FileWindow()
    {
        ui::WindowOptions options;
        options.profilesFile = m_folder.filePath(u"profiles.json"_s);
        m_window = std::make_unique<ui::MainWindow>(m_io, options);
        m_window->resize(1280, 800);
        m_window->show();
        QCoreApplication::processEvents();
    }

    /// Milliseconds until its last state is shown and painted; negative: never.
    double open(const QString& file)
    {
        QElapsedTimer clock;
        clock.start();
        m_window->openCapture(file);
        if (!waitUntil([this] { return tab()->shownCluster() && page()->isPast(); }))
            return -1;
        QCoreApplication::processEvents(); // what was asked to be painted
        return static_cast<double>(clock.nsecsElapsed()) / 1e6;
    }
    /// The same for a moment, as if the hand on the line had chosen it.
    double goTo(const QDateTime& moment)
    {
        const QString says = u"At "_s + moment.toString(u"HH:mm:ss'Z'"_s);
        const auto* verdict = tab()->findChild<QLabel*>(u"verdictLabel"_s);
        QElapsedTimer clock;
        clock.start();
        Q_EMIT page()->timeline()->timeChosen(moment);
        if (!waitUntil([&] { return verdict->text().startsWith(says); }))
            return -1;
        QCoreApplication::processEvents();
        return static_cast<double>(clock.nsecsElapsed()) / 1e6;
    }

private:
    ui::ConnectionTab* tab() const { return m_window->tabs()->current(); }
    ui::ClusterPage* page() const { return tab()->clusterPage(); }

    QTemporaryDir m_folder;
    session::IoThread m_io;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace

bool benchPast()
{
    const QTemporaryDir folder;
    const QString day = folder.filePath(u"day.slotscope"_s);
    const QString large = folder.filePath(u"large.slotscope"_s);
    if (!recordDay(day) || !writeLarge(day, large))
        return false;
    QList<double> opened;
    for (int run = 0; run < interleavedRuns; ++run)
        opened.append(FileWindow().open(large));
    std::sort(opened.begin(), opened.end());
    std::printf("the window with the last state of 100 MB: %.0f ms (%.0f to %.0f; aim 2000)\n",
        median(opened), opened.first(), opened.last());

    FileWindow window;
    QList<double> moved;
    QRandomGenerator random(3);
    bool isWell = opened.first() >= 0 && window.open(day) >= 0;
    for (int i = 0; i < 200 && isWell; ++i) {
        moved.append(window.goTo(dayBegin.addSecs(random.bounded(daySeconds))));
        isWell = moved.last() >= 0;
    }
    if (!isWell)
        return false;
    std::sort(moved.begin(), moved.end());
    std::printf("the window at any moment of the day: median %.1f ms, p95 %.1f ms, worst %.1f ms "
                "(aim 50)\n",
        median(moved), moved.at(189), moved.last());
    return true;
}

} // namespace slotscope::bench
