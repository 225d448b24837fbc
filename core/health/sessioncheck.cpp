// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/sessioncheck.h"

#include "core/health/clustercheck.h"

namespace slotscope::health {

namespace {

/// The end of a check in the session's thread: a child of the session's jobs while it runs, so that
/// it is gone before the pool is.
class Relay final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Relay)
public:
    Relay() = default;

    void run(session::Session* session)
    {
        const command::RunContext context = session->jobs()->context();
        setParent(session->jobs());
        m_pool = context.pool;
        m_typed = context.map.data().seedTyped;
        const cluster::Node* survivor = context.map.nodeById(context.map.data().answeredBy);
        check(context.seed, survivor ? survivor->address : net::Endpoint());
    }
    void cancel() { m_check->cancel(); }

Q_SIGNALS:
    void progressed(int settled, int asked);
    void finished(bool ok, const slotscope::health::HealthReport& report,
        const slotscope::support::Error& error);

private:
    /// From `seed`; where that one does not answer any more, from a node that did.
    void check(const net::Endpoint& seed, const net::Endpoint& survivor)
    {
        m_check = new ClusterCheck(m_pool, seed, m_typed, this);
        connect(m_check, &ClusterCheck::progressed, this, &Relay::progressed);
        connect(m_check, &ClusterCheck::finished, this,
            [this, seed, survivor](
                bool ok, const HealthReport& report, const support::Error& error) {
                const bool isOver = ok || error.code == support::ErrorCode::Cancelled
                    || !survivor.isDialable() || survivor == seed;
                m_check->deleteLater();
                if (!isOver)
                    return check(survivor, {});
                Q_EMIT finished(ok, report, error);
                deleteLater();
            });
        m_check->start();
    }

    net::ConnectionPool* m_pool = nullptr;
    QString m_typed;
    ClusterCheck* m_check = nullptr;
};

} // namespace

SessionCheck::SessionCheck(session::SessionHandle* session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{ }

SessionCheck::~SessionCheck()
{
    cancel();
}

void SessionCheck::start()
{
    if (isRunning() || !m_session)
        return;
    // Connected here, in the thread of the receiver, before it moves to the other one. What never
    // ran, because the session was gone, goes with the wish.
    const std::shared_ptr<Relay> relay(new Relay, [](Relay* unused) {
        if (unused->parent() == nullptr)
            unused->deleteLater();
    });
    m_relay = relay.get();
    connect(relay.get(), &Relay::progressed, this, &SessionCheck::progressed, Qt::QueuedConnection);
    connect(
        relay.get(), &Relay::finished, this,
        [this](bool ok, const HealthReport& report, const support::Error& error) {
            m_relay = nullptr;
            Q_EMIT finished(ok, report, error);
        },
        Qt::QueuedConnection);
    relay->moveToThread(m_session->ioThread());
    m_session->inSession([relay](session::Session* session) { relay->run(session); });
}

void SessionCheck::cancel()
{
    if (!isRunning() || !m_session)
        return;
    m_session->inSession([relay = m_relay](session::Session* session) {
        const QObjectList& children = session->jobs()->children();
        for (QObject* child : children) {
            if (child == relay)
                static_cast<Relay*>(child)->cancel();
        }
    });
}

} // namespace slotscope::health

#include "sessioncheck.moc"
