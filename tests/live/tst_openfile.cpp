// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// A capture's file is opened the ways a user opens it: by either program, and by double-click,
// which is what the desktop file says. In the real window, on an X server of its own.

#include "core/capture/capturefile.h"
#include "tests/live/virtualdisplay.h"

#include <QFileInfo>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

class TestOpenFile final : public QObject
{
    Q_OBJECT

    static constexpr int patience = 40'000;

    VirtualDisplay m_display { { 1280, 800 } };
    QTemporaryDir m_home;

    /// Of a cluster that is called so; one primary that has all slots.
    QString captureOf(const QString& name) const
    {
        cluster::TopologyData data;
        cluster::Node node;
        node.id = cluster::NodeId(QByteArray(40, 'a'));
        node.address = { u"192.0.2.1"_s, 6379 };
        node.ranges = { { cluster::Slot(0), cluster::Slot(16383) } };
        data.nodes = { node };
        capture::Capture capture;
        capture.topology = cluster::Topology::build(data);
        capture.savedAt = QDateTime(QDate(2026, 11, 23), QTime(14, 7, 41), Qt::UTC);
        capture.name = name;
        const QString file = m_home.filePath(name + u".slotscope"_s);
        return capture::writeCapture(file, capture) ? file : QString();
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void initTestCase()
    {
        const QString trouble = m_display.start();
        QVERIFY2(trouble.isEmpty(), qPrintable(trouble));
    }

    void aCaptureOpens_data()
    {
        QTest::addColumn<QStringList>("command");
        const QString window = QStringLiteral(SLOTSCOPE_WINDOW);
        QTest::newRow("slotscope") << QStringList { QStringLiteral(SLOTSCOPE_PROGRAM) };
        QTest::newRow("slotscope-window") << QStringList { window };
        QTest::newRow("option") << QStringList { window, u"--capture"_s };
        const QSettings desktop(QStringLiteral(SLOTSCOPE_DESKTOP_FILE), QSettings::IniFormat);
        QStringList command = desktop.value(u"Desktop Entry/Exec"_s).toString().split(u' ');
        QCOMPARE(command.value(0), QFileInfo(window).fileName());
        QCOMPARE(command.takeLast(), u"%f"_s);
        command[0] = window;
        QTest::newRow("double-click") << command;
    }
    void aCaptureOpens()
    {
        QFETCH(QStringList, command);
        const QString name = QString::fromLatin1(QTest::currentDataTag()) + u" shop"_s;
        const QString file = captureOf(name);
        QVERIFY(!file.isEmpty());
        QVERIFY(!m_display.shows(name));
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"DISPLAY"_s, m_display.name());
        environment.remove(u"QT_QPA_PLATFORM"_s);
        for (const char* folder : { "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME" })
            environment.insert(QString::fromLatin1(folder), m_home.path());
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        const QString executable = command.takeFirst();
        program.start(executable, command + QStringList { file });
        QVERIFY(program.waitForStarted());
        // Only what is shown has a title.
        QTRY_VERIFY_WITH_TIMEOUT(
            m_display.shows(name + u", captured at .* - Slotscope"_s), patience);
        program.terminate();
        QVERIFY(program.waitForFinished(patience));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestOpenFile)
#include "tst_openfile.moc"
