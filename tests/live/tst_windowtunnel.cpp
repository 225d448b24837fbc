// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/sandboxcluster.h"
#include "tests/support/realsshd.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/wayin/tunnelquestions.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using ui::SshQuestionDialog;

/// The window on a real cluster through a real ssh: its questions are the window's.
class WindowTunnelTest final : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;

    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
    std::unique_ptr<RealSshd> m_sshd;
    std::unique_ptr<session::IoThread> m_io;
    std::unique_ptr<ui::MainWindow> m_window;
    QTemporaryDir m_folder;

    void openThroughTunnel()
    {
        ui::WindowOptions options;
        options.profilesFile = m_folder.filePath(u"profiles.json"_s);
        m_window = std::make_unique<ui::MainWindow>(*m_io, options);
        m_window->show();
        session::SessionConfig config;
        config.endpoint.endpoint = { u"127.0.0.1"_s, m_cluster->manifest().nodes.first().port };
        config.endpoint.typed = config.endpoint.endpoint.toString();
        config.options.timeout = std::chrono::seconds(20);
        config.options.tunnel
            = net::SshTunnel::create(m_sshd->options(QStringLiteral(SLOTSCOPE_PROGRAM)));
        m_window->connectTo(config);
    }
    SshQuestionDialog* question() const { return m_window->findChild<SshQuestionDialog*>(); }
    QString words() const
    {
        return question() ? question()->findChild<QLabel*>(u"sshWords"_s)->text() : QString();
    }
    void press(QDialogButtonBox::StandardButton button) const
    {
        question()->findChild<QDialogButtonBox*>()->button(button)->click();
    }
    bool shows(const QString& words) const
    {
        for (const QLabel* label : m_window->findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(words))
                return true;
        }
        return false;
    }
    /// Processes that this one has started, with this among their arguments.
    static QList<int> childrenWith(const QByteArray& argument)
    {
        const QByteArray parent
            = "PPid:\t" + QByteArray::number(QCoreApplication::applicationPid());
        QList<int> pids;
        for (const QString& name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
            QFile arguments(u"/proc/"_s + name + u"/cmdline"_s);
            QFile status(u"/proc/"_s + name + u"/status"_s);
            if (arguments.open(QIODevice::ReadOnly) && status.open(QIODevice::ReadOnly)
                && arguments.readAll().split('\0').contains(argument)
                && status.readAll().split('\n').contains(parent))
                pids.append(name.toInt());
        }
        return pids;
    }
    bool isOpen() const
    {
        return m_window->tabs()->current()->isConnected()
            && m_window->clusterPage()->topology().nodes().size() == 6;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_sshd = std::make_unique<RealSshd>();
        const QString missing = m_sshd->start();
        QVERIFY2(missing.isEmpty(), qPrintable(missing));
        m_io = std::make_unique<session::IoThread>();
        m_cluster = std::make_unique<sandbox::SandboxCluster>(sandbox::ClusterSpec {});
        QSignalSpy started(m_cluster.get(), &sandbox::SandboxCluster::started);
        m_cluster->start();
        QVERIFY(started.wait(patience));
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_sshd->useKey(u"key"_s);
        m_sshd->setHostKnown(true);
    }
    void cleanup() { m_window.reset(); }
    void cleanupTestCase()
    {
        m_cluster.reset();
        m_io.reset();
        m_sshd.reset();
    }

    void everyNodeIsReachedThroughIt()
    {
        openThroughTunnel();
        QTRY_VERIFY_WITH_TIMEOUT(isOpen(), patience);
        QVERIFY(!question());
    }

    void anUnknownHostAndAPassphraseAreAskedFor()
    {
        m_sshd->useKey(u"locked"_s);
        m_sshd->setHostKnown(false);
        openThroughTunnel();
        QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"authenticity"_s), patience);
        QVERIFY(!question()->findChild<QLineEdit*>());
        // Return is no consent.
        QVERIFY(
            question()->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::No)->isDefault());
        press(QDialogButtonBox::Yes);
        QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"passphrase"_s), patience);
        auto* secret = question()->findChild<QLineEdit*>(u"sshSecret"_s);
        QVERIFY(secret);
        QCOMPARE(secret->echoMode(), QLineEdit::Password);
        secret->setText(RealSshd::passphrase());
        press(QDialogButtonBox::Ok);
        QTRY_VERIFY_WITH_TIMEOUT(isOpen(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!question(), 20'000);
    }

    void aRefusedHostIsAnError()
    {
        m_sshd->setHostKnown(false);
        openThroughTunnel();
        QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"authenticity"_s), patience);
        press(QDialogButtonBox::No);
        const auto says = [this] {
            for (const QLabel* label : m_window->findChildren<QLabel*>()) {
                if (label->isVisible() && label->text().contains(u"SSH"_s, Qt::CaseInsensitive)
                    && label->text().contains(u"verification"_s))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(says(), patience);
        QVERIFY(!isOpen());
    }

    /// Killed, and its server gone: told, nothing is lost, and all is well again with the server.
    void aTunnelThatDiesIsToldAndComesBack()
    {
        openThroughTunnel();
        QTRY_VERIFY_WITH_TIMEOUT(isOpen(), patience);
        const auto topology = [this] { return m_window->clusterPage()->topology().data(); };
        m_window->tabs()->current()->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(topology().viewsAnswered, 6, patience);
        m_sshd->stop();
        const QList<int> pids = childrenWith("-D");
        QCOMPARE(pids.size(), 1);
        ::kill(pids.first(), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(shows(u"There is no ssh tunnel through bastion"_s), patience);
        QTRY_COMPARE_WITH_TIMEOUT(topology().viewsAnswered, 0, patience);
        QCOMPARE(topology().nodes.size(), 6); // what was known before
        QVERIFY(!shows(u"tunnel through 127.0.0.1"_s)); // that is a node
        QVERIFY(m_sshd->start().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!shows(u"There is no ssh tunnel"_s), patience);
        m_window->tabs()->current()->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(topology().viewsAnswered, 6, patience);
    }

    /// A window that is closed takes its questions and its tunnel with it.
    void closingEndsIt()
    {
        m_sshd->setHostKnown(false);
        openThroughTunnel();
        QTRY_VERIFY_WITH_TIMEOUT(question() != nullptr, patience);
        m_window.reset();
        QTest::qWait(100);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::WindowTunnelTest)
#include "tst_windowtunnel.moc"
