// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionpool.h"
#include "core/session/viewkeeper.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace slotscope::session {

/// Why a node that was asked has been silent for too long. Dials nobody.
support::Error silenceOf(const net::ConnectionPool& pool, const net::Endpoint& address);

/// Operation: one node's CLUSTER INFO and NODES, and SLOTS where who is there has changed. Asks the
/// first of `targets`, and the next when that one refuses or tells nothing of use. Who is merely
/// slow is given half a second before the next is asked too, then twice as many each time: so one
/// that lives is found in a few seconds however many have fallen silent. Lives until each that it
/// asked has answered or has been silent for `patience`, then deletes itself; deleting it earlier
/// gives it up.
class Poll final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Poll)
public:
    /// Both must outlive the operation; `views` is only read.
    Poll(net::ConnectionPool* pool, const ViewKeeper* views, QList<PollTarget> targets,
        std::chrono::milliseconds patience, QObject* parent);

    void start();

Q_SIGNALS:
    /// This node did not tell its view. May come after answered().
    void silent(
        const slotscope::session::PollTarget& target, const slotscope::session::Silence& silence);
    /// This connection is being used: for who wants to know when it ends.
    void asking(slotscope::net::Connection* connection);
    /// The view of one node. This or failed() once, from the event loop.
    void answered(
        const slotscope::cluster::ViewInput& view, const slotscope::session::ClusterInfo& info);
    /// Nobody told a view. `error`: why the last did not answer at all; InvalidInput when each did,
    /// or when there was nobody to ask.
    void failed(const slotscope::support::Error& error);

private:
    struct Question
    {
        PollTarget target;
        bool wantsSlots = false; ///< its view is here, its CLUSTER SLOTS is not yet
        cluster::ViewInput view;
        ClusterInfo info;
        Silence trouble;
    };

    void askNext();
    void ask(const PollTarget& target);
    void onNodes(int number, const net::Answer& answer, const ClusterInfo& info);
    void onSlots(int number, const net::Answer& answer);
    void onSlow();
    void onSilence(int number);
    void settle(int number, const Silence& silence);
    void tell(const Question& question);
    void endIfDone();

    net::ConnectionPool* m_pool;
    const ViewKeeper* m_views;
    QList<PollTarget> m_toAsk;
    std::chrono::milliseconds m_patience;
    QHash<int, Question> m_open;
    int m_lastNumber = 0;
    int m_atOnce = 1; ///< how many are asked when the others are slow
    QTimer m_slow;
    bool m_anyAnswer = false;
    bool m_isTold = false;
    bool m_isDone = false;
    support::Error m_error;
};

} // namespace slotscope::session
