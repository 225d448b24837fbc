// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/serverfacts.h"
#include "core/doctor/examination.h"
#include "core/net/connection.h"

#include <QObject>

namespace slotscope::doctor {

/// Operation: goes through the stages with one node, on a connection of its own, and closes it.
/// Internal to the room.
///
/// A stage that fails ends the row, except permission: what is forbidden there does not keep the
/// node from telling who it is. Nothing is written. A dead node costs what connecting may take
/// (ConnectionOptions::timeout), a silent one as much again.
class NodeExamRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NodeExamRun)
public:
    /// `exam` says whom: role, id (may be null: whoever answers is right) and announced address.
    /// A seed is also asked for its view of the cluster, and for what is nice to have.
    NodeExamRun(NodeExam exam, const net::ConnectionOptions& options, QObject* parent = nullptr);
    ~NodeExamRun() override;

    void start();

    const NodeExam& exam() const { return m_exam; } ///< complete after finished()
    const cluster::ServerFacts& facts() const { return m_facts; } ///< after finished()
    /// The commands that were refused as such (unknown, or not for this user); after finished().
    const QStringList& unavailable() const { return m_unavailable; }
    /// What a sentinel watches; after finished().
    const QList<cluster::SentinelMaster>& masters() const { return m_masters; }
    /// Why facts() tell no kind of server; of no meaning when they do.
    support::Error error() const;

Q_SIGNALS:
    /// The row has more stages than before.
    void progressed();
    /// Exactly once, from the event loop.
    void finished();

private:
    struct Probe;

    void onReady();
    void onClosed(const support::Error& reason);
    void ask(const QList<Probe>& probes);
    void onAnswer(const Probe& probe, const net::Answer& answer);
    void noteClock(const net::ClockSkew& skew);
    bool askMasters();
    void conclude();
    void addWay(ExamStage end);
    void addPermission();
    void addKind();
    void addIdentity();
    void add(
        ExamStage stage, bool ok, qint64 micros, const QString& detail, const QString& remedy = {});
    void addFailure(ExamStage stage, const support::Error& error);
    void settle();

    const net::ConnectionOptions m_options;
    NodeExam m_exam;
    cluster::ServerFacts m_facts;
    net::Connection* m_connection = nullptr; ///< a child
    qint64 m_started = 0;
    qsizetype m_awaited = 0;
    cluster::NodeId m_told;
    qint64 m_identityMicros = -1;
    qint64 m_kindMicros = -1;
    qint64 m_pingMicros = -1;
    QStringList m_unavailable;
    QList<cluster::SentinelMaster> m_masters;
    bool m_areMastersAsked = false;
    std::optional<support::Error> m_refusal; ///< of what cannot be done without
    std::optional<support::Error> m_lost; ///< why the connection ended
    bool m_done = false;
};

} // namespace slotscope::doctor
