// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace slotscope::tests {

/// A server that the live tests run on. The environment names them: SLOTSCOPE_VALKEY_SERVER (else
/// the one in PATH, else where app/setup/fetch-valkey.sh keeps it) and SLOTSCOPE_EXTRA_SERVERS, any
/// number of paths separated by colons. redis-server is the one in PATH.
struct ServerProgram
{
    QString name; ///< the data row's
    QString path; ///< empty: missing
    QByteArray version; ///< what --version printed; empty when it does not run
};

/// redis-server and valkey-server always, found or not, then the further ones.
QList<ServerProgram> serverPrograms();
/// For initTestCase_data(): a global row for each of them, with the column "server".
void addServerRows();
/// The one of the present global row.
ServerProgram presentServer();
/// What to do about one that is missing or does not run; empty when it is there.
QString whatIsMissing(const ServerProgram& server);

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::tests::ServerProgram)
