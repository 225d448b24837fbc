// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/paintfixtures.h"
#include "tests/ui/reportfixtures.h"
#include "ui/report/document.h"
#include "ui/report/errorstable.h"
#include "ui/report/incident.h"
#include "ui/report/markup.h"
#include "ui/report/nodetables.h"
#include "ui/report/report.h"
#include "ui/report/witnesses.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace slotscope;
using namespace slotscope::ui;

namespace slotscope::tests {

using namespace Qt::StringLiterals;

namespace {

/// Three primaries, the second down; each of the others with what it said of itself.
capture::Capture loadedCapture()
{
    capture::Capture capture = incidentCapture(3, 0, { 1 });
    for (capture::NodeAnswers& node : capture.nodes) {
        if (!node.isReachable)
            continue;
        node.replies.append({ u"INFO"_s,
            "# Server\r\nredis_version:7.0.15\r\nused_memory:1572864\r\nmaxmemory:10485760\r\n"
            "instantaneous_ops_per_sec:4711\r\nconnected_clients:83\r\n",
            {} });
        node.replies.append({ u"SLOWLOG GET 10"_s,
            "1) 1) (integer) 14\n   2) (integer) 1763906861\n   3) (integer) 12003\n"
            "   4) 1) \"KEYS\"\n      2) \"(redacted)\"\n"
            "2) 1) (integer) 13\n   2) (integer) 1763906860\n   3) (integer) 11002\n"
            "   4) 1) \"GET\"\n",
            {} });
    }
    capture.nodes[0].dialled = u"10.9.8.7:41234"_s;
    capture.nodes[0].currentEpoch = 9;
    capture.nodes[2].serverTime = capture.nodes[2].answeredAt.addSecs(-432);
    return capture;
}

/// By the names of its columns and of its first cells.
QString cell(const Table& table, const QString& row, const QString& column)
{
    for (const QStringList& cells : table.rows) {
        if (cells.first() == row)
            return cells.value(table.head.indexOf(column));
    }
    return u"no such row"_s;
}

} // namespace

class TestReportTables final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void nodesSayWhoTheyAre()
    {
        const capture::Capture capture = loadedCapture();
        const Table table = nodeFactsTable(capture);
        QCOMPARE(table.rows.size(), 3);
        const QString first = capture.topology.labelOf(capture.topology.nodes().at(0));
        const QString down = capture.topology.labelOf(capture.topology.nodes().at(1));
        const QString third = capture.topology.labelOf(capture.topology.nodes().at(2));
        QCOMPARE(cell(table, first, u"Announced"_s), capture.nodes.at(0).address.toString());
        QCOMPARE(cell(table, first, u"Dialled"_s), u"10.9.8.7:41234"_s);
        QCOMPARE(cell(table, first, u"Role"_s), u"primary"_s);
        QCOMPARE(cell(table, first, u"Own epoch"_s), u"7"_s);
        QCOMPARE(cell(table, first, u"Current epoch"_s), u"9"_s);
        QCOMPARE(cell(table, first, u"Its clock"_s), u"20 ms ahead"_s);
        QCOMPARE(cell(table, third, u"Its clock"_s), u"7 min 12 s behind"_s);
        QCOMPARE(
            cell(table, first, u"Memory"_s).replace(QChar(0x202f), u' '), u"1.5 MiB of 10.0 MiB"_s);
        QCOMPARE(cell(table, first, u"Ops/s"_s), u"4711"_s);
        QCOMPARE(cell(table, first, u"Clients"_s), u"83"_s);
        QVERIFY(cell(table, first, u"Round trip"_s).endsWith(u" ms"_s));
        QCOMPARE(cell(table, first, u"Slow log"_s), u"2"_s);
        // It has told nothing, which is a row all the same.
        QCOMPARE(cell(table, down, u"Ops/s"_s), QString());
        QVERIFY(nodeFactsTable(healthyCapture()).rows.isEmpty());
    }

    void namesSayWhatTheyGave()
    {
        capture::Capture capture = loadedCapture();
        cluster::TopologyData data = capture.topology.data();
        data.nodes[0].hostname = u"orders-1.example"_s;
        capture.topology = cluster::Topology::build(data);
        capture.nodes[2].address.host = u"orders-3.example"_s;
        capture.names = { { u"orders-1.example"_s, { u"10.0.0.1"_s, u"10.0.0.2"_s }, {} },
            { u"orders-3.example"_s, {}, u"Name or service not known"_s } };
        const Table table = nodeFactsTable(capture);
        const QString first = capture.topology.labelOf(capture.topology.nodes().at(0));
        const QString third = capture.topology.labelOf(capture.topology.nodes().at(2));
        QCOMPARE(cell(table, first, u"Its name gave"_s), u"orders-1.example: 10.0.0.1, 10.0.0.2"_s);
        QCOMPARE(cell(table, third, u"Its name gave"_s), u"Name or service not known"_s);
    }

    /// It is not asked any more; all that is said of it says that it did not answer.
    void aNodeThatIsKnownToBeDownHasNotAnswered()
    {
        capture::Capture capture = incidentCapture(3, 1, { 1 });
        cluster::TopologyData data = capture.topology.data();
        data.viewsAsked = data.viewsAnswered = 5;
        capture.topology = cluster::Topology::build(data);
        const Incident incident = Incident::of(capture);
        QVERIFY(incident.evidence.startsWith(u"5 of 6 nodes answered, at "_s));
        QCOMPARE(incident.badge, u"PARTIAL 5/6"_s);
        QVERIFY(incident.footer.first().contains(u" 5 of 6 answered "_s));
        QVERIFY(captionOf(capture, true).endsWith(u"PARTIAL: 5 of 6 nodes answered"_s));
        QVERIFY(toHtml(Document::of(capture, {}, {})).contains("5 of 6 nodes answered: PARTIAL"));
        QCOMPARE(Incident::of(afterwardsCapture()).badge, QString());
        QVERIFY(
            captionOf(afterwardsCapture(), true).endsWith(u"complete: 6 of 6 nodes answered"_s));
    }

    void aNameThatIsResolvedElsewhereSaysSo()
    {
        capture::Capture capture = loadedCapture();
        cluster::TopologyData data = capture.topology.data();
        data.seed.host = u"orders.example"_s;
        capture.topology = cluster::Topology::build(data);
        capture.names = { { u"orders.example"_s, {}, u"not looked up here"_s } };
        const QByteArray html = toHtml(Document::of(capture, {}, {}));
        QVERIFY(html.contains("Its name gave</th><td>not looked up here</td>"));
    }

    void aFullSlowLogMayHaveMore()
    {
        capture::Capture capture = loadedCapture();
        QByteArray text;
        for (int i = 1; i <= 10; ++i) {
            text += (i < 10 ? " " : "") + QByteArray::number(i) + ") 1) (integer) 14\n"
                + "    2) (integer) 1763906861\n    3) (integer) 12003\n    4) 1) \"GET\"\n";
        }
        for (capture::NodeAnswers& node : capture.nodes) {
            if (node.isReachable)
                node.replies.last().text = text;
        }
        const QString first = capture.topology.labelOf(capture.topology.nodes().at(0));
        QCOMPARE(cell(nodeFactsTable(capture), first, u"Slow log"_s), u"10 or more"_s);
    }

    void errorsHaveTheirTimes_data()
    {
        QTest::addColumn<bool>("isRecorded");
        QTest::addColumn<bool>("isSampled");
        QTest::addColumn<bool>("hasGrown");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("last");
        QTest::newRow("grown") << true << true << true << u"14:03:13Z"_s << u"14:07:38Z"_s;
        QTest::newRow("not grown") << true << true << false << u"none since 13:52:10Z"_s << u""_s;
        QTest::newRow("not looked at")
            << true << false << false << u"not known: not sampled"_s << u""_s;
        QTest::newRow("not recorded")
            << false << false << false << u"not known: no recording"_s << u""_s;
    }
    void errorsHaveTheirTimes()
    {
        QFETCH(bool, isRecorded);
        QFETCH(bool, isSampled);
        QFETCH(bool, hasGrown);
        QFETCH(QString, first);
        QFETCH(QString, last);
        capture::Capture capture = incidentCapture(3, 0, { 1 });
        if (!isRecorded)
            capture.recordingBegan = {};
        if (isSampled) {
            capture.samples = { { nodeId(0), savedAt(), {} } };
        }
        cluster::ErrorCounts counts;
        for (int i = 0; i < 60; ++i)
            counts.add("CLUSTERDOWN The cluster is down");
        capture.nodes[0].errorCounts = counts;
        if (hasGrown) {
            const QDateTime began = savedAt().addSecs(-268);
            capture.counted = { { "CLUSTERDOWN", 8, began, savedAt().addSecs(-3) },
                { "MOVED", 3, began, began } };
        }
        const Table table = errorsTable(capture);
        QCOMPARE(table.rows.size(), hasGrown ? 2 : 1);
        QCOMPARE(cell(table, u"CLUSTERDOWN"_s, u"To all clients"_s), u"60"_s);
        QCOMPARE(cell(table, u"CLUSTERDOWN"_s, u"To Slotscope"_s), u"52"_s);
        QCOMPARE(cell(table, u"CLUSTERDOWN"_s, u"First"_s), u"14:03:12.000Z"_s);
        QCOMPARE(cell(table, u"CLUSTERDOWN"_s, u"First to others"_s), first);
        QCOMPARE(cell(table, u"CLUSTERDOWN"_s, u"Last to others"_s), last);
        const QByteArray html = toHtml(Document::of(capture, {}, {}));
        QVERIFY(html.contains(QByteArray("<td>" + first.toUtf8() + "</td>")));
    }

    void serversThatDoNotCount()
    {
        const Table table = errorsTable(incidentCapture(3, 0, { 1 }));
        QCOMPARE(cell(table, u"CLUSTERDOWN"_s, u"To all clients"_s), u"not counted"_s);
    }

    void everyDocumentHasThem()
    {
        const capture::Capture capture = loadedCapture();
        const Document document = Document::of(capture, {}, {});
        QTemporaryDir folder;
        const QString pdf = folder.filePath(u"report.pdf"_s);
        QVERIFY(bool(writeReport(pdf, capture)));
        QProcess pdfToText;
        pdfToText.start(u"pdftotext"_s, { u"-layout"_s, pdf, u"-"_s });
        QVERIFY(pdfToText.waitForFinished(60'000));
        for (const QByteArray& text :
            { toHtml(document), toMarkdown(document, {}), pdfToText.readAllStandardOutput() }) {
            for (const auto& wanted :
                { "What each told when it was asked", "10.9.8.7:41234", "4711", "7 min 12 s" })
                QVERIFY2(text.contains(wanted), wanted);
        }
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestReportTables)
#include "tst_reporttables.moc"
