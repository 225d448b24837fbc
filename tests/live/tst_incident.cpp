// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturefile.h"
#include "core/capture/collectrun.h"
#include "core/capture/history.h"
#include "core/capture/recorder.h"
#include "core/sandbox/sandboxcluster.h"
#include "tests/live/programrun.h"
#include "tests/live/realserver.h"

#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QXmlStreamReader>

#include <csignal>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using capture::Capture;
using capture::History;
using cluster::Slot;
using cluster::TopologyChange;
using sandbox::SandboxCluster;
using session::SessionHandle;

namespace {

constexpr int patience = 60'000;

const cluster::TopologyEvent* find(
    const QList<cluster::TopologyEvent>& events, TopologyChange::Kind kind, const QString& after)
{
    for (const cluster::TopologyEvent& event : events) {
        if (event.change.kind == kind && (after.isEmpty() || event.change.after == after))
            return &event;
    }
    return nullptr;
}

/// What somebody reads in a report, its lines joined; of tables cell by cell, row by row.
QString wordsOf(const QString& file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return {};
    QString text;
    if (file.endsWith(u".pdf"_s)) {
        QProcess process;
        process.start(u"pdftotext"_s, { u"-layout"_s, file, u"-"_s });
        process.waitForFinished(60'000);
        text = QString::fromUtf8(process.readAllStandardOutput());
    } else if (file.endsWith(u".md"_s)) {
        text = QString::fromUtf8(in.readAll());
        text.remove(u'\\');
        text.replace(u'|', u' ');
    } else {
        QXmlStreamReader reader(in.readAll());
        while (!reader.atEnd()) {
            if (reader.readNext() == QXmlStreamReader::Characters)
                text += reader.text();
            text += u' ';
        }
        if (reader.hasError())
            return {};
    }
    return text.simplified();
}

/// A report of the capture in `file`, made by the program.
bool makeReport(const QString& file, const QString& report)
{
    const ProgramOutput output = runProgram(
        QStringLiteral(SLOTSCOPE_PROGRAM), { u"report"_s, file, u"--output"_s, report });
    if (output.exitCode != 0)
        qCritical("%s", output.told().constData());
    return output.exitCode == 0;
}

QString addressOf(const sandbox::ManifestNode& node)
{
    return u"127.0.0.1:%1"_s.arg(node.port);
}

/// In a table of nodes.
QString primaryRow(const sandbox::ManifestNode& node)
{
    return u"S01 %1 primary"_s.arg(addressOf(node));
}

/// "CLUSTERDOWN 80 41 14:03:12.345Z 14:03:27.001Z"; the times may have a date before them.
QPair<QDateTime, QDateTime> timesOfClusterDown(const QString& words, const QDateTime& day)
{
    static const QRegularExpression row(
        u"CLUSTERDOWN \\d+ \\d+ (?:[0-9-]{10} )?([0-9:.]{12})Z (?:[0-9-]{10} )?([0-9:.]{12})Z"_s);
    const QRegularExpressionMatch match = row.match(words);
    const auto at = [&](int group) {
        QDateTime time = day.toUTC();
        time.setTime(QTime::fromString(match.captured(group), u"HH:mm:ss.zzz"_s));
        // It may have been the day before.
        return time > day ? time.addDays(-1) : time;
    };
    return match.hasMatch() ? QPair(at(1), at(2)) : QPair<QDateTime, QDateTime>();
}

} // namespace

/// A whole incident on a real cluster, under load: a primary is killed, its replica takes over, a
/// slot moves, the killed one comes back. What the recording and the captures say must be what
/// happened, and when.
class IncidentTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void isToldAsItWas();

private:
    Capture captureNow(const net::Endpoint& seed);
    /// With all that was recorded until now.
    static bool save(const QString& file, const Capture& capture, capture::Recorder& recorder);
};

bool IncidentTest::save(const QString& file, const Capture& capture, capture::Recorder& recorder)
{
    bool isWritten = false;
    recorder.whenWritten([&] { isWritten = true; });
    if (!QTest::qWaitFor([&] { return isWritten; }, patience))
        return false;
    auto recording = History::open(recorder.file());
    const auto now
        = recording ? recording->at(recording->to()) : support::Result<Capture>(recording.error());
    if (!now)
        return false;
    // As the window does.
    Capture whole = capture;
    whole.recordingBegan = recording->from();
    whole.seen = now->seen;
    whole.counted = now->counted;
    capture::CaptureWriter writer(file);
    return recording->forEachStretch(recording->from(), [&writer](const capture::Stretch& stretch) {
        writer.add(stretch);
    }) && writer.finish(whole);
}

Capture IncidentTest::captureNow(const net::Endpoint& seed)
{
    net::ConnectionPool pool(net::ConnectionOptions {});
    capture::CollectRun run(&pool, seed, seed.toString());
    QSignalSpy finished(&run, &capture::CollectRun::finished);
    run.start();
    (void)QTest::qWaitFor([&] { return !finished.isEmpty(); }, 10'000);
    Capture result = finished.value(0).value(1).value<Capture>();
    result.savedAt = QDateTime::currentDateTimeUtc();
    return result;
}

void IncidentTest::isToldAsItWas()
{
    const QTemporaryDir folder;
    SandboxCluster cluster(sandbox::ClusterSpec {});
    QSignalSpy started(&cluster, &SandboxCluster::started);
    cluster.start();
    QVERIFY(QTest::qWaitFor([&] { return !started.isEmpty(); }, patience));
    QVERIFY(started.first().at(0).toBool());
    const QList<sandbox::ManifestNode> nodes = cluster.manifest().nodes;
    const auto ask = [&](int node, const QStringList& command) {
        return redisCli(nodes.at(node).port, command);
    };
    QVERIFY(QTest::qWaitFor(
        [&] {
            return ask(3, { u"INFO"_s, u"replication"_s }).contains("master_link_status:up");
        },
        patience));
    const net::Endpoint seed { u"127.0.0.1"_s, nodes.at(1).port };

    session::IoThread io;
    session::SessionConfig config;
    config.endpoint.endpoint = seed;
    config.endpoint.typed = seed.toString();
    config.options.timeout = 2s;
    config.refreshInterval = 500ms;
    config.metricsInterval = 1s;
    capture::RecorderOptions options;
    options.folder = folder.filePath(u"recordings"_s);
    capture::Recorder recorder(options);
    SessionHandle session(io, config);
    QSignalSpy topologies(&session, &SessionHandle::topologyChanged);
    recorder.start(&session);
    session.open();
    QVERIFY(QTest::qWaitFor([&] { return !topologies.isEmpty(); }, patience));

    // The load: a key of a slot of the one that will be killed, and one of another.
    QTimer load;
    connect(&load, &QTimer::timeout, &session, [&session] {
        session.run({ "GET", "{b}" }, command::Behaviour::clusterClientWithMap()); // slot 3300
        session.run({ "GET", "{a}" }, command::Behaviour::clusterClientWithMap()); // slot 15495
        // One that takes the first answer, so that each is heard.
        session.run({ "GET", "{c}" }, command::Behaviour::plainClient()); // slot 7365, the seed's
    });
    load.start(50ms);
    QTest::qWait(2500);
    const Capture before = captureNow(seed);
    QCOMPARE(before.nodes.size(), 6);
    const QString fileBefore = folder.filePath(u"before.slotscope"_s);
    QVERIFY(save(fileBefore, before, recorder));

    // What happens, as another client sees it.
    QDateTime downFrom;
    QDateTime downUntil;
    QDateTime promoted;
    const QDateTime killed = QDateTime::currentDateTimeUtc();
    ::kill(static_cast<pid_t>(nodes.at(0).pid), SIGKILL);
    QVERIFY(QTest::qWaitFor(
        [&] {
            const QDateTime now = QDateTime::currentDateTimeUtc();
            const bool isDown = ask(1, { u"GET"_s, u"{c}"_s }).contains("CLUSTERDOWN");
            if (isDown && !downFrom.isValid())
                downFrom = now;
            if (isDown)
                downUntil = now;
            if (!promoted.isValid() && ask(3, { u"ROLE"_s }).startsWith("master"))
                promoted = now;
            return !isDown && downUntil.isValid() && promoted.isValid();
        },
        patience));
    // Who watches has seen it, too.
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto shown = topologies.last().first().value<cluster::Topology>();
            const cluster::Node* owner = shown.ownerOf(Slot(3300));
            return owner != nullptr && owner->id == nodes.at(3).id;
        },
        patience));
    const Capture during = captureNow(seed);
    const QString fileDuring = folder.filePath(u"during.slotscope"_s);
    QVERIFY(save(fileDuring, during, recorder));
    QTest::qWait(2000);
    // A slot moves from the second shard to the third.
    const QString movedSlot = u"9000"_s;
    const QString target = nodes.at(2).id.toString();
    for (const int node : { 2, 1, 3 })
        QCOMPARE(ask(node, { u"CLUSTER"_s, u"SETSLOT"_s, movedSlot, u"NODE"_s, target }).trimmed(),
            QByteArray("OK"));
    ask(2, { u"CLUSTER"_s, u"BUMPEPOCH"_s });
    const QDateTime moved = QDateTime::currentDateTimeUtc();
    QTest::qWait(2000);
    cluster.restart(0);
    QVERIFY(QTest::qWaitFor([&] { return ask(0, { u"ROLE"_s }).startsWith("slave"); }, patience));
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto shown = topologies.last().first().value<cluster::Topology>();
            const cluster::Node* first = shown.nodeById(nodes.at(0).id);
            return first != nullptr && first->health == cluster::Health::Ok
                && first->role == cluster::Role::Replica;
        },
        patience));
    load.stop();
    const Capture after = captureNow(seed);

    // A capture that was taken too late, with the whole of it.
    const QString file = folder.filePath(u"late.slotscope"_s);
    QVERIFY(save(file, after, recorder));
    recorder.end();
    auto history = History::open(file);
    QVERIFY2(history.hasValue(), history ? "" : qPrintable(history.error().detail));
    QVERIFY2(!history->damage(), qPrintable(history->damage().value_or(support::Error {}).detail));

    // Who was primary when.
    const auto ownerAt = [&](const QDateTime& at, int slot) {
        const auto moment = history->at(at);
        const cluster::Node* owner = moment ? moment->topology.ownerOf(Slot(slot)) : nullptr;
        return owner == nullptr ? cluster::NodeId() : owner->id;
    };
    QCOMPARE(before.topology.ownerOf(Slot(3300))->id, nodes.at(0).id);
    QCOMPARE(ownerAt(killed.addMSecs(-200), 3300), nodes.at(0).id);
    QCOMPARE(during.topology.ownerOf(Slot(3300))->id, nodes.at(3).id);
    QCOMPARE(ownerAt(history->to(), 3300), nodes.at(3).id);
    QCOMPARE(after.topology.ownerOf(Slot(3300))->id, nodes.at(3).id);
    const QList<cluster::TopologyEvent> events = history->events(1000);
    const auto* failover = find(events, TopologyChange::Kind::Failover, {});
    QVERIFY(failover != nullptr);
    QCOMPARE(failover->change.from, nodes.at(0).id);
    QCOMPARE(failover->change.to, nodes.at(3).id);
    QVERIFY2(std::abs(promoted.msecsTo(failover->at)) < 1500,
        qPrintable(u"seen %1 ms after"_s.arg(promoted.msecsTo(failover->at))));

    // Which slots moved.
    const auto* reshard = find(events, TopologyChange::Kind::SlotsMoved, {});
    QVERIFY(reshard != nullptr);
    QCOMPARE(reshard->change.ranges, (cluster::SlotRanges { { Slot(9000), Slot(9000) } }));
    QCOMPARE(reshard->change.from, nodes.at(1).id);
    QCOMPARE(reshard->change.to, nodes.at(2).id);
    QCOMPARE(ownerAt(moved.addMSecs(-1000), 9000), nodes.at(1).id);
    QCOMPARE(ownerAt(history->to(), 9000), nodes.at(2).id);

    // When CLUSTERDOWN began and ended, to within a second: as it was answered to Slotscope.
    const auto last = history->at(history->to());
    QVERIFY(last.hasValue());
    QDateTime first;
    QDateTime end;
    for (const capture::SeenErrors& seen : last->seen) {
        if (seen.word != "CLUSTERDOWN")
            continue;
        first = first.isValid() ? std::min(first, seen.first) : seen.first;
        end = end.isValid() ? std::max(end, seen.last) : seen.last;
    }
    QVERIFY2(first.isValid() && downFrom.isValid(), "nobody was told CLUSTERDOWN");
    QVERIFY2(std::abs(downFrom.msecsTo(first)) <= 1000,
        qPrintable(u"began %1 ms after"_s.arg(downFrom.msecsTo(first))));
    QVERIFY2(std::abs(downUntil.msecsTo(end)) <= 1000,
        qPrintable(u"ended %1 ms after"_s.arg(downUntil.msecsTo(end))));

    // And to everybody else, as often as the counters were looked at.
    const auto counted = std::find_if(last->counted.begin(), last->counted.end(),
        [](const capture::CountedErrors& errors) { return errors.word == "CLUSTERDOWN"; });
    QVERIFY2(counted != last->counted.end(), "nobody has counted CLUSTERDOWN");
    QVERIFY(counted->count > 0);
    QVERIFY2(downFrom.msecsTo(counted->first) >= -1000,
        qPrintable(u"counted %1 ms after"_s.arg(downFrom.msecsTo(counted->first))));
    QVERIFY(counted->first <= counted->last && counted->last <= history->to());

    // The numbers of before and after are there, and all is well again.
    QVERIFY(!last->samples.isEmpty());
    QCOMPARE(last->topology.data().state, cluster::ClusterState::Ok);
    QCOMPARE(history->last()->nodes.size(), 6);

    // And so say the reports. Who was primary when:
    const auto report = [&](const QString& of, const QString& name) {
        const QString made = folder.filePath(name);
        return makeReport(of, made) ? made : QString();
    };
    const QString seenAt = failover->at.toString(u"HH:mm:ss'Z'"_s);
#ifdef SLOTSCOPE_HAS_WINDOW
    const QString wordsBefore = wordsOf(report(fileBefore, u"before.html"_s));
    QVERIFY2(wordsBefore.contains(primaryRow(nodes.at(0))), qPrintable(wordsBefore));
    QVERIFY(!wordsBefore.contains(u"CLUSTERDOWN"_s));
    const QString wordsDuring = wordsOf(report(fileDuring, u"during.html"_s));
    QVERIFY2(wordsDuring.contains(primaryRow(nodes.at(3))), qPrintable(wordsDuring));
    QVERIFY(wordsDuring.contains(cluster::sentenceOf(failover->change)));
    for (const QString& name : { u"after.html"_s, u"after.md"_s, u"after.pdf"_s }) {
        const QString words = wordsOf(report(file, name));
        const auto says = [&](const QString& fact) {
            if (words.contains(fact))
                return true;
            qCritical("%s is not in %s: %s", qPrintable(fact), qPrintable(name), qPrintable(words));
            return false;
        };
        QVERIFY(says(primaryRow(nodes.at(3))));
        QVERIFY(says(u"S01 before %1 %2 S01 %1 still is %3"_s.arg(
            seenAt, addressOf(nodes.at(0)), addressOf(nodes.at(3)))));
        QVERIFY(says(seenAt + u' ' + cluster::sentenceOf(failover->change)));
        QVERIFY(says(
            reshard->at.toString(u"HH:mm:ss'Z'"_s) + u' ' + cluster::sentenceOf(reshard->change)));
        const auto [downs, ups] = timesOfClusterDown(words, after.savedAt);
        QVERIFY2(downs.isValid() && ups.isValid(), qPrintable(words));
        QVERIFY2(std::abs(downFrom.msecsTo(downs)) <= 1000, qPrintable(words));
        QVERIFY2(std::abs(downUntil.msecsTo(ups)) <= 1000, qPrintable(words));
    }
    // The picture: who it was, who it is, and what happened.
    const QString picture = wordsOf(report(file, u"after.svg"_s));
    for (const QString& fact : { u"S01"_s, QString::number(nodes.at(0).port),
             QString::number(nodes.at(3).port), seenAt, u"9000"_s, u"CLUSTERDOWN"_s }) {
        if (!picture.contains(fact))
            qCritical("%s is not in %s", qPrintable(fact), qPrintable(picture));
        QVERIFY2(picture.contains(fact), qPrintable(fact));
    }
#endif
    QFile json(report(file, u"after.json"_s));
    QVERIFY(json.open(QIODevice::ReadOnly));
    const QJsonObject document = QJsonDocument::fromJson(json.readAll()).object();
    const auto eventOf = [&](const QString& kind) {
        const QJsonArray all = document.value(u"events"_s).toArray();
        for (const QJsonValue& event : all) {
            if (event[u"kind"_s] == kind)
                return event.toObject();
        }
        return QJsonObject();
    };
    QCOMPARE(eventOf(u"failover"_s).value(u"from"_s).toString(), nodes.at(0).id.toString());
    QCOMPARE(eventOf(u"failover"_s).value(u"to"_s).toString(), nodes.at(3).id.toString());
    QCOMPARE(eventOf(u"slots-moved"_s).value(u"slots"_s).toArray(),
        (QJsonArray { QJsonArray { 9000, 9000 } }));
    QDateTime told;
    QDateTime toldLast;
    const QJsonArray errors = document.value(u"seen_errors"_s).toArray();
    for (const QJsonValue& error : errors) {
        if (error[u"word"_s] != u"CLUSTERDOWN"_s)
            continue;
        const auto at = [&error](const QString& name) {
            return QDateTime::fromString(error[name].toString(), Qt::ISODateWithMs);
        };
        told = told.isValid() ? std::min(told, at(u"first"_s)) : at(u"first"_s);
        toldLast = toldLast.isValid() ? std::max(toldLast, at(u"last"_s)) : at(u"last"_s);
    }
    QVERIFY(told.isValid() && toldLast.isValid());
    QVERIFY(std::abs(downFrom.msecsTo(told)) <= 1000);
    QVERIFY(std::abs(downUntil.msecsTo(toldLast)) <= 1000);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::IncidentTest)
#include "tst_incident.moc"
