// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/commandrun.h"
#include "core/command/storyboard.h"
#include "core/command/traceformat.h"
#include "tests/support/fakenode.h"
#include "tests/support/topologies.h"

#include <QSignalSpy>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace command;
using Act = FakeNode::Act;

constexpr int slot1738 = 1738; // of user:2935, by the map below a slot of S03

inline QByteArray redirect(const char* word, const FakeNode& target)
{
    return QByteArray("-") + word + " 1738 " + target.endpoint().toString().toLatin1() + "\r\n";
}

// What a node received, without the handshake of the connections.
inline QList<QByteArray> commandsOf(const FakeNode& node)
{
    QList<QByteArray> commands;
    for (const QByteArray& line : node.received()) {
        if (!line.startsWith("HELLO") && !line.startsWith("CLIENT SETNAME")
            && !line.startsWith("CLIENT NO-TOUCH"))
            commands.append(line);
    }
    return commands;
}

inline QString summary(const Trace& trace)
{
    QStringList hops;
    for (const Hop& hop : trace.hops) {
        hops << QString(hop.nodeLabel + (hop.asking ? u"+ " : u" ") + hopOutcomeName(hop.outcome));
    }
    return hops.join(u" | ") + u" => " + traceOutcomeName(trace.outcome);
}

/// Three scripted nodes, S01 to S03, a pool and one run at a time.
class CommandRunFixture : public QObject
{
protected:
    void setUp();
    void tearDown();
    CommandRun* newRun(Behaviour behaviour = Behaviour::clusterClientWithMap(),
        const Argv& argv = { "GET", "user:2935" })
    {
        m_run = std::make_unique<CommandRun>(
            RunContext { m_pool.get(), m_noMap ? cluster::Topology() : m_map, m_seed, m_limits,
                m_latestMap },
            argv, std::move(behaviour));
        return m_run.get();
    }
    // Runs to the end; checks what holds for every run.
    Trace finished(CommandRun* run, int timeout = 5000);
    Trace finished(Behaviour behaviour = Behaviour::clusterClientWithMap(),
        const Argv& argv = { "GET", "user:2935" })
    {
        CommandRun* run = newRun(std::move(behaviour), argv);
        run->start();
        return finished(run);
    }

    std::unique_ptr<FakeNode> m_s01;
    std::unique_ptr<FakeNode> m_s02;
    std::unique_ptr<FakeNode> m_s03;
    std::unique_ptr<net::ConnectionPool> m_pool;
    std::unique_ptr<CommandRun> m_run;
    cluster::Topology m_map;
    net::Endpoint m_seed;
    RunLimits m_limits;
    bool m_noMap = false;
    std::function<cluster::Topology()> m_latestMap;
};

inline void CommandRunFixture::setUp()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_s01 = std::make_unique<FakeNode>();
    m_s02 = std::make_unique<FakeNode>();
    m_s03 = std::make_unique<FakeNode>();
    net::ConnectionOptions options;
    options.timeout = std::chrono::milliseconds(400);
    m_pool = std::make_unique<net::ConnectionPool>(options);
    m_map = threeShards(
        { m_s01->endpoint(), m_s02->endpoint(), m_s03->endpoint() }, cluster::Slot(slot1738));
    m_seed = m_s02->endpoint();
    m_limits = {};
    m_limits.tryAgainFirstMs = 20;
    m_limits.tryAgainMaxMs = 40;
    m_limits.clusterDownFirstMs = 30;
    m_limits.clusterDownMaxMs = 60;
    m_noMap = false;
    m_latestMap = nullptr;
}

inline void CommandRunFixture::tearDown()
{
    m_run.reset();
    m_pool.reset();
    m_s01.reset();
    m_s02.reset();
    m_s03.reset();
}

inline Trace CommandRunFixture::finished(CommandRun* run, int timeout)
{
    QSignalSpy ends(run, &CommandRun::finished);
    QSignalSpy changes(run, &CommandRun::traceChanged);
    if (!ends.wait(timeout)) {
        QTest::qFail("the run does not finish", __FILE__, __LINE__);
        return {};
    }
    QTest::qWait(30); // a second finished() would come now
    const auto trace = ends.first().first().value<Trace>();
    const auto check = [](bool isTrue, const char* what) {
        if (!isTrue)
            QTest::qFail(what, __FILE__, __LINE__);
    };
    check(ends.size() == 1, "finished() came more than once");
    check(trace.isComplete(), "a finished trace is complete");
    check(!changes.isEmpty(), "traceChanged() came");
    check(
        changes.last().first().value<Trace>().isComplete(), "the last traceChanged() is complete");
    qint64 earlier = 0;
    for (const Hop& hop : trace.hops) {
        check(hop.outcome != HopOutcome::Pending, "no hop of a complete trace is pending");
        check(hop.startedMicros >= earlier, "hops follow each other");
        check(hop.micros >= 0 && hop.waitMicros >= 0, "durations");
        earlier = hop.startedMicros;
    }
    check(trace.totalMicros >= earlier, "the total covers the hops");
    // Whatever happened, it can be told, written and read again.
    const QJsonObject json = toJson(trace);
    const auto again = traceFromJson(json, trace.map);
    check(again && toJson(*again) == json, "the trace survives JSON");
    check(!tellStory(trace).isEmpty(), "the trace has a story");
    check(!toText(trace).isEmpty(), "the trace has a text");
    return trace;
}

} // namespace slotscope::tests
