// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/lookup.h"

#include <QPromise>
#include <QThreadPool>

#include <memory>

namespace slotscope::net {

namespace {

/// Of their own: a resolver that does not answer holds a thread for many seconds.
QThreadPool& threads()
{
    static QThreadPool pool;
    pool.setMaxThreadCount(20);
    return pool;
}

} // namespace

Lookup::Lookup(QString host, QObject* parent)
    : QObject(parent)
    , m_host(std::move(host))
{
    connect(&m_watcher, &QFutureWatcher<QHostInfo>::finished, this,
        [this] { Q_EMIT finished(m_watcher.result()); });
}

void Lookup::start()
{
    const auto promise = std::make_shared<QPromise<QHostInfo>>();
    promise->start();
    m_watcher.setFuture(promise->future());
    threads().start([promise, host = m_host] {
        promise->addResult(QHostInfo::fromName(host));
        promise->finish();
    });
}

} // namespace slotscope::net
