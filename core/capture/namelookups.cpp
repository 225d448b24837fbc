// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/namelookups.h"

#include "core/explain/captures.h"
#include "core/net/lookup.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace slotscope::capture {

namespace {

constexpr qsizetype mostNames = 1000;
constexpr qsizetype longestName = 253; ///< RFC 1035, as text

} // namespace

NameLookups::NameLookups(const net::ConnectionOptions& way, LookUp lookUp, QObject* parent)
    : QObject(parent)
    , m_map(way.addressMap)
    , m_isFarAway(way.socks || way.tunnel)
    , m_lookUp(std::move(lookUp))
{
    if (m_lookUp)
        return;
    m_lookUp = [this](const QString& name, auto tell) {
        auto* lookup = new net::Lookup(name, this);
        connect(lookup, &net::Lookup::finished, this,
            [lookup, tell = std::move(tell)](
                const QList<QHostAddress>& addresses, const QString& why) {
                lookup->deleteLater();
                tell(addresses, why);
            });
        lookup->start();
    };
}

void NameLookups::want(const net::Endpoint& announced)
{
    if (m_map.toDialled(announced) == announced)
        ask(announced.host);
}

void NameLookups::wantSeed(const net::Endpoint& seed)
{
    m_seed = m_map.toDialled(seed).host;
    ask(m_seed);
}

void NameLookups::ask(const QString& name)
{
    const bool isName
        = !name.isEmpty() && name.size() <= longestName && QHostAddress(name).isNull();
    if (!isName || m_names.contains(name) || m_names.size() >= mostNames)
        return;
    m_names.insert(name);
    if (m_isFarAway) {
        m_answers.append({ name, {}, explain::nameNotAskedHere() });
        return;
    }
    m_answers.append({ name, {}, explain::nameNotAnswered() });
    ++m_pending;
    m_lookUp(name,
        [self = QPointer(this), name](const QList<QHostAddress>& addresses, const QString& why) {
            if (self)
                self->take(name, addresses, why);
        });
}

void NameLookups::take(
    const QString& name, const QList<QHostAddress>& addresses, const QString& why)
{
    const auto answer = std::find_if(m_answers.begin(), m_answers.end(),
        [&name](const ResolvedName& known) { return known.name == name; });
    answer->why = why;
    for (const QHostAddress& address : addresses)
        answer->addresses.append(address.toString());
    --m_pending;
    Q_EMIT answered(); // last: the receiver may delete us
}

QStringList NameLookups::seedAddresses() const
{
    const auto answer = std::find_if(m_answers.begin(), m_answers.end(),
        [this](const ResolvedName& known) { return known.name == m_seed; });
    return answer == m_answers.end() ? QStringList() : answer->addresses;
}

} // namespace slotscope::capture
