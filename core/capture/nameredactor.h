// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/knownnames.h"
#include "core/capture/redaction.h"

#include <array>

namespace slotscope::capture {

/// What a text is, and so what may stand in it.
enum class TextKind {
    Sentence, ///< ours, or a server's about its cluster
    ErrorLine, ///< a server's about a command: what it quotes is the user's
    UsersOwn, ///< a note: everything that is known, keys and values too
};

/// Replaces names one by one, always the same by the same. Internal to redacted().
///
/// It is used twice over: while it collects, texts are returned as they are, and all names that are
/// asked for become known; afterwards they are replaced in texts too.
class NameRedactor
{
public:
    /// `pseudonyms` must outlive it.
    NameRedactor(const RedactionOptions& options, Pseudonyms* pseudonyms);

    const RedactionOptions& options() const { return m_options; }
    bool isCollecting() const { return m_isCollecting; }
    void endCollecting()
    {
        m_isCollecting = false;
        m_labels.clear(); // some were texts
    }

    /// A name or an address. What nobody could dial (empty, "?") still is not dialable.
    QString host(const QString& name);
    net::Endpoint endpoint(const net::Endpoint& endpoint);
    /// "ip:port", "[v6]:port"; anything else is a text.
    QString address(const QString& text);
    /// An id, or the address that stands for one (session::metricsKeyOf()).
    cluster::NodeId id(const cluster::NodeId& id);
    QList<cluster::NodeId> ids(const QList<cluster::NodeId>& ids);
    QByteArray key(const QByteArray& key);
    QByteArray value(const QByteArray& value);
    /// A value that a command line has, so that it may be printed in other places.
    QByteArray argument(const QByteArray& value);
    QString user(const QString& name);
    QString title(const QString& name);
    /// What a redirect prints: "host:port", ":port", perhaps something else.
    QString target(const QString& text);
    /// What a picture calls a node: "S03/2", an address, a part of an id, a word.
    QString label(const QString& text);
    /// What somebody typed to connect: "host:port", a URL, "profile:NAME"; or the way there:
    /// "ssh user@host".
    QString typed(const QString& text);

    /// `more`: what else is known where this text is from.
    QString text(
        const QString& in, TextKind kind = TextKind::Sentence, const KnownNames* more = nullptr);
    QByteArray bytes(
        QByteArrayView in, TextKind kind = TextKind::Sentence, const KnownNames* more = nullptr);
    QStringList texts(const QStringList& list);
    support::Error error(const support::Error& error);

    /// Makes the ways in which a key or value may be printed known to `names`.
    static void addPrinted(
        const QByteArray& bytes, const QByteArray& replacement, KnownNames* names);
    /// What stands in quotes somewhere and is a word of a command, a number of arguments, or was
    /// replaced when it was written.
    static bool isHarmless(QByteArrayView quoted);
    /// Known to be a key or value of this capture: its replacement.
    std::optional<QByteArray> dataReplacementOf(QByteArrayView printed) const;

private:
    bool hidesHosts() const { return m_options.hosts != Showing::Shown; }
    bool hidesAddresses() const { return m_options.addresses != Showing::Shown; }
    bool hidesIds() const { return m_options.nodeIds != Showing::Shown; }
    QByteArray replacement(NameKind kind, Showing showing, const QByteArray& name);
    QByteArray unique(NameKind kind, const QByteArray& shortName, const QByteArray& name);
    void learnHost(const QByteArray& name, const QByteArray& replacement);
    QString redactedHost(const QString& name);
    QByteArray hostBytes(const QByteArray& name);
    QByteArray idBytes(const QByteArray& id, NameKind kind);

    void findNames(QByteArrayView text, QList<Replacement>* found);
    void findInWord(QByteArrayView text, qsizetype begin, qsizetype end, QList<Replacement>* found);
    void findLooks(QByteArrayView text, qsizetype begin, qsizetype end, QList<Replacement>* found);
    void findUsers(const QByteArray& text, QList<Replacement>* found);
    void findPaths(const QByteArray& text, QList<Replacement>* found) const;
    void findQuoted(QByteArrayView text, QList<Replacement>* found);

    RedactionOptions m_options;
    Pseudonyms* m_pseudonyms;
    bool m_isCollecting = true;
    std::array<QHash<QByteArray, QByteArray>, nameKindCount> m_replacements;
    std::array<QHash<QByteArray, QByteArray>, nameKindCount> m_taken; ///< by shortened name
    QHash<QString, QString> m_hosts; ///< what host() gave
    QHash<QString, QString> m_labels; ///< what label() gave
    KnownNames m_names; ///< hosts, addresses, ids, users, titles
    KnownNames m_data; ///< keys and values, as printed
};

} // namespace slotscope::capture
