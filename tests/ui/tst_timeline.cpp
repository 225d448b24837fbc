// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The line of time: where everything stands, and what the keyboard and the pointer do on it.

#include "ui/timeline/timelinebar.h"
#include "ui/timeline/timelinegeometry.h"
#include "ui/timeline/timelinewidget.h"

#include <QAccessible>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using ui::TimelineGeometry;
using ui::TimelineMark;
using Kind = TimelineMark::Kind;

namespace {

const QDateTime began(QDate(2026, 11, 28), QTime(14, 2, 40), Qt::UTC);

QDateTime after(int seconds)
{
    return began.addSecs(seconds);
}

QList<TimelineMark> someMarks()
{
    return { { after(100), Kind::Plain, u"epoch"_s, {} },
        { after(500), Kind::Bad, u"<b>down</b>"_s, {} },
        { after(900), Kind::Note, u"restarted"_s, {} } };
}

using Chosen = std::optional<QDateTime>;

} // namespace

class TestTimeline final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ui::TimelineBar> m_bar;
    std::optional<Chosen> m_chosen; ///< the last that the bar told

    ui::TimelineWidget* line() const { return m_bar->line(); }
    QString textOf(const QString& name) const { return m_bar->findChild<QLabel*>(name)->text(); }
    void press(Qt::Key key)
    {
        m_chosen.reset();
        QTest::keyClick(line(), key);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_bar = std::make_unique<ui::TimelineBar>();
        m_bar->resize(820, 60);
        m_bar->setLive(true);
        m_bar->setSpan(began, after(1000));
        line()->setMarks(someMarks());
        m_chosen.reset();
        connect(m_bar.get(), &ui::TimelineBar::timeChosen, this,
            [this](const Chosen& time) { m_chosen = time; });
        m_bar->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_bar.get()));
        line()->setFocus();
    }
    void cleanup() { m_bar.reset(); }

    void timesAndPlacesAreInverse()
    {
        const auto geometry
            = TimelineGeometry::layout(began, after(1000), {}, QRectF(0, 0, 1020, 34));
        QCOMPARE(geometry.xOf(began), geometry.left);
        QCOMPARE(geometry.xOf(after(1000)), geometry.right);
        QCOMPARE(geometry.xOf(after(250)), geometry.left + 250);
        QCOMPARE(geometry.timeAt(geometry.left + 250), after(250));
        QCOMPARE(geometry.timeAt(-50), began);
        QCOMPARE(geometry.timeAt(5000), after(1000));
        QCOMPARE(geometry.xOf(after(-9)), geometry.left);
    }

    void marksThatAreCloseAreOneSign()
    {
        QList<TimelineMark> marks;
        for (int i = 0; i < 100'000; ++i)
            marks.append(
                { after(100).addMSecs(i / 100), i == 777 ? Kind::Bad : Kind::Plain, {}, {} });
        marks.append({ after(900), Kind::Notice, {}, {} });
        marks.append({ after(5000), Kind::Bad, {}, {} });
        const auto geometry
            = TimelineGeometry::layout(began, after(1000), marks, QRectF(0, 0, 1020, 34));
        QCOMPARE(geometry.signs.size(), 2);
        QCOMPARE(geometry.signs.first().kind, Kind::Bad);
        QCOMPARE(geometry.signs.first().last, 99'999);
        QCOMPARE(geometry.signs.last().kind, Kind::Notice);
        QVERIFY(geometry.signAt({ geometry.signs.last().x + 3, 10 }));
        QVERIFY(!geometry.signAt({ geometry.signs.last().x + 30, 10 }));
    }

    void aGapIsAStretchThatSaysUnknown()
    {
        QList<TimelineMark> marks { { after(-500), Kind::Plain, u"before all"_s, after(50) },
            { after(200), Kind::Plain, u"nobody watched"_s, after(600) },
            { after(700), Kind::Plain, u"no time at all"_s, after(700) },
            { after(990), Kind::Bad, u"down"_s, {} } };
        const auto geometry
            = TimelineGeometry::layout(began, after(1000), marks, QRectF(0, 0, 1020, 34));
        QCOMPARE(geometry.gaps.size(), 2);
        QCOMPARE(geometry.gaps.first().left, geometry.left); // it began before the line
        QCOMPARE(geometry.gaps.first().right, geometry.xOf(after(50)));
        QCOMPARE(geometry.gaps.last().left, geometry.xOf(after(200)));
        QCOMPARE(geometry.gaps.last().right, geometry.xOf(after(600)));
        QCOMPARE(geometry.gaps.last().mark, 1);
        QVERIFY(geometry.gapAt(geometry.xOf(after(400))) == &geometry.gaps.last());
        QVERIFY(!geometry.gapAt(geometry.xOf(after(650))));
        QCOMPARE(ui::gapAt(marks, after(400))->text, u"nobody watched"_s);
        QVERIFY(!ui::gapAt(marks, after(200))); // what was known then is known
        QVERIFY(!ui::gapAt(marks, after(600)));

        // Seen: where it is the line itself is not.
        line()->setMarks(marks);
        m_bar->setTime(after(950));
        const QImage image = line()->grab().toImage();
        const TimelineGeometry& shown = line()->picture();
        const qreal scale = image.devicePixelRatio();
        const auto colourAt = [&](const QDateTime& time) {
            return image.pixelColor(QPointF(shown.xOf(time) * scale, shown.line * scale).toPoint());
        };
        const QColor ink = colourAt(after(650));
        int inked = 0;
        for (int second = 230; second < 570; ++second)
            inked += colourAt(after(second)) == ink;
        QVERIFY2(inked < 120, qPrintable(QString::number(inked)));
        // And heard.
        m_bar->setTime(after(400));
        QVERIFY2(line()->accessibleDescription().endsWith(u"nobody watched"_s),
            qPrintable(line()->accessibleDescription()));
        m_bar->setTime(after(650));
        QVERIFY(!line()->accessibleDescription().contains(u"nobody"_s));
    }

    void theScaleFits_data()
    {
        QTest::addColumn<int>("seconds");
        for (const int seconds : { 3, 59, 600, 3600, 86'400, 864'000 })
            QTest::addRow("%d s", seconds) << seconds;
    }
    void theScaleFits()
    {
        QFETCH(int, seconds);
        const QRectF bounds(0, 0, 700, 34);
        const auto geometry = TimelineGeometry::layout(began, after(seconds), {}, bounds);
        QVERIFY(!geometry.scaleTexts.isEmpty());
        for (qsizetype i = 0; i < geometry.scaleTexts.size(); ++i) {
            QVERIFY(bounds.contains(geometry.scaleTexts.at(i).rect));
            QVERIFY(i == 0
                || !geometry.scaleTexts.at(i).rect.intersects(geometry.scaleTexts.at(i - 1).rect));
        }
    }

    void nothingIsDrawnOfNoTime()
    {
        QVERIFY(
            TimelineGeometry::layout(began, began, someMarks(), QRectF(0, 0, 100, 34)).isEmpty());
        QVERIFY(TimelineGeometry::layout({}, {}, {}, QRectF(0, 0, 100, 34)).isEmpty());
        m_bar->setSpan(began, began);
        press(Qt::Key_Left);
        QVERIFY(!m_chosen);
    }

    void pageKeysGoFromEventToEvent()
    {
        press(Qt::Key_PageUp);
        QCOMPARE(m_chosen.value(), Chosen(after(900)));
        press(Qt::Key_PageUp);
        QCOMPARE(m_chosen.value(), Chosen(after(500)));
        press(Qt::Key_PageUp);
        press(Qt::Key_PageUp); // there is none before the first
        QCOMPARE(line()->time(), Chosen(after(100)));
        press(Qt::Key_PageDown);
        QCOMPARE(m_chosen.value(), Chosen(after(500)));
        press(Qt::Key_PageDown);
        press(Qt::Key_PageDown); // behind the last is the end
        QCOMPARE(m_chosen.value(), Chosen());
    }

    void arrowsHomeAndEscape()
    {
        press(Qt::Key_Left);
        QCOMPARE(m_chosen.value(), Chosen(after(990)));
        press(Qt::Key_Home);
        QCOMPARE(m_chosen.value(), Chosen(began));
        press(Qt::Key_Left);
        QVERIFY(!m_chosen);
        press(Qt::Key_Right);
        QCOMPARE(m_chosen.value(), Chosen(after(10)));
        press(Qt::Key_Escape);
        QCOMPARE(m_chosen.value(), Chosen());
        press(Qt::Key_Home);
        press(Qt::Key_End);
        QCOMPARE(m_chosen.value(), Chosen());
    }

    void aClickOnASignIsExact()
    {
        const TimelineGeometry& picture = line()->picture();
        const QPoint place(qRound(picture.xOf(after(500))) + 2, qRound(picture.line));
        QTest::mouseClick(line(), Qt::LeftButton, {}, place);
        QCOMPARE(m_chosen.value(), Chosen(after(500)));
    }

    void theBarSaysWhatIsShown()
    {
        QCOMPARE(textOf(u"timelineState"_s), u"Live"_s);
        QVERIFY(textOf(u"timelineBegan"_s).contains(u"Recording began 2026-11-28 14:02:40Z"_s));
        QVERIFY(textOf(u"timelineBegan"_s).contains(u"earlier is unknown"_s));
        auto* back = m_bar->findChild<QPushButton*>(u"backToLive"_s);
        QVERIFY(!back->isEnabled());
        press(Qt::Key_Home);
        QVERIFY(textOf(u"timelineState"_s).startsWith(u"This is the past: "_s));
        back->click();
        QCOMPARE(m_chosen.value(), Chosen());
        QCOMPARE(textOf(u"timelineState"_s), u"Live"_s);
    }

    void thePastStaysWhereItIsWhileTimeGoesOn()
    {
        press(Qt::Key_PageUp);
        m_bar->setSpan(began, after(2000));
        QCOMPARE(line()->time(), Chosen(after(900)));
        press(Qt::Key_Escape);
        m_bar->setSpan(began, after(3000));
        QVERIFY(!line()->time());
    }

    void aScreenReaderFindsASlider()
    {
        QAccessibleInterface* reader = QAccessible::queryAccessibleInterface(line());
        QVERIFY(reader);
        QCOMPARE(reader->role(), QAccessible::Slider);
        QVERIFY(reader->valueInterface());
        press(Qt::Key_PageUp);
        QCOMPARE(reader->text(QAccessible::Description), u"2026-11-28 14:17:40Z"_s);
        reader->valueInterface()->setCurrentValue(5000);
        QCOMPARE(m_chosen.value(), Chosen(after(500)));
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestTimeline)
#include "tst_timeline.moc"
