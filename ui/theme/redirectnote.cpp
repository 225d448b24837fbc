// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/redirectnote.h"

#include "core/explain/redirects.h"

#include <QStringList>

namespace slotscope::ui {

bool RedirectNote::isAbout(const cluster::NodeId& id, const net::Endpoint& endpoint) const
{
    return !nodeId.isNull() && !id.isNull() ? nodeId == id : address == endpoint;
}

RedirectNote& RedirectNote::operator+=(const RedirectNote& other)
{
    movedNow += other.movedNow;
    moved += other.moved;
    askedNow += other.askedNow;
    asked += other.asked;
    return *this;
}

QString RedirectNote::shortText() const
{
    const bool onlyAsk = moved == 0;
    const qint64 total = onlyAsk ? asked : moved;
    if (total == 0)
        return {};
    const QString word = onlyAsk ? QStringLiteral("ASK") : QStringLiteral("MOVED");
    const qint64 now = onlyAsk ? askedNow : movedNow;
    return now > 0 ? QStringLiteral("%1 %2/s, %3").arg(word).arg(now).arg(total)
                   : QStringLiteral("%1 %2").arg(total).arg(word);
}

QString RedirectNote::text() const
{
    QStringList parts { explain::redirectsCounted(QStringLiteral("MOVED"), movedNow, moved),
        explain::redirectsCounted(QStringLiteral("ASK"), askedNow, asked) };
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

} // namespace slotscope::ui
