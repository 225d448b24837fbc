// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/commandstream.h"

#include "core/cluster/keyslot.h"

#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>
#include <array>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using command::HopOutcome;
using command::Trace;
using command::TraceOutcome;

namespace {

constexpr int workers = 6;
constexpr int pipelineLength = 20;
constexpr int pauseMs = 4; ///< of a worker between two commands
constexpr int tags = 24; ///< hash tags, spread over the slots
constexpr qsizetype mostFaults = 10;
constexpr quint64 firstRun = 1'000'000'000; ///< the ids below are the test's own

net::ConnectionOptions optionsOfOurs()
{
    net::ConnectionOptions options;
    options.timeout = std::chrono::milliseconds(1000);
    return options;
}

} // namespace

/// Writes one key after another to the owner of one slot, each followed by WAIT on the same
/// connection.
class CommandStream::Confirmer final : public QObject
{
public:
    Confirmer(CommandStream* stream, QByteArray tag)
        : m_stream(stream)
        , m_tag(std::move(tag))
    { }
    ~Confirmer() override { delete m_connection; }

    void write()
    {
        if (m_stream->m_stopped)
            return;
        const cluster::Node* owner = m_stream->m_topology.ownerOf(cluster::keySlot(m_tag));
        if (owner == nullptr)
            return later();
        // Elsewhere since: the old connection would only answer MOVED.
        if (m_connection != nullptr && m_connection->announced() != owner->address)
            delete std::exchange(m_connection, nullptr);
        if (m_connection == nullptr) {
            m_connection = new net::Connection(owner->address, optionsOfOurs());
            connect(m_connection, &net::Connection::closed, this,
                [this] { std::exchange(m_connection, nullptr)->deleteLater(); });
            m_connection->open();
        }
        ++m_stream->m_confirming;
        const QByteArray key = m_stream->m_prefix + "w:{" + m_tag + '}' + m_stream->unique();
        const QByteArray value = m_stream->unique();
        const auto isSet = std::make_shared<bool>(false);
        m_connection->sendTogether({ { "SET", key, value }, { "WAIT", "1", "300" } },
            { [isSet](const net::Answer& answer) {
                 *isSet = answer.reply && answer.reply->type() == resp::Type::Status;
             },
                [this, isSet, key, value](const net::Answer& answer) {
                    --m_stream->m_confirming;
                    if (*isSet && answer.reply && answer.reply->toInteger() >= 1)
                        m_stream->m_confirmed.insert(key, value);
                    later();
                } });
    }

private:
    void later()
    {
        QTimer::singleShot(10, this, [this] { write(); });
    }

    CommandStream* m_stream;
    QByteArray m_tag;
    net::Connection* m_connection = nullptr;
};

CommandStream::CommandStream(session::Session* session, QByteArray prefix, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_pool(optionsOfOurs())
    , m_prefix(std::move(prefix))
    , m_lastRun(firstRun)
{
    connect(session, &session::Session::topologyChanged, this,
        [this](const cluster::Topology& topology) { m_topology = topology; });
    connect(session, &session::Session::runFinished, this, &CommandStream::onFinished);
}

CommandStream::~CommandStream() = default;

void CommandStream::start()
{
    for (int i = 0; i < workers; ++i)
        again();
    pipeline();
    for (int i = 0; i < 6; ++i) {
        m_confirmers.push_back(
            std::make_unique<Confirmer>(this, 't' + QByteArray::number(i * tags / 6)));
        m_confirmers.back()->write();
    }
}

/// New counters and list elements in turn.
void CommandStream::pipeline()
{
    if (m_stopped)
        return;
    QList<command::Argv> commands;
    QList<QByteArray> names;
    for (int i = 0; i < pipelineLength; ++i) {
        const QByteArray name = unique();
        if (i % 2 == 0) {
            names.append(m_prefix + "c:{" + tag() + '}' + name);
            commands.append({ "INCR", names.last() });
        } else {
            const QByteArray list = m_prefix + "l:{" + tag() + '}';
            m_lists.insert(list);
            names.append(name);
            commands.append({ "RPUSH", list, name });
        }
    }
    m_pipeline = std::make_unique<command::PipelineRun>(
        command::RunContext {
            &m_pool, m_topology, m_topology.data().seed, {}, [this] { return m_topology; } },
        commands);
    connect(m_pipeline.get(), &command::PipelineRun::finished, this,
        [this, names] { onPipelined(names); });
    m_pipeline->start();
}

void CommandStream::onPipelined(const QList<QByteArray>& names)
{
    const QList<command::PipelineResult>& results = m_pipeline->results();
    for (int i = 0; i < pipelineLength; ++i) {
        const command::PipelineResult& result = results.at(i);
        const Fate fate = fateOf(result.outcome);
        ++m_pipelined;
        m_pipelinedReplies += fate == Fate::Executed ? 1 : 0;
        (i % 2 == 0 ? m_counters : m_elements).insert(names.at(i), fate);
        if (i % 2 == 0 && fate == Fate::Executed && result.reply.toInteger() != 1)
            fault(u"INCR in a pipeline was answered %1"_s.arg(result.reply.toInteger()));
    }
    m_pipeline.release()->deleteLater(); // it is emitting
    QTimer::singleShot(4 * pauseMs, this, &CommandStream::pipeline);
}

void CommandStream::startElsewhere(const cluster::SlotRanges& lost)
{
    m_avoided = lost;
    for (int i = 0; i < workers; ++i)
        again();
}

void CommandStream::stop()
{
    m_stopped = true;
}

// --- the stream

void CommandStream::again()
{
    QTimer::singleShot(pauseMs, this, &CommandStream::work);
}

void CommandStream::work()
{
    if (m_stopped)
        return;
    static constexpr std::array kinds { &CommandStream::writeAndRead, &CommandStream::increment,
        &CommandStream::push, &CommandStream::writeTwoAndReadThem };
    // A keyless command starts at the seed, which may be the one that is dead: a few only.
    const int choice = QRandomGenerator::global()->bounded(20);
    if (choice == 0)
        echo();
    else
        (this->*kinds.at(static_cast<std::size_t>(choice) % kinds.size()))();
}

void CommandStream::run(const command::Argv& argv, Done done)
{
    Running one { std::move(done), {} };
    one.since.start();
    m_running.insert(++m_lastRun, one);
    m_session->run(m_lastRun, argv, command::Behaviour::clusterClientWithMap());
}

void CommandStream::onFinished(quint64 id, const Trace& trace)
{
    if (id <= firstRun)
        return;
    if (!m_running.contains(id)) {
        fault(u"a command ended twice"_s);
        return;
    }
    const Running one = m_running.take(id);
    if (!trace.isComplete())
        fault(u"a command ended without an outcome"_s);
    if (!m_isVerifying) {
        ++m_finished;
        m_longestMillis = qMax(m_longestMillis, one.since.elapsed());
        ++m_outcomes[trace.outcome];
        m_redirects += static_cast<int>(
            std::count_if(trace.hops.begin(), trace.hops.end(), [](const command::Hop& hop) {
                return hop.outcome == HopOutcome::Moved || hop.outcome == HopOutcome::Ask
                    || hop.outcome == HopOutcome::TryAgain;
            }));
    }
    one.done(trace);
}

/// What is said of it: what the keys must bear out.
CommandStream::Fate CommandStream::fateOf(TraceOutcome outcome)
{
    switch (outcome) {
    case TraceOutcome::Reply:
        return Fate::Executed;
    case TraceOutcome::OutcomeUnknown:
        return Fate::Unknown;
    default:
        return Fate::NotExecuted;
    }
}

void CommandStream::writeAndRead()
{
    const QByteArray key = m_prefix + "k:{" + tag() + '}' + unique();
    const QByteArray value = unique();
    run({ "SET", key, value }, [this, key, value](const Trace& set) {
        if (set.outcome == TraceOutcome::Reply && set.reply.text() != "OK")
            fault(u"SET was answered "_s + QString::fromUtf8(set.reply.toByteArray()));
        run({ "GET", key }, [this, value, fate = fateOf(set.outcome)](const Trace& get) {
            if (get.outcome == TraceOutcome::Reply) {
                if (fate == Fate::Executed) {
                    ++m_answered;
                    m_lost += get.reply.isNull() ? 1 : 0;
                }
                if (!get.reply.isNull() && (get.reply.text() != value || fate == Fate::NotExecuted))
                    fault(u"GET was answered "_s + QString::fromUtf8(get.reply.toByteArray()));
            }
            again();
        });
    });
}

void CommandStream::writeTwoAndReadThem()
{
    const QByteArray stem = m_prefix + "m:{" + tag() + '}' + unique();
    const QByteArray a = unique();
    const QByteArray b = unique();
    run({ "MSET", stem + 'a', a, stem + 'b', b }, [this, stem, a, b](const Trace& set) {
        run({ "MGET", stem + 'a', stem + 'b' },
            [this, a, b, fate = fateOf(set.outcome)](const Trace& get) {
                if (get.outcome == TraceOutcome::Reply) {
                    const QByteArray read
                        = get.reply.at(0).toByteArray() + ',' + get.reply.at(1).toByteArray();
                    if (fate == Fate::Executed) {
                        ++m_answered;
                        m_lost += read == "," ? 1 : 0;
                    }
                    if (read != "," && (read != a + ',' + b || fate == Fate::NotExecuted))
                        fault(u"MGET was answered "_s + QString::fromUtf8(read));
                }
                again();
            });
    });
}

void CommandStream::increment()
{
    const QByteArray key = m_prefix + "c:{" + tag() + '}' + unique();
    run({ "INCR", key }, [this, key](const Trace& trace) {
        const Fate fate = fateOf(trace.outcome);
        m_counters.insert(key, fate);
        if (fate == Fate::Executed && trace.reply.toInteger() != 1)
            fault(u"INCR of a new key was answered %1"_s.arg(trace.reply.toInteger()));
        again();
    });
}

void CommandStream::push()
{
    const QByteArray list = m_prefix + "l:{" + tag() + '}';
    const QByteArray element = unique();
    m_lists.insert(list);
    run({ "RPUSH", list, element }, [this, element](const Trace& trace) {
        m_elements.insert(element, fateOf(trace.outcome));
        again();
    });
}

void CommandStream::echo()
{
    const QByteArray word = unique();
    run({ "ECHO", word }, [this, word](const Trace& trace) {
        if (trace.outcome == TraceOutcome::Reply && trace.reply.text() != word)
            fault(u"ECHO was answered "_s + QString::fromUtf8(trace.reply.toByteArray()));
        again();
    });
}

// --- afterwards

void CommandStream::verify()
{
    m_isVerifying = true;
    for (const QByteArray& list : std::as_const(m_lists)) {
        m_toVerify.append([this, list] {
            run({ "LRANGE", list, "0", "-1" },
                [this, list](const Trace& trace) { checkList(list, trace); });
        });
    }
    for (const auto& [key, fate] : std::as_const(m_counters).asKeyValueRange()) {
        m_toVerify.append([this, key = key, fate = fate] {
            run({ "GET", key },
                [this, key, fate](const Trace& trace) { checkCounter(key, fate, trace); });
        });
    }
    for (const auto& [key, value] : std::as_const(m_confirmed).asKeyValueRange()) {
        m_toVerify.append([this, key = key, value = value] {
            run({ "GET", key },
                [this, key, value](const Trace& trace) { checkValue(key, value, trace); });
        });
    }
    for (int i = 0; i < 8 * workers; ++i)
        verifyNext();
}

void CommandStream::verifyNext()
{
    if (!m_toVerify.isEmpty()) {
        m_toVerify.takeLast()();
        return;
    }
    if (!m_running.isEmpty() || m_isVerified)
        return;
    m_isVerified = true;
    for (const auto& [element, fate] : std::as_const(m_elements).asKeyValueRange()) {
        // What is left was in no list.
        if (fate == Fate::Executed) {
            ++m_answered;
            ++m_lost;
        }
    }
}

void CommandStream::checkList(const QByteArray& list, const Trace& trace)
{
    if (trace.outcome != TraceOutcome::Reply)
        fault(u"a list cannot be read: "_s + trace.detail);
    QSet<QByteArray> seen;
    for (const resp::Reply& one : trace.reply) {
        const QByteArray element = one.toByteArray();
        if (seen.contains(element))
            fault(QString::fromLatin1(element) + u" was pushed twice to "_s
                + QString::fromLatin1(list));
        seen.insert(element);
        if (!m_elements.contains(element))
            continue;
        const Fate fate = m_elements.take(element);
        if (fate == Fate::NotExecuted)
            fault(QString::fromLatin1(element) + u" was pushed, and it was said that it was not"_s);
        m_answered += fate == Fate::Executed ? 1 : 0;
    }
    verifyNext();
}

void CommandStream::checkCounter(const QByteArray& key, Fate fate, const Trace& trace)
{
    if (trace.outcome != TraceOutcome::Reply)
        fault(u"a counter cannot be read: "_s + trace.detail);
    const qint64 value = trace.reply.toInteger();
    if (value > 1)
        fault(QString::fromLatin1(key) + u" was incremented %1 times"_s.arg(value));
    if (value > 0 && fate == Fate::NotExecuted)
        fault(QString::fromLatin1(key) + u" was incremented, and it was said that it was not"_s);
    if (fate == Fate::Executed) {
        ++m_answered;
        m_lost += value == 0 ? 1 : 0;
    }
    verifyNext();
}

void CommandStream::checkValue(const QByteArray& key, const QByteArray& value, const Trace& trace)
{
    if (trace.reply.text() != value)
        fault(QString::fromLatin1(key) + u" was confirmed by WAIT and is "_s
            + QString::fromUtf8(trace.reply.toByteArray()) + u' ' + trace.detail);
    verifyNext();
}

void CommandStream::fault(const QString& text)
{
    if (m_faults.size() < mostFaults)
        m_faults.append(text);
}

QByteArray CommandStream::unique()
{
    return QByteArray::number(++m_lastUnique);
}

QByteArray CommandStream::tag()
{
    while (true) {
        const QByteArray tag = 't' + QByteArray::number(QRandomGenerator::global()->bounded(tags));
        const cluster::Slot slot = cluster::keySlot(tag);
        if (std::none_of(m_avoided.begin(), m_avoided.end(),
                [slot](const cluster::SlotRange& range) { return range.contains(slot); })) {
            return tag;
        }
    }
}

QString CommandStream::summary() const
{
    QStringList outcomes;
    for (const auto& [outcome, times] : m_outcomes.asKeyValueRange())
        outcomes.append(u"%1 %2"_s.arg(traceOutcomeName(outcome)).arg(times));
    outcomes.sort();
    return u"%1 commands (%2; %7 redirected; the longest %3 ms) and %8 in pipelines (%9 answered); "
           "%4 of %5 answered writes lost by the cluster, which replicates after it answers; "
           "%6 confirmed by WAIT"_s.arg(m_finished)
               .arg(outcomes.join(u", "_s))
               .arg(m_longestMillis)
               .arg(m_lost)
               .arg(m_answered)
               .arg(m_confirmed.size())
               .arg(m_redirects)
               .arg(m_pipelined)
               .arg(m_pipelinedReplies);
}

} // namespace slotscope::tests
