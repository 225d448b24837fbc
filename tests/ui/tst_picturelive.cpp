// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What the page of a cluster shows of a real one: its problems, its nodes' own views, a failover.

#include "core/sandbox/sandboxcluster.h"
#include "tests/ui/paintfixtures.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/clusterpage/findingsactions.h"
#include "ui/clusterpage/headlinebar.h"
#include "ui/clusterpage/pictureactions.h"
#include "ui/connection/connectiontab.h"
#include "ui/inspector/eventlist.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/problemcard.h"
#include "ui/inspector/problemlist.h"
#include "ui/slotmap/ribbonwidget.h"
#include "ui/slotmap/slotmapgeometry.h"
#include "ui/slotmap/slotmapwidget.h"
#include "ui/slotmap/slotpanel.h"
#include "ui/theme/drawing.h"
#include "ui/topology/topologyview.h"
#include "ui/trace/storyplayer.h"

#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <csignal>

using namespace Qt::StringLiterals;

namespace slotscope::tests {

namespace {

constexpr int patience = 30'000;

} // namespace

class TestPictureLive final : public QObject
{
    Q_OBJECT

    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
    std::unique_ptr<session::IoThread> m_io;
    std::unique_ptr<ui::ConnectionTab> m_tab;

    ui::ClusterPage* page() const { return m_tab->clusterPage(); }
    template <typename Widget>
    Widget* named(const QString& name) const
    {
        return m_tab->findChild<Widget*>(name);
    }
    QString tabTitle() const
    {
        return page()->inspector()->tabText(
            page()->inspector()->indexOf(page()->inspector()->problems()));
    }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init() { failOnWarnings(); }

    void everyNodeIsAsked();
    void aCheckCanBeCancelled();
    void oneNodesViewIsShown();
    void aClickFilters();
    void aRowOfShardsFilters();
    void tabCompletesFromTheServersOwnDocs();
    void redirectsOfManyCommandsAreOnTheCards();
    void aPipelinePlaysTogether();
    void aDeadPrimaryIsAProblem();
    void whatNobodyAnswersForLooksStale();
};

void TestPictureLive::initTestCase()
{
    m_io = std::make_unique<session::IoThread>();
    m_cluster = std::make_unique<sandbox::SandboxCluster>(sandbox::ClusterSpec());
    QSignalSpy started(m_cluster.get(), &sandbox::SandboxCluster::started);
    m_cluster->start();
    QVERIFY(started.wait(60'000));
    QVERIFY(started.first().first().toBool());

    net::ConnectionOptions options;
    options.timeout = std::chrono::seconds(4);
    m_tab = std::make_unique<ui::ConnectionTab>(*m_io, options);
    m_tab->resize(1280, 800);
    m_tab->show();
    QSignalSpy shown(m_tab.get(), &ui::ConnectionTab::clusterShown);
    m_tab->submit(u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.last().port));
    QVERIFY(shown.wait(patience));
}

void TestPictureLive::cleanupTestCase()
{
    m_tab.reset();
    m_io.reset();
    m_cluster.reset();
}

void TestPictureLive::everyNodeIsAsked()
{
    auto* ask = named<QPushButton>(u"askEveryNode"_s);
    const auto* summary = named<QLabel>(u"checkSummary"_s);
    page()->inspector()->setCurrentWidget(page()->inspector()->problems());
    QTRY_VERIFY(ask->isVisible() && ask->isEnabled());
    QTest::mouseClick(ask, Qt::LeftButton);
    QVERIFY(named<QPushButton>(u"cancelCheck"_s)->isVisible());
    QTRY_VERIFY2_WITH_TIMEOUT(
        summary->isVisible() && summary->text().startsWith(u"6 of 6 nodes answered"),
        qPrintable(summary->text()), patience);
    // A sandbox has its replicas on one host: a note, and no problem.
    QCOMPARE(tabTitle(), u"Problems"_s);
    const auto cards = page()->inspector()->problems()->findChildren<ui::ProblemCard*>();
    QCOMPARE(cards.size(), page()->findings()->findings().size());
    QVERIFY(!cards.isEmpty());
    const auto links = cards.first()->findChildren<QToolButton*>(u"problemLink"_s);
    QCOMPARE(links.size(), 3);
    QCOMPARE(links.at(1)->text(), u"S02"_s);
    QSignalSpy hovered(page()->inspector(), &ui::Inspector::shardHovered);
    QEnterEvent enter({ 2, 2 }, { 2, 2 }, { 2, 2 });
    QCoreApplication::sendEvent(links.at(1), &enter);
    QCOMPARE(hovered.size(), 1);
    QCOMPARE(hovered.first().first().toInt(), 1);
}

void TestPictureLive::aCheckCanBeCancelled()
{
    QTest::mouseClick(named<QPushButton>(u"askEveryNode"_s), Qt::LeftButton);
    QTest::mouseClick(named<QPushButton>(u"cancelCheck"_s), Qt::LeftButton);
    // Cancelled, or done before the wish arrived.
    QTRY_VERIFY_WITH_TIMEOUT(named<QPushButton>(u"askEveryNode"_s)->isVisible(), patience);
    QVERIFY(!named<QPushButton>(u"cancelCheck"_s)->isVisible());
}

void TestPictureLive::oneNodesViewIsShown()
{
    auto* views = named<QComboBox>(u"viewBox"_s);
    m_tab->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(views->count(), 7, patience);
    QVERIFY2(views->itemText(1).startsWith(u"As S01 127.0.0.1:"), qPrintable(views->itemText(1)));
    const QImage all = page()->view()->grab().toImage();
    views->setCurrentIndex(1);
    const cluster::Topology& shown = page()->pictureActions()->shown();
    QCOMPARE(shown.data().viewsAnswered, 1);
    QCOMPARE(shown.data().answeredBy.toByteArray(), views->currentData().toByteArray());
    QCOMPARE(shown.shards().size(), 3);
    QVERIFY(page()->view()->grab().toImage() != all); // it says whose view it is
    // The sentence on top stays that of all of them.
    QVERIFY(page()->headline()->headline().evidence.startsWith(u"6 of 6"));
    views->setCurrentIndex(0);
    QVERIFY(page()->pictureActions()->shown().data().viewsAnswered > 1);
}

void TestPictureLive::aClickFilters()
{
    const auto* chip = named<QToolButton>(u"filterChip"_s);
    QVERIFY(!chip->isVisible());
    ui::RibbonWidget* ribbon = page()->findChild<ui::RibbonWidget*>(u"ribbon"_s);
    const QPoint second(ribbon->width() / 2, ribbon->height() / 2);
    QTest::mouseClick(ribbon, Qt::LeftButton, {}, second);
    QVERIFY(chip->isVisible());
    QVERIFY2(chip->text().startsWith(u"Only S02"), qPrintable(chip->text()));
    QTest::mouseClick(ribbon, Qt::LeftButton, {}, second);
    QVERIFY(!chip->isVisible());
    QTest::mouseClick(ribbon, Qt::LeftButton, {}, second);
    QTest::keyClick(page()->view(), Qt::Key_Escape);
    QVERIFY(!chip->isVisible());

    // The slot map: from the keyboard, and with two clicks.
    ui::SlotMapWidget* map = page()->inspector()->slotMap();
    map->select(6000, 6000);
    QTest::keyClick(map, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(chip->isVisible());
    QVERIFY2(chip->text().startsWith(u"Only S02"), qPrintable(chip->text()));
    QTest::keyClick(map, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(!chip->isVisible());
    const cluster::SlotRange chosen { cluster::Slot(6000), cluster::Slot(6000) };
    QCOMPARE(map->selection(), std::optional(chosen));

    page()->inspector()->setCurrentWidget(page()->inspector()->slotPanel());
    QTRY_VERIFY(map->isVisible());
    const cluster::Topology& topology = page()->topology();
    const auto geometry = ui::SlotMapGeometry::layout(topology, ui::SlotTable(topology),
        QRectF(map->rect()).adjusted(8, 8, -8, -8), map->devicePixelRatioF());
    const QPoint slot = geometry.rectOf(12'000).center().toPoint();
    QTest::mouseDClick(map, Qt::LeftButton, {}, slot);
    QVERIFY(chip->isVisible());
    QVERIFY2(chip->text().startsWith(u"Only S03"), qPrintable(chip->text()));
    QTest::mouseDClick(map, Qt::LeftButton, {}, slot);
    QVERIFY(!chip->isVisible());
    map->clearSelection();
}

void TestPictureLive::aRowOfShardsFilters()
{
    const auto* chip = named<QToolButton>(u"filterChip"_s);
    auto* table = named<QTableView>(u"shardTable"_s);
    page()->inspector()->setCurrentWidget(table);
    QTRY_VERIFY(table->isVisible());
    const QPoint third = table->visualRect(table->model()->index(2, 0)).center();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, third);
    QVERIFY(chip->isVisible());
    QVERIFY2(chip->text().startsWith(u"Only S03"), qPrintable(chip->text()));
    QCOMPARE(page()->view()->filteredShard(), 2);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, third);
    QVERIFY(!chip->isVisible());
    QCOMPARE(page()->view()->filteredShard(), -1);
}

void TestPictureLive::tabCompletesFromTheServersOwnDocs()
{
    auto* input = named<QLineEdit>(u"commandInput"_s);
    input->setFocus();
    // What a subcommand is, and what stands in its syntax, only the server tells.
    QTest::keyClicks(input, u"OBJECT FREQ k"_s);
    const auto* syntax = named<QLabel>(u"syntaxLabel"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(
        syntax->text().contains(u"access frequency"_s), qPrintable(syntax->text()), patience);
    input->clear();
    QTest::keyClicks(input, u"SET k v KEEPT"_s);
    QTest::keyClick(input, Qt::Key_Tab);
    QCOMPARE(input->text(), u"SET k v KEEPTTL "_s);
    input->clear();
}

void TestPictureLive::redirectsOfManyCommandsAreOnTheCards()
{
    // The endpoint is a replica of S03, which answers MOVED to each of them.
    auto* behaviour = named<QComboBox>(u"behaviourBox"_s);
    const int chosen = behaviour->currentIndex();
    behaviour->setCurrentIndex(behaviour->findText(u"cluster client, no map"_s));
    QStringList lines;
    for (int i = 0; i < 300; ++i)
        lines << u"GET many:%1"_s.arg(i);
    auto* input = named<QLineEdit>(u"commandInput"_s);
    QApplication::clipboard()->setText(lines.join(u'\n'));
    input->setFocus();
    QTest::keySequence(input, QKeySequence::Paste);
    const auto* label = named<QLabel>(u"scriptLabel"_s);
    QTRY_VERIFY(label->isVisible());
    QStringList seen; // each text that the card of the seed had
    QObject watch;
    connect(m_tab->session(), &session::SessionHandle::redirectsSeen, &watch,
        [this, &seen] { seen << page()->view()->redirectsOn(2); });
    named<QPushButton>(u"scriptFirstButton"_s)->click();
    QTRY_VERIFY2_WITH_TIMEOUT(page()->view()->redirectsOn(2).startsWith(u"300 MOVED in all"_s),
        qPrintable(seen.join(u'\n')), patience);
    QVERIFY2(seen.filter(QRegularExpression(u"^MOVED \\d+/s, \\d+ in all"_s)).size() >= 1,
        qPrintable(seen.join(u'\n')));
    for (const int other : { 0, 1 })
        QVERIFY(page()->view()->redirectsOn(other).isEmpty());
    behaviour->setCurrentIndex(chosen);
}

void TestPictureLive::aPipelinePlaysTogether()
{
    auto* input = named<QLineEdit>(u"commandInput"_s);
    QApplication::clipboard()->setText(u"SET a 1\nSET b 2\nSET c 3\nGET a\nINCR b\n"_s);
    input->setFocus();
    QTest::keySequence(input, QKeySequence::Paste);
    named<QPushButton>(u"scriptPipelineButton"_s)->click();
    QTRY_VERIFY(named<QLabel>(u"fanOutHead"_s));
    const auto* head = named<QLabel>(u"fanOutHead"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(
        head->text().contains(u"5 commands: 5 OK"_s), qPrintable(head->text()), 20'000);
    const command::Storyboard& story = page()->player()->story();
    QCOMPARE(command::traceCount(story), 5);
    QCOMPARE(story.last().kind, command::StepKind::End);
    const QAbstractItemModel* rows = named<QTableView>(u"fanOutTable"_s)->model();
    QCOMPARE(rows->index(4, 0).data().toString(), u"INCR b"_s);
    QCOMPARE(rows->index(4, 3).data().toString(), u"(integer) 3"_s);

    // The guard asks about the worst of them, and without a yes nothing is sent.
    QApplication::clipboard()->setText(u"SET d 1\nFLUSHALL\n"_s);
    QTest::keySequence(input, QKeySequence::Paste);
    named<QPushButton>(u"scriptPipelineButton"_s)->click();
    QTRY_VERIFY(named<QPushButton>(u"doNotSendButton"_s));
    QTRY_VERIFY(named<QPushButton>(u"doNotSendButton"_s)->isVisible());
    named<QPushButton>(u"doNotSendButton"_s)->click();
    const auto isRefused = [this] {
        const auto heads = m_tab->findChildren<QLabel*>(u"fanOutHead"_s);
        return std::any_of(heads.begin(), heads.end(), [](const QLabel* one) {
            return one->text().contains(u"2 commands: 0 OK, 2 failed"_s);
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRefused(), 20'000);
    QCOMPARE(command::traceCount(page()->player()->story()), 5); // still the one before
}

void TestPictureLive::aDeadPrimaryIsAProblem()
{
    const sandbox::ManifestNode victim = m_cluster->manifest().nodes.first();
    ::kill(static_cast<pid_t>(victim.pid), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(tabTitle() != u"Problems"_s, patience);
    // Its replica takes over, and that is seen.
    const auto* events = named<QTableView>(u"eventTable"_s);
    const auto seen = [events](const QString& word) {
        const QAbstractItemModel* model = events->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, 1).data().toString().contains(word))
                return true;
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(seen(u"S01"_s) && page()->topology().shards().size() == 3
            && page()->topology().shards().first().primaryId != victim.id,
        patience);
    QVERIFY(page()->headline()->headline().severity >= health::Severity::Warning);
    QTRY_VERIFY_WITH_TIMEOUT(!page()->findings()->findings().isEmpty()
            && page()->findings()->findings().first().severity == health::Severity::Error,
        patience);
}

// The last test: it ends all servers.
void TestPictureLive::whatNobodyAnswersForLooksStale()
{
    ui::Inspector* inspector = page()->inspector();
    const ui::Theme theme = ui::Theme::of(m_tab->palette());
    const auto pixelsOf = [inspector](const QColor& color) {
        const QImage image = inspector->slotMap()->grab().toImage();
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                count += image.pixelColor(x, y) == color;
        }
        return count;
    };
    const auto* caveat = named<QLabel>(u"inspectorCaveat"_s);
    const auto* title = named<QLabel>(u"nodeTitle"_s);
    inspector->showNode(page()->topology().nodes().first().id, {});
    inspector->setCurrentWidget(inspector->slotPanel());
    QTRY_VERIFY(inspector->slotMap()->isVisible());
    QVERIFY(caveat->isHidden());
    QVERIFY(pixelsOf(theme.shardColor(1)) > 1000);
    QCOMPARE(title->foregroundRole(), QPalette::WindowText);

    // The first is dead, and its process id perhaps another's.
    for (const sandbox::ManifestNode& node : m_cluster->manifest().nodes.mid(1))
        ::kill(static_cast<pid_t>(node.pid), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(caveat->isVisible(), patience);
    QVERIFY2(caveat->text().startsWith(u"Stale: nobody answers."), qPrintable(caveat->text()));
    const QString said = caveat->text();
    QTRY_VERIFY_WITH_TIMEOUT(caveat->text() != said, patience); // it grows older
    QCOMPARE(pixelsOf(theme.shardColor(1)), 0);
    QVERIFY(pixelsOf(ui::paleOf(theme.shardColor(1), theme)) > 1000);
    QCOMPARE(title->foregroundRole(), QPalette::PlaceholderText);
}

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestPictureLive)
#include "tst_picturelive.moc"
