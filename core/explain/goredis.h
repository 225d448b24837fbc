// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QString>

#include <utility>

namespace slotscope::explain {

/// go-redis code for one endpoint.
struct GoRedisCode
{
    QString wrong; ///< NewUniversalClient with one address: a single-node client
    QString right; ///< NewClusterClient
};
GoRedisCode goRedisCode(const QString& endpoint, bool tls, const QString& user, bool withPassword);

/// What can be written instead of NewClusterClient, and from which version on.
QString clusterModeNote();

/// Fields of a Go struct: names, and values as code.
using GoFields = QList<std::pair<QString, QString>>;

/// User, password (from the environment) and TLS, as far as there are any: go-redis calls them the
/// same in every kind of options.
GoFields goRedisAccess(bool tls, const QString& user, bool withPassword);

/// `head`, which ends in a brace, the fields, and "})": a call with a struct, as gofmt would have
/// it.
QString goCall(const QString& head, const GoFields& fields);

} // namespace slotscope::explain
