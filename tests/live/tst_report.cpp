// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// `slotscope report` on a real cluster.

#include "core/capture/capturefile.h"
#include "core/profile/profilestore.h"
#include "core/sandbox/sandboxcluster.h"
#include "tests/live/programrun.h"
#include "tests/live/realserver.h"
#include "tests/support/fakenode.h"
#include "tests/support/fulldisk.h"
#include "tests/support/readcapture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using sandbox::SandboxCluster;

namespace {

const QString program = QStringLiteral(SLOTSCOPE_PROGRAM);

ProgramOutput report(const QStringList& arguments, const QString& executable = program)
{
    return runProgram(executable, QStringList { u"report"_s } + arguments);
}

} // namespace

class ReportTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase() { m_cluster.reset(); }

    void writesJson();
    void writesACaptureAndReportsOnIt();
    void keepsNoArguments();
    void drawsEveryFormat_data();
    void drawsEveryFormat();
    void redacts_data();
    void redacts();
    void overwritesOnlyWithForce();
    void partialIsSaid();
    void lateAnswersAreAdded();
    void lateNeedsACapture();
    void pseudonymsAreKept();
    void aProfileSaysWhatIsRedacted();
    void aCutCaptureIsUsedAsFarAsItGoes();
    void nobodyReached();
    void standalone();
    void refusesADamagedCapture();
    void cannotWrite();
    void aFullDiskKeepsWhatWasThere_data();
    void aFullDiskKeepsWhatWasThere();
    void needsTheWindowForPictures();
    void isInterrupted();

private:
    QString endpoint(int node) const
    {
        return u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.at(node).port);
    }
    QString path(const QString& name) const { return m_folder->filePath(name); }
    QByteArray contents(const QString& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QJsonObject json(const QString& name) const
    {
        return QJsonDocument::fromJson(contents(name)).object();
    }
    /// Of the node with this number in the manifest.
    QJsonObject nodeIn(const QJsonObject& document, int number) const
    {
        const QString id = m_cluster->manifest().nodes.at(number).id.toString();
        const QJsonArray nodes = document.value(u"nodes"_s).toArray();
        for (const QJsonValue& node : nodes) {
            if (node[u"node_id"_s] == id)
                return node.toObject();
        }
        return {};
    }

    std::unique_ptr<SandboxCluster> m_cluster;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void ReportTest::initTestCase()
{
    m_cluster = std::make_unique<SandboxCluster>(sandbox::ClusterSpec {});
    QSignalSpy started(m_cluster.get(), &SandboxCluster::started);
    m_cluster->start();
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, 60'000);
    QVERIFY2(started.first().at(0).toBool(),
        qPrintable(started.first().at(1).value<support::Error>().detail));
}

void ReportTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
}

void ReportTest::writesJson()
{
    // A replica, and plenty of time: on a busy machine too all have answered.
    const ProgramOutput output = report({ endpoint(4), u"--output"_s, path(u"r.json"_s),
        u"--deadline"_s, u"60"_s, u"--note"_s, u"first"_s, u"--note"_s, u"second: <b>"_s });
    QVERIFY2(output.exitCode == 0, output.told().constData());
    QVERIFY2(output.error.isEmpty(), output.told().constData());
    QVERIFY(output.standard.startsWith(path(u"r.json"_s).toUtf8()));
    QVERIFY(contents(u"r.json"_s).startsWith("{\n    \"schema\": 1,\n    \"version\": \""));
    const QJsonObject document = json(u"r.json"_s);
    QCOMPARE(document.value(u"asked"_s).toInt(), 6);
    QCOMPARE(document.value(u"reached"_s).toInt(), 6);
    QCOMPARE(document.value(u"tool_version"_s), document.value(u"version"_s));
    const QJsonObject topology = document.value(u"topology"_s).toObject();
    QCOMPARE(topology.value(u"shards"_s).toArray().size(), 3);
    QCOMPARE(topology.value(u"seed"_s)[u"typed"_s].toString(), endpoint(4));
    QCOMPARE(topology.value(u"views"_s)[u"answered"_s].toInt(), 6);
    QCOMPARE(document.value(u"notes"_s)[1][u"text"_s].toString(), u"second: <b>"_s);
    const QDateTime savedAt
        = QDateTime::fromString(document.value(u"saved_at"_s).toString(), Qt::ISODateWithMs);
    for (int i = 0; i < 6; ++i) {
        const QJsonObject node = nodeIn(document, i);
        QCOMPARE(node.value(u"address"_s).toString(), endpoint(i));
        QCOMPARE(node.value(u"dialled"_s).toString(), endpoint(i));
        QVERIFY(node.value(u"reachable"_s).toBool());
        QVERIFY(node.value(u"round_trip_micros"_s).toInteger(-1) >= 0);
        const QDateTime told
            = QDateTime::fromString(node.value(u"server_time"_s).toString(), Qt::ISODateWithMs);
        QVERIFY(qAbs(told.msecsTo(savedAt)) < 60'000); // one machine, one clock
        QStringList commands;
        const QJsonArray replies = node.value(u"replies"_s).toArray();
        for (const QJsonValue& reply : replies) {
            commands.append(reply[u"command"_s].toString());
            QVERIFY2(reply[u"error"_s].isNull(), qPrintable(commands.constLast()));
        }
        for (const char* command :
            { "TIME", "CLUSTER NODES", "CLUSTER INFO", "INFO", "ROLE", "SLOWLOG GET 10" })
            QVERIFY2(commands.contains(QLatin1StringView(command)), command);
    }
}

void ReportTest::writesACaptureAndReportsOnIt()
{
    const QString file = path(u"incident.slotscope"_s);
    const ProgramOutput written
        = report({ endpoint(0), u"--output"_s, file, u"--deadline"_s, u"60"_s });
    QVERIFY2(written.exitCode == 0, written.told().constData());
    const auto capture = tests::readCapture(file);
    QVERIFY(capture);
    QCOMPARE(capture->topology.shards().size(), 3);
    QVERIFY(!capture->toolVersion.isEmpty());

    // Nobody is asked: any file is a capture, whatever it is called.
    QVERIFY(QFile::rename(file, path(u"elsewhere"_s)));
    const ProgramOutput output = report(
        { path(u"elsewhere"_s), u"--output"_s, path(u"r.json"_s), u"--note"_s, u"afterwards"_s });
    QVERIFY2(output.exitCode == 0, output.told().constData());
    const QJsonObject document = json(u"r.json"_s);
    QCOMPARE(document.value(u"topology"_s)[u"shards"_s].toArray().size(), 3);
    QCOMPARE(document.value(u"notes"_s)[0][u"text"_s].toString(), u"afterwards"_s);
}

void ReportTest::aFullDiskKeepsWhatWasThere_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("JSON") << u"r.json"_s;
    QTest::newRow("capture") << u"r.slotscope"_s;
#ifdef SLOTSCOPE_HAS_WINDOW
    QTest::newRow("HTML") << u"r.html"_s;
#endif
}

void ReportTest::aFullDiskKeepsWhatWasThere()
{
    QFETCH(QString, name);
    QFile before(path(name));
    QVERIFY(before.open(QIODevice::WriteOnly) && before.write("before") == 6);
    before.close();
    ProgramOutput output;
    {
        const FullDisk full(1024); // for the program too
        output = report({ endpoint(0), u"--output"_s, path(name), u"--force"_s });
    }
    QVERIFY2(output.exitCode == 1, output.told().constData());
    QVERIFY2(output.told().contains("cannot be read or written"), output.told().constData());
    QVERIFY2(!output.told().contains("Unknown error"), output.told().constData());
    QCOMPARE(contents(name), "before");
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void ReportTest::keepsNoArguments()
{
    const quint16 port = static_cast<quint16>(m_cluster->manifest().nodes.at(0).port);
    redisCli(port, { u"CONFIG"_s, u"SET"_s, u"slowlog-log-slower-than"_s, u"0"_s });
    redisCli(port, { u"GET"_s, u"patient:7041:diagnosis"_s });
    // What asks is not to fill it.
    redisCli(port, { u"CONFIG"_s, u"SET"_s, u"slowlog-log-slower-than"_s, u"1000000"_s });
    const ProgramOutput output
        = report({ endpoint(0), u"--output"_s, path(u"r.json"_s), u"--deadline"_s, u"60"_s });
    const ProgramOutput kept = report({ endpoint(0), u"--output"_s, path(u"kept.json"_s),
        u"--deadline"_s, u"60"_s, u"--slowlog-arguments"_s });
    QVERIFY2(output.exitCode == 0, output.told().constData());
    QVERIFY(contents(u"r.json"_s).contains("(redacted)"));
    QVERIFY(!contents(u"r.json"_s).contains("patient:7041"));
    redisCli(port, { u"CONFIG"_s, u"SET"_s, u"slowlog-log-slower-than"_s, u"10000"_s });
    // By choice.
    QVERIFY2(kept.exitCode == 0, kept.told().constData());
    QVERIFY(contents(u"kept.json"_s).contains("patient:7041"));
}

void ReportTest::drawsEveryFormat_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("PNG") << u"r.png"_s << QByteArray("\x89PNG");
    QTest::newRow("SVG") << u"r.svg"_s << QByteArray("<");
    QTest::newRow("PDF") << u"r.PDF"_s << QByteArray("%PDF-");
    QTest::newRow("HTML") << u"r.html"_s << QByteArray("<!");
    QTest::newRow("Markdown") << u"r.md"_s << QByteArray("#");
}

void ReportTest::drawsEveryFormat()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, begin);
    const QStringList arguments { endpoint(0), u"--output"_s, path(name), u"--deadline"_s,
        u"60"_s };
    const ProgramOutput output = report(arguments);
#ifndef SLOTSCOPE_HAS_WINDOW
    // Nobody is there who could draw: said, and nothing is written.
    QVERIFY(output.exitCode != 0);
    QVERIFY2(output.error.contains("slotscope-window"), output.told().constData());
    QVERIFY(!QFile::exists(path(name)));
#else
    QVERIFY2(output.exitCode == 0, output.told().constData());
    QVERIFY2(output.error.isEmpty(), output.told().constData());
    QVERIFY2(contents(name).trimmed().startsWith(begin), contents(name).left(80).constData());
    QDir folder(m_folder->path());
    const qsizetype files = folder.entryList(QDir::Files).size();
    QCOMPARE(files > 1, name == u"r.md"_s); // its pictures stand beside it

    // They are kept too.
    if (name == u"r.md"_s) {
        QVERIFY(folder.remove(name));
        const ProgramOutput refused = report(arguments);
        QCOMPARE(refused.exitCode, 2);
        QVERIFY2(refused.error.contains("--force"), refused.told().constData());
        QVERIFY(!QFile::exists(path(name)));
        QCOMPARE(report(arguments + QStringList { u"--force"_s }).exitCode, 0);
        QCOMPARE(folder.entryList(QDir::Files).size(), files);
    }
#endif
}

void ReportTest::redacts_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("name");
    QTest::newRow("pseudonyms, JSON") << u"pseudonym"_s << u"r.json"_s;
    QTest::newRow("short, JSON") << u"short"_s << u"r.json"_s;
#ifdef SLOTSCOPE_HAS_WINDOW
    QTest::newRow("pseudonyms, HTML") << u"pseudonym"_s << u"r.html"_s;
    QTest::newRow("pseudonyms, SVG") << u"pseudonym"_s << u"r.svg"_s;
#endif
}

// What replaces a name is tested with the redaction; here that nothing goes around it.
void ReportTest::redacts()
{
    QFETCH(const QString, how);
    QFETCH(const QString, name);
    const auto& nodes = m_cluster->manifest().nodes;
    const ProgramOutput output = report({ endpoint(0), u"--output"_s, path(name), u"--deadline"_s,
        u"60"_s, u"--redact"_s, how, u"--note"_s, u"look at "_s + endpoint(1) });
    QVERIFY2(output.exitCode == 0, output.told().constData());
    const QByteArray written = contents(name);
    QVERIFY(written.size() > 1000);
    QVERIFY(!written.contains("127.0.0.1"));
    for (const sandbox::ManifestNode& node : nodes)
        QVERIFY(!written.contains(node.id.toByteArray()));
    if (name == u"r.json"_s) {
        const QJsonObject document = json(name);
        QCOMPARE(document.value(u"redaction"_s).toString(), how);
        QCOMPARE(document.value(u"topology"_s)[u"shards"_s].toArray().size(), 3);
    }
}

void ReportTest::overwritesOnlyWithForce()
{
    QFile there(path(u"r.json"_s));
    QVERIFY(there.open(QIODevice::WriteOnly));
    there.write("mine");
    there.close();
    const QStringList arguments { endpoint(0), u"--output"_s, path(u"r.json"_s) };
    const ProgramOutput refused = report(arguments);
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.error.contains("--force"), refused.told().constData());
    QCOMPARE(contents(u"r.json"_s), "mine");
    const ProgramOutput forced = report(arguments + QStringList { u"--force"_s });
    QVERIFY2(forced.exitCode == 0, forced.told().constData());
    QVERIFY(!json(u"r.json"_s).isEmpty());
}

void ReportTest::partialIsSaid()
{
    const auto& nodes = m_cluster->manifest().nodes;
    for (const int node : { 1, 5 })
        ::kill(static_cast<pid_t>(nodes.at(node).pid), SIGSTOP);
    QElapsedTimer timer;
    timer.start();
    const ProgramOutput output
        = report({ endpoint(0), u"--output"_s, path(u"r.json"_s), u"--deadline"_s, u"2.5"_s });
    const qint64 milliseconds = timer.elapsed();
    const ProgramOutput slow = report(
        { endpoint(0), u"--output"_s, path(u"late.slotscope"_s), u"--deadline"_s, u"1"_s });
    for (const int node : { 1, 5 })
        ::kill(static_cast<pid_t>(nodes.at(node).pid), SIGCONT);
    QVERIFY2(output.exitCode == 0, output.told().constData());
    QVERIFY2(output.error.contains("partial: 2 of 6 nodes"), output.told().constData());
    QVERIFY2(output.error.contains(endpoint(1).toUtf8()), output.told().constData());
    QVERIFY2(output.error.contains(endpoint(5).toUtf8()), output.told().constData());
    // They may answer later; where an answer cannot be added, or will not come, that is not said.
    QVERIFY2(slow.error.contains("--late SECONDS"), slow.told().constData());
    QVERIFY2(!output.error.contains("--late"), output.told().constData());
    // The aim (0.2 s more) is measured in tests/bench.
    QVERIFY2(
        milliseconds >= 2400 && milliseconds < 10'000, qPrintable(QString::number(milliseconds)));
    const QJsonObject document = json(u"r.json"_s);
    QCOMPARE(document.value(u"asked"_s).toInt(), 6);
    QCOMPARE(document.value(u"reached"_s).toInt(), 4);
    QVERIFY(!nodeIn(document, 1).value(u"reachable"_s).toBool());
    QVERIFY(!nodeIn(document, 1).value(u"error"_s)[u"message"_s].toString().isEmpty());
    bool isFound = false;
    const QJsonArray findings = document.value(u"findings"_s).toArray();
    for (const QJsonValue& finding : findings)
        isFound = isFound || finding[u"code"_s] == u"node-unreachable"_s;
    QVERIFY(isFound);
}

/// The report is there at the deadline; who answers later is added to it.
void ReportTest::lateAnswersAreAdded()
{
    const QString file = path(u"r.slotscope"_s);
    const auto pid = static_cast<pid_t>(m_cluster->manifest().nodes.at(1).pid);
    ::kill(pid, SIGSTOP);
    QProcess process;
    process.start(program,
        { u"report"_s, endpoint(0), u"--output"_s, file, u"--deadline"_s, u"2"_s, u"--late"_s,
            u"60"_s });
    const bool isWritten = QTest::qWaitFor(
        [&process] { return process.canReadLine() || process.state() == QProcess::NotRunning; },
        30'000);
    const auto atDeadline = tests::readCapture(file);
    const bool goesOn = process.state() == QProcess::Running;
    ::kill(pid, SIGCONT);
    QVERIFY(isWritten);
    QVERIFY(goesOn);
    QVERIFY(atDeadline.hasValue());
    const auto answers = [](const capture::Capture& capture) {
        return std::count_if(capture.nodes.begin(), capture.nodes.end(),
            [](const capture::NodeAnswers& node) { return !node.replies.isEmpty(); });
    };
    QVERIFY(answers(*atDeadline) < 6);
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000); // not all of 60 s
    const QByteArray error = process.readAllStandardError();
    QCOMPARE(process.exitCode(), 0);
    QVERIFY2(error.contains("late answer"), error.constData());
    const auto later = tests::readCapture(file);
    QVERIFY(later.hasValue());
    QCOMPARE(later->nodes.size(), 6);
    QCOMPARE(answers(*later), 6);
    QVERIFY(std::any_of(later->nodes.begin(), later->nodes.end(),
        [](const capture::NodeAnswers& node) { return node.isLate; }));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList { u"r.slotscope"_s });
}

void ReportTest::lateNeedsACapture()
{
    const ProgramOutput json
        = report({ endpoint(0), u"--output"_s, path(u"r.json"_s), u"--late"_s, u"5"_s });
    QCOMPARE(json.exitCode, 2);
    QVERIFY2(json.error.contains("--late"), json.told().constData());
    const ProgramOutput negative
        = report({ endpoint(0), u"--output"_s, path(u"r.slotscope"_s), u"--late"_s, u"-1"_s });
    QCOMPARE(negative.exitCode, 2);
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

/// By the ports, which stay: the same node has the same name in both reports.
void ReportTest::pseudonymsAreKept()
{
    const QHash<QString, QString> home { { u"XDG_CONFIG_HOME"_s, path(u"home"_s) } };
    const auto namesIn = [this, &home](int seed, const QStringList& more) {
        const QStringList arguments { u"report"_s, endpoint(seed), u"--output"_s, path(u"r.json"_s),
            u"--force"_s, u"--redact"_s, u"pseudonym"_s, u"--deadline"_s, u"60"_s };
        const ProgramOutput output = runProgram(program, arguments + more, home);
        QHash<QString, QString> names;
        const QJsonArray nodes = json(u"r.json"_s).value(u"nodes"_s).toArray();
        for (const QJsonValue& node : nodes)
            names.insert(
                node[u"address"_s].toString().section(u':', -1), node[u"node_id"_s].toString());
        return output.exitCode == 0 && output.error.isEmpty() ? names : QHash<QString, QString>();
    };
    const QString kept = path(u"home/slotscope/pseudonyms.json"_s);
    QCOMPARE(namesIn(0, { u"--pseudonyms"_s, u"new"_s }).size(), 6);
    QVERIFY(!QFile::exists(kept));
    const auto first = namesIn(0, {});
    QCOMPARE(first.size(), 6);
    QVERIFY(QFile::exists(kept));
    QCOMPARE(namesIn(5, {}), first);
    const ProgramOutput refused
        = report({ endpoint(0), u"--output"_s, path(u"x.json"_s), u"--pseudonyms"_s, u"others"_s });
    QCOMPARE(refused.exitCode, 2);
}

void ReportTest::aProfileSaysWhatIsRedacted()
{
    const QHash<QString, QString> home { { u"XDG_CONFIG_HOME"_s, path(u"home"_s) } };
    profile::Profile saved;
    saved.name = u"orders"_s;
    saved.endpoints = { endpoint(0) };
    saved.redaction = profile::Redaction::Pseudonym;
    QVERIFY(QDir(m_folder->path()).mkpath(u"home/slotscope"_s));
    profile::ProfileStore store(path(u"home/slotscope/profiles.json"_s));
    QVERIFY(store.save(saved).hasValue());
    const QStringList arguments { u"report"_s, u"profile:orders"_s, u"--output"_s,
        path(u"r.json"_s), u"--force"_s, u"--deadline"_s, u"60"_s };
    const ProgramOutput asSaved = runProgram(program, arguments, home);
    QVERIFY2(asSaved.exitCode == 0, asSaved.told().constData());
    QCOMPARE(json(u"r.json"_s).value(u"redaction"_s).toString(), u"pseudonym"_s);
    QVERIFY(!contents(u"r.json"_s).contains("127.0.0.1"));
    const ProgramOutput asked
        = runProgram(program, arguments + QStringList { u"--redact"_s, u"none"_s }, home);
    QVERIFY2(asked.exitCode == 0, asked.told().constData());
    QVERIFY(contents(u"r.json"_s).contains("127.0.0.1"));
}

void ReportTest::aCutCaptureIsUsedAsFarAsItGoes()
{
    const QString file = path(u"r.SLOTSCOPE"_s);
    QCOMPARE(report({ endpoint(0), u"--output"_s, file, u"--deadline"_s, u"60"_s }).exitCode, 0);
    QVERIFY(QFile::resize(file, QFileInfo(file).size() - 20));
    const ProgramOutput output = report({ file, u"--output"_s, path(u"r.json"_s) });
    QVERIFY2(output.exitCode == 0, output.told().constData());
    QVERIFY2(output.error.contains("cut or damaged"), output.told().constData());
    QCOMPARE(json(u"r.json"_s).value(u"missing"_s).toArray().size(), 1);
    QCOMPARE(json(u"r.json"_s).value(u"nodes"_s).toArray().size(), 6);
}

void ReportTest::nobodyReached()
{
    const ProgramOutput output = report({ u"127.0.0.1:1"_s, u"--output"_s, path(u"r.json"_s) });
    QCOMPARE(output.exitCode, 3);
    QVERIFY2(output.error.contains("127.0.0.1:1"), output.told().constData());
    QVERIFY(output.standard.isEmpty());
    QVERIFY(!QFile::exists(path(u"r.json"_s)));
}

void ReportTest::standalone()
{
    RealServer server;
    QVERIFY(server.start());
    const ProgramOutput output
        = report({ server.endpoint().toString(), u"--output"_s, path(u"r.json"_s) });
    QVERIFY2(output.exitCode == 0, output.told().constData());
    const QJsonObject document = json(u"r.json"_s);
    QCOMPARE(document.value(u"topology"_s)[u"kind"_s].toString(), u"standalone"_s);
    QVERIFY(document.value(u"nodes"_s)[0][u"reachable"_s].toBool());
}

void ReportTest::refusesADamagedCapture()
{
    QFile damaged(path(u"damaged.slotscope"_s));
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write("what is this?\n");
    damaged.close();
    for (const QString& name : { u"damaged.slotscope"_s, u"missing.slotscope"_s }) {
        const ProgramOutput output = report({ path(name), u"--output"_s, path(u"r.json"_s) });
        QCOMPARE(output.exitCode, 3);
        QVERIFY2(!output.error.isEmpty(), output.told().constData());
        QVERIFY(!QFile::exists(path(u"r.json"_s)));
    }
}

void ReportTest::cannotWrite()
{
    // Nobody, not even root, creates files there.
    for (const QString& name : { u"/proc/r.json"_s, u"/proc/r.slotscope"_s }) {
        const ProgramOutput output = report({ endpoint(0), u"--output"_s, name });
        QCOMPARE(output.exitCode, 1);
        QVERIFY2(output.error.contains("/proc/r."), output.told().constData());
        QVERIFY(output.standard.isEmpty());
    }
}

void ReportTest::needsTheWindowForPictures()
{
    const QString alone = path(u"slotscope"_s);
    QVERIFY(QFile::copy(program, alone));
    const QHash<QString, QString> nowhere { { u"PATH"_s, path(QString()) } };
    const ProgramOutput picture
        = runProgram(alone, { u"report"_s, endpoint(0), u"--output"_s, path(u"r.png"_s) }, nowhere);
    QCOMPARE(picture.exitCode, 1);
    QVERIFY2(picture.error.contains("slotscope-window"), picture.told().constData());
    const ProgramOutput document = runProgram(
        alone, { u"report"_s, endpoint(0), u"--output"_s, path(u"r.json"_s) }, nowhere);
    QVERIFY2(document.exitCode == 0, document.told().constData());
}

// Ctrl-C while the seed says nothing.
void ReportTest::isInterrupted()
{
    FakeNode node;
    node.setMute(true);
    QProcess process;
    process.start(program,
        { u"report"_s, node.endpoint().toString(), u"--output"_s, path(u"r.json"_s),
            u"--deadline"_s, u"60"_s, u"--timeout"_s, u"60"_s });
    QTRY_VERIFY_WITH_TIMEOUT(!node.chunks().isEmpty(), 20'000); // it listens to signals by now
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 20'000);
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(!QFile::exists(path(u"r.json"_s)));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::ReportTest)

#include "tst_report.moc"
