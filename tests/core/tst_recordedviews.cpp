// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/history.h"
#include "core/capture/recorder.h"
#include "tests/core/sessionfixture.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using capture::Capture;
using capture::History;
using capture::Recorder;
using capture::RecorderOptions;
using cluster::NodeId;
using session::IoThread;
using session::SessionHandle;

namespace {

QDateTime at(int seconds)
{
    return QDateTime(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC).addSecs(seconds);
}

/// Which node did not tell its view, and since when.
using Silent = QList<std::pair<int, QDateTime>>;

/// As a session tells it that has asked all.
void tell(SessionHandle& session, cluster::TopologyData data, const QDateTime& time,
    const Silent& silent = {})
{
    session::ToldViews views;
    for (const auto& [node, since] : silent)
        views.silent.insert(NodeId(idOf(node)),
            { {}, support::Error { support::ErrorCode::NoReply, {}, {} }, since });
    data.capturedAt = time;
    data.viewsAsked = 3;
    data.viewsAnswered = 3 - static_cast<int>(silent.size());
    Q_EMIT session.viewsChanged(views);
    Q_EMIT session.topologyChanged(cluster::Topology::build(data));
}

} // namespace

/// Who had not answered, at each moment of a recording.
class RecordedViewsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        QVERIFY(m_folder.isValid());
        SessionHandle session(m_io, m_fakes.config(0ms));
        QSignalSpy topologies(&session, &SessionHandle::topologyChanged);
        session.open();
        QTRY_VERIFY(!topologies.isEmpty());
        m_known = topologies.last().first().value<cluster::Topology>().data();
    }
    void aReconnectBringsItsOwn();
    void knownBeforeItIsTurnedOn();
    void minutesThatComeTwice();

private:
    RecorderOptions options() const
    {
        RecorderOptions options;
        options.folder = m_folder.filePath(u"recordings"_s);
        return options;
    }
    static Capture momentOf(Recorder& recorder, const QDateTime& time)
    {
        bool isWritten = false;
        recorder.whenWritten([&isWritten] { isWritten = true; });
        if (!QTest::qWaitFor([&isWritten] { return isWritten; }))
            return {};
        auto history = History::open(recorder.file());
        return history ? history->at(time).value() : Capture();
    }

    QTemporaryDir m_folder;
    FakeCluster m_fakes;
    IoThread m_io;
    cluster::TopologyData m_known;
};

void RecordedViewsTest::aReconnectBringsItsOwn()
{
    Recorder recorder(options());
    {
        SessionHandle session(m_io, m_fakes.config(0ms));
        recorder.start(&session);
        tell(session, m_known, at(0), { { primaryB, at(0) } });
        QCOMPARE(momentOf(recorder, at(1)).nodes.size(), 1);
        recorder.end();
    }
    SessionHandle again(m_io, m_fakes.config(0ms));
    QSignalSpy continued(&recorder, &Recorder::continued);
    recorder.start(&again);
    tell(again, m_known, at(60)); // it answers by now
    QCOMPARE(continued.size(), 1);
    QCOMPARE(momentOf(recorder, at(61)).nodes.size(), 0);
    QCOMPARE(momentOf(recorder, at(59)).nodes.size(), 1);
    recorder.drop();
}

void RecordedViewsTest::knownBeforeItIsTurnedOn()
{
    RecorderOptions off = options();
    off.isOn = false;
    Recorder recorder(off);
    SessionHandle session(m_io, m_fakes.config(0ms));
    recorder.start(&session);
    tell(session, m_known, at(0), { { primaryB, at(0) } });
    recorder.setOptions(options());
    cluster::TopologyData data = m_known;
    data.capturedAt = at(2);
    Q_EMIT session.topologyChanged(cluster::Topology::build(data)); // the views are as they were
    QCOMPARE(momentOf(recorder, at(3)).nodes.size(), 1);
    recorder.drop();
}

/// The clock is set back by nine minutes, twice.
void RecordedViewsTest::minutesThatComeTwice()
{
    Recorder recorder(options());
    SessionHandle session(m_io, m_fakes.config(0ms));
    recorder.start(&session);
    tell(session, m_known, at(0), { { primaryB, at(0) } });
    tell(session, m_known, at(62), { { primaryB, at(0) } });
    tell(session, m_known, at(600));
    tell(session, m_known, at(60));
    // All answer now: what the first minutes say of it is of before.
    const Capture well = momentOf(recorder, at(65));
    QCOMPARE(well.nodes.size(), 0);
    QCOMPARE(well.topology.data().viewsAnswered, 3);

    const Silent one { { primaryB, at(500) } };
    tell(session, m_known, at(600), one);
    tell(session, m_known, at(60), one);
    QCOMPARE(momentOf(recorder, at(65)).nodes.size(), 1); // though it fell silent "later"
    tell(session, m_known, at(70), one + Silent { { replicaOfA, at(71) } });
    QCOMPARE(momentOf(recorder, at(70)).nodes.size(), 1);
    QCOMPARE(momentOf(recorder, at(75)).nodes.size(), 2);
    recorder.drop();
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::RecordedViewsTest)
#include "tst_recordedviews.moc"
