// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/pipelinerun.h"
#include "core/net/connection.h"
#include "core/session/session.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSet>

#include <functional>
#include <memory>

namespace slotscope::tests {

/// A stream of commands through a Session, single ones and pipelines, while faults happen, which
/// knows afterwards what became of each. Every value, counter and list element that it writes is
/// unique, so that a wrong reply and a command that was executed twice show. Beside it, on
/// connections of its own, writes that WAIT confirms.
class CommandStream final : public QObject
{
    Q_OBJECT
public:
    /// `prefix` keeps the keys of several streams apart. `session` must outlive this.
    CommandStream(session::Session* session, QByteArray prefix, QObject* parent = nullptr);
    ~CommandStream() override;

    void start();
    /// As many commands again, and from now on none to these slots.
    void startElsewhere(const cluster::SlotRanges& lost);
    /// No new commands; those under way are waited for with isIdle().
    void stop();
    bool isIdle() const { return m_running.isEmpty() && m_confirming == 0 && !m_pipeline; }
    /// How many commands have ended so far.
    int finishedCount() const { return m_finished; }

    /// Reads everything back, from a cluster that is well again. isVerified() when done.
    void verify();
    bool isVerified() const { return m_isVerified; }

    /// What was wrong, in words; must be empty: wrong replies, commands that ended twice or were
    /// executed twice, commands that were executed though it was said that they were not, writes
    /// lost that WAIT had confirmed.
    const QStringList& faults() const { return m_faults; }
    /// ASK, MOVED and TRYAGAIN on the way.
    int redirects() const { return m_redirects; }
    /// Writes that were answered and are gone: the cluster itself loses them in a failover.
    int lostWrites() const { return m_lost; }
    int answeredWrites() const { return m_answered; }
    int confirmedWrites() const { return static_cast<int>(m_confirmed.size()); }
    /// Commands of pipelines, and those of them that were answered.
    int pipelined() const { return m_pipelined; }
    int pipelinedReplies() const { return m_pipelinedReplies; }
    int count(command::TraceOutcome outcome) const { return m_outcomes.value(outcome); }
    qint64 longestMillis() const { return m_longestMillis; }
    /// One line with all of it.
    QString summary() const;

private:
    using Done = std::function<void(const command::Trace&)>;
    enum class Fate { Executed, Unknown, NotExecuted };
    struct Running
    {
        Done done;
        QElapsedTimer since;
    };
    class Confirmer;

    void run(const command::Argv& argv, Done done);
    void onFinished(quint64 id, const command::Trace& trace);
    void work();
    void again();
    void writeAndRead();
    void increment();
    void push();
    void echo();
    void writeTwoAndReadThem();
    void pipeline();
    void onPipelined(const QList<QByteArray>& names);
    void verifyNext();
    void checkList(const QByteArray& list, const command::Trace& trace);
    void checkCounter(const QByteArray& key, Fate fate, const command::Trace& trace);
    void checkValue(const QByteArray& key, const QByteArray& value, const command::Trace& trace);
    void fault(const QString& text);
    QByteArray unique();
    QByteArray tag();
    static Fate fateOf(command::TraceOutcome outcome);

    session::Session* m_session;
    net::ConnectionPool m_pool; ///< of the pipelines
    std::unique_ptr<command::PipelineRun> m_pipeline;
    int m_pipelined = 0;
    int m_pipelinedReplies = 0;
    QByteArray m_prefix;
    cluster::Topology m_topology;
    QHash<quint64, Running> m_running;
    quint64 m_lastRun = 0;
    quint64 m_lastUnique = 0;
    cluster::SlotRanges m_avoided;
    bool m_stopped = false;
    bool m_isVerifying = false;
    bool m_isVerified = false;
    int m_finished = 0;
    int m_redirects = 0;
    int m_lost = 0;
    int m_answered = 0;
    int m_confirming = 0;
    qint64 m_longestMillis = 0;
    QHash<command::TraceOutcome, int> m_outcomes;
    QHash<QByteArray, Fate> m_counters; ///< by key
    QHash<QByteArray, Fate> m_elements; ///< of the lists, by the element
    QSet<QByteArray> m_lists;
    QHash<QByteArray, QByteArray> m_confirmed; ///< key to value
    std::vector<std::unique_ptr<Confirmer>> m_confirmers;
    QStringList m_faults;
    QList<std::function<void()>> m_toVerify;
};

} // namespace slotscope::tests
