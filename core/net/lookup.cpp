// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/lookup.h"

#include <QPromise>
#include <QTimer>
#include <QUrl>

#include <atomic>
#include <chrono>
#include <memory>
#include <netdb.h>
#include <thread>

using namespace std::chrono_literals;

namespace slotscope::net {

namespace {

/// A resolver that does not answer holds a thread for many seconds; a pool of few would make every
/// other name wait for it.
constexpr int mostThreads = 256;
constexpr auto pauseWhenFull = 50ms;
std::atomic<int> threads = 0; // of the process: it is the process that has too many

} // namespace

Lookup::Lookup(QString host, QObject* parent)
    : QObject(parent)
    , m_host(std::move(host))
{
    connect(&m_watcher, &QFutureWatcher<Result>::finished, this, [this] {
        const Result result = m_watcher.result();
        Q_EMIT finished(result.addresses,
            result.code == 0 ? QString() : QString::fromLocal8Bit(::gai_strerror(result.code)));
    });
}

/// On a thread that nobody waits for: whoever joined it, as the destructor of a pool does, would
/// keep a program from ending until the resolver gives up. So it touches nothing that may be gone
/// by then, which is why it is not QHostInfo that it asks.
void Lookup::start()
{
    if (++threads > mostThreads) {
        --threads;
        QTimer::singleShot(pauseWhenFull, this, &Lookup::start);
        return;
    }
    const auto promise = std::make_shared<QPromise<Result>>();
    promise->start();
    m_watcher.setFuture(promise->future());
    std::thread([promise, host = QUrl::toAce(m_host)] {
        promise->addResult(ask(host));
        promise->finish();
        --threads;
    }).detach();
}

QString Lookup::realName() const
{
    QString name = m_watcher.isFinished() ? m_watcher.result().canonicalName.toLower() : QString();
    if (name.endsWith(u'.'))
        name.chop(1);
    const bool isAddress = !QHostAddress(name).isNull();
    return isAddress || name == m_host.toLower() ? QString() : name;
}

bool Lookup::isUnknownName() const
{
    const int code = m_watcher.isFinished() ? m_watcher.result().code : 0;
    return code == EAI_NONAME || code == EAI_NODATA || code == EAI_ADDRFAMILY;
}

Lookup::Result Lookup::ask(const QByteArray& host)
{
    addrinfo hints = {};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG | AI_CANONNAME;
    addrinfo* list = nullptr;
    Result result;
    result.code
        = host.isEmpty() ? EAI_NONAME : ::getaddrinfo(host.constData(), nullptr, &hints, &list);
    if (result.code == EAI_BADFLAGS) { // as some resolvers say where a family is missing
        hints.ai_flags = AI_CANONNAME;
        result.code = ::getaddrinfo(host.constData(), nullptr, &hints, &list);
    }
    if (result.code != 0)
        return result;
    for (const addrinfo* one = list; one != nullptr; one = one->ai_next) {
        QHostAddress address(one->ai_addr);
        if (one->ai_family == AF_INET6) {
            const auto* v6 = reinterpret_cast<const sockaddr_in6*>(one->ai_addr);
            if (v6->sin6_scope_id != 0)
                address.setScopeId(QString::number(v6->sin6_scope_id));
        }
        if (!address.isNull() && !result.addresses.contains(address))
            result.addresses.append(address);
    }
    if (list != nullptr && list->ai_canonname != nullptr)
        result.canonicalName = QUrl::fromAce(list->ai_canonname);
    ::freeaddrinfo(list);
    if (result.addresses.isEmpty())
        result.code = EAI_NONAME;
    return result;
}

QList<QHostAddress> interleaved(const QList<QHostAddress>& addresses)
{
    QList<QHostAddress> first;
    QList<QHostAddress> second;
    for (const QHostAddress& address : addresses) {
        if (first.contains(address) || second.contains(address))
            continue;
        if (first.isEmpty() || first.front().protocol() == address.protocol())
            first.append(address);
        else
            second.append(address);
    }
    QList<QHostAddress> result;
    for (qsizetype i = 0; i < qMax(first.size(), second.size()); ++i) {
        if (i < first.size())
            result.append(first[i]);
        if (i < second.size())
            result.append(second[i]);
    }
    return result;
}

} // namespace slotscope::net
