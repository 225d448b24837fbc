// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace slotscope::tests {

/// A real gnome-keyring on a session bus of the test's own. GLib ends a process whose session bus
/// goes: to be kept until no events are handled any more.
class RealKeyring
{
public:
    bool start()
    {
        // A configuration without services: it starts no keyring on its own.
        QFile config(m_folder.filePath(QStringLiteral("bus.conf")));
        if (!config.open(QIODevice::WriteOnly))
            return false;
        config.write("<busconfig><type>session</type><listen>unix:path=" + m_folder.path().toUtf8()
            + "/bus</listen><auth>EXTERNAL</auth><policy context='default'>"
              "<allow send_destination='*' eavesdrop='true'/><allow eavesdrop='true'/><allow "
              "own='*'/></policy></busconfig>");
        config.close();
        m_bus.start(QStringLiteral("dbus-daemon"),
            { QStringLiteral("--config-file=%1").arg(config.fileName()), QStringLiteral("--nofork"),
                QStringLiteral("--nopidfile"), QStringLiteral("--print-address=1") });
        if (!QTest::qWaitFor([this] { return m_bus.canReadLine(); }, 30'000))
            return false;
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());

        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_DATA_HOME"), m_folder.path());
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_folder.path());
        environment.insert(QStringLiteral("HOME"), m_folder.path());
        m_keyring.setProcessEnvironment(environment);
        m_keyring.setProcessChannelMode(QProcess::MergedChannels);
        m_keyring.start(QStringLiteral("gnome-keyring-daemon"),
            { QStringLiteral("--unlock"), QStringLiteral("--components=secrets"),
                QStringLiteral("--foreground") });
        if (!m_keyring.waitForStarted(30'000))
            return false;
        m_keyring.write("of the keyring");
        m_keyring.closeWriteChannel();
        return isReady();
    }
    ~RealKeyring()
    {
        stop(m_keyring);
        stop(m_bus);
    }
    void stopKeyring() { stop(m_keyring); }
    /// It is there, and says nothing any more.
    void hang() const { ::kill(static_cast<pid_t>(m_keyring.processId()), SIGSTOP); }
    /// From now on its passphrase is wanted, for which nobody is there.
    bool lock() const
    {
        QProcess ask;
        ask.start(QStringLiteral("dbus-send"),
            { QStringLiteral("--session"), QStringLiteral("--print-reply"),
                QStringLiteral("--dest=org.freedesktop.secrets"),
                QStringLiteral("/org/freedesktop/secrets"),
                QStringLiteral("org.freedesktop.Secret.Service.Lock"),
                QStringLiteral("array:objpath:/org/freedesktop/secrets/collection/login") });
        return ask.waitForFinished(30'000)
            && ask.readAllStandardOutput().contains("collection/login");
    }
    /// Until its name is on the bus, or it has ended.
    bool isReady() const
    {
        return QTest::qWaitFor(
            [this] {
                QProcess ask;
                ask.start(QStringLiteral("dbus-send"),
                    { QStringLiteral("--session"), QStringLiteral("--print-reply"),
                        QStringLiteral("--dest=org.freedesktop.DBus"), QStringLiteral("/"),
                        QStringLiteral("org.freedesktop.DBus.NameHasOwner"),
                        QStringLiteral("string:org.freedesktop.secrets") });
                ask.waitForFinished();
                return ask.readAllStandardOutput().contains("true")
                    || m_keyring.state() == QProcess::NotRunning;
            },
            30'000);
    }
    /// Whether a file of the keyring has the text as it is.
    bool hasPlain(const QByteArray& text) const
    {
        QDirIterator files(
            m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        bool any = false;
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                any = any || file.readAll().contains(text);
        }
        return any;
    }

private:
    static void stop(QProcess& process)
    {
        if (process.state() == QProcess::NotRunning)
            return;
        process.kill();
        process.waitForFinished();
    }

    QTemporaryDir m_folder;
    QProcess m_bus;
    QProcess m_keyring;
};

} // namespace slotscope::tests
