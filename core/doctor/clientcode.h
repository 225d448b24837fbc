// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/clientadvice.h"
#include "core/explain/codestring.h"

#include <QStringList>

// The code of each client, for this room only. Nothing here is translated: it is code.
namespace slotscope::doctor {

/// What one client library calls things, and its code for one endpoint.
struct ClientCode
{
    QString name;
    explain::CodeLanguage language = explain::CodeLanguage::Go;
    QString versions; ///< that clusterCode needs
    ClientMode onCluster = ClientMode::Plain; ///< of plainCall, where the server is a cluster
    QString plainCall; ///< as a sentence calls it
    QString clusterCall; ///< the same as plainCall where one constructor does for both
    QString sentinelCall; ///< empty: no way through a sentinel is known here
    /// What a client of the cluster loads its slot map with; empty: not known here, or none.
    QString mapCommand;
    /// What is called for a user and a password at each connection; empty: none is known here.
    QString tokenHook;
    QString plainCode;
    QString clusterCode;
    QString sentinelCode;
};

QList<ClientCode> goClients(const ClientTarget& target); ///< go-redis is first
QList<ClientCode> scriptClients(const ClientTarget& target); ///< Python, JavaScript, Ruby, PHP
QList<ClientCode> javaClients(const ClientTarget& target);
QList<ClientCode> otherClients(const ClientTarget& target); ///< C#, Rust, the command line

/// Every user needs a password, except one that takes any.
inline bool authenticates(const ClientTarget& target)
{
    return target.withPassword || !target.user.isEmpty();
}

/// The code asks a provider for a token at each connection, and for no password. `newToken` is what
/// the program has to bring along.
inline bool asksForTokens(const ClientTarget& target)
{
    return target.byToken && !target.user.isEmpty();
}

/// What the code's newToken has to do, behind the language's sign of a comment.
inline QString tokenComment(const QString& sign, const QString& name)
{
    return sign % u" " % name
        % u": a pre-signed request, good for 15 minutes (AWS, \"Authenticating with IAM\").";
}

/// "rediss://host:port", the host percent-encoded: what is left needs no escapes in any language.
QString targetUrl(const ClientTarget& target, const QString& scheme, const QString& tlsScheme);

/// The lines that are not empty, each followed by a line feed.
QString joinedLines(const QStringList& lines);

} // namespace slotscope::doctor
