// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <array>
#include <functional>

namespace slotscope::capture {

/// What a name is the name of; each kind counts for itself.
enum class NameKind {
    Host, ///< "host-2"
    Address, ///< "ip-7"
    Node, ///< "node-1a": the number is hexadecimal
    Id, ///< "id-3": of something else with 40 hexadecimal digits, a run or a replication
    Key, ///< "key-3"
    Value, ///< "value-12"
    User, ///< "user-1"
    Title, ///< "cluster-1": what a profile, or a sentinel's master, is called
};
inline constexpr int nameKindCount = 8;

/// Gives each name a pseudonym, the same whenever it is asked for: numbers in the order of asking.
///
/// Between two reports they are the same when they are kept in a file. It holds no names: a salt
/// and, in the order of their numbers, the first half of HMAC-SHA-256(salt, kind and name). Who has
/// the file can test a guess, so it is the user's alone (0600). Values are never kept.
class Pseudonyms
{
public:
    /// Nothing is known yet; a random salt.
    Pseudonyms();

    QString of(NameKind kind, const QByteArray& name);

    /// A file that is not there gives new ones. FileError, FileDamaged.
    static support::Result<Pseudonyms> load(const QString& file);
    /// Atomically; creates the folder.
    support::Result<support::Done> save(const QString& file) const;
    /// Loads, calls, saves, while no other process does the same with this file. When it cannot be
    /// read or locked nothing is called.
    static support::Result<support::Done> withKept(
        const QString& file, const std::function<void(Pseudonyms*)>& use);
    /// Where this user's are.
    static QString defaultFile();

private:
    struct Numbers
    {
        QHash<QByteArray, qsizetype> byName; ///< of this process
        QHash<QByteArray, qsizetype> byDigest; ///< kept
        QList<QByteArray> digests; ///< in the order of their numbers, from 1
    };

    QByteArray digestOf(NameKind kind, const QByteArray& name) const;

    QByteArray m_salt;
    std::array<Numbers, nameKindCount> m_numbers;
};

} // namespace slotscope::capture
