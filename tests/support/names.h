// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QMutex>
#include <QStringList>
#include <QWaitCondition>

#include <dlfcn.h>
#include <netdb.h>
#include <utility>

namespace slotscope::tests {

/// The names that this process's resolver knows besides the system's, and how often it was asked.
/// Included by one file of a test: it defines getaddrinfo(3), which the program's own definition
/// gives to Qt as well.
class Names
{
public:
    static Names& instance()
    {
        static auto* const names = new Names; // threads may hang in it when the process ends
        return *names;
    }
    void set(const QString& name, const QStringList& addresses)
    {
        const QMutexLocker locker(&m_mutex);
        m_addresses.insert(name, addresses);
    }
    /// Nobody who asks for it gets an answer before release().
    void hang(const QString& name)
    {
        const QMutexLocker locker(&m_mutex);
        m_hanging = name;
    }
    void release()
    {
        const QMutexLocker locker(&m_mutex);
        m_hanging.clear();
        m_released.wakeAll();
    }
    /// How many wait for release().
    int hanging()
    {
        const QMutexLocker locker(&m_mutex);
        return m_waiting;
    }
    QStringList ask(const QString& name)
    {
        const QMutexLocker locker(&m_mutex);
        ++m_waiting;
        while (!name.isEmpty() && name == m_hanging)
            m_released.wait(&m_mutex);
        --m_waiting;
        if (m_addresses.contains(name))
            ++m_asked;
        return m_addresses.value(name);
    }
    int asked()
    {
        const QMutexLocker locker(&m_mutex);
        return m_asked;
    }

private:
    QMutex m_mutex;
    QWaitCondition m_released;
    QString m_hanging;
    int m_waiting = 0;
    QHash<QString, QStringList> m_addresses;
    int m_asked = 0;
};

} // namespace slotscope::tests

extern "C" int getaddrinfo(const char* __restrict node, const char* __restrict service,
    const addrinfo* __restrict hints, addrinfo** __restrict result)
{
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    const QStringList addresses
        = slotscope::tests::Names::instance().ask(QString::fromLocal8Bit(node ? node : ""));
    if (addresses.isEmpty())
        return real(node, service, hints, result);
    // One list of the lists of each, which freeaddrinfo(3) frees item by item.
    *result = nullptr;
    for (qsizetype i = addresses.size() - 1; i >= 0; --i) {
        addrinfo* one = nullptr;
        if (real(addresses[i].toLatin1().constData(), service, hints, &one) != 0)
            continue;
        addrinfo* last = one;
        while (last->ai_next)
            last = last->ai_next;
        last->ai_next = std::exchange(*result, one);
    }
    return *result ? 0 : EAI_NONAME;
}
