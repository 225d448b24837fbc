// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/errorcounts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::cluster {
namespace {

constexpr qsizetype mostWords = 256; ///< servers stop at 128
constexpr qsizetype longestWord = 64;
const QByteArray prefix = "errorstat_"_ba;

} // namespace

const QList<QByteArray>& ErrorCounts::clusterWords()
{
    static const QList<QByteArray> words { "MOVED"_ba, "ASK"_ba, "TRYAGAIN"_ba, "CROSSSLOT"_ba,
        "CLUSTERDOWN"_ba, "LOADING"_ba, "MASTERDOWN"_ba, "READONLY"_ba };
    return words;
}

std::optional<ErrorCounts> ErrorCounts::fromInfo(const QHash<QByteArray, QByteArray>& info)
{
    // The section is empty where no error happened; its companion in the statistics is always
    // there. Too many different words make Redis stop counting and say so by this one.
    const bool counts = info.contains("total_error_replies"_ba)
        || std::any_of(info.keyBegin(), info.keyEnd(),
            [](const QByteArray& key) { return key.startsWith(prefix); });
    if (!counts || info.contains("errorstat_ERRORSTATS_DISABLED"_ba))
        return std::nullopt;
    ErrorCounts result;
    for (auto field = info.cbegin(); field != info.cend(); ++field) {
        const QByteArray& value = field.value();
        if (!field.key().startsWith(prefix) || !value.startsWith("count="))
            continue;
        const QByteArray number
            = value.mid(6, value.indexOf(',') < 0 ? -1 : value.indexOf(',') - 6);
        result.set(field.key().mid(prefix.size()), number.toULongLong());
    }
    return result;
}

void ErrorCounts::add(QByteArrayView line)
{
    const qsizetype blank = line.indexOf(' ');
    const QByteArray word = (blank < 0 ? line : line.first(blank)).toByteArray();
    set(word, of(word) + 1);
}

void ErrorCounts::set(const QByteArray& word, quint64 count)
{
    if (word.isEmpty() || word.size() > longestWord)
        return;
    if (count == 0)
        m_counts.remove(word);
    else if (m_counts.size() < mostWords || m_counts.contains(word))
        m_counts.insert(word, count);
}

quint64 ErrorCounts::clusterErrors() const
{
    quint64 sum = 0;
    for (const QByteArray& word : clusterWords())
        sum += of(word);
    return sum;
}

bool ErrorCounts::wentBackSince(const ErrorCounts& before) const
{
    return std::any_of(before.m_counts.keyBegin(), before.m_counts.keyEnd(),
        [&](const QByteArray& word) { return of(word) < before.of(word); });
}

ErrorCounts operator-(const ErrorCounts& a, const ErrorCounts& b)
{
    ErrorCounts result;
    for (auto entry = a.m_counts.cbegin(); entry != a.m_counts.cend(); ++entry)
        result.set(entry.key(), entry.value() - std::min(entry.value(), b.of(entry.key())));
    return result;
}

std::optional<ErrorSample> ErrorSample::fromInfo(const QHash<QByteArray, QByteArray>& info)
{
    const auto counts = ErrorCounts::fromInfo(info);
    if (!counts)
        return std::nullopt;
    return ErrorSample { info.value("run_id"_ba).left(40), *counts };
}

ErrorGrowth growthBetween(
    const ErrorSample& before, const ErrorSample& after, const ErrorCounts& seen)
{
    ErrorGrowth growth;
    growth.seenBySlotscope = seen;
    growth.wasReset = before.runId != after.runId || after.counts.wentBackSince(before.counts);
    // After a reset the counters began at 0 at some time between the looks.
    const ErrorCounts grown = growth.wasReset ? after.counts : after.counts - before.counts;
    growth.toAllClients = grown - seen;
    return growth;
}

void RedirectCounters::countSeen(const NodeId& node, QByteArrayView line)
{
    m_seen[node].add(line);
}

std::optional<ErrorGrowth> RedirectCounters::take(const NodeId& node, const ErrorSample& sample)
{
    const ErrorCounts seen = m_seen.take(node);
    const auto before = m_last.constFind(node);
    std::optional<ErrorGrowth> growth;
    if (before != m_last.constEnd())
        growth = growthBetween(*before, sample, seen);
    m_last.insert(node, sample);
    return growth;
}

void RedirectCounters::keepOnly(const QSet<NodeId>& nodes)
{
    const auto isGone = [&nodes](auto entry) { return !nodes.contains(entry.key()); };
    m_last.removeIf(isGone);
    m_seen.removeIf(isGone);
}

} // namespace slotscope::cluster
