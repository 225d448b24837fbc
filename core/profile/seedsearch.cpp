// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/seedsearch.h"

#include "core/net/connection.h"

namespace slotscope::profile {

namespace {

constexpr std::chrono::milliseconds headStart { 250 };

} // namespace

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
    auto* connection = new net::Connection(m_seeds.at(place), m_options, this);
    m_tried.append(connection);
    connect(connection, &net::Connection::ready, this, [this, place] { end(place); });
    connect(connection, &net::Connection::closed, this, &SeedSearch::onClosed);
    connection->open();
}

void SeedSearch::onClosed()
{
    ++m_closed;
    if (m_closed >= m_seeds.size()) {
        end(0);
        return;
    }
    // The one that failed may not be the last one: another still has its head start.
    if (m_closed == m_tried.size()) {
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
