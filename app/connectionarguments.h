// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/net/connectionoptions.h"
#include "core/net/typedendpoint.h"
#include "core/profile/login.h"
#include "core/profile/profile.h"

#include <QString>

#include <optional>

class QCommandLineParser;

namespace slotscope::app {

/// What the command line says of the way to a server or cluster.
struct ConnectionArguments
{
    /// Of a profile the first that its name does not refuse; where all are, the first of all.
    net::TypedEndpoint endpoint;
    QList<net::TypedEndpoint> otherSeeds; ///< of a profile: tried where `endpoint` does not answer
    net::ConnectionOptions options; ///< user, password and TLS of a URL or a profile included
    QString profile; ///< the name behind `profile:`, else empty
    std::optional<profile::Profile> saved; ///< that profile
    bool readOnly = false; ///< that profile opens so
    /// The profile whose password expires, with what `options.currentPassword` holds: for a
    /// profile::LoginKeeper, in a program that goes on for long.
    std::optional<profile::Profile> expiring;
    profile::Login login;
    std::shared_ptr<net::CurrentPassword> currentPassword;
    /// As that profile keeps them: the shards keep their labels.
    QList<cluster::Shard> knownShards() const;
    /// That is not 0 and that one of the seeds names, or 0: for who runs commands, to refuse it.
    int otherDatabase() const;
    QStringList notes; ///< sentences for the user: where credentials came from, or did not
};

/// Who reads the password: this process, or one that it starts or becomes.
enum class Secrets {
    Read, ///< the password is read: from --password-file, else from SLOTSCOPE_PASSWORD
    Leave, ///< nothing is read; another process will do it
};

/// Whether what was given in place of an endpoint is the name of a capture.
bool isCaptureFile(const QString& argument);

/// Adds the connection options of the contract, from --user to --resp.
void addConnectionOptions(QCommandLineParser& parser);
/// The options of a parsed command line, for `endpoint`, which is whatever the contract allows as
/// ENDPOINT. InvalidInput with a detail in words for wrong usage; a URL with a password is refused.
/// For a profile whose secrets are read, the event loop runs until they are there
/// (profilelogin.h); NoCredentials when they are not to be had, Cancelled by Ctrl-C.
support::Result<ConnectionArguments> readConnectionArguments(
    const QCommandLineParser& parser, const QString& endpoint, Secrets secrets);

/// What holds for endpoints that are typed later, after `first` was opened: the options of the
/// command line, and nothing of a profile, a URL or a name; nobody's log-in.
net::ConnectionOptions optionsForOthers(
    const QCommandLineParser& parser, const ConnectionArguments& first);

} // namespace slotscope::app
