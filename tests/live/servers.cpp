// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/servers.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

namespace {

ServerProgram tried(const QString& name, const QString& path)
{
    ServerProgram server { name, path, {} };
    if (path.isEmpty())
        return server;
    QProcess process;
    process.start(path, { u"--version"_s });
    if (process.waitForFinished(10'000) && process.exitCode() == 0)
        server.version = process.readAllStandardOutput().trimmed();
    return server;
}

QString findValkey()
{
    const QString given = qEnvironmentVariable("SLOTSCOPE_VALKEY_SERVER");
    if (!given.isEmpty())
        return given;
    return QStandardPaths::findExecutable(u"valkey-server"_s,
        qEnvironmentVariable("PATH").split(u':')
            + QStringList { QDir::homePath() + u"/.cache/slotscope/valkey/usr/bin"_s });
}

} // namespace

QList<ServerProgram> serverPrograms()
{
    static const QList<ServerProgram> programs = [] {
        QList<ServerProgram> all { tried(u"redis-server"_s,
                                       QStandardPaths::findExecutable(u"redis-server"_s)),
            tried(u"valkey-server"_s, findValkey()) };
        const QStringList extra
            = qEnvironmentVariable("SLOTSCOPE_EXTRA_SERVERS").split(u':', Qt::SkipEmptyParts);
        for (const QString& path : extra)
            all.append(tried(path, path));
        return all;
    }();
    return programs;
}

void addServerRows()
{
    QTest::addColumn<ServerProgram>("server");
    const QList<ServerProgram> programs = serverPrograms();
    for (const ServerProgram& server : programs)
        QTest::newRow(qPrintable(server.name)) << server;
}

ServerProgram presentServer()
{
    QFETCH_GLOBAL(ServerProgram, server);
    return server;
}

QString whatIsMissing(const ServerProgram& server)
{
    if (!server.version.isEmpty())
        return {};
    if (!server.path.isEmpty())
        return server.path + u" does not run (asked for its --version)"_s;
    if (server.name == "redis-server"_L1)
        return u"redis-server is missing: install the package redis-server"_s;
    return u"valkey-server is missing: run app/setup/fetch-valkey.sh, or name it in "
           "SLOTSCOPE_VALKEY_SERVER"_s;
}

} // namespace slotscope::tests
