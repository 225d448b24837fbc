// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// Where the next command of a client goes that keeps no map, or is sent to a chosen node.

#include "core/explain/redirects.h"

#include <QCoreApplication>

namespace slotscope::explain {
namespace {

// The translation context.
struct NextTimes
{
    Q_DECLARE_TR_FUNCTIONS(NextTimes)
};

} // namespace

QString sendingToTheSame(const QString& command, const QString& node)
{
    return NextTimes::tr("This computer sends %1 again, to the same node, %2.").arg(command, node);
}

QString straightWithThisMap(const QString& node)
{
    return NextTimes::tr("with this map: straight to %1").arg(node);
}

QString againWithThisMap(const QString& node)
{
    return NextTimes::tr("with this map: %1 again").arg(node);
}

QString startsWithoutMap(const QString& node)
{
    return NextTimes::tr(
        "This client starts without a map each time: the next command goes to %1 first again.")
        .arg(node);
}

QString startsWhereChosen(const QString& node)
{
    return NextTimes::tr(
        "This client starts at the chosen node each time: the next command goes to %1 first again.")
        .arg(node);
}

} // namespace slotscope::explain
