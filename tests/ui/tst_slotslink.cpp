// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The panels of slots and keys on a real cluster.

#include "core/sandbox/sandboxcluster.h"
#include "tests/ui/paintfixtures.h"
#include "ui/links/slotslink.h"
#include "ui/slotmap/keylistview.h"
#include "ui/slotmap/keysearchpanel.h"
#include "ui/slotmap/slotmapwidget.h"
#include "ui/slotmap/slotpanel.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using cluster::Slot;
using session::SessionHandle;

class TestSlotsLink final : public QObject
{
    Q_OBJECT

    static constexpr int patience = 20'000;
    static constexpr int keysOfUser = 150; // {user}: slot 5474
    static constexpr int others = 300;

    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
    std::unique_ptr<session::IoThread> m_io;
    std::unique_ptr<SessionHandle> m_session;
    std::unique_ptr<ui::SlotPanel> m_slots;
    std::unique_ptr<ui::KeySearchPanel> m_search;
    std::unique_ptr<ui::SlotsLink> m_link;

    template <typename Panel>
    QString textOf(const Panel& panel, const QString& name) const
    {
        return panel->template findChild<QLabel*>(name)->text();
    }
    void fill();

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init() { failOnWarnings(); }
    void hovering();
    void keysOfASlot();
    void numbersOfAllSlots();
    void statisticsWhereTheServerHasThem();
    void keysByPattern();
    void theEndOfTheSession();
};

void TestSlotsLink::fill()
{
    int answered = 0;
    const auto counting = connect(m_session.get(), &SessionHandle::runFinished, this,
        [&](quint64, const command::Trace& trace) {
            answered += trace.outcome == command::TraceOutcome::Reply;
        });
    const auto set = [this](const QByteArray& key) {
        m_session->run({ "SET", key, "x" }, command::Behaviour::clusterClientWithMap());
    };
    for (int i = 0; i < keysOfUser; ++i)
        set("{user}:" + QByteArray::number(i));
    for (int i = 0; i < others; ++i)
        set("other:" + QByteArray::number(i));
    QTRY_COMPARE_WITH_TIMEOUT(answered, keysOfUser + others, patience);
    disconnect(counting);
}

void TestSlotsLink::initTestCase()
{
    sandbox::ClusterSpec spec;
    spec.replicas = 0;
    m_cluster = std::make_unique<sandbox::SandboxCluster>(spec);
    QSignalSpy started(m_cluster.get(), &sandbox::SandboxCluster::started);
    m_cluster->start();
    QVERIFY(started.wait(30'000));
    QVERIFY2(started.first().first().toBool(),
        qPrintable(started.first().last().value<support::Error>().detail));

    m_io = std::make_unique<session::IoThread>();
    session::SessionConfig config;
    config.endpoint.endpoint = { u"127.0.0.1"_s, m_cluster->manifest().nodes.first().port };
    m_session = std::make_unique<SessionHandle>(*m_io, config);
    m_slots = std::make_unique<ui::SlotPanel>();
    m_search = std::make_unique<ui::KeySearchPanel>();
    m_link = std::make_unique<ui::SlotsLink>(m_slots.get(), m_search.get());
    connect(m_session.get(), &SessionHandle::topologyChanged, this,
        [this](const cluster::Topology& topology) {
            m_slots->setTopology(topology);
            m_search->setTopology(topology);
        });
    m_link->start(m_session.get());
    QSignalSpy topologies(m_session.get(), &SessionHandle::topologyChanged);
    m_session->open();
    QTRY_VERIFY_WITH_TIMEOUT(!topologies.isEmpty(), patience);
    fill();
}

void TestSlotsLink::cleanupTestCase()
{
    m_link.reset();
    m_session.reset();
    m_search.reset();
    m_slots.reset();
    m_io.reset();
    m_cluster.reset();
}

void TestSlotsLink::hovering()
{
    Q_EMIT m_slots->map()->slotHovered(5474);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(m_slots, u"slotDetails"_s).contains(u"150 keys"_s), patience);
    Q_EMIT m_slots->map()->slotHovered(-1);
}

void TestSlotsLink::keysOfASlot()
{
    m_slots->map()->select(5474, 5474);
    QTRY_COMPARE_WITH_TIMEOUT(textOf(m_slots, u"keysTitle"_s),
        u"100 of the 150 keys in slot 5474, at most 100 of a slot"_s, patience);
    QCOMPARE(m_slots->keys()->rows().size(), 100);
    QVERIFY(m_slots->keys()->rows().at(0).startsWith("{user}:"));
    m_slots->map()->select(0, 16383);
    QTRY_COMPARE_WITH_TIMEOUT(textOf(m_slots, u"keysTitle"_s),
        u"400 of the 450 keys in slots 0-16383, at most 100 of a slot"_s, patience);
    m_slots->map()->clearSelection();
}

void TestSlotsLink::numbersOfAllSlots()
{
    m_slots->findChild<QComboBox*>(u"slotMode"_s)->setCurrentIndex(1);
    QTRY_VERIFY_WITH_TIMEOUT(
        textOf(m_slots, u"numbersState"_s).startsWith(u"450 keys, most in slot 5474 (150)"_s),
        patience);
}

void TestSlotsLink::statisticsWhereTheServerHasThem()
{
    auto* mode = m_slots->findChild<QComboBox*>(u"slotMode"_s);
    const auto* items = qobject_cast<QStandardItemModel*>(mode->model());
    // Redis 7 lists its commands without it; Valkey 8 has it and measures nothing by default.
    const auto isSettled = [&] {
        return !items->item(2)->isEnabled()
            || textOf(m_slots, u"numbersState"_s).contains(u"slot-stats"_s, Qt::CaseInsensitive);
    };
    if (items->item(2)->isEnabled())
        mode->setCurrentIndex(2);
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(), patience);
    mode->setCurrentIndex(0);
}

void TestSlotsLink::keysByPattern()
{
    // Complete or not: a busy machine may not bring the last map in time.
    auto* pattern = m_search->findChild<QLineEdit*>(u"keyPattern"_s);
    pattern->setText(u"{user}:1*"_s);
    QTest::keyClick(pattern, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(
        textOf(m_search, u"scanSummary"_s).contains(u": 61 keys in"_s), patience);
    QCOMPARE(m_search->list()->rows().size(), 61);

    // Of another type there are none.
    m_search->findChild<QComboBox*>(u"keyType"_s)->setCurrentText(u"hash"_s);
    m_search->findChild<QPushButton*>(u"keyFind"_s)->click();
    QTRY_VERIFY_WITH_TIMEOUT(
        textOf(m_search, u"scanSummary"_s).contains(u": 0 keys in"_s), patience);
}

void TestSlotsLink::theEndOfTheSession()
{
    m_slots->map()->select(1, 2);
    m_link->end();
    QVERIFY(!m_search->findChild<QPushButton*>(u"keyFind"_s)->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(textOf(m_slots, u"keysTitle"_s), u"Keys of slots 1-2"_s, patience);
}

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestSlotsLink)
#include "tst_slotslink.moc"
