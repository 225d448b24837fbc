// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturefile.h"
#include "core/sandbox/sandboxcluster.h"
#include "tests/live/fakewindow.h"
#include "tests/live/programrun.h"
#include "tests/support/readcapture.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using sandbox::Manifest;
using sandbox::ManifestNode;

namespace {

const QString program = QStringLiteral(SLOTSCOPE_PROGRAM);

using Environment = QHash<QString, QString>;

QStringList sandboxFolders(const QString& temporary)
{
    return QDir(temporary).entryList({ u"slotscope-sandbox-*"_s }, QDir::Dirs);
}

bool processRuns(qint64 pid)
{
    return QFileInfo(u"/proc/%1/cwd"_s.arg(pid)).symLinkTarget().startsWith(u'/');
}

bool noneRuns(const Manifest& manifest)
{
    return std::none_of(manifest.nodes.begin(), manifest.nodes.end(),
        [](const ManifestNode& node) { return processRuns(node.pid); });
}

/// `slotscope sandbox`, small, in its own temporary folder.
class RunningSandbox final
{
public:
    bool start(const QStringList& more = {}, const Environment& extra = {},
        const QString& executable = program)
    {
        Environment environment = extra;
        environment.insert(u"TMPDIR"_s, m_temporary.path());
        process.setProcessEnvironment(programEnvironment(environment));
        const QStringList arguments { u"sandbox"_s, u"--primaries"_s, u"1"_s, u"--replicas"_s,
            u"0"_s };
        process.start(executable, arguments + more);
        if (!QTest::qWaitFor(
                [this] { return process.canReadLine() || process.state() == QProcess::NotRunning; },
                60'000)
            || !process.canReadLine()) {
            return false;
        }
        endpoint = QString::fromUtf8(process.readLine()).trimmed();
        const QStringList folders = sandboxFolders(temporary());
        if (folders.size() != 1)
            return false;
        const auto read
            = Manifest::read(temporary() + u'/' + folders.first() + u"/manifest.json"_s);
        if (!read)
            return false;
        manifest = *read;
        return true;
    }

    bool hasEnded(int within = 20'000)
    {
        return QTest::qWaitFor([this] { return process.state() == QProcess::NotRunning; }, within);
    }
    /// Everything is gone, which may take the janitor a moment.
    bool hasVanished() const
    {
        return QTest::qWaitFor(
            [this] { return noneRuns(manifest) && sandboxFolders(temporary()).isEmpty(); }, 10'000);
    }
    QString temporary() const { return m_temporary.path(); }
    void signal(int number) { ::kill(static_cast<pid_t>(process.processId()), number); }

    QProcess process;
    QString endpoint;
    Manifest manifest;

private:
    QTemporaryDir m_temporary;
};

} // namespace

class SandboxCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void endsOnASignal_data();
    void endsOnASignal();
    void isSweptLater();
    void endsWithItsWindow_data();
    void endsWithItsWindow();
    void namesTheMissingServer();
    void namesTheMissingTemporaryFolder();
    void serversAreToldNoPassword();
    void playsItsDemo();
};

void SandboxCommandTest::endsOnASignal_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
    QTest::newRow("SIGKILL") << SIGKILL;
    QTest::newRow("SIGSEGV") << SIGSEGV;
}

void SandboxCommandTest::endsOnASignal()
{
    QFETCH(int, number);
    RunningSandbox sandbox;
    QVERIFY(sandbox.start());
    QCOMPARE(sandbox.endpoint, u"127.0.0.1:%1"_s.arg(sandbox.manifest.nodes.first().port));
    QVERIFY(processRuns(sandbox.manifest.nodes.first().pid));
    sandbox.signal(number);
    QVERIFY(sandbox.hasEnded());
    if (number != SIGKILL && number != SIGSEGV)
        QCOMPARE(sandbox.process.exitCode(), 0);
    QVERIFY(sandbox.hasVanished());
}

void SandboxCommandTest::isSweptLater()
{
    RunningSandbox sandbox;
    QVERIFY(sandbox.start());
    // The janitor first: it is the only child of its parent that has a session of its own.
    const QString children = u"/proc/%1/task/%1/children"_s.arg(sandbox.process.processId());
    QFile file(children);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArrayList pids = file.readAll().simplified().split(' ');
    for (const QByteArray& pid : pids) {
        if (pid.toLongLong() != sandbox.manifest.nodes.first().pid)
            ::kill(pid.toInt(), SIGKILL);
    }
    sandbox.signal(SIGKILL);
    QVERIFY(sandbox.hasEnded());
    QTRY_VERIFY_WITH_TIMEOUT(noneRuns(sandbox.manifest), 20'000);
    QTest::qWait(200);
    QCOMPARE(sandboxFolders(sandbox.temporary()).size(), 1);
    qputenv("TMPDIR", sandbox.temporary().toUtf8());
    const int swept = sandbox::sweepLeftovers();
    qunsetenv("TMPDIR");
    QCOMPARE(swept, 1);
    QVERIFY(sandboxFolders(sandbox.temporary()).isEmpty());
}

void SandboxCommandTest::endsWithItsWindow_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("closed") << QByteArray("sleep 1; exit 0\n") << 0;
    QTest::newRow("crashed") << QByteArray("sleep 1; kill -SEGV $$\n") << 1;
}

void SandboxCommandTest::endsWithItsWindow()
{
    QFETCH(QByteArray, script);
    QFETCH(int, exitCode);
    const FakeWindow window(program, script);
    RunningSandbox sandbox;
    QVERIFY(sandbox.start({}, { { u"DISPLAY"_s, u":77"_s } }, window.executable()));
    QVERIFY(sandbox.hasEnded());
    QCOMPARE(sandbox.process.exitCode(), exitCode);
    QVERIFY(sandbox.hasVanished());
    QCOMPARE(window.arguments(),
        (QStringList { sandbox.endpoint, u"--sandbox-manifest"_s,
            sandbox.manifest.folder + u"/manifest.json"_s }));
}

void SandboxCommandTest::namesTheMissingServer()
{
    const ProgramOutput output
        = runProgram(program, { u"sandbox"_s, u"--no-window"_s }, { { u"PATH"_s, u"/nowhere"_s } });
    QCOMPARE(output.exitCode, 1);
    QVERIFY(output.standard.isEmpty());
    QVERIFY(output.error.contains("redis-server"));
}

void SandboxCommandTest::namesTheMissingTemporaryFolder()
{
    const ProgramOutput output = runProgram(
        program, { u"sandbox"_s, u"--no-window"_s }, { { u"TMPDIR"_s, u"/nowhere/at/all"_s } });
    QVERIFY2(output.exitCode == 1, output.told().constData());
    QVERIFY2(output.error.contains("/nowhere/at/all: there is no such folder"),
        output.told().constData());
}

void SandboxCommandTest::serversAreToldNoPassword()
{
    // A server writes over its environment, so that a script in its place tells it.
    const QTemporaryDir folder;
    QFile script(folder.filePath(u"redis-server"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    const QString told = folder.filePath(u"environment"_s);
    const QString server = QStandardPaths::findExecutable(u"redis-server"_s);
    script.write(u"#!/bin/sh\nenv >> '%1'\nexec '%2' \"$@\"\n"_s.arg(told, server).toLocal8Bit());
    QVERIFY(script.setPermissions(script.permissions() | QFileDevice::ExeOwner));
    script.close();
    RunningSandbox sandbox;
    QVERIFY(sandbox.start({},
        { { u"SLOTSCOPE_PASSWORD"_s, u"not-for-servers"_s },
            { u"PATH"_s, QString(folder.path() + u':' + qEnvironmentVariable("PATH")) } }));
    sandbox.signal(SIGTERM);
    QVERIFY(sandbox.hasEnded());
    QFile environment(told);
    QVERIFY(environment.open(QIODevice::ReadOnly));
    const QByteArray lines = environment.readAll();
    QVERIFY(lines.contains("PATH="));
    QVERIFY(!lines.contains("not-for-servers"));
}

void SandboxCommandTest::playsItsDemo()
{
    QTemporaryDir folder;
    const QString demo = folder.filePath(u"new/demo"_s);
    const ProgramOutput output = runProgram(program, { u"sandbox"_s, u"--demo"_s, demo });
    const auto document = [&demo](const QString& name) {
        QFile file(demo + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    };
    const auto outcomes = [](const QJsonObject& trace) {
        QStringList all;
        const QJsonArray hops = trace.value(u"hops"_s).toArray();
        for (const QJsonValue& hop : hops)
            all.append(hop.toObject().value(u"outcome"_s).toString());
        return all;
    };
    QCOMPARE(outcomes(document(u"moved.json"_s)), (QStringList { u"moved"_s, u"reply"_s }));
    QCOMPARE(outcomes(document(u"plain.json"_s)), QStringList { u"moved"_s });
    QCOMPARE(outcomes(document(u"ask.json"_s)), (QStringList { u"ask"_s, u"reply"_s }));
    QCOMPARE(document(u"topology.json"_s).value(u"migrating"_s).toArray().size(), 1);
    QVERIFY(output.standard.contains("MOVED 1738"));
    QVERIFY(output.standard.contains("ASK 1738"));
    const auto capture = tests::readCapture(demo + u"/capture.slotscope"_s);
    QVERIFY(capture.hasValue());
    QCOMPARE(capture->traces.size(), 3);
#ifdef SLOTSCOPE_HAS_WINDOW
    QVERIFY2(output.exitCode == 0, output.error.constData());
    QFile picture(demo + u"/picture.png"_s);
    QVERIFY(picture.open(QIODevice::ReadOnly));
    QVERIFY(picture.read(8) == QByteArray("\x89PNG\r\n\x1a\n"));
    QVERIFY(output.standard.contains(demo.toUtf8()));
#else
    QCOMPARE(output.exitCode, 1); // there is no window to draw the picture
#endif
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::SandboxCommandTest)
#include "tst_sandboxcommand.moc"
