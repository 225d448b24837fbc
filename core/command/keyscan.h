// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/runcontext.h"
#include "core/support/error.h"

#include <QMetaType>
#include <QObject>

#include <memory>

namespace slotscope::command {

/// Keys, one behind the other in one block of bytes. A value: copies share the storage, any thread
/// may read it. Everything in it is untrusted.
class KeyBatch
{
public:
    qsizetype size() const { return m_ends.size(); }
    bool isEmpty() const { return m_ends.isEmpty(); }
    /// Valid as long as a copy of this batch exists.
    QByteArrayView at(qsizetype i) const
    {
        const qsizetype begin = i == 0 ? 0 : m_ends.at(i - 1);
        return QByteArrayView(m_bytes).sliced(begin, m_ends.at(i) - begin);
    }
    void append(QByteArrayView key)
    {
        m_bytes.append(key);
        m_ends.append(m_bytes.size());
    }

private:
    QByteArray m_bytes;
    QList<qsizetype> m_ends;
};

/// Which keys are looked for, and how much of that a cluster is asked at a time.
struct KeyScanOptions
{
    QByteArray match; ///< a glob pattern of the server; empty: every key
    QByteArray type; ///< "string", "list", ... (servers from 6.0 on); empty: every type
    int count = 1000; ///< a hint of how much one SCAN looks at; 1000 at most, to be polite
    qsizetype mostKeys = 10'000'000; ///< then the scan stops, partial
    qint64 mostBytes = 1'000'000'000; ///< of keys that are kept; then likewise
    int lastLookMs = 3000; ///< how long the end waits for a newer map
};

/// How far the scan of one primary is.
struct ShardScan
{
    enum class State { Scanning, Waiting, Done, Failed };

    QString label; ///< "S01", or the address
    cluster::NodeId nodeId; ///< the primary that is scanned now
    net::Endpoint address;
    State state = State::Scanning;
    qint64 keysInNode = -1; ///< DBSIZE when the scan began; -1: not known. A part may not match
    qint64 looked = 0; ///< SCAN calls answered, times COUNT: nears keysInNode
    qint64 found = 0; ///< keys that matched, duplicates included
    int restarts = 0; ///< begun again: a failover, a lost connection, slots that moved here
    QString failure; ///< why it has Failed or is Waiting, in words
};

/// How far all of them are.
struct KeyScanProgress
{
    QList<ShardScan> shards;
    qsizetype keys = 0; ///< different keys found
    bool isPaused = false;
};

/// Operation: "find keys by pattern" over all primaries in parallel, by SCAN. KEYS is never sent.
///
/// One cursor for each primary, which is known by its node id: cursors mean nothing to another
/// node. A shard that fails over, or whose connection is lost, begins again at the primary that the
/// context's newest map names; so does a primary that has gained slots since its scan began (keys
/// may have moved there behind its cursor), which is asked at the end, when the map is refreshed
/// once more. What moves there and away again between two looks at the map is not noticed.
///
/// Each key comes once: a SCAN repeats keys when a table is resized, a restart repeats all, so
/// every key is checked against the hashes of all before. (64 bits with a random seed: among ten
/// million keys one is taken for a duplicate and lost with a probability of about 3 in a million.)
///
/// One SCAN is under way at a primary, on a connection of its own.
class KeyScan final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyScan)
public:
    KeyScan(RunContext context, KeyScanOptions options, QObject* parent = nullptr);
    ~KeyScan() override;

    void start();
    /// Sends no further SCAN until resume(); what is under way still comes.
    void pause();
    void resume();
    /// Closes the connections; finished() follows, partial.
    void cancel();

    const KeyScanProgress& progress() const;

Q_SIGNALS:
    /// New keys (perhaps none) and how far it is: every 100 ms at most, and before finished().
    void found(const slotscope::command::KeyBatch& keys,
        const slotscope::command::KeyScanProgress& progress);
    /// A primary does not answer: the map is doubtful.
    void refreshWanted();
    /// All is scanned, and nothing is wrong: a map that is asked now tells whether slots moved
    /// meanwhile.
    void newerMapWanted();
    /// Exactly once, from the event loop. `complete`: every primary was scanned to its end, and no
    /// slot moved unnoticed as far as the map tells.
    void finished(bool complete, const slotscope::command::KeyScanProgress& progress);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::command

Q_DECLARE_METATYPE(slotscope::command::KeyBatch)
Q_DECLARE_METATYPE(slotscope::command::KeyScanProgress)
