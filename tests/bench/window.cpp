// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What the whole window costs whoever uses it: offscreen, on real servers.

#include "core/session/sessionhandle.h"
#include "tests/bench/measure.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/console/consolepanel.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QFile>
#include <QKeyEvent>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace slotscope::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int manyElements = 1'000'000;
constexpr int manyCommands = 100'000;
constexpr int keysTyped = 500;
constexpr auto betweenKeys = std::chrono::milliseconds(20);
constexpr int idleSeconds = 20;

double residentMegabytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const double pages = file.readAll().split(' ').value(1).toDouble();
    return pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

/// Seconds of processor time, all threads, since the process began.
double processorSeconds(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = file.readAll();
    // The program's name may hold spaces; user and system time are the 12th and 13th after it.
    const QList<QByteArray> fields = all.mid(all.lastIndexOf(')') + 2).split(' ');
    return (fields.value(11).toDouble() + fields.value(12).toDouble())
        / static_cast<double>(sysconf(_SC_CLK_TCK));
}

QString endpointOf(const sandbox::SandboxCluster& cluster)
{
    return u"127.0.0.1:%1"_s.arg(cluster.manifest().nodes.constFirst().port);
}

/// The window on a cluster, as a user has it after connecting.
class OpenWindow
{
public:
    explicit OpenWindow(const sandbox::SandboxCluster& cluster)
    {
        ui::WindowOptions options;
        options.profilesFile = m_folder.filePath(u"profiles.json"_s);
        options.connection.timeout = std::chrono::seconds(30);
        m_window = std::make_unique<ui::MainWindow>(m_io, options);
        m_window->resize(1280, 800);
        m_window->show();
        session::SessionConfig config;
        config.endpoint.endpoint = { u"127.0.0.1"_s, cluster.manifest().nodes.constFirst().port };
        config.options.timeout = std::chrono::seconds(30);
        m_window->connectTo(config);
        const auto isThere = [this] {
            return m_window->clusterPage()->topology().shards().size() >= 3 && input();
        };
        m_ok = waitUntil(isThere);
        QElapsedTimer calm; // the command table comes half a second later
        calm.start();
        waitUntil([&calm] { return calm.elapsed() > 1500; });
    }

    bool isOk() const { return m_ok; }
    ui::ConsolePanel* console() const { return m_window->clusterPage()->console(); }
    QLineEdit* input() const { return m_window->findChild<QLineEdit*>(u"commandInput"_s); }
    QPushButton* button(const QString& text) const
    {
        for (QPushButton* button : m_window->findChildren<QPushButton*>()) {
            if (button->text() == text && button->isVisible())
                return button;
        }
        return nullptr;
    }
    /// Posted, as the platform does it: behind what waits already.
    void post(int key, const QString& text, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QCoreApplication::postEvent(input(), new QKeyEvent(QEvent::KeyPress, key, modifiers, text));
        QCoreApplication::postEvent(
            input(), new QKeyEvent(QEvent::KeyRelease, key, modifiers, text));
    }

private:
    QTemporaryDir m_folder;
    session::IoThread m_io;
    std::unique_ptr<ui::MainWindow> m_window;
    bool m_ok = false;
};

/// Tells when a widget was painted.
class Painted final : public QObject
{
public:
    explicit Painted(QWidget* widget)
        : m_isThere(false)
    {
        widget->installEventFilter(this);
    }
    bool eventFilter(QObject*, QEvent* event) override
    {
        m_isThere = m_isThere || event->type() == QEvent::Paint;
        return false;
    }
    bool isThere() const { return m_isThere; }
    void reset() { m_isThere = false; }

private:
    bool m_isThere;
};

} // namespace

bool benchReply()
{
    const auto cluster = startCluster({});
    if (!cluster)
        return false;
    const QString script = u"for i=1,%1 do redis.call('RPUSH',KEYS[1],'element:'..i) end"_s;
    const QString port = QString::number(cluster->manifest().nodes.constFirst().port);
    if (runProgram(u"redis-cli"_s,
            { u"-c"_s, u"-p"_s, port, u"EVAL"_s, script.arg(manyElements), u"1"_s, u"big"_s })
        < 0)
        return false;
    OpenWindow window(*cluster);
    if (!window.isOk())
        return false;
    const double megabytesBefore = residentMegabytes();
    QList<double> shown;
    for (int run = 0; run <= interleavedRuns; ++run) {
        window.input()->setText(u"LRANGE big 0 -1"_s);
        Painted painted(window.console());
        const qsizetype before = window.console()->traces().size();
        QElapsedTimer clock;
        clock.start();
        window.post(Qt::Key_Return, u"\r"_s);
        if (!waitUntil([&] { return window.console()->traces().size() > before; }))
            return false;
        painted.reset();
        waitUntil([&] { return painted.isThere(); });
        const double millis = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        const command::Trace trace = window.console()->traces().constLast();
        shown.append(millis - static_cast<double>(trace.totalMicros) / 1000);
        if (run == 0)
            std::printf(
                "memory for the first reply: %.1f MB\n", residentMegabytes() - megabytesBefore);
    }
    const auto [least, most] = std::minmax_element(shown.begin() + 1, shown.end());
    std::printf("a reply of %d elements, from its arrival to its sight: %.1f ms (%.1f to %.1f)\n",
        manyElements, median(shown.mid(1)), *least, *most);
    return true;
}

bool benchTyping()
{
    const auto cluster = startCluster({});
    if (!cluster)
        return false;
    OpenWindow window(*cluster);
    if (!window.isOk())
        return false;
    QString lines;
    for (int i = 0; i < manyCommands; ++i)
        lines += u"SET key:%1 value\n"_s.arg(i);
    QGuiApplication::clipboard()->setText(lines);
    window.input()->setFocus();
    window.post(Qt::Key_V, u"\x16"_s, Qt::ControlModifier);
    QPushButton* go = nullptr;
    if (!waitUntil([&] { return (go = window.button(u"Run line by line"_s)) != nullptr; }))
        return false;
    go->click();

    QList<double> latencies;
    Painted painted(window.input());
    for (int i = 0; i < keysTyped; ++i) {
        QElapsedTimer pause;
        pause.start();
        waitUntil([&] { return pause.elapsed() >= betweenKeys.count(); });
        if (!window.button(u"Stop"_s)) {
            std::fprintf(stderr, "the commands ended after %d keys\n", i);
            break;
        }
        painted.reset();
        QElapsedTimer clock;
        clock.start();
        if (i % 10 == 9)
            window.input()->clear();
        else
            window.post(Qt::Key_A + i % 10, QString(QChar(u'a' + i % 10)));
        if (!waitUntil([&] { return painted.isThere(); }))
            return false;
        latencies.append(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    if (QPushButton* stop = window.button(u"Stop"_s))
        stop->click();
    std::sort(latencies.begin(), latencies.end());
    const qsizetype count = latencies.size();
    if (count < 100)
        return false;
    std::printf("typing while commands run, from key to paint: p50 %.1f ms, p99 %.1f ms, largest "
                "%.1f ms (%d keys)\n",
        latencies.at(count / 2), latencies.at(count * 99 / 100), latencies.last(),
        static_cast<int>(count));
    return true;
}

bool benchIdle()
{
    const auto cluster = startCluster(hundredNodes());
    if (!cluster)
        return false;
    QTemporaryDir folder;
    QProcess window;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_CONFIG_HOME"_s, folder.path());
    window.setProcessEnvironment(environment);
    window.start(besides(u"../../app/slotscope-window"_s), { endpointOf(*cluster) });
    if (!window.waitForStarted())
        return false;
    QThread::sleep(8);
    const double before = processorSeconds(window.processId());
    QThread::sleep(idleSeconds);
    const double used = processorSeconds(window.processId()) - before;
    const bool lives = window.state() == QProcess::Running;
    window.terminate();
    window.waitForFinished(5000);
    std::printf("idle, connected to 100 nodes: %.2f %% of a processor over %d s\n",
        100 * used / idleSeconds, idleSeconds);
    return lives && used > 0;
}

} // namespace slotscope::bench
