// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/errorwatch.h"

#include "core/cluster/serverfacts.h"
#include "core/support/bytes.h"

#include <QPointer>
#include <QTimer>

#include <utility>

namespace slotscope::health {

using namespace Qt::StringLiterals;
using cluster::ErrorSample;
using support::Error;

namespace {

constexpr qsizetype mostInFlight = 64;

} // namespace

std::optional<double> WatchedNode::perSecond(const QByteArray& word) const
{
    if (!growth || growth->wasReset || interval.count() <= 0)
        return std::nullopt;
    const double seconds = std::chrono::duration<double>(interval).count();
    return static_cast<double>(growth->toAllClients.of(word)) / seconds;
}

ErrorWatch::ErrorWatch(net::ConnectionPool* pool, const QList<Target>& targets,
    std::chrono::milliseconds pause, QObject* parent)
    : QObject(parent)
    , m_pool(pool)
    , m_pause(pause)
{
    for (const Target& target : targets) {
        Watched watched;
        watched.node.id = target.id;
        watched.node.address = target.address;
        m_watched.append(watched);
    }
}

void ErrorWatch::start()
{
    QTimer::singleShot(0, this, &ErrorWatch::look);
}

void ErrorWatch::endPause()
{
    m_endsEarly = true;
    if (m_hasPaused && !m_isSecond) {
        m_isSecond = true;
        look();
    }
}

void ErrorWatch::look()
{
    m_next = 0;
    askNext();
}

void ErrorWatch::askNext()
{
    const QPointer<ErrorWatch> self(this);
    while (m_awaited < mostInFlight && m_next < m_watched.size()) {
        const qsizetype index = m_next++;
        if (m_watched.at(index).node.error)
            continue; // it has failed at the first look
        ++m_awaited;
        // All of it: several sections in one INFO are understood from 7.0 on only.
        m_pool->connectionTo(m_watched.at(index).node.address)
            ->send({ "INFO" }, [self, index](const net::Answer& answer) {
                if (self)
                    self->onAnswer(index, answer);
            });
    }
    if (m_awaited == 0)
        endLook();
}

void ErrorWatch::onAnswer(qsizetype index, const net::Answer& answer)
{
    --m_awaited;
    Watched& watched = m_watched[index];
    WatchedNode& node = watched.node;
    if (!answer.reply) {
        node.error = answer.reply.error();
    } else if (answer.reply->isError()) {
        const QByteArrayView line = answer.reply->text();
        node.error = Error { cluster::codeOfErrorReply(line), support::toVisibleText(line, 300),
            node.address.toString() };
    } else {
        const auto info = cluster::parseInfo(answer.reply->text());
        bool isNumber = false;
        const qint64 uptime = info.value("uptime_in_seconds"_ba).toLongLong(&isNumber);
        node.uptimeSeconds = isNumber ? std::optional(uptime) : std::nullopt;
        if (const auto sample = ErrorSample::fromInfo(info))
            compare(&watched, *sample, answer.startedNanos);
    }
    if (node.error && node.error->address.isEmpty())
        node.error->address = node.address.toString();
    askNext();
}

void ErrorWatch::compare(Watched* watched, const ErrorSample& sample, qint64 nanos)
{
    if (!m_isSecond) {
        watched->first = sample;
        watched->firstNanos = nanos;
    } else if (watched->first) {
        watched->node.growth = cluster::growthBetween(*watched->first, sample, {});
        watched->node.interval = std::chrono::microseconds((nanos - watched->firstNanos) / 1000);
    }
}

void ErrorWatch::endLook()
{
    if (!m_isSecond) {
        m_hasPaused = true;
        QTimer::singleShot(m_endsEarly ? std::chrono::milliseconds(0) : m_pause, this, [this] {
            if (!std::exchange(m_isSecond, true))
                look();
        });
        return;
    }
    QList<WatchedNode> nodes;
    for (const Watched& watched : std::as_const(m_watched))
        nodes.append(watched.node);
    Q_EMIT finished(nodes); // last: the receiver may delete us
}

} // namespace slotscope::health
