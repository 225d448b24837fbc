// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/errorstable.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/timetext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct ReportTexts
{
    Q_DECLARE_TR_FUNCTIONS(ReportTexts)
};

/// What a capture has of one word.
struct Row
{
    std::optional<quint64> all; ///< none where no server counts
    quint64 own = 0;
    QDateTime first; ///< of our own
    QDateTime last;
};

Row rowOf(const capture::Capture& capture, const QByteArray& word)
{
    Row row;
    for (const capture::NodeAnswers& node : capture.nodes) {
        if (node.errorCounts)
            row.all = row.all.value_or(0) + node.errorCounts->of(word);
    }
    for (const capture::SeenErrors& seen : capture.seen) {
        if (seen.word != word)
            continue;
        row.own += static_cast<quint64>(seen.count);
        row.first = row.first.isValid() ? std::min(row.first, seen.first) : seen.first;
        row.last = row.last.isValid() ? std::max(row.last, seen.last) : seen.last;
    }
    return row;
}

class Times
{
public:
    explicit Times(const capture::Capture& capture)
        : m_capture(capture)
        , m_isSampled(!capture.counted.isEmpty())
    {
        constexpr auto redirects = static_cast<std::size_t>(session::Metric::RedirectsToAll);
        m_isSampled = m_isSampled
            || std::any_of(capture.samples.begin(), capture.samples.end(),
                [](const capture::NodeSample& sample) {
                    return std::isfinite(sample.values.at(redirects));
                });
    }

    /// When the first and the last were counted of those that went to others; or why that is not
    /// known, and nothing.
    QStringList ofOthers(const QByteArray& word) const
    {
        const auto counted = std::find_if(m_capture.counted.begin(), m_capture.counted.end(),
            [&word](const capture::CountedErrors& errors) { return errors.word == word; });
        if (counted != m_capture.counted.end()) {
            return { clockText(counted->first, m_capture.savedAt),
                clockText(counted->last, m_capture.savedAt) };
        }
        if (!m_capture.recordingBegan.isValid())
            return { ReportTexts::tr("not known: no recording"), {} };
        if (!m_isSampled)
            return { ReportTexts::tr("not known: not sampled"), {} };
        return { ReportTexts::tr("none since %1")
                     .arg(clockText(m_capture.recordingBegan, m_capture.savedAt)),
            {} };
    }

    /// With milliseconds, as it was seen.
    QString exact(const QDateTime& at) const
    {
        return at.isValid()
            ? clockText(at, m_capture.savedAt).chopped(1) + at.toUTC().toString(u".zzz'Z'"_s)
            : QString();
    }

private:
    const capture::Capture& m_capture;
    bool m_isSampled = false; ///< the counters were looked at while it was recorded
};

} // namespace

Table errorsTable(const capture::Capture& capture)
{
    Table table;
    table.head = { ReportTexts::tr("Error"), ReportTexts::tr("To all clients"),
        ReportTexts::tr("To Slotscope"), ReportTexts::tr("First"), ReportTexts::tr("Last"),
        ReportTexts::tr("First to others"), ReportTexts::tr("Last to others") };
    const Times times(capture);
    QList<QByteArray> words = cluster::ErrorCounts::clusterWords();
    for (const capture::SeenErrors& seen : capture.seen) {
        if (!words.contains(seen.word))
            words.append(seen.word);
    }
    for (const QByteArray& word : words) {
        const Row row = rowOf(capture, word);
        const bool isCounted = std::any_of(capture.counted.begin(), capture.counted.end(),
            [&word](const capture::CountedErrors& errors) { return errors.word == word; });
        if (row.all.value_or(0) == 0 && row.own == 0 && !isCounted)
            continue;
        const QStringList others = times.ofOthers(word);
        table.rows.append({ visibleText(QString::fromUtf8(word)),
            row.all ? QString::number(*row.all) : ReportTexts::tr("not counted"),
            QString::number(row.own), times.exact(row.first), times.exact(row.last), others.at(0),
            others.at(1) });
    }
    return table;
}

} // namespace slotscope::ui
