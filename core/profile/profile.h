// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace slotscope::profile {

enum class Environment { None, Development, Test, Staging, Production };

/// Whose name a node's certificate must have.
enum class VerifyName {
    Announced, ///< of the node itself, as the cluster announces it
    Seed, ///< the endpoint's host, for every node
    Fixed, ///< Tls::fixedName, for every node
};

/// How connections are encrypted, and what is verified.
struct Tls
{
    bool enabled = false;
    QString caFile; ///< PEM; empty: the system's trust store
    QString certificateFile; ///< PEM client certificate; empty: none
    QString keyFile; ///< PEM private key of it
    QString pkcs12File; ///< client certificate and key in one, instead of the two above
    VerifyName verify = VerifyName::Announced;
    QString fixedName;
    bool insecure = false; ///< nothing is verified; every screen must say so

    friend bool operator==(const Tls&, const Tls&) = default;
};

/// As whom one logs in.
enum class AuthenticationKind {
    None,
    Password, ///< of the default user
    AclUser,
    IamElastiCache, ///< a token instead of a password, of 15 minutes
    IamServerless,
    IamMemoryDb,
};

/// As whom, without the secret that proves it.
struct Authentication
{
    AuthenticationKind kind = AuthenticationKind::None;
    QString user; ///< of the ACL; for IAM the user id
    QString cacheName; ///< IAM: of the replication group, serverless cache or cluster
    QString region; ///< IAM
    QString awsProfile; ///< IAM: of ~/.aws; empty: what the environment says

    bool isIam() const;
    friend bool operator==(const Authentication&, const Authentication&) = default;
};

/// Where a secret comes from. Never the secret itself.
struct SecretSource
{
    enum class Kind {
        Ask, ///< each time
        Keychain, ///< the platform's, under the profile's id
        Environment, ///< the value of `variable`
        Command, ///< the first line that `command` prints
    };

    Kind kind = Kind::Ask;
    QString variable;
    QStringList command; ///< program and arguments; no shell reads it

    friend bool operator==(const SecretSource&, const SecretSource&) = default;
};

/// How the nodes are reached from this computer.
struct WayIn
{
    enum class Kind { Direct, Socks, Ssh };

    Kind kind = Kind::Direct;
    /// Socks: HOST:PORT. Ssh: [USER@]HOST[:PORT], where HOST may be an alias of ~/.ssh/config.
    QString address;

    friend bool operator==(const WayIn&, const WayIn&) = default;
};

/// What becomes of names when the cluster is captured.
enum class Redaction {
    Usual, ///< as the program has it
    None,
    Short,
    Pseudonym,
};

/// Which nodes a shard of the cluster had when it was last seen: so that it keeps its label.
struct ShardNodes
{
    int number = 0; ///< 3 of S03
    QStringList nodeIds;

    friend bool operator==(const ShardNodes&, const ShardNodes&) = default;
};

/// A saved way to a cluster, a plain value. Never holds a secret.
struct Profile
{
    QString id; ///< given once by the store, stays through a change of name; what secrets hang on
    QString name; ///< unique, what `profile:NAME` refers to
    QString group; ///< empty: none
    QString colour; ///< a name of the window's choice, or #rrggbb; empty: none
    Environment environment = Environment::None;
    QStringList endpoints; ///< as typed, without passwords and users; tried in this order
    Tls tls;
    Authentication authentication;
    SecretSource secret; ///< the password's; not used by None and IAM
    SecretSource keySecret; ///< the passphrase's of the private key or the PKCS#12 file
    WayIn wayIn;
    QStringList addressMap; ///< rules HOST[:PORT]=HOST[:PORT]
    std::optional<std::chrono::milliseconds> timeout; ///< of each reply, and to connect
    std::optional<std::chrono::milliseconds> connectTimeout; ///< to connect, if not the same
    std::optional<int> respVersion; ///< 2 or 3
    std::optional<std::chrono::milliseconds> refreshInterval; ///< 0: no polling
    bool readOnly = false; ///< Slotscope is read-only there
    Redaction redaction = Redaction::Usual;
    QList<ShardNodes> shards; ///< written by the program, not by the user
    /// What its file says that is not understood here; nothing is dialled for such a profile.
    QStringList problems;

    QString firstEndpoint() const { return endpoints.value(0); }
    /// Production is, whether it says so or not.
    bool opensReadOnly() const { return readOnly || environment == Environment::Production; }

    friend bool operator==(const Profile&, const Profile&) = default;
};

/// The profile with blanks trimmed, users taken out of its endpoints (into `authentication`, if
/// there is none) and passwords dropped, with TLS where one of them wants it. InvalidInput, with
/// the field's name in the detail, when it cannot be used: no name, no or bad endpoints, rules or
/// addresses, IAM without what it needs.
support::Result<Profile> checked(Profile profile);

} // namespace slotscope::profile
