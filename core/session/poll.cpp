// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/poll.h"

#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/support/log.h"

#include <QPointer>

namespace slotscope::session {

using namespace std::chrono_literals;
using support::Error;
using support::ErrorCode;

namespace {

constexpr auto slow = 500ms;
constexpr qsizetype mostAsked = 64;

} // namespace

Error silenceOf(const net::ConnectionPool& pool, const net::Endpoint& address)
{
    return { pool.isOpening(address) ? ErrorCode::ConnectTimeout : ErrorCode::ReplyTimeout, {},
        address.toString() };
}

Poll::Poll(net::ConnectionPool* pool, const ViewKeeper* views, QList<PollTarget> targets,
    std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent)
    , m_pool(pool)
    , m_views(views)
    , m_toAsk(targets.first(std::min(targets.size(), mostAsked)))
    , m_patience(patience)
    , m_slow(this)
{
    m_slow.setSingleShot(true);
    m_slow.setInterval(slow);
    connect(&m_slow, &QTimer::timeout, this, &Poll::onSlow);
}

void Poll::start()
{
    if (m_toAsk.isEmpty())
        QTimer::singleShot(0, this, &Poll::endIfDone);
    else
        askNext();
}

void Poll::askNext()
{
    if (m_isTold || m_toAsk.isEmpty())
        return;
    ask(m_toAsk.takeFirst());
    m_slow.start();
}

/// Each time that half a second brings no view, twice as many are asked.
void Poll::onSlow()
{
    if (m_isTold || m_toAsk.isEmpty())
        return;
    m_atOnce *= 2;
    for (int i = 1; i < m_atOnce && m_toAsk.size() > 1; ++i)
        ask(m_toAsk.takeFirst());
    askNext();
}

void Poll::ask(const PollTarget& target)
{
    const int number = ++m_lastNumber;
    m_open.insert(number, { target, false, {}, {}, {} });
    QTimer::singleShot(m_patience, this, [this, number] { onSilence(number); });
    const auto info = std::make_shared<ClusterInfo>();
    const QPointer<Poll> self(this);
    net::Connection* connection = m_pool->connectionTo(target.address);
    connection->probe({ { "CLUSTER", "INFO" }, { "CLUSTER", "NODES" } },
        { [info](const net::Answer& answer) { *info = ClusterInfo::of(answer); },
            [self, info, number](const net::Answer& answer) {
                if (self)
                    self->onNodes(number, answer, *info);
            } });
    Q_EMIT asking(connection);
}

void Poll::onNodes(int number, const net::Answer& answer, const ClusterInfo& info)
{
    const auto open = m_open.find(number);
    if (open == m_open.end())
        return; // too late
    const PollTarget target = open->target;
    if (!answer.reply) {
        m_error = answer.reply.error();
        if (m_error.address.isEmpty())
            m_error.address = target.address.toString();
    }
    m_anyAnswer = m_anyAnswer || answer.reply.hasValue();
    const ViewKeeper::Understood understood = m_views->understand(answer, target);
    if (!understood.view) {
        qCDebug(support::logSession) << "no view from" << target.address.toString();
        settle(number, understood.trouble);
        return;
    }
    if (m_isTold) { // somebody was faster
        m_open.remove(number);
        endIfDone();
        return;
    }
    open->view = *understood.view;
    open->info = info;
    open->trouble = understood.trouble;
    if (!m_views->needsSlots(open->view)) {
        tell(m_open.take(number));
        return;
    }
    open->wantsSlots = true;
    QTimer::singleShot(m_patience, this, [this, number] {
        if (m_open.contains(number))
            tell(m_open.take(number));
    });
    const QPointer<Poll> self(this);
    m_pool->connectionTo(target.address)
        ->probe({ { "CLUSTER", "SLOTS" } }, { [self, number](const net::Answer& slotsAnswer) {
            if (self)
                self->onSlots(number, slotsAnswer);
        } });
}

void Poll::onSlots(int number, const net::Answer& answer)
{
    if (!m_open.contains(number))
        return;
    Question question = m_open.take(number);
    if (answer.reply && !answer.reply->isError()) {
        if (auto parsed = cluster::parseSlots(*answer.reply))
            question.view.slotsView = std::move(parsed).value();
    }
    tell(question);
}

void Poll::tell(const Question& question)
{
    if (m_isTold) { // somebody was faster
        endIfDone();
        return;
    }
    m_isTold = true;
    const QPointer<Poll> self(this);
    Q_EMIT answered(question.view, question.info);
    if (self && !question.trouble.why.isEmpty())
        Q_EMIT silent(question.target, question.trouble);
    if (self)
        endIfDone();
}

void Poll::onSilence(int number)
{
    const auto open = m_open.constFind(number);
    if (open == m_open.constEnd() || open->wantsSlots)
        return;
    m_error = silenceOf(*m_pool, open->target.address);
    settle(number,
        { explain::viewMissing(open->target.address.toString(), explain::errorSentence(m_error)),
            m_error });
}

void Poll::settle(int number, const Silence& silence)
{
    const PollTarget target = m_open.take(number).target;
    const QPointer<Poll> self(this);
    Q_EMIT silent(target, silence);
    if (!self)
        return;
    askNext();
    endIfDone();
}

void Poll::endIfDone()
{
    if (!m_open.isEmpty() || m_isDone || (!m_isTold && !m_toAsk.isEmpty()))
        return;
    m_isDone = true;
    deleteLater();
    if (!std::exchange(m_isTold, true))
        Q_EMIT failed(m_anyAnswer ? Error() : m_error);
}

} // namespace slotscope::session
