// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/serverprobe.h"

#include "core/cluster/viewparsers.h"
#include "core/explain/sandboxes.h"
#include "core/support/bytes.h"

#include <QTimer>

#include <chrono>

namespace slotscope::sandbox {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;

namespace {

constexpr auto pause = 25ms;

QByteArray textOf(const net::Answer& answer)
{
    return answer.reply && !answer.reply->isError() ? answer.reply->toByteArray() : QByteArray();
}

} // namespace

ServerProbe::ServerProbe(Expectation expectation, net::ConnectionOptions options, QObject* parent)
    : QObject(parent)
    , m_expectation(std::move(expectation))
    , m_options(std::move(options))
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    m_timer->setInterval(pause);
    connect(m_timer, &QTimer::timeout, this, [this] { m_next(); });
}

void ServerProbe::start()
{
    later(&ServerProbe::connectAgain);
}

void ServerProbe::later(void (ServerProbe::*what)())
{
    m_next = [this, what] { (this->*what)(); };
    m_timer->start();
}

void ServerProbe::connectAgain()
{
    m_connection = new net::Connection({ u"127.0.0.1"_s, m_expectation.port }, m_options, this);
    connect(m_connection, &net::Connection::ready, this, &ServerProbe::askWhoItIs);
    connect(m_connection, &net::Connection::closed, this, [this](const Error& reason) {
        m_missing = explain::notConnectedYet(reason.detail);
        m_connection->deleteLater();
        m_connection = nullptr;
        later(&ServerProbe::connectAgain);
    });
    m_connection->open();
}

void ServerProbe::askWhoItIs()
{
    m_connection->send({ "CONFIG", "GET", "dir" }, [this](const net::Answer& answer) {
        if (!answer.reply)
            return; // closed() follows
        const QByteArray directory = answer.reply->value("dir").toByteArray();
        if (QString::fromLocal8Bit(directory) == m_expectation.directory) {
            askWhetherItIsUp();
            return;
        }
        // Somebody else's server got the port first. Nothing is ever written to it.
        disconnect(m_connection, nullptr, this, nullptr);
        Q_EMIT finished(false,
            { ErrorCode::NotOurSandbox,
                explain::anotherServerAnswers(support::toVisibleText(directory, 300)),
                m_connection->announced().toString() });
    });
}

void ServerProbe::askWhetherItIsUp()
{
    const auto clusterInfo = std::make_shared<net::Answer>(net::Answer { resp::Reply() });
    m_connection->sendTogether({ { "CLUSTER", "INFO" }, { "INFO", "replication" } },
        { [clusterInfo](const net::Answer& answer) { *clusterInfo = answer; },
            [this, clusterInfo](const net::Answer& answer) { onState(*clusterInfo, answer); } });
}

void ServerProbe::onState(const net::Answer& clusterInfo, const net::Answer& replicationInfo)
{
    if (!replicationInfo.reply)
        return; // closed() follows
    const auto state = cluster::parseInfo(textOf(clusterInfo));
    const auto replication = cluster::parseInfo(textOf(replicationInfo));
    m_missing.clear();
    if (state.value("cluster_state") != "ok")
        m_missing = explain::stateIsNotOk();
    else if (state.value("cluster_known_nodes").toInt() != m_expectation.knownNodes)
        m_missing = explain::nodesAreMissing();
    else if (m_expectation.replica && replication.value("master_link_status") != "up")
        m_missing = explain::linkIsNotUp();
    if (!m_missing.isEmpty()) {
        later(&ServerProbe::askWhetherItIsUp);
        return;
    }
    disconnect(m_connection, nullptr, this, nullptr);
    m_connection->deleteLater();
    Q_EMIT finished(true, {});
}

} // namespace slotscope::sandbox
