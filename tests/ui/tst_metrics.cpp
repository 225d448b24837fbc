// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/wording.h"
#include "tests/ui/paintfixtures.h"
#include "ui/metrics/metrictext.h"
#include "ui/metrics/nodemetricsview.h"
#include "ui/metrics/sparklinepainter.h"
#include "ui/metrics/sparklinewidget.h"

#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QTest>

#include <limits>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using cluster::NodeId;
using session::Metric;
using session::MetricPoint;
using session::MetricsHistory;
using session::MetricsSample;
using ui::SparklineGeometry;
using Base = ui::SparklineGeometry::Base;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();
const QChar thin(0x202f);
const NodeId node("a"_ba);

MetricsSample sampleAt(std::chrono::milliseconds at)
{
    MetricsSample sample;
    sample.node = node;
    sample.at = at;
    sample.metrics.usedMemory = 3 * 1024 * 1024 / 2;
    sample.metrics.maxMemory = 0;
    sample.metrics.keys = 16384;
    sample.metrics.opsPerSecond = 7;
    sample.metrics.replication.role = cluster::Role::Primary;
    sample.metrics.replication.offset = 900;
    sample.metrics.errors = cluster::ErrorSample();
    return sample;
}

QString value(const ui::NodeMetricsView& view, Metric metric)
{
    return view.findChild<QLabel*>(u"metric%1"_s.arg(static_cast<int>(metric)))->text();
}

QString state(const ui::NodeMetricsView& view)
{
    return view.findChild<QLabel*>(u"metricsState"_s)->text();
}

} // namespace

class TestMetrics final : public QObject
{
    Q_OBJECT

    static constexpr QRectF area { 10, 20, 100, 40 };

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void timeGoesToTheRight()
    {
        const auto plot = SparklineGeometry::layout(
            { { 0s, 5 }, { 50s, 10 }, { 100s, 0 } }, area, 100s, 100s, Base::Zero);
        QCOMPARE(
            plot.lines, QList<QPolygonF>({ QPolygonF({ { 10, 40 }, { 60, 20 }, { 110, 60 } }) }));
        QCOMPARE(*plot.last, QPointF(110, 60));
        QCOMPARE(plot.low, 0.0);
        QCOMPARE(plot.high, 10.0);
    }

    void whatIsOldIsLeftOut()
    {
        const auto plot = SparklineGeometry::layout(
            { { 0s, 1000 }, { 90s, 1 }, { 100s, 2 } }, area, 100s, 20s, Base::Zero);
        QCOMPARE(plot.lines.first().size(), 2);
        QCOMPARE(plot.high, 2.0);
        QVERIFY(SparklineGeometry::layout({ { 0s, 1 } }, area, 100s, 20s, Base::Zero).isEmpty());
        QVERIFY(SparklineGeometry::layout({}, area, 100s, 20s, Base::Zero).isEmpty());
        QVERIFY(SparklineGeometry::layout({ { 0s, 1 } }, area, 0s, 0s, Base::Zero).isEmpty());
    }

    void gapsStayGaps()
    {
        auto plot = SparklineGeometry::layout(
            { { 0s, 1 }, { 1s, 1 }, { 2s, gap }, { 3s, 1 } }, area, 3s, 3s, Base::Zero);
        QCOMPARE(plot.lines.size(), 2);
        QCOMPARE(plot.lines.first().size(), 2);
        QVERIFY(plot.last.has_value());
        plot = SparklineGeometry::layout({ { 0s, 1 }, { 1s, gap } }, area, 3s, 3s, Base::Zero);
        QVERIFY(!plot.last.has_value()); // what was known once is not the newest
        QCOMPARE(plot.lines.size(), 1);
    }

    void flatLines_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<bool>("fromZero");
        QTest::addColumn<double>("y");
        QTest::newRow("zero") << 0.0 << true << area.bottom();
        QTest::newRow("not zero") << 7.0 << true << area.top();
        QTest::newRow("lowest") << 7.0 << false << area.bottom();
        QTest::newRow("negative") << -7.0 << true << area.bottom();
    }

    void flatLines()
    {
        QFETCH(double, value);
        QFETCH(bool, fromZero);
        const auto plot = SparklineGeometry::layout(
            { { 0s, value }, { 1s, value } }, area, 1s, 1s, fromZero ? Base::Zero : Base::Lowest);
        QTEST(plot.last->y(), "y");
    }

    void staysInItsArea()
    {
        const auto plot = SparklineGeometry::layout(
            { { 0s, 1e300 }, { 1s, -1e300 }, { 2s, 3 } }, area, 2s, 2s, Base::Zero);
        for (const QPointF& point : plot.lines.first())
            QVERIFY(area.adjusted(-1, -1, 1, 1).contains(point));
    }

    void paintsTheNewestValue()
    {
        for (const ui::Theme& theme : { ui::Theme::light(), ui::Theme::darkTheme() }) {
            QImage image(120, 80, QImage::Format_RGB32);
            image.fill(theme.surface);
            QPainter painter(&image);
            ui::paintSparkline(painter,
                SparklineGeometry::layout({ { 0s, 1 }, { 1s, 2 } }, area, 1s, 1s, Base::Zero),
                theme);
            painter.end();
            QCOMPARE(image.pixelColor(109, 20), theme.text);
            QVERIFY(image.pixelColor(60, 55) != theme.surface);
            QCOMPARE(image.pixelColor(60, 25), theme.surface);
        }
    }

    void units()
    {
        QCOMPARE(explain::bytesText(900), QString(u"900"_s + thin + u"B"));
        QCOMPARE(explain::bytesText(1024), QString(u"1.0"_s + thin + u"KiB"));
        QCOMPARE(explain::bytesText(150.0 * 1024 * 1024), QString(u"150"_s + thin + u"MiB"));
        QCOMPARE(explain::bytesText(5e18), QString(u"4547474"_s + thin + u"TiB"));
        QCOMPARE(ui::numberText(16384), QString(u"16"_s + thin + u"384"));
        QCOMPARE(ui::rateText(0), u"0/s"_s);
        QCOMPARE(ui::rateText(0.2), u"0.20/s"_s);
        QCOMPARE(ui::rateText(3.5), u"3.5/s"_s);
        QCOMPARE(ui::rateText(123.4), u"123/s"_s);
        QCOMPARE(ui::spanText(5s), u"5 s"_s);
        QCOMPARE(ui::spanText(10min), u"10 min"_s);
        cluster::ErrorCounts counts;
        QVERIFY(ui::errorWordsText(counts).isEmpty());
        counts.add("ASK 1 h:1");
        counts.add("MOVED 1 h:1");
        counts.add("ERR other");
        QCOMPARE(ui::errorWordsText(counts), u"MOVED 1, ASK 1"_s);
    }

    void saysWhyThereAreNone()
    {
        ui::NodeMetricsView view;
        MetricsHistory history;
        QVERIFY(state(view).contains(u"off"));
        view.setInterval(5s);
        view.show(history, node);
        QCOMPARE(state(view), u"No data yet: each node is asked every 5 s."_s);
        MetricsSample refused;
        refused.node = node;
        refused.error = support::Error { support::ErrorCode::NoPermission, u"NOPERM no"_s, {} };
        history.add(refused);
        view.show(history, node);
        QVERIFY2(state(view).startsWith(u"Not available here: "), qPrintable(state(view)));
        refused.error = support::Error { support::ErrorCode::NoReply, {}, {} };
        history.add(refused);
        view.show(history, node);
        QVERIFY(state(view).startsWith(u"It did not tell its numbers: "));
        view.setInterval(0s);
        view.show(history, node);
        QVERIFY(state(view).contains(u"off"));
    }

    void showsEachNumber()
    {
        ui::NodeMetricsView view;
        view.setInterval(5s);
        MetricsHistory history;
        history.add(sampleAt(0s));
        view.show(history, node);
        QCOMPARE(value(view, Metric::Memory), QString(u"1.5"_s + thin + u"MiB"));
        QCOMPARE(value(view, Metric::Keys), QString(u"16"_s + thin + u"384"));
        QCOMPARE(value(view, Metric::OpsPerSecond), u"7/s"_s);
        QCOMPARE(value(view, Metric::Clients), u"not told"_s);
        QCOMPARE(value(view, Metric::Offset), u"900"_s);
        QCOMPARE(value(view, Metric::RedirectsToAll), u"no data yet"_s);
        const auto* lag = view.findChild<QLabel*>(u"metric%1"_s.arg(static_cast<int>(Metric::Lag)));
        QVERIFY(lag->isHidden()); // a primary has none

        MetricsSample later = sampleAt(130s);
        later.metrics.maxMemory = 3 * 1024 * 1024;
        later.metrics.replication.role = cluster::Role::Replica;
        later.lagBytes = 0;
        later.growth = cluster::ErrorGrowth();
        later.growthSpan = 5s;
        for (int i = 0; i < 15; ++i)
            later.growth->toAllClients.add("MOVED 1 h:1");
        history.add(later);
        view.show(history, node);
        QCOMPARE(state(view), u"The last 2 min; asked every 5 s."_s);
        QCOMPARE(
            value(view, Metric::Memory), QString(u"1.5"_s + thin + u"MiB of 3.0" + thin + u"MiB"));
        QVERIFY(!lag->isHidden());
        QCOMPARE(lag->text(), QString(u"0"_s + thin + u"B"));
        QCOMPARE(value(view, Metric::RedirectsToAll), u"3/s"_s);
        QCOMPARE(value(view, Metric::RedirectsSeen), u"0/s"_s);
        const auto plots = view.findChildren<ui::SparklineWidget*>();
        QCOMPARE(plots.size(), session::metricCount);
        for (const ui::SparklineWidget* plot : plots)
            QVERIFY(!plot->accessibleName().isEmpty());
        later.growth->wasReset = true;
        history.add(later);
        view.show(history, node);
        QCOMPARE(value(view, Metric::RedirectsToAll), u"the counters began anew"_s);
        later.metrics.errors.reset();
        history.add(later);
        view.show(history, node);
        QCOMPARE(value(view, Metric::RedirectsToAll), u"not counted by this server"_s);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestMetrics)
#include "tst_metrics.moc"
