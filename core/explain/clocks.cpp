// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/clocks.h"

#include "core/explain/wording.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Clocks
{
    Q_DECLARE_TR_FUNCTIONS(Clocks)
};

constexpr qint64 second = 1'000'000;
constexpr qint64 tenth = second / 10;

} // namespace

QString timeSpan(qint64 micros)
{
    // From the parts and not from their negative: the most negative number has none.
    const qint64 tenths = qAbs(micros / tenth);
    const qint64 seconds = tenths / 10;
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    const auto number = [](qint64 value) { return QString::number(value); };
    if (seconds < 10)
        return Clocks::tr("%1.%2 s").arg(number(seconds), number(tenths % 10));
    if (minutes == 0)
        return Clocks::tr("%1 s").arg(number(seconds));
    if (hours == 0)
        return Clocks::tr("%1 min %2 s").arg(number(minutes), number(seconds % 60));
    if (hours < 48)
        return Clocks::tr("%1 h %2 min").arg(number(hours), number(minutes % 60));
    return Clocks::tr("%1 days %2 h").arg(number(hours / 24), number(hours % 24));
}

QString clocksCompared(const QString& who, qint64 aheadMicros, qint64 withinMicros)
{
    const QString whose
        = who.isEmpty() ? Clocks::tr("the server") : who; // as it stands inside a sentence
    if (qAbs(aheadMicros) <= second + withinMicros) {
        return Clocks::tr("The clocks of %1 and of this computer agree (to within %2).")
            .arg(whose, timeSpan(qMax(qAbs(aheadMicros) + withinMicros, tenth)));
    }
    return (aheadMicros > 0 ? Clocks::tr("The clock of %1 is %2 ahead of this computer's.")
                            : Clocks::tr("The clock of %1 is %2 behind this computer's."))
        .arg(whose, timeSpan(aheadMicros));
}

QString clocksAgree(int nodes, qint64 mostMicros)
{
    return counted(nodes,
        Clocks::tr("The clocks of %1 node and of this computer agree (to within %2)."),
        Clocks::tr("The clocks of %1 nodes and of this computer agree (to within %2)."))
        .arg(timeSpan(qMax(mostMicros, tenth)));
}

QString moreClocksDiffer(int nodes)
{
    return counted(nodes, Clocks::tr("The clock of %1 more node differs too."),
        Clocks::tr("The clocks of %1 more nodes differ too."));
}

QString skewRefusesTokens(qint64 aheadMicros)
{
    if (qAbs(aheadMicros) <= mostSkewOfSignature)
        return {};
    return Clocks::tr(
        "An IAM token carries the time at which it was signed, and AWS takes it only within five "
        "minutes of its own clock (IAM User Guide, \"AWS Signature Version 4\"): set this "
        "computer's clock.");
}

QString clocksOfToken(std::optional<qint64> aheadMicros)
{
    if (!aheadMicros) {
        return Clocks::tr("A server tells its time only to who is logged in, so the clocks could "
                          "not be compared: check that this computer's is right.");
    }
    const QString compared = clocksCompared({}, *aheadMicros, 0);
    const QString meaning = skewRefusesTokens(*aheadMicros);
    return meaning.isEmpty()
        ? Clocks::tr("%1 They are not the reason.").arg(compared)
        : Clocks::tr("%1 That is probably the reason. %2").arg(compared, meaning);
}

QString credentialsExpired(const QString& expires, const QString& now)
{
    return Clocks::tr("the AWS credentials expired on %1, and this computer's clock says %2. If "
                      "they were made a moment ago, the clock is ahead")
        .arg(expires, now);
}

QString credentialsLastTooLong(const QString& expires, qint64 spanMicros)
{
    return Clocks::tr(
        "They are said to be good until %1, which is %2 from now by this computer's clock; AWS "
        "makes none for longer than 36 hours. If they were made a moment ago, the clock is behind, "
        "and a token that is signed by it may be refused.")
        .arg(expires, timeSpan(spanMicros));
}

} // namespace slotscope::explain
