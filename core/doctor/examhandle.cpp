// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/examhandle.h"

#include "core/doctor/clusterexamrun.h"
#include "core/net/connectionpool.h"

#include <QTimer>

#include <utility>

namespace slotscope::doctor {

using namespace std::chrono_literals;

/// The end of an examination in the I/O thread.
class ExamHandle::Work final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Work)
public:
    // With parents throughout, so that it can be moved to the I/O thread in one piece.
    Work(net::ConnectionOptions options, net::Endpoint seed, QString typed)
        : m_seed(seed)
        , m_run(new ClusterExamRun(options, std::move(seed), std::move(typed), this))
        , m_pool(new net::ConnectionPool(std::move(options), this))
        , m_frame(new QTimer(this))
    {
        m_frame->setSingleShot(true);
        m_frame->setInterval(33ms);
        connect(m_frame, &QTimer::timeout, this, [this] { Q_EMIT changed(m_run->examination()); });
        connect(m_run, &ClusterExamRun::nodeChanged, this, [this] {
            if (!m_frame->isActive())
                m_frame->start();
        });
        connect(m_run, &ClusterExamRun::finished, this, [this](const Examination& examination) {
            m_frame->stop();
            m_run->disconnect(this);
            Q_EMIT finished(examination);
            if (!m_isCancelled && !examination.error
                && examination.topology.data().kind == cluster::Kind::Cluster)
                replay(examination.topology);
            else
                end();
        });
    }

    void start()
    {
        Q_EMIT changed(m_run->examination());
        m_run->start();
    }
    ~Work() override
    {
        // Before their pool.
        delete m_replay;
        delete m_following;
    }
    void cancel()
    {
        m_isCancelled = true;
        m_run->cancel();
        if (m_replay)
            m_replay->cancel();
        if (m_following)
            m_following->cancel();
    }

Q_SIGNALS:
    void changed(const slotscope::doctor::Examination& examination);
    void finished(const slotscope::doctor::Examination& examination);
    void replayed(const slotscope::doctor::ClientReplayResult& replay);
    void followed(const slotscope::doctor::ClusterReplayResult& replay);
    void ended();

private:
    void replay(const cluster::Topology& topology)
    {
        m_pool->expectNodes(cluster::expectedNodes(topology));
        m_replay = new ClientReplay(command::RunContext { m_pool, topology, m_seed });
        connect(m_replay, &ClientReplay::finished, this, [this](const ClientReplayResult& result) {
            std::exchange(m_replay, nullptr)->deleteLater();
            Q_EMIT replayed(result);
            if (m_isCancelled)
                end();
            else
                follow();
        });
        m_replay->start();
    }

    void follow()
    {
        m_following = new ClusterReplay(command::RunContext { m_pool, {}, m_seed });
        connect(
            m_following, &ClusterReplay::finished, this, [this](const ClusterReplayResult& result) {
                std::exchange(m_following, nullptr)->deleteLater();
                Q_EMIT followed(result);
                end();
            });
        m_following->start();
    }

    void end()
    {
        // No connection stays open for a dialog that is only looked at.
        std::exchange(m_pool, nullptr)->deleteLater();
        Q_EMIT ended();
    }

    const net::Endpoint m_seed;
    ClusterExamRun* m_run;
    net::ConnectionPool* m_pool;
    ClientReplay* m_replay = nullptr;
    ClusterReplay* m_following = nullptr;
    QTimer* m_frame;
    bool m_isCancelled = false;
};

ExamHandle::ExamHandle(session::IoThread& io, net::ConnectionOptions options, net::Endpoint seed,
    QString typed, QObject* parent)
    : QObject(parent)
    , m_work(new Work(std::move(options), std::move(seed), std::move(typed)))
{
    m_work->moveToThread(io.thread());
    // Queued, because the work is in another thread.
    connect(m_work, &Work::changed, this, &ExamHandle::changed);
    connect(m_work, &Work::finished, this, &ExamHandle::finished);
    connect(m_work, &Work::replayed, this, &ExamHandle::replayed);
    connect(m_work, &Work::followed, this, &ExamHandle::followed);
    connect(m_work, &Work::ended, this, &ExamHandle::ended);
}

ExamHandle::~ExamHandle()
{
    m_work->disconnect(this);
    m_work->deleteLater();
}

void ExamHandle::start()
{
    QMetaObject::invokeMethod(m_work, &Work::start, Qt::QueuedConnection);
}

void ExamHandle::cancel()
{
    QMetaObject::invokeMethod(m_work, &Work::cancel, Qt::QueuedConnection);
}

} // namespace slotscope::doctor

#include "examhandle.moc"
