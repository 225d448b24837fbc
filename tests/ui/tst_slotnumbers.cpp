// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/keyslot.h"
#include "tests/ui/paintfixtures.h"
#include "ui/slotmap/slotcalculator.h"
#include "ui/slotmap/slotscale.h"
#include "ui/slotmap/slottexts.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace slotscope;
using namespace slotscope::ui;
using namespace Qt::StringLiterals;
using cluster::Slot;
using Why = KeyExplanation::Why;

namespace slotscope::tests {

class TestSlotNumbers final : public QObject
{
    Q_OBJECT

    static SlotNumbers numbersOf(const std::function<qint64(int)>& count)
    {
        SlotNumbers numbers;
        for (int slot = 0; slot < Slot::count; ++slot) {
            command::SlotFacts facts;
            facts.slot = Slot(slot);
            facts.keyCount = count(slot);
            numbers.take(facts, 0);
        }
        return numbers;
    }
    static double lightness(const QColor& color)
    {
        return 0.2126 * color.redF() + 0.7152 * color.greenF() + 0.0722 * color.blueF();
    }

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void scales_data()
    {
        QTest::addColumn<QList<qint64>>("values");
        QTest::addColumn<QStringList>("steps");
        QTest::newRow("nothing is known") << QList<qint64> { -1 } << QStringList();
        QTest::newRow("all empty") << QList<qint64> { 0 } << QStringList { u"0"_s };
        QTest::newRow("few") << QList<qint64> { 0, 1, 2, 3 }
                             << QStringList { u"0"_s, u"1"_s, u"2"_s, u"3"_s };
        QTest::newRow("even") << QList<qint64> { 40, 50, 60 }
                              << QStringList { u"0"_s, u"1-10"_s, u"11-20"_s, u"21-30"_s,
                                     u"31-40"_s, u"41-50"_s, u"51-60"_s };
        QTest::newRow("a few have far more")
            << QList<qint64> { 5, 5, 5, 5, 5, 2000 }
            << QStringList { u"0"_s, u"1-2"_s, u"3-9"_s, u"10-29"_s, u"30-99"_s, u"100-299"_s,
                   u"300-999"_s, u"1000-2999"_s };
    }
    void scales()
    {
        QFETCH(QList<qint64>, values);
        QFETCH(QStringList, steps);
        const SlotScale scale = SlotScale::of(SlotMetric::KeyCount,
            numbersOf([&](int slot) { return values.at(slot % values.size()); }));
        QStringList texts;
        for (int i = 0; i < scale.steps.size(); ++i) {
            const SlotScale::Step& step = scale.steps.at(i);
            QCOMPARE(scale.tickText(i), QString::number(step.first));
            texts.append(step.first == step.last ? QString::number(step.first)
                                                 : u"%1-%2"_s.arg(step.first).arg(step.last));
        }
        QCOMPARE(texts, steps);
        for (const qint64 value : values) {
            const int step = scale.stepOf(value);
            QCOMPARE(step < 0, value < 0);
            if (step < 0)
                continue;
            QVERIFY(scale.steps.at(step).first <= value);
            QVERIFY(scale.steps.at(step).last >= value);
        }
    }

    // What a server claims is not always sensible.
    void anyNumberHasAStep_data()
    {
        QTest::addColumn<qint64>("most");
        for (qint64 most = 1; most > 0 && most < std::numeric_limits<qint64>::max() / 7; most *= 7)
            QTest::addRow("%lld", static_cast<long long>(most)) << most;
        QTest::newRow("the largest") << std::numeric_limits<qint64>::max();
    }
    void anyNumberHasAStep()
    {
        QFETCH(qint64, most);
        for (const qint64 usual : { qint64(1), most }) {
            const SlotScale scale = SlotScale::of(SlotMetric::BytesOut, [&] {
                SlotNumbers numbers;
                for (int slot = 0; slot < 100; ++slot) {
                    command::SlotFacts facts;
                    facts.slot = Slot(slot);
                    facts.keyCount = 1;
                    facts.bytesOut = slot == 7 ? most : usual;
                    numbers.take(facts, 0);
                }
                return numbers;
            }());
            QVERIFY(scale.steps.size() >= 2);
            QVERIFY(scale.steps.size() <= SlotScale::mostSteps);
            QCOMPARE(scale.stepOf(most), int(scale.steps.size()) - 1);
            QVERIFY(scale.stepOf(1) > 0);
            for (qsizetype i = 1; i < scale.steps.size(); ++i)
                QCOMPARE(scale.steps.at(i).first, scale.steps.at(i - 1).last + 1);
        }
    }

    // Lightness alone tells more from less: in print, and to every eye.
    void lightnessGrows_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void lightnessGrows()
    {
        QFETCH(bool, dark);
        const Theme theme = dark ? Theme::darkTheme() : Theme::light();
        SlotScale scale;
        for (int steps = 2; steps <= SlotScale::mostSteps; ++steps) {
            scale.steps.resize(steps);
            for (int i = 1; i < steps; ++i) {
                const double more = lightness(scale.color(i, theme));
                const double less = lightness(scale.color(i - 1, theme));
                QVERIFY(dark ? more > less + 0.02 : more < less - 0.02);
            }
        }
    }

    void metricTexts_data()
    {
        QTest::addColumn<int>("metric");
        QTest::addColumn<qint64>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("keys") << int(SlotMetric::KeyCount) << qint64(7) << u"7"_s;
        QTest::newRow("many keys")
            << int(SlotMetric::KeyCount) << qint64(5'000'000'000) << u"5000000000"_s;
        QTest::newRow("microseconds") << int(SlotMetric::CpuMicros) << qint64(999) << u"999 µs"_s;
        QTest::newRow("milliseconds") << int(SlotMetric::CpuMicros) << qint64(1500) << u"1.5 ms"_s;
        QTest::newRow("seconds") << int(SlotMetric::CpuMicros) << qint64(2'000'000) << u"2 s"_s;
        QTest::newRow("bytes") << int(SlotMetric::BytesIn) << qint64(0) << u"0 B"_s;
        QTest::newRow("megabytes") << int(SlotMetric::BytesOut) << qint64(3'400'000) << u"3.4 MB"_s;
        QTest::newRow("unknown") << int(SlotMetric::BytesOut) << qint64(-1) << u"?"_s;
    }
    void metricTexts()
    {
        QFETCH(int, metric);
        QFETCH(qint64, value);
        QTEST(metricText(SlotMetric(metric), value), "text");
    }

    void whoIsAskedForKeysOnlyKeepsTheRest()
    {
        SlotNumbers numbers;
        QCOMPARE(numbers.value(SlotMetric::CpuMicros, 5), -1);
        numbers.take({ Slot(5), 1, 20, 30, 40, {} }, 1000);
        numbers.take({ Slot(5), 2, -1, -1, -1, {} }, 2000);
        QCOMPARE(numbers.value(SlotMetric::KeyCount, 5), 2);
        QCOMPARE(numbers.value(SlotMetric::CpuMicros, 5), 20);
        QCOMPARE(numbers.askedAt(5), 2000);
        QCOMPARE(numbers.askedAt(6), -1);
        QCOMPARE(numbers.value(SlotMetric::KeyCount, 99999), -1);
    }

    void listedKeys()
    {
        command::SlotSurveyProgress progress;
        const cluster::SlotRange range { Slot(5), Slot(10) };
        QCOMPARE(
            listedKeysText({ range, 12, 12, 100, true }, progress), u"12 keys in slots 5-10"_s);
        QCOMPARE(listedKeysText({ { Slot(5), Slot(5) }, 100, 523, 100, true }, progress),
            u"100 of the 523 keys in slot 5, at most 100 of a slot"_s);
        progress.isFull = true;
        QVERIFY(listedKeysText({ range, 1000, 1000, 100, true }, progress)
                    .contains(u"there are more"_s));
        progress = {};
        progress.unowned = 3;
        progress.failures.append({ u"S02"_s, 4, u"Connection refused"_s, false });
        const QString text = listedKeysText({ range, 0, 0, 100, false }, progress);
        QVERIFY(text.startsWith(u"Incomplete"_s));
        QVERIFY(text.contains(u"3 slots have no owner"_s));
        QVERIFY(text.contains(u"S02 (4 slots): Connection refused"_s));
    }

    void numbersSayWhatTheyAreWorth()
    {
        NumbersState state;
        QCOMPARE(numbersText(state, {}), u"There is no connection."_s);
        state.isLive = true;
        QCOMPARE(numbersText(state, {}), u"Nobody was asked yet."_s);
        state.isAsking = true;
        state.progress.wanted = 100;
        state.progress.answered = 10;
        QCOMPARE(numbersText(state, {}), u"Asking the owners: 10 of 100 slots"_s);
        state.isAsking = false;
        state.ageMs = 61'000;
        QCOMPARE(numbersText(state, numbersOf([](int slot) { return slot == 9 ? 5 : 0; })),
            u"5 keys, most in slot 9 (5), asked 61 s ago"_s);
        QVERIFY(numbersText(state, numbersOf([](int slot) {
            return slot < 9 ? 1 : -1;
        })).contains(u"9 keys in 9 slots"_s));
        state.metric = SlotMetric::CpuMicros;
        state.progress.answered = 100;
        QVERIFY(numbersText(state, numbersOf([](int) {
            return 1;
        })).contains(u"cluster-slot-stats-enabled"_s));
        state.refusal = u"not here"_s;
        QCOMPARE(numbersText(state, {}), u"not here"_s);
    }

    void explanations_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<int>("why");
        QTest::addColumn<QByteArray>("hashed");
        const auto row = [](const QByteArray& key, Why why, const QByteArray& hashed) {
            QTest::newRow(key.isEmpty() ? "empty" : key.constData()) << key << int(why) << hashed;
        };
        row("", Why::WholeKey, "");
        row("user:1", Why::WholeKey, "user:1");
        row("}a", Why::WholeKey, "}a");
        row("{user}:1", Why::Tag, "user");
        row("a{b}{c}", Why::Tag, "b");
        row("{{}", Why::Tag, "{");
        row("foo{{bar}}zap", Why::Tag, "{bar");
        row("{}a{b}", Why::NothingInside, "{}a{b}");
        row("a{b", Why::NotClosed, "a{b");
        row("a}{b", Why::NotClosed, "a}{b");
    }
    void explanations()
    {
        QFETCH(QByteArray, key);
        QFETCH(int, why);
        QFETCH(QByteArray, hashed);
        const KeyExplanation explanation = KeyExplanation::of(key);
        QCOMPARE(int(explanation.why), why);
        QCOMPARE(key.mid(explanation.hashedBegin, explanation.hashedLength), hashed);
        QCOMPARE(explanation.slot, cluster::keySlot(key));
        QCOMPARE(explanation.crc % Slot::count, explanation.slot.number());
        QVERIFY(!explanation.sentence().isEmpty());
    }

    void checkValueOfTheSpecification() { QCOMPARE(KeyExplanation::of("123456789").crc, 0x31c3); }

    void typedBytes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("as it stands") << u"two words \\x00"_s << QByteArray("two words \\x00");
        QTest::newRow("escapes") << u"\"a\\x00\\n\\xff\""_s << QByteArray("a\0\n\xff", 4);
        QTest::newRow("single quotes") << u"'a b'"_s << QByteArray("a b");
        QTest::newRow("empty in quotes") << u"\"\""_s << QByteArray("");
        QTest::newRow("beyond ASCII") << u"schlüssel"_s << QByteArray("schl\xc3\xbcssel");
    }
    void typedBytes()
    {
        QFETCH(QString, text);
        const auto bytes = bytesFromText(text);
        QVERIFY(bytes);
        QTEST(*bytes, "bytes");
    }
    void typedNonsense()
    {
        QVERIFY(!bytesFromText(u"\"open"));
        QVERIFY(!bytesFromText(u"\"a\" b"));
        QVERIFY(!bytesFromText(u"\"a\"b"));
    }

    void calculator()
    {
        QWidget parent;
        auto* calculator = new SlotCalculator(&parent);
        calculator->setTopology(healthyCluster());
        QSignalSpy typed(calculator, &SlotCalculator::slotTyped);
        QSignalSpy chosen(calculator, &SlotCalculator::slotChosen);
        auto* field = calculator->findChild<QLineEdit*>(u"calculatorField"_s);
        auto* slot = calculator->findChild<QLabel*>(u"calculatorSlot"_s);
        auto* why = parent.findChild<QLabel*>(u"calculatorWhy"_s);
        QVERIFY(calculator->explanation()->isHidden());
        QTest::keyClicks(field, u"{user}:10"_s);
        QCOMPARE(slot->text(), u"slot 5474: S02"_s);
        QCOMPARE(why->text(), u"Only {user} is hashed, without the braces."_s);
        QCOMPARE(parent.findChild<QLabel*>(u"calculatorSum"_s)->text(),
            u"CRC16 0xd562 = 54626, mod 16384 = 5474"_s);
        QVERIFY(!calculator->explanation()->isHidden());
        QCOMPARE(typed.last().first().toInt(), 5474);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(chosen.first().first().toInt(), 5474);
        field->setText(u"\"open"_s);
        QCOMPARE(typed.last().first().toInt(), -1);
        QVERIFY(why->text().contains(u"not closed"_s));
        calculator->clear();
        QVERIFY(calculator->explanation()->isHidden());
        // Only what is hashed is underlined in the accent's colour.
        HashedKeyView view;
        view.resize(300, view.sizeHint().height());
        view.setExplanation(KeyExplanation::of("aaaa{bb}cccc"));
        const QImage image = view.grab().toImage();
        const QRgb accent = Theme::of(view.palette()).accent.rgb();
        int underlined = 0;
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 0; y < image.height(); ++y) {
                if (image.pixel(x, y) == accent) {
                    ++underlined;
                    break;
                }
            }
        }
        QVERIFY(underlined > 8);
        QVERIFY(underlined < 40);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestSlotNumbers)
#include "tst_slotnumbers.moc"
