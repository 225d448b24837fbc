// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/slottext.h"
#include "core/explain/topology.h"
#include "core/explain/wording.h"

#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

class WordingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void oneAndMany()
    {
        const auto errors
            = [](qint64 count) { return explain::counted(count, u"%1 error"_s, u"%1 errors"_s); };
        QCOMPARE(errors(0), u"0 errors"_s);
        QCOMPARE(errors(1), u"1 error"_s);
        QCOMPARE(errors(2), u"2 errors"_s);
        QCOMPARE(explain::counted(12345, u"%1 key"_s, u"%1 keys"_s, u"12 345"_s), u"12 345 keys"_s);
    }

    void slotRanges()
    {
        using cluster::Slot;
        const cluster::SlotRanges ranges { { Slot(0), Slot(9) }, { Slot(11), Slot(11) },
            { Slot(20), Slot(30) } };
        QCOMPARE(cluster::toText(ranges.at(0)), u"0-9"_s);
        QCOMPARE(cluster::toText(ranges.at(1)), u"11"_s);
        QCOMPARE(cluster::rangesText({}, 3), QString());
        QCOMPARE(cluster::rangesText(ranges, 3), u"0-9, 11, 20-30"_s);
        QCOMPARE(cluster::rangesText(ranges, 3, u","_s), u"0-9,11,20-30"_s);
        QCOMPARE(cluster::rangesText(ranges, 2), u"0-9, 11, +1 range"_s);
        QCOMPARE(cluster::rangesText(ranges, 1), u"0-9, +2 ranges"_s);
    }

    void sentences()
    {
        QCOMPARE(explain::nobodyAnswers(1),
            u"Its node does not answer: what is shown was known before."_s);
        QCOMPARE(explain::nobodyAnswers(3),
            u"None of the 3 nodes answers: what is shown was known before."_s);
        QCOMPARE(explain::answered(1, 1), u"1 of 1 node answered"_s);
        QCOMPARE(explain::answered(2, 3), u"2 of 3 nodes answered"_s);
        QCOMPARE(explain::answered(1, 3, explain::Asked::NotAll),
            u"1 of 3 nodes answered, not all were asked"_s);
        QCOMPARE(explain::moreViewsMissing(1), u"1 more view is missing."_s);
    }
};

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::WordingTest)
#include "tst_wording.moc"
