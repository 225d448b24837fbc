// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commandline.h"
#include "tests/ui/paintfixtures.h"
#include "ui/slotmap/keyfile.h"
#include "ui/slotmap/keylistview.h"
#include "ui/slotmap/keysearchpanel.h"
#include "ui/slotmap/scanstrip.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace slotscope;
using namespace slotscope::ui;
using namespace Qt::StringLiterals;
using command::KeyBatch;
using command::KeyScanOptions;
using command::KeyScanProgress;
using command::ShardScan;

namespace slotscope::tests {

class TestKeyList final : public QObject
{
    Q_OBJECT

    static KeyBatch batchOf(int first, int count)
    {
        KeyBatch batch;
        for (int i = first; i < first + count; ++i)
            batch.append(QByteArray("key:" + QByteArray::number(i)));
        return batch;
    }
    static ShardScan shard(const QString& label, ShardScan::State state, const QString& why = {})
    {
        ShardScan scan;
        scan.label = label;
        scan.state = state;
        scan.failure = why;
        scan.keysInNode = 1000;
        scan.looked = 500;
        scan.found = 7;
        return scan;
    }
    static KeyScanProgress progressOf(qsizetype keys, const QList<ShardScan>& shards)
    {
        KeyScanProgress progress;
        progress.keys = keys;
        progress.shards = shards;
        return progress;
    }

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void aStoreOfManyKeys()
    {
        KeyStore store;
        QCOMPARE(store.size(), 0);
        for (int i = 0; i < 50; ++i)
            store.append(batchOf(i * 1000, 1000));
        store.append(QByteArrayView());
        store.append(QByteArrayView("b\0c", 3));
        QCOMPARE(store.size(), 50'002);
        for (const int i : { 0, 1, 8191, 8192, 16383, 16384, 49'999 })
            QCOMPARE(store.at(i), QByteArrayView(QByteArray("key:" + QByteArray::number(i))));
        QCOMPARE(store.at(50'000).size(), 0);
        QCOMPARE(store.at(50'001), QByteArrayView("b\0c", 3));
        store.clear();
        QCOMPARE(store.size(), 0);
    }

    void rowsThatAreFiltered()
    {
        KeyRows rows;
        rows.store().append(batchOf(0, 1000));
        QCOMPARE(rows.size(), 1000);
        QVERIFY(rows.isUpToDate());
        rows.setFilter("99");
        QCOMPARE(rows.size(), 0);
        QVERIFY(rows.advance(500)); // in pieces
        QVERIFY(!rows.advance(500));
        QCOMPARE(rows.size(), 19);
        QCOMPARE(rows.at(0), QByteArrayView("key:99"));
        rows.store().append(batchOf(9900, 10)); // what comes later is filtered too
        QVERIFY(!rows.isUpToDate());
        rows.advance(1'000'000);
        QCOMPARE(rows.size(), 29);
        rows.setFilter({});
        QCOMPARE(rows.size(), 1010);
    }

    void linesAreKeysAgain_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("plain") << QByteArray("user:1");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("blank") << QByteArray("a b");
        QTest::newRow("quotes") << QByteArray("a\"b'c");
        QTest::newRow("backslash") << QByteArray("a\\x00");
        QTest::newRow("bytes") << QByteArray("\0\xff\n", 3);
        QTest::newRow("UTF-8") << QByteArray("schl\xc3\xbcssel");
    }
    void linesAreKeysAgain()
    {
        QFETCH(QByteArray, key);
        const QByteArray line = keyLine(key);
        QVERIFY(!line.contains('\n'));
        const auto words = command::splitLine(QString::fromUtf8(line));
        QVERIFY(words);
        QCOMPARE(*words, QList<QByteArray> { key });
    }

    void keysByKeyboard()
    {
        KeyListView view;
        view.resize(400, 200);
        view.setTopology(healthyCluster());
        view.append(batchOf(0, 100'000));
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.currentRow(), 0);
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(view.selectedCount(), 2);
        QTest::keySequence(&view, QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"key:1\nkey:2"_s);
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.currentRow(), 99'999);
        QCOMPARE(view.accessibleDescription(), u"key:99999"_s);
        QVERIFY(view.verticalScrollBar()->value() > 99'000);
        QSignalSpy suggested(&view, &KeyListView::commandSuggested);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(suggested.last().first().toString(), u"TYPE key:99999"_s);
        QTest::keySequence(&view, QKeySequence::SelectAll);
        QCOMPARE(view.selectedCount(), 100'000);
        view.setFilter("key:7");
        QTRY_COMPARE(view.rows().size(), 11'111);
        QCOMPARE(view.currentRow(), -1);
        view.clear();
        QTest::keyClick(&view, Qt::Key_Down); // there is nothing to go to
        QCOMPARE(view.currentRow(), -1);
    }

    void aCopyIsBounded()
    {
        KeyListView view;
        view.append(batchOf(0, int(KeyListView::mostCopied) + 10));
        QSignalSpy copied(&view, &KeyListView::copied);
        QTest::keySequence(&view, QKeySequence::SelectAll);
        QCOMPARE(view.copySelected(), KeyListView::mostCopied);
        QCOMPARE(copied.first().at(1).toLongLong(), KeyListView::mostCopied + 10);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"key:0\n"_s));
        QGuiApplication::clipboard()->clear();
    }

    void aDoubleClickSuggestsACommand()
    {
        KeyListView view;
        view.resize(400, 200);
        view.append(QList<QByteArray> { "a b" });
        view.setCommand("GET");
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QSignalSpy suggested(&view, &KeyListView::commandSuggested);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(30, 8));
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, QPoint(30, 8));
        QCOMPARE(suggested.size(), 1);
        QCOMPARE(suggested.first().first().toString(), u"GET \"a b\""_s);
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, QPoint(30, 150)); // below the last
        QCOMPARE(suggested.size(), 1);
    }

    void paintsWhateverIsThere()
    {
        KeyListView view;
        view.setPlaceholder(u"nothing"_s);
        for (const QSize size : { QSize(400, 200), QSize(170, 40), QSize(1, 1) }) {
            view.resize(size);
            view.grab();
        }
        view.setTopology(troubledCluster());
        view.append(QList<QByteArray> { "", QByteArray(100'000, 'x'), "<b>\xff\n", "a" });
        for (const QSize size : { QSize(400, 200), QSize(170, 40), QSize(1, 1) }) {
            view.resize(size);
            view.grab();
        }
    }

    void keysIntoAFile()
    {
        const QTemporaryDir dir;
        KeyRows rows;
        rows.store().append(batchOf(0, 45'000));
        rows.store().append(QByteArrayView("a b"));
        const QString name = dir.filePath(u"keys.txt"_s);
        KeyFile file(rows, name);
        QSignalSpy ends(&file, &KeyFile::finished);
        file.start();
        QVERIFY(ends.isEmpty());
        QVERIFY(ends.wait());
        QCOMPARE(ends.first().first().toLongLong(), 45'001);
        QFile written(name);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArrayList lines = written.readAll().split('\n');
        QCOMPARE(lines.size(), 45'002); // the last line ends too
        QCOMPARE(lines.at(44'999), "key:44999");
        QCOMPARE(lines.at(45'000), "\"a b\"");

        KeyFile nowhere(rows, dir.filePath(u"no/such/folder"_s));
        QSignalSpy failures(&nowhere, &KeyFile::finished);
        nowhere.start();
        QVERIFY(failures.wait());
        QVERIFY(failures.first().at(1).value<std::optional<support::Error>>().has_value());
        {
            KeyFile given(rows, dir.filePath(u"given-up"_s));
            given.start();
        }
        QVERIFY(!QFile::exists(dir.filePath(u"given-up"_s)));
    }

    void scanTexts()
    {
        QCOMPARE(scanText(shard(u"S01"_s, ShardScan::State::Scanning)), u"S01: 50 %, 7 found"_s);
        QCOMPARE(scanText(shard(u"S01"_s, ShardScan::State::Done)), u"S01: done, 7 found"_s);
        QCOMPARE(scanText(shard(u"S01"_s, ShardScan::State::Failed, u"refused"_s)),
            u"S01: failed: refused"_s);
        ShardScan unknown = shard(u"S01"_s, ShardScan::State::Scanning);
        unknown.keysInNode = -1;
        QCOMPARE(scanText(unknown), u"S01: 7 found"_s);
        unknown.keysInNode = 0;
        QVERIFY(scannedShare(unknown) < 1);
    }

    void aSearch()
    {
        KeySearchPanel panel;
        panel.resize(430, 360);
        panel.setTopology(healthyCluster());
        auto* pattern = panel.findChild<QLineEdit*>(u"keyPattern"_s);
        auto* find = panel.findChild<QPushButton*>(u"keyFind"_s);
        auto* pause = panel.findChild<QPushButton*>(u"keyPause"_s);
        auto* summary = panel.findChild<QLabel*>(u"scanSummary"_s);
        auto* shown = panel.findChild<QLabel*>(u"keysShown"_s);
        QSignalSpy wishes(&panel, &KeySearchPanel::searchRequested);
        QSignalSpy cancels(&panel, &KeySearchPanel::cancelRequested);
        QVERIFY(!find->isEnabled()); // nobody to ask
        QTest::keyClick(pattern, Qt::Key_Return);
        QVERIFY(wishes.isEmpty());

        panel.setLive(true);
        QTest::keyClicks(pattern, u"user:*"_s);
        QTest::keyClick(pattern, Qt::Key_Return);
        QCOMPARE(wishes.size(), 1);
        const quint64 ticket = wishes.first().first().toULongLong();
        QCOMPARE(wishes.first().at(1).value<KeyScanOptions>().match, "user:*");
        QCOMPARE(wishes.first().at(1).value<KeyScanOptions>().count, 1000);
        const auto scanning = shard(u"S01"_s, ShardScan::State::Scanning);
        panel.takeKeys(ticket + 7, batchOf(0, 5), {}); // another scan's
        QCOMPARE(panel.list()->rows().size(), 0);
        panel.takeKeys(ticket, batchOf(0, 500), progressOf(500, { scanning }));
        QCOMPARE(panel.list()->rows().size(), 500);
        QVERIFY(summary->text().startsWith(u"500 keys found, 0 of 1 primaries done"_s));

        QSignalSpy pauses(&panel, &KeySearchPanel::pauseRequested);
        QSignalSpy resumes(&panel, &KeySearchPanel::resumeRequested);
        pause->click();
        QVERIFY(summary->text().startsWith(u"Paused."_s));
        pause->click();
        QCOMPARE(pauses.size() + resumes.size(), 2);

        const auto done = shard(u"S01"_s, ShardScan::State::Done);
        panel.finish(ticket, true, progressOf(500, { done }));
        QVERIFY(summary->text().startsWith(u"Complete: 500 keys"_s));
        panel.findChild<QLineEdit*>(u"keyFilter"_s)->setText(u"key:49"_s);
        QTRY_COMPARE(panel.list()->rows().size(), 11);
        QCOMPARE(shown->text(), u"Found in 11 of 500 keys"_s);
        QVERIFY(cancels.isEmpty());
        panel.grab();
    }

    void anIncompleteSearch_data()
    {
        QTest::addColumn<bool>("cancelled");
        QTest::addColumn<bool>("closed");
        QTest::addColumn<bool>("failed");
        QTest::addColumn<QString>("why");
        QTest::newRow("cancelled") << true << false << false << u"it was cancelled"_s;
        QTest::newRow("closed") << false << true << false << u"the connection was closed"_s;
        QTest::newRow("failed") << false << false << true << u"S02: failed: refused"_s;
        QTest::newRow("slots moved") << false << false << false << u"slots were moving"_s;
    }
    void anIncompleteSearch()
    {
        QFETCH(bool, cancelled);
        QFETCH(bool, closed);
        QFETCH(bool, failed);
        QFETCH(QString, why);
        KeySearchPanel panel;
        panel.setTopology(healthyCluster());
        panel.setLive(true);
        QSignalSpy wishes(&panel, &KeySearchPanel::searchRequested);
        QSignalSpy cancels(&panel, &KeySearchPanel::cancelRequested);
        auto* find = panel.findChild<QPushButton*>(u"keyFind"_s);
        find->click();
        const quint64 ticket = wishes.first().first().toULongLong();
        QCOMPARE(wishes.first().at(1).value<KeyScanOptions>().match, QByteArray());
        QList<ShardScan> shards { shard(u"S01"_s, ShardScan::State::Done) };
        if (failed)
            shards.append(shard(u"S02"_s, ShardScan::State::Failed, u"refused"_s));
        panel.takeKeys(ticket, batchOf(0, 3), progressOf(3, shards));
        if (cancelled) {
            QCOMPARE(find->text(), u"Cancel"_s);
            find->click();
            QCOMPARE(cancels.first().first().toULongLong(), ticket);
        }
        if (closed) {
            panel.setLive(false);
            QCOMPARE(cancels.last().first().toULongLong(), ticket);
        }
        panel.finish(ticket, false, progressOf(3, shards));
        const QString text = panel.findChild<QLabel*>(u"scanSummary"_s)->text();
        QVERIFY2(text.startsWith(u"Incomplete: 3 keys"_s), qPrintable(text));
        QVERIFY2(text.contains(why), qPrintable(text));
        QCOMPARE(panel.list()->rows().size(), 3); // what was found stays
        panel.reset();
        QCOMPARE(panel.list()->rows().size(), 0);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestKeyList)
#include "tst_keylist.moc"
