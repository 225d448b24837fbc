// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/sessioncollect.h"

namespace slotscope::capture {

namespace {

/// The end of a run in the session's thread: a child of the session's jobs while it goes on, so
/// that it is gone before the pool is.
class Relay final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Relay)
public:
    Relay() = default;

    void run(session::Session* session, const CollectOptions& options)
    {
        const command::RunContext context = session->jobs()->context();
        setParent(session->jobs());
        m_run = new CollectRun(
            context.pool, context.seed, context.map.data().seedTyped, options, this);
        m_run->setKnown(context.map);
        connect(m_run, &CollectRun::progressed, this, &Relay::progressed);
        connect(m_run, &CollectRun::late, this, &Relay::late);
        connect(m_run, &CollectRun::ended, this, &QObject::deleteLater);
        connect(m_run, &CollectRun::finished, this,
            [this](bool ok, const Capture& capture, const support::Error& error) {
                m_isFinished = true;
                Q_EMIT finished(ok, capture, error);
                if (error.code == support::ErrorCode::Cancelled)
                    deleteLater();
            });
        m_run->start();
    }
    void cancel()
    {
        if (m_run == nullptr)
            return; // its session was gone
        m_run->cancel();
        if (m_isFinished)
            deleteLater();
    }

Q_SIGNALS:
    void progressed(int settled, int asked);
    void finished(bool ok, const slotscope::capture::Capture& capture,
        const slotscope::support::Error& error);
    void late(const slotscope::capture::NodeAnswers& answers);

private:
    CollectRun* m_run = nullptr;
    bool m_isFinished = false;
};

} // namespace

SessionCollect::SessionCollect(session::SessionHandle* session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{ }

SessionCollect::~SessionCollect()
{
    cancel();
}

void SessionCollect::start(const CollectOptions& options)
{
    if (m_isRunning || !m_session)
        return;
    cancel();
    m_isRunning = true;
    const int generation = ++m_generation;
    // Connected here, in the thread of the receiver, before it moves to the other one. What never
    // ran, because the session was gone, goes with the wish.
    const std::shared_ptr<Relay> relay(new Relay, [](Relay* unused) {
        if (unused->parent() == nullptr)
            unused->deleteLater();
    });
    m_relay = relay.get();
    connect(
        relay.get(), &Relay::progressed, this, &SessionCollect::progressed, Qt::QueuedConnection);
    connect(
        relay.get(), &Relay::finished, this,
        [this](bool ok, const Capture& capture, const support::Error& error) {
            m_isRunning = false;
            Q_EMIT finished(ok, capture, error);
        },
        Qt::QueuedConnection);
    connect(
        relay.get(), &Relay::late, this,
        [this, generation](const NodeAnswers& answers) {
            if (generation == m_generation)
                Q_EMIT late(answers);
        },
        Qt::QueuedConnection);
    relay->moveToThread(m_session->ioThread());
    m_session->inSession(
        [relay, options](session::Session* session) { relay->run(session, options); });
}

void SessionCollect::cancel()
{
    if (!m_session)
        return;
    m_session->inSession([relay = std::exchange(m_relay, {})](session::Session*) {
        if (relay)
            static_cast<Relay*>(relay.data())->cancel();
    });
}

} // namespace slotscope::capture

#include "sessioncollect.moc"
