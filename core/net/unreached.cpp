// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/unreached.h"

#include "core/explain/unreached.h"
#include "core/net/reach.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::ErrorCode;

namespace {

constexpr qsizetype mostHostRules = 4; ///< with more hosts than that one rule is for all

WhyUnreached whyOf(const WayTaken& way, const AddressOutcome& outcome)
{
    const ErrorCode code = outcome.error->code;
    if (code == ErrorCode::WrongNode)
        return WhyUnreached::WrongNode;
    if (code == ErrorCode::ProxyRefused)
        return WhyUnreached::FarEnd;
    if (way.way != Way::Direct)
        return WhyUnreached::Other;
    if (code == ErrorCode::ResolveFailed && outcome.error->detail.isEmpty()) {
        return outcome.announced.host.contains(u'.') ? WhyUnreached::UnknownName
                                                     : WhyUnreached::ContainerName;
    }
    const Reach announced = reachOf(outcome.announced.host);
    const Reach seed = reachOf(way.dialled.host.isEmpty() ? way.typed.host : way.dialled.host);
    const bool isElsewhere = announced != seed && seed != Reach::Name;
    if (announced == Reach::Loopback && isElsewhere)
        return WhyUnreached::Loopback;
    const bool hasNoAnswer = code == ErrorCode::ConnectTimeout || code == ErrorCode::NoReply
        || code == ErrorCode::ReplyTimeout;
    const bool isOfTcp = support::stageOf(code) == support::Stage::Tcp;
    if (announced == Reach::Private && isElsewhere && (hasNoAnswer || isOfTcp))
        return WhyUnreached::PrivateNetwork;
    if (code == ErrorCode::ConnectionRefused)
        return WhyUnreached::Refused;
    return hasNoAnswer ? WhyUnreached::Silent : WhyUnreached::Other;
}

/// Mapping or another way may help. What is refused where the seed was reached may be behind
/// forwarded ports.
bool isOfTheWay(WhyUnreached why)
{
    return why == WhyUnreached::Loopback || why == WhyUnreached::PrivateNetwork
        || why == WhyUnreached::ContainerName || why == WhyUnreached::UnknownName;
}

/// Where the seed's own port is another one outside than inside, all are, as a rule.
int portShift(const WayTaken& way)
{
    return way.announced ? int(way.typed.port) - int(way.announced->port) : 0;
}

/// Only where each node has a port of its own: else one host cannot be all of them.
QStringList mapRules(
    const WayTaken& way, const QList<AddressOutcome>& outcomes, const QList<Endpoint>& failed)
{
    QSet<quint16> ports;
    for (const AddressOutcome& outcome : outcomes) {
        if (ports.contains(outcome.announced.port))
            return {};
        ports.insert(outcome.announced.port);
    }
    if (way.announced && outcomes.size() > 0
        && !std::any_of(outcomes.begin(), outcomes.end(),
            [&](const AddressOutcome& outcome) { return outcome.announced == *way.announced; })
        && ports.contains(way.announced->port)) {
        return {};
    }
    struct Range
    {
        quint16 first = 65535;
        quint16 last = 0;
    };
    QHash<QString, Range> hosts;
    QStringList order;
    for (const Endpoint& address : failed) {
        if (!hosts.contains(address.host))
            order.append(address.host);
        Range& range = hosts[address.host];
        range.first = std::min(range.first, address.port);
        range.last = std::max(range.last, address.port);
    }
    const bool isForAll = order.size() > mostHostRules;
    if (isForAll) {
        Range all;
        for (const Range& range : std::as_const(hosts)) {
            all.first = std::min(all.first, range.first);
            all.last = std::max(all.last, range.last);
        }
        order = { u"*"_s };
        hosts = { { u"*"_s, all } };
    }
    const int shift = portShift(way);
    QStringList rules;
    for (const QString& host : std::as_const(order)) {
        const Range range = hosts.value(host);
        const QString left = host.contains(u':') ? QString(u'[' + host + u']') : host;
        if (shift == 0) {
            rules.append(left + u"=@seed"_s);
            continue;
        }
        const int first = range.first + shift;
        const int last = range.last + shift;
        if (first < 1 || last > 65535)
            return {};
        rules.append(range.first == range.last
                ? left + u":%1=@seed:%2"_s.arg(range.first).arg(first)
                : left
                    + u":%1-%2=@seed:%3-%4"_s.arg(range.first)
                          .arg(range.last)
                          .arg(first)
                          .arg(last));
    }
    return rules;
}

QStringList toTexts(const QList<Endpoint>& addresses)
{
    QStringList texts;
    for (const Endpoint& address : addresses)
        texts.append(address.toString());
    return texts;
}

} // namespace

Unreached judge(const WayTaken& way, const QList<AddressOutcome>& outcomes)
{
    Unreached result;
    result.asked = static_cast<int>(outcomes.size());
    QList<Endpoint> ofTheWay;
    for (const AddressOutcome& outcome : outcomes) {
        if (!outcome.error)
            continue;
        ++result.failed;
        const WhyUnreached why = whyOf(way, outcome);
        const auto group = std::find_if(result.groups.begin(), result.groups.end(),
            [why](const Unreached::Group& one) { return one.why == why; });
        if (group == result.groups.end())
            result.groups.append({ why, { outcome.announced } });
        else
            group->addresses.append(outcome.announced);
        if (isOfTheWay(why))
            ofTheWay.append(outcome.announced);
    }
    std::stable_sort(result.groups.begin(), result.groups.end(),
        [](const Unreached::Group& a, const Unreached::Group& b) {
            return a.addresses.size() > b.addresses.size();
        });
    // A forwarded port that is another one outside than inside: all of them are refused here.
    if (ofTheWay.isEmpty() && portShift(way) != 0 && way.way == Way::Direct) {
        for (const Unreached::Group& group : std::as_const(result.groups)) {
            if (group.why == WhyUnreached::Refused)
                ofTheWay = group.addresses;
        }
    }
    if (ofTheWay.isEmpty() || way.way != Way::Direct)
        return result;
    if (const QStringList rules = mapRules(way, outcomes, ofTheWay); !rules.isEmpty())
        result.proposals.append({ WayProposal::Kind::Map, rules });
    result.proposals.append({ WayProposal::Kind::Ssh, {} });
    result.proposals.append({ WayProposal::Kind::Socks, {} });
    return result;
}

QStringList sentencesOf(const Unreached& unreached)
{
    if (unreached.failed == 0)
        return {};
    QStringList sentences { explain::unreachedNodes(unreached.failed, unreached.asked) };
    for (const Unreached::Group& group : unreached.groups) {
        const QStringList texts = toTexts(group.addresses);
        switch (group.why) {
        case WhyUnreached::Loopback:
            sentences.append(explain::unreachedLoopback(texts));
            break;
        case WhyUnreached::PrivateNetwork:
            sentences.append(explain::unreachedPrivate(texts));
            break;
        case WhyUnreached::ContainerName:
            sentences.append(explain::unreachedContainerName(texts));
            break;
        case WhyUnreached::UnknownName:
            sentences.append(explain::unreachedName(texts));
            break;
        case WhyUnreached::Refused:
            sentences.append(explain::unreachedRefused(texts));
            break;
        case WhyUnreached::Silent:
            sentences.append(explain::unreachedSilent(texts));
            break;
        case WhyUnreached::WrongNode:
            sentences.append(explain::unreachedWrongNode(texts));
            break;
        case WhyUnreached::FarEnd:
            sentences.append(explain::unreachedFarEnd(texts));
            break;
        case WhyUnreached::Other:
            sentences.append(explain::unreachedOther(texts));
            break;
        }
    }
    return sentences;
}

QStringList proposalsOf(const Unreached& unreached)
{
    QStringList sentences;
    for (const WayProposal& proposal : unreached.proposals) {
        switch (proposal.kind) {
        case WayProposal::Kind::Map:
            sentences.append(explain::proposeMap(proposal.rules));
            break;
        case WayProposal::Kind::Ssh:
            sentences.append(explain::proposeSsh());
            break;
        case WayProposal::Kind::Socks:
            sentences.append(explain::proposeSocks());
            break;
        }
    }
    return sentences;
}

QStringList adviceOf(const Unreached& unreached)
{
    return unreached.proposals.isEmpty() ? QStringList()
                                         : sentencesOf(unreached).mid(1) + proposalsOf(unreached);
}

} // namespace slotscope::net
