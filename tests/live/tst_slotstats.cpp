// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// CLUSTER SLOT-STATS of a server that has it and measures: the slot map by processor time and by
// network.

#include "core/sandbox/sandboxcluster.h"
#include "tests/live/servers.h"
#include "ui/links/slotslink.h"
#include "ui/slotmap/keysearchpanel.h"
#include "ui/slotmap/slotmapwidget.h"
#include "ui/slotmap/slotpanel.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using session::SessionHandle;

class SlotStatsTest final : public QObject
{
    Q_OBJECT

    static constexpr int patience = 20'000;
    static constexpr int busySlot = 5474; ///< of {user}

    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
    std::unique_ptr<session::IoThread> m_io;
    std::unique_ptr<SessionHandle> m_session;
    std::unique_ptr<ui::SlotPanel> m_slots;
    std::unique_ptr<ui::KeySearchPanel> m_keys;
    std::unique_ptr<ui::SlotsLink> m_link;

    QString said(const QString& name) const { return m_slots->findChild<QLabel*>(name)->text(); }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }

    void theMapShowsThem_data();
    void theMapShowsThem();
};

void SlotStatsTest::initTestCase()
{
    const ServerProgram valkey = serverPrograms().at(1);
    QVERIFY2(whatIsMissing(valkey).isEmpty(), qPrintable(whatIsMissing(valkey)));
    sandbox::ClusterSpec spec;
    spec.replicas = 0;
    spec.server = valkey.path;
    spec.serverOptions = { u"--cluster-slot-stats-enabled"_s, u"yes"_s };
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
    m_slots->resize(440, 600);
    m_keys = std::make_unique<ui::KeySearchPanel>();
    m_link = std::make_unique<ui::SlotsLink>(m_slots.get(), m_keys.get());
    connect(m_session.get(), &SessionHandle::topologyChanged, m_slots.get(),
        &ui::SlotPanel::setTopology);
    m_link->start(m_session.get());
    const QSignalSpy topologies(m_session.get(), &SessionHandle::topologyChanged);
    m_session->open();
    QTRY_VERIFY_WITH_TIMEOUT(!topologies.isEmpty(), patience);

    // One slot has much to do.
    const QSignalSpy finished(m_session.get(), &SessionHandle::runFinished);
    constexpr int commands = 30;
    for (int i = 0; i < commands; ++i)
        m_session->run({ "SET", "{user}:" + QByteArray::number(i), QByteArray(2000, 'x') },
            command::Behaviour::clusterClientWithMap());
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), commands, patience);
}

void SlotStatsTest::cleanupTestCase()
{
    m_link.reset();
    m_session.reset();
    m_keys.reset();
    m_slots.reset();
    m_io.reset();
    m_cluster.reset();
}

void SlotStatsTest::theMapShowsThem_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("unit");
    QTest::newRow("processor") << 2 << u"s"_s; // with or without a prefix
    QTest::newRow("bytes in") << 3 << u"kB"_s;
    QTest::newRow("bytes out") << 4 << u"B"_s;
}

void SlotStatsTest::theMapShowsThem()
{
    QFETCH(int, mode);
    QFETCH(QString, unit);
    auto* modes = m_slots->findChild<QComboBox*>(u"slotMode"_s);
    modes->setCurrentIndex(0);
    const QImage byOwner = m_slots->map()->grab().toImage();
    QVERIFY(qobject_cast<QStandardItemModel*>(modes->model())->item(mode)->isEnabled());
    modes->setCurrentIndex(mode);
    static const QRegularExpression busiest(u", most in slot 5474 \\(([^)]*)\\), asked"_s);
    const auto most = [&] { return busiest.match(said(u"numbersState"_s)).captured(1); };
    QTRY_VERIFY2_WITH_TIMEOUT(most().endsWith(unit), qPrintable(said(u"numbersState"_s)), patience);
    QVERIFY2(said(u"numbersState"_s).contains(u"384 slots since"_s),
        qPrintable(said(u"numbersState"_s)));
    QVERIFY(m_slots->map()->grab().toImage() != byOwner);
    // And of the slot under the pointer.
    Q_EMIT m_slots->map()->slotHovered(busySlot);
    QTRY_VERIFY2_WITH_TIMEOUT(said(u"slotDetails"_s).contains(u"30 keys"_s),
        qPrintable(said(u"slotDetails"_s)), patience);
    Q_EMIT m_slots->map()->slotHovered(-1);
}

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::SlotStatsTest)
#include "tst_slotstats.moc"
