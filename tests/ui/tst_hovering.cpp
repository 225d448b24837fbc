// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The pointer over a shard anywhere marks it everywhere else: ribbon, slot map, cards and list.

#include "tests/ui/windowfixture.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/clusterpage/pictureactions.h"
#include "ui/connection/connectiontab.h"
#include "ui/inspector/inspector.h"
#include "ui/slotmap/ribbonwidget.h"
#include "ui/slotmap/slotmapwidget.h"
#include "ui/topology/topologyview.h"

#include <QAccessible>
#include <QMouseEvent>
#include <QTableView>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

constexpr int shards = 3;

/// CLUSTER NODES of a cluster that nobody runs.
const QString someNodes = u"07c37dfeb235213a872192d90877d0cd55635b91 127.0.0.1:30004@31004 master "
                          "- 0 1426238317239 4 connected 10923-16383\n"
                          "67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1 127.0.0.1:30002@31002 master "
                          "- 0 1426238316232 2 connected 5461-10922\n"
                          "e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 127.0.0.1:30001@31001 "
                          "myself,master - 0 0 1 connected 0-5460\n"_s;

/// In the coordinates of `widget`, the middle of the part whose name begins so.
QPoint partOf(QWidget* widget, const QString& name)
{
    QAccessibleInterface* all = QAccessible::queryAccessibleInterface(widget);
    for (int i = 0; all && i < all->childCount(); ++i) {
        if (all->child(i)->text(QAccessible::Name).startsWith(name))
            return widget->mapFromGlobal(all->child(i)->rect().center());
    }
    return {};
}

} // namespace

class TestHovering final : public WindowFixture
{
    Q_OBJECT

    ui::ClusterPage* page() const { return tab()->shownCluster(); }

    /// Where the pointer is moved, by the name of the panel.
    QWidget* panel(const QString& name) const
    {
        if (name == u"ribbon"_s)
            return page()->findChild<ui::RibbonWidget*>(u"ribbon"_s);
        if (name == u"slot map"_s)
            return page()->inspector()->slotMap();
        if (name == u"cards"_s)
            return page()->view();
        return tab()->findChild<QTableView*>(u"shardTable"_s)->viewport();
    }
    /// As the user would, whose pointer cannot be over what is hidden.
    void bringIntoSight(const QString& name)
    {
        if (name == u"slot map"_s)
            page()->inspector()->chooseTab(u"slotPanel"_s);
        if (name == u"list"_s)
            page()->inspector()->chooseTab(u"shardTable"_s);
        QCoreApplication::processEvents();
    }
    QPoint placeOf(const QString& name, int shard) const
    {
        static const QStringList ranges { u"slots 0-5460"_s, u"slots 5461-10922"_s,
            u"slots 10923-16383"_s };
        if (name == u"cards"_s)
            return page()->view()->picture().shardRect(shard).topLeft().toPoint() + QPoint(8, 8);
        if (name == u"list"_s) {
            const auto* table = tab()->findChild<QTableView*>(u"shardTable"_s);
            return table->visualRect(table->model()->index(shard, 0)).center();
        }
        return partOf(panel(name), ranges.at(shard));
    }
    QImage picture(const QString& name)
    {
        bringIntoSight(name);
        return panel(name)->grab().toImage();
    }

private Q_SLOTS:
    void everywhereElse_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        const QStringList panels { u"ribbon"_s, u"slot map"_s, u"cards"_s, u"list"_s };
        for (const QString& from : panels) {
            for (const QString& to : panels) {
                if (from != to)
                    QTest::addRow("%s to %s", qPrintable(from), qPrintable(to)) << from << to;
            }
        }
    }

    void everywhereElse()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        tab()->submit(someNodes);
        QVERIFY(page());
        QList<QImage> marked;
        for (int shard = 0; shard < shards; ++shard) {
            page()->pictureActions()->highlight(shard);
            marked.append(picture(to));
        }
        page()->pictureActions()->highlight(-1);
        const QImage calm = picture(to);
        QVERIFY(marked.at(0) != calm && marked.at(0) != marked.at(1));

        for (int shard = 0; shard < shards; ++shard) {
            bringIntoSight(from);
            const QPoint place = placeOf(from, shard);
            QVERIFY(panel(from)->rect().contains(place));
            QMouseEvent move(QEvent::MouseMove, place, panel(from)->mapToGlobal(place),
                Qt::NoButton, Qt::NoButton, Qt::NoModifier);
            QCoreApplication::sendEvent(panel(from), &move);
            // Not through bringIntoSight(): a tab that is turned to ends the hovering.
            QVERIFY2(panel(to)->grab().toImage() == marked.at(shard),
                qPrintable(QString::number(shard)));
        }
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(panel(from), &leave);
        QVERIFY(panel(to)->grab().toImage() == calm);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestHovering)
#include "tst_hovering.moc"
