// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The real window program on a real X server and a real cluster: keys and mouse go in, what a
// screen reader is told and the pixels of the screen come out.

#include "core/cluster/keyslot.h"
#include "core/explain/changes.h"
#include "core/explain/redirects.h"
#include "core/explain/topology.h"
#include "core/sandbox/sandboxcluster.h"
#include "core/sandbox/slotmigration.h"
#include "tests/live/screenreader.h"
#include "tests/live/virtualdisplay.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <memory>
#include <optional>
#include <sys/prctl.h>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

namespace {

/// Everything is waited for; on a busy machine it takes long, and then it is not wrong.
constexpr int patience = 60'000;
constexpr int slotsOfEach = 5461;

/// A key of the first, second or third primary's slots.
QString keyOf(int primary)
{
    for (int number = 1;; ++number) {
        const QString key = u"user:%1"_s.arg(number);
        if (cluster::keySlot(key.toLatin1()).number() / slotsOfEach == primary)
            return key;
    }
}

int slotOf(const QString& key)
{
    return cluster::keySlot(key.toLatin1()).number();
}

} // namespace

/// One session at the window, from the start page to Quit. Each function goes on where the one
/// before it stopped.
class TestEndToEnd final : public QObject
{
    Q_OBJECT

    VirtualDisplay m_display { { 1280, 860 } };
    ScreenReader m_reader;
    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
    QTemporaryDir m_home;
    QProcess m_window;
    ScreenReader::Item m_step; ///< "step 2 of 4"

    using Item = ScreenReader::Item;

    QString endpointOf(int node) const
    {
        return u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.at(node).port);
    }

    // Looking

    /// Asks now and then, not all the time: the window has to do something else too.
    template <typename Condition>
    static bool waitFor(Condition condition)
    {
        QElapsedTimer sinceStart;
        sinceStart.start();
        while (!condition()) {
            if (sinceStart.hasExpired(patience))
                return false;
            QTest::qWait(100);
        }
        return true;
    }

    QStringList words() const
    {
        QStringList names;
        const QList<Item> shown = m_reader.shown();
        for (const Item& item : shown)
            names.append(item.name);
        return names;
    }
    /// Waits until something with this in it is on the screen.
    bool sees(const QString& part) const
    {
        const auto isThere = [&] { return words().join(u'\n').contains(part); };
        if (waitFor(isThere))
            return true;
        qInfo("Not shown: %s\nBut this is: %s", qPrintable(part),
            qPrintable(words().filter(QRegularExpression(u"."_s)).join(u"\n  "_s)));
        return false;
    }
    std::optional<QRect> place(const QString& name, const QString& role) const
    {
        const QList<Item> shown = m_reader.shown();
        for (const Item& item : shown) {
            if (item.name == name && (role.isEmpty() || m_reader.roleOf(item) == role))
                return m_reader.placeOf(item);
        }
        return std::nullopt;
    }
    bool click(const QString& name, const QString& role)
    {
        std::optional<QRect> where;
        if (!waitFor([&] { return (where = place(name, role)).has_value(); })) {
            qInfo("Nothing to click: %s (%s)", qPrintable(name), qPrintable(role));
            return false;
        }
        return did(m_display.click(where->center()));
    }
    static bool did(const QString& complaint)
    {
        if (!complaint.isEmpty())
            qInfo("%s", qPrintable(complaint));
        return complaint.isEmpty();
    }

    // Playing

    /// The player's present step and their number; 0, 0 when nothing plays.
    std::pair<int, int> step()
    {
        static const QRegularExpression pattern(u"^step (\\d+) of (\\d+)$"_s);
        auto match = pattern.match(m_reader.nameOf(m_step));
        if (!match.hasMatch()) {
            const QList<Item> shown = m_reader.shown();
            for (const Item& item : shown) {
                if (!match.hasMatch() && (match = pattern.match(item.name)).hasMatch())
                    m_step = item;
            }
        }
        return { match.captured(1).toInt(), match.captured(2).toInt() };
    }
    bool playsToTheEnd()
    {
        return waitFor([this] {
            const auto [now, all] = step();
            return now > 0 && now == all;
        });
    }
    /// Of all steps, in their order, gone through from the last one back to the first with the
    /// mouse. Empty when a step looks like the one before it.
    QStringList captions()
    {
        const std::optional<QRect> picture = place(u"Topology"_s, {});
        QStringList steps;
        QByteArray before;
        int wanted = step().second;
        for (bool first = true; wanted > 0; first = false) {
            if (!first && !click(u"One step back (comma, Alt+Left)"_s, u"push button"_s))
                return {};
            if (!waitFor([&] { return step().first == wanted; }))
                return {};
            steps.prepend(words().join(u'\n'));
            const auto hasChanged
                = [&] { return m_display.pixels(picture.value_or(QRect())) != before; };
            if (!waitFor(hasChanged))
                return {};
            before = m_display.pixels(*picture);
            --wanted;
        }
        return steps;
    }
    /// These sentences are said in this order, each in a step of its own.
    static bool tell(const QStringList& steps, const QStringList& sentences)
    {
        qsizetype next = 0;
        for (const QString& step : steps) {
            if (next < sentences.size() && step.contains(sentences.at(next)))
                ++next;
        }
        if (next < sentences.size()) {
            qInfo("Not told: %s\nBut: %s", qPrintable(sentences.at(next)),
                qPrintable(steps.join(u"\n---\n"_s)));
        }
        return next == sentences.size();
    }

    bool run(const QString& line, const QString& key = u"Return"_s)
    {
        return click(u"Command"_s, u"text"_s) && did(m_display.press(u"ctrl+a"_s))
            && did(m_display.type(line)) && did(m_display.press(key));
    }

    /// Begins or finishes the move of a slot with CLUSTER SETSLOT and MIGRATE.
    std::optional<sandbox::SandboxMigration> migrate(
        sandbox::SlotMigrationAction::What what, cluster::Slot slot)
    {
        sandbox::SlotMigrationAction action(what, m_cluster->manifestFile(), slot);
        QSignalSpy finished(&action, &sandbox::SlotMigrationAction::finished);
        action.start();
        if (!waitFor([&] { return !finished.isEmpty(); }) || !finished.first().at(0).toBool()) {
            return std::nullopt;
        }
        return finished.first().at(1).value<sandbox::SandboxMigration>();
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void initTestCase();
    void connectsToWhatIsTyped();
    void runsACommand();
    void tellsWhereTheKeyboardGoes();
    void presses();
    void replaysMoved();
    void compares();
    void replaysAsk();
    void showsAReshardLive();
    void showsAFailoverLive();
    void quits();
    void cleanupTestCase();
};

void TestEndToEnd::initTestCase()
{
    const QString missing = m_display.start() + m_reader.start();
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
    sandbox::ClusterSpec spec;
    spec.nodeTimeoutMs = 1500;
    m_cluster = std::make_unique<sandbox::SandboxCluster>(spec);
    QSignalSpy started(m_cluster.get(), &sandbox::SandboxCluster::started);
    m_cluster->start();
    QVERIFY(waitFor([&] { return !started.isEmpty(); }));
    QVERIFY2(started.first().at(0).toBool(),
        qPrintable(started.first().at(1).value<support::Error>().detail));

    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"DISPLAY"_s, m_display.name());
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, m_reader.address());
    environment.insert(u"XDG_CONFIG_HOME"_s, m_home.path());
    for (const char* name : { "WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "SLOTSCOPE_PASSWORD",
             "QT_SCALE_FACTOR", "LANGUAGE" }) {
        environment.remove(QString::fromLatin1(name));
    }
    m_window.setProcessEnvironment(environment);
    m_window.setProcessChannelMode(QProcess::ForwardedChannels);
    m_window.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_window.start(QStringLiteral(SLOTSCOPE_WINDOW), {});
    QVERIFY(waitFor([&] { return m_reader.isWanted(); }));
    QVERIFY(waitFor([&] { return m_reader.attach(m_window.processId()); }));
}

void TestEndToEnd::connectsToWhatIsTyped()
{
    QVERIFY(sees(explain::startPage()));
    QVERIFY(click(u"Endpoint"_s, u"text"_s));
    QVERIFY(did(m_display.type(endpointOf(0))));
    QVERIFY(did(m_display.press(u"Return"_s)));
    QVERIFY(sees(explain::healthy(3, 6)));
    // The cards of the picture, in words.
    for (int node = 0; node < 6; ++node)
        QVERIFY(sees(endpointOf(node)));
}

void TestEndToEnd::runsACommand()
{
    QVERIFY(run(u"SET %1 \"from the keyboard\""_s.arg(keyOf(0))));
    QVERIFY(sees(u"S01 OK"_s)); // the path: one visit
    QVERIFY(run(u"GET "_s + keyOf(0)));
    QVERIFY(sees(u"\"from the keyboard\""_s));
}

void TestEndToEnd::tellsWhereTheKeyboardGoes()
{
    const auto isAt = [this](const QString& name) { return m_reader.focused().name == name; };
    QVERIFY(click(u"Endpoint"_s, u"text"_s));
    QVERIFY(waitFor([&] { return isAt(u"Endpoint"_s); }));
    while (!isAt(u"slots 0-5460: S01"_s)) {
        const QString before = m_reader.focused().path;
        QVERIFY(did(m_display.press(u"Tab"_s)));
        QVERIFY(waitFor([&] { return m_reader.focused().path != before; }));
        QVERIFY2(!isAt(u"Endpoint"_s), "around the window, and not over the ribbon");
        if (isAt(u"Slot ribbon"_s)) // the view first, then its part
            QVERIFY(waitFor([&] { return isAt(u"slots 0-5460: S01"_s); }));
    }
    QVERIFY(did(m_display.press(u"Right"_s)));
    QVERIFY(waitFor([&] { return isAt(u"slots 5461-10921: S02"_s); }));
    QVERIFY(did(m_display.press(u"space"_s)));
    QVERIFY(sees(u"Only S02"_s));
    QVERIFY(did(m_display.press(u"Escape"_s)));
    QVERIFY(waitFor([&] { return !words().join(u'\n').contains(u"Only S02"_s); }));
}

void TestEndToEnd::presses()
{
    const auto press = [this](const QString& beginning) {
        const QList<Item> shown = m_reader.shown();
        // The innermost.
        const auto found = std::find_if(shown.crbegin(), shown.crend(),
            [&](const Item& item) { return item.name.startsWith(beginning); });
        return found == shown.crend() ? QString() : m_reader.act(*found);
    };
    QCOMPARE(press(u"S03: 5462 slots"_s), u"Only this shard, or all again"_s);
    QVERIFY(sees(u"Only S03"_s));
    QCOMPARE(press(u"S03: 5462 slots"_s), u"Only this shard, or all again"_s);
    QVERIFY(waitFor([&] { return !words().join(u'\n').contains(u"Only S03"_s); }));
    QCOMPARE(press(u"S01 OK"_s), u"Play this"_s);
}

void TestEndToEnd::replaysMoved()
{
    const QString key = keyOf(1);
    QVERIFY(run(u"GET "_s + key));
    QVERIFY(sees(u"S01 MOVED > S02"_s));
    QVERIFY(playsToTheEnd());
    QVERIFY(tell(captions(),
        { explain::askingFor(u"GET "_s + key, slotOf(key), u"S01"_s),
            explain::movedReply(u"S01"_s, slotOf(key), u"S02"_s),
            explain::mapRewritten(slotOf(key), u"S02"_s) }));
    QCOMPARE(step().first, 1);
    QVERIFY(did(m_display.press(u"alt+Home"_s)));
    QVERIFY(playsToTheEnd());
}

void TestEndToEnd::compares()
{
    QVERIFY(run(u"GET "_s + keyOf(2), u"ctrl+Return"_s));
    QVERIFY(sees(explain::plainClientStops()));
    QVERIFY(sees(u"MOVED %1 %2"_s.arg(slotOf(keyOf(2))).arg(endpointOf(2))));
    QVERIFY(sees(u"S01 MOVED > S03"_s));
    QVERIFY(sees(u"A cluster client: follows MOVED"_s));
}

void TestEndToEnd::replaysAsk()
{
    const cluster::Slot slot(42);
    const auto migration = migrate(sandbox::SlotMigrationAction::What::Begin, slot);
    QVERIFY(migration);
    const QString key = QString::fromLatin1(migration->movedKey);
    QVERIFY(run(u"GET "_s + key));
    QVERIFY(sees(u"S01 ASK > S0"_s));
    QVERIFY(playsToTheEnd());
    const QString target
        = m_cluster->manifest().nodes.at(1).id == migration->to ? u"S02"_s : u"S03"_s;
    QVERIFY(tell(captions(),
        { explain::askingFor(u"GET "_s + key, slot.number(), u"S01"_s),
            explain::askReply(u"S01"_s, slot.number(), target), explain::mapStays(u"GET"_s) }));
}

void TestEndToEnd::showsAReshardLive()
{
    QVERIFY(click(u"Events"_s, u"page tab"_s));
    QVERIFY(sees(u"Slot 42 is being moved from"_s));
    QVERIFY(migrate(sandbox::SlotMigrationAction::What::Finish, cluster::Slot(42)));
    QVERIFY(sees(u"Slot 42 moved from S01 to S0"_s));
    QVERIFY(sees(u"S01: 5460 slots"_s)); // the card
}

void TestEndToEnd::showsAFailoverLive()
{
    const std::optional<QRect> picture = place(u"Topology"_s, {});
    QVERIFY(picture);
    const QByteArray before = m_display.pixels(*picture);
    QCOMPARE(::kill(static_cast<pid_t>(m_cluster->manifest().nodes.at(1).pid), SIGKILL), 0);
    QVERIFY(sees(u"S02 has a new primary"_s));
    QVERIFY(m_display.pixels(*picture) != before);
    // The headline has it too, and the cluster answers again.
    QVERIFY(sees(u"every slot is served"_s));
    QVERIFY(run(u"GET "_s + keyOf(1)));
    QVERIFY(sees(u"S01 MOVED > S02"_s));
}

void TestEndToEnd::quits()
{
    QVERIFY(did(m_display.press(u"ctrl+q"_s)));
    QVERIFY(waitFor([&] { return m_window.state() == QProcess::NotRunning; }));
    QCOMPARE(m_window.exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_window.exitCode(), 0);
}

void TestEndToEnd::cleanupTestCase()
{
    m_window.kill();
    m_window.waitForFinished(5000);
    if (m_cluster)
        m_cluster->stop();
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestEndToEnd)
#include "tst_endtoend.moc"
