// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/findings.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::explain {
namespace {

constexpr qsizetype most = 8; ///< facts, and names in one

QString tr(const char* text)
{
    return QCoreApplication::translate("findings", text);
}

QString cut(const QStringList& parts, const QString& separator)
{
    QString text = parts.first(std::min(most, parts.size())).join(separator);
    if (parts.size() > most)
        text += tr(" and %1 more").arg(parts.size() - most);
    return text;
}

} // namespace

FindingText membersDiffer(const QStringList& facts)
{
    return { tr("Not every node knows the whole cluster."),
        cut(facts, u" "_s) % u' '
            % tr("A node that was added is known to all within seconds. Else some were told to "
                 "forget it (CLUSTER FORGET) and others were not: those that know it tell the "
                 "others again after a minute. A client that asks one that does not know it gets a "
                 "map without it. If it is gone for good, have every node forget it within that "
                 "minute; if not, have one that knows it meet it again (CLUSTER MEET).") };
}

QString unknownFact(const QString& node, const QStringList& by, int views)
{
    return tr("%1 is not known to %2 (%3 of %4 views).")
        .arg(node, cut(by, u", "_s))
        .arg(by.size())
        .arg(views);
}

} // namespace slotscope::explain
