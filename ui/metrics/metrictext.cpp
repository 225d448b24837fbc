// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/metrics/metrictext.h"

#include "core/explain/errors.h"
#include "core/explain/wording.h"
#include "ui/theme/plaintext.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using session::Metric;
using session::MetricsSample;

namespace {

// The translation context.
struct MetricTexts
{
    Q_DECLARE_TR_FUNCTIONS(MetricTexts)
};

QString memoryText(const cluster::NodeMetrics& metrics)
{
    if (!metrics.usedMemory)
        return MetricTexts::tr("not told");
    const QString used = explain::bytesText(static_cast<double>(*metrics.usedMemory));
    const qint64 most = metrics.maxMemory.value_or(0);
    return most > 0
        ? MetricTexts::tr("%1 of %2").arg(used, explain::bytesText(static_cast<double>(most)))
        : used;
}

QString redirectsText(const MetricsSample& sample, Metric metric)
{
    if (!sample.metrics.errors)
        return MetricTexts::tr("not counted by this server");
    if (!sample.growth)
        return MetricTexts::tr("no data yet");
    if (metric == Metric::RedirectsToAll && sample.growth->wasReset)
        return MetricTexts::tr("the counters began anew");
    return rateText(session::MetricsHistory::valueOf(sample, metric));
}

} // namespace

QString numberText(double number)
{
    QString text = QString::number(number, 'f', 0);
    for (qsizetype at = text.size() - 3; at > 0 && text.size() > 4; at -= 3)
        text.insert(at, QChar(0x202f));
    return text;
}

QString rateText(double perSecond)
{
    const bool isWhole = perSecond >= 10 || perSecond == std::floor(perSecond);
    return MetricTexts::tr("%1/s").arg(
        isWhole ? numberText(perSecond) : QString::number(perSecond, 'f', perSecond < 1 ? 2 : 1));
}

QString spanText(std::chrono::milliseconds span)
{
    const auto seconds = (span.count() + 500) / 1000;
    return seconds < 100 ? MetricTexts::tr("%1 s").arg(seconds)
                         : MetricTexts::tr("%1 min").arg((seconds + 30) / 60);
}

QString metricName(Metric metric)
{
    switch (metric) {
    case Metric::Memory:
        return MetricTexts::tr("Memory");
    case Metric::Keys:
        return MetricTexts::tr("Keys");
    case Metric::OpsPerSecond:
        return MetricTexts::tr("Commands");
    case Metric::Clients:
        return MetricTexts::tr("Clients");
    case Metric::Offset:
        return MetricTexts::tr("Replication offset");
    case Metric::Lag:
        return MetricTexts::tr("Behind its primary");
    case Metric::RedirectsToAll:
        return MetricTexts::tr("Redirects answered to all clients");
    case Metric::RedirectsSeen:
        return MetricTexts::tr("Redirects seen by Slotscope");
    }
    return {};
}

bool hasMetric(const MetricsSample& sample, Metric metric)
{
    return metric != Metric::Lag || sample.metrics.replication.role == cluster::Role::Replica;
}

QString metricText(const MetricsSample& sample, Metric metric)
{
    if (metric == Metric::Memory)
        return memoryText(sample.metrics);
    if (metric == Metric::RedirectsToAll || metric == Metric::RedirectsSeen)
        return redirectsText(sample, metric);
    const double value = session::MetricsHistory::valueOf(sample, metric);
    if (metric == Metric::Lag && std::isnan(value))
        return MetricTexts::tr("no data yet");
    return std::isnan(value) ? MetricTexts::tr("not told") : metricValueText(metric, value);
}

QString metricValueText(Metric metric, double value)
{
    switch (metric) {
    case Metric::Memory:
    case Metric::Lag:
        return explain::bytesText(value);
    case Metric::OpsPerSecond:
    case Metric::RedirectsToAll:
    case Metric::RedirectsSeen:
        return rateText(value);
    case Metric::Keys:
    case Metric::Clients:
    case Metric::Offset:
        break;
    }
    return numberText(value);
}

QString errorWordsText(const cluster::ErrorCounts& counts)
{
    QStringList words;
    for (const QByteArray& word : cluster::ErrorCounts::clusterWords()) {
        if (counts.of(word) > 0)
            words.append(QString::fromLatin1(word) % u' ' % QString::number(counts.of(word)));
    }
    return words.join(u", "_s);
}

QString missingText(const support::Error& error)
{
    const QString why = visibleText(explain::errorReason(error));
    switch (error.code) {
    case support::ErrorCode::NoPermission:
    case support::ErrorCode::CommandUnavailable:
        return MetricTexts::tr("Not available here: %1.").arg(why);
    default:
        return MetricTexts::tr("It did not tell its numbers: %1.").arg(why);
    }
}

} // namespace slotscope::ui
