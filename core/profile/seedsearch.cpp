// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/seedsearch.h"

#include "core/net/connection.h"

#include <algorithm>

namespace slotscope::profile {

namespace {

using support::Error;
using support::ErrorCode;

constexpr std::chrono::milliseconds headStart { 250 };

} // namespace

bool mayAnotherSeedHelp(const Error& error)
{
    switch (error.code) {
    case ErrorCode::ProxyUnreachable:
    case ErrorCode::TunnelFailed:
    case ErrorCode::WrongNode:
        return false;
    default:
        break;
    }
    switch (support::stageOf(error.code)) {
    case support::Stage::Input:
    case support::Stage::Auth:
    case support::Stage::Local:
        return false;
    default:
        return true;
    }
}

SeedSearch::SeedSearch(QList<net::Endpoint> seeds, net::ConnectionOptions options, QObject* parent)
    : QObject(parent)
    , m_seeds(std::move(seeds))
    , m_options(std::move(options))
{
    m_headStart.setInterval(headStart);
    connect(&m_headStart, &QTimer::timeout, this, &SeedSearch::tryNext);
}

SeedSearch::~SeedSearch() = default;

void SeedSearch::start()
{
    if (m_seeds.size() <= 1) {
        end(0);
        return;
    }
    m_headStart.start();
    tryNext();
}

void SeedSearch::tryNext()
{
    const qsizetype place = m_tried.size();
    if (m_ended || place >= m_seeds.size())
        return;
    net::ConnectionOptions options = m_options;
    options.setSeed(m_seeds.at(place));
    auto* connection = new net::Connection(m_seeds.at(place), options, this);
    m_tried.append(connection);
    connection->open();
    // HELLO is answered by a server that still loads, PING is not.
    connection->send({ "PING" }, [this, place](const net::Answer& answer) {
        if (!answer.reply)
            onFailed(place, answer.reply.error());
        else if (answer.reply->isError() && answer.reply->text().startsWith("LOADING"))
            onFailed(place, { ErrorCode::Loading, {}, m_seeds.at(place).toString() });
        else
            end(place);
    });
}

void SeedSearch::onFailed(qsizetype place, const Error& error)
{
    ++m_failed;
    if (error.code == ErrorCode::Loading)
        m_loading = std::min(place, m_loading.value_or(place));
    if (!mayAnotherSeedHelp(error)) {
        end(place);
    } else if (m_failed >= m_seeds.size()) {
        end(m_loading.value_or(0));
    } else if (m_failed == m_tried.size()) {
        // The one that failed may not be the last one: another still has its head start.
        m_headStart.start();
        tryNext();
    }
}

void SeedSearch::end(qsizetype seed)
{
    if (m_ended)
        return;
    m_ended = true;
    m_headStart.stop();
    // Perhaps from inside a signal of one of them.
    for (net::Connection* connection : std::as_const(m_tried)) {
        connection->disconnect(this);
        connection->deleteLater();
    }
    QMetaObject::invokeMethod(
        this, [this, seed] { Q_EMIT finished(seed); }, Qt::QueuedConnection);
}

} // namespace slotscope::profile
