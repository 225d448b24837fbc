// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/missingviews.h"

#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/net/reach.h"

#include <algorithm>

namespace slotscope::cluster {
namespace {

constexpr qsizetype mostWarnings = 8;

bool isPrivate(const QString& host)
{
    const net::Reach reach = net::reachOf(host);
    return reach == net::Reach::Loopback || reach == net::Reach::Private;
}

/// Of several, and none answered.
QString unreachableText(const net::WayTaken& way, const QList<AskedNode>& others)
{
    const int failed = static_cast<int>(others.size());
    QString text
        = explain::unreachable(failed, failed + 1, explain::errorReason(*others.first().error));
    const bool areAllPrivate = std::all_of(
        others.begin(), others.end(), [](const AskedNode& other) { return isPrivate(other.ip); });
    if (areAllPrivate && !isPrivate(way.dialled.host))
        text += u' ' + explain::privateAddresses();
    return text;
}

} // namespace

QList<net::AddressOutcome> outcomesOf(const net::WayTaken& way, const QList<AskedNode>& others)
{
    QList<net::AddressOutcome> all { { way.announced.value_or(way.typed), {}, {} } };
    for (const AskedNode& other : others)
        all.append({ other.address, other.id.toByteArray(), other.error });
    return all;
}

MissingViews missingViewsOf(const net::WayTaken& way, const QList<AskedNode>& others)
{
    MissingViews missing;
    for (const AskedNode& other : others) {
        if (!other.error)
            continue;
        const QString why = explain::errorSentence(*other.error);
        missing.views.append({ other.id,
            other.error->code == support::ErrorCode::WrongNode
                ? why
                : explain::viewMissing(other.address.toString(), why),
            *other.error });
    }
    const qsizetype count = missing.views.size();
    if (count == 0)
        return missing;
    if (count == others.size()) {
        missing.unreachable = unreachableText(way, others);
        missing.warnings.append(missing.unreachable);
    }
    for (const MissingView& one : missing.views.first(std::min(count, mostWarnings)))
        missing.warnings.append(one.why);
    if (count > mostWarnings)
        missing.warnings.append(explain::moreViewsMissing(static_cast<int>(count - mostWarnings)));
    missing.warnings += net::adviceOf(net::judge(way, outcomesOf(way, others)));
    return missing;
}

} // namespace slotscope::cluster
