// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/storyboard.h"

#include "core/command/keyextraction.h"
#include "core/command/movedshare.h"
#include "core/command/redirect.h"
#include "core/explain/commands.h"
#include "core/explain/redirects.h"
#include "core/resp/replytext.h"
#include "core/support/bytes.h"

namespace slotscope::command {

namespace {

constexpr qsizetype beadLength = 80; // characters; a bead is a label, not a viewer
constexpr qsizetype rawLength = 300;

QString shortened(const QString& text)
{
    return text.size() <= beadLength ? text : text.first(beadLength - 1) + QChar(0x2026);
}

QString visible(const QByteArray& bytes, qsizetype limit = beadLength)
{
    return support::toVisibleText(bytes, limit);
}

// Which map the client that `behaviour` describes holds.
enum class ClientMap {
    None, ///< a plain client: no map at all
    Empty, ///< a cluster client that knows only its seed
    Full, ///< the map it has discovered
};

ClientMap clientMap(const Trace& trace)
{
    // A server without cluster support has no slots that could be in a map.
    if (!trace.map.isEmpty() && trace.map.data().kind != cluster::Kind::Cluster)
        return ClientMap::None;
    if (trace.behaviour.start == Start::Seed || trace.map.isEmpty())
        return trace.behaviour.follow ? ClientMap::Empty : ClientMap::None;
    if (trace.behaviour.start == Start::Node && !trace.behaviour.follow)
        return ClientMap::None;
    return ClientMap::Full;
}

// What was refused before it left looked nothing up: its keys have no common slot, or none matters.
bool wasLookedUp(const Trace& trace)
{
    return !trace.hops.isEmpty()
        || (trace.outcome != TraceOutcome::CrossSlot && trace.outcome != TraceOutcome::NotSent);
}

class Teller
{
public:
    explicit Teller(const Trace& trace)
        : m_trace(trace)
        , m_raw(joinLine(trace.argv).left(rawLength))
        , m_command(shortened(joinLine(trace.argv)))
        , m_slot(wasLookedUp(trace) ? trace.slot : std::nullopt)
        , m_map(clientMap(trace))
    {
        if (m_slot)
            lookUpOwner();
    }

    Storyboard tell()
    {
        for (int hop = 0; hop < m_trace.hops.size(); ++hop)
            tellHop(hop);
        if (m_trace.isComplete())
            tellEnd();
        return m_story;
    }

private:
    const Hop& hopAt(int hop) const { return m_trace.hops.at(hop); }
    bool isLast(int hop) const { return hop + 1 == m_trace.hops.size(); }

    void lookUpOwner()
    {
        m_owner = QStringLiteral("?");
        if (m_map != ClientMap::Full)
            return;
        if (const cluster::Node* owner = m_trace.map.ownerOf(*m_slot))
            m_owner = m_trace.map.labelOf(*owner);
    }

    // The line of this computer's map as it stands at this moment of the story.
    QString mapLine() const
    {
        if (m_map == ClientMap::None || !m_slot)
            return {};
        return QString::number(m_slot->number()) % QStringLiteral(" -> ") % m_owner;
    }

    Step& add(StepKind kind, int hop, const QString& caption)
    {
        Step step;
        step.kind = kind;
        step.hop = hop;
        step.caption = caption;
        if (hop >= 0) {
            step.nodeId = hopAt(hop).nodeId;
            step.address = hopAt(hop).address;
            step.nodeLabel = hopAt(hop).nodeLabel;
            step.asking = hopAt(hop).asking;
        }
        switch (kind) {
        case StepKind::Ask:
            step.raw = m_raw;
            break;
        case StepKind::Reply:
        case StepKind::MovedReply:
        case StepKind::AskReply:
        case StepKind::ConnectFailed:
        case StepKind::OutcomeUnknown:
            step.raw = visible(hopAt(hop).raw, rawLength);
            break;
        default:
            break;
        }
        step.mapLine = mapLine();
        step.mapLocked = m_locked;
        m_story.append(step);
        return m_story.last();
    }

    // Steps beside this computer that point at the redirect's target.
    Step& addTowardsTarget(StepKind kind, int hop, const QString& caption)
    {
        Step& step = add(kind, hop, caption);
        const cluster::Node* node = m_trace.map.nodeByAddress(hopAt(hop).targetAddress);
        step.nodeId = node ? node->id : cluster::NodeId();
        step.address = hopAt(hop).targetAddress;
        step.nodeLabel = hopAt(hop).targetLabel;
        step.asking = false;
        return step;
    }

    QString commandName() const
    {
        return m_trace.argv.isEmpty() ? QString() : visible(m_trace.argv.first().toUpper());
    }

    // The run has waited, and then went elsewhere though nobody redirected it.
    bool isByNewerMap(int index) const
    {
        return index > 0 && hopAt(index).waitMicros > 0 && !hopAt(index).asking
            && hopAt(index).address != hopAt(index - 1).address;
    }

    // A seed may be typed otherwise than its node announces itself.
    bool isSameNode(int a, int b) const
    {
        return hopAt(a).address == hopAt(b).address
            || (!hopAt(a).nodeId.isNull() && hopAt(a).nodeId == hopAt(b).nodeId);
    }

    bool wasSentBefore(int index) const
    {
        for (int earlier = 0; earlier < index; ++earlier) {
            if (hopAt(earlier).outcome != HopOutcome::ConnectFailed)
                return true;
        }
        return false;
    }

    // The seed was a name, as a configuration endpoint is: which node is asked was chance.
    void tellChoice()
    {
        const Hop& hop = hopAt(0);
        if (hop.resolved.size() < 2 || hop.dialled.isEmpty())
            return;
        const auto chosen = net::Endpoint::parse(hop.dialled);
        Step& step = add(StepKind::Resolve, 0,
            explain::nameResolved(hop.address.host, static_cast<int>(hop.resolved.size()),
                chosen ? chosen->host : hop.dialled));
        step.bead = hop.address.host;
        for (const QString& address : hop.resolved) {
            const net::Endpoint endpoint { address, hop.address.port };
            const cluster::Node* node = m_trace.map.nodeByAddress(endpoint);
            step.choices.append(node ? node->address : endpoint);
        }
    }

    void tellQuestion(int index)
    {
        if (isByNewerMap(index) && m_map != ClientMap::None && m_slot)
            m_owner = hopAt(index).nodeLabel;
        const Hop& hop = hopAt(index);
        QString caption;
        if (hop.asking)
            caption = explain::sendingAskingTogether(commandName(), hop.nodeLabel);
        else if (isByNewerMap(index))
            caption = explain::sendingByNewerMap(m_command, hop.nodeLabel);
        else if (index > 0 && wasSentBefore(index))
            caption = isSameNode(index, index - 1)
                ? explain::sendingToTheSame(m_command, hop.nodeLabel)
                : explain::sendingAgain(m_command, hop.nodeLabel);
        else if (hop.replicaRead && m_trace.slot)
            caption = explain::readingFromReplica(m_command, m_trace.slot->number(), hop.nodeLabel);
        else if (m_trace.slot)
            caption = explain::askingFor(m_command, m_trace.slot->number(), hop.nodeLabel);
        else if (extractKeys(m_trace.argv).known)
            caption = explain::askingKeyless(m_command, hop.nodeLabel);
        else
            caption = explain::askingUnknown(m_command, hop.nodeLabel);
        Step& step = add(StepKind::Ask, index, caption);
        step.bead = m_command;
        if (hop.connectMicros)
            step.timeLabel = explain::connectedIn(*hop.connectMicros);
    }

    void tellReply(int index)
    {
        const Hop& hop = hopAt(index);
        QString text;
        if (!hop.raw.isEmpty())
            text = visible(hop.raw);
        else if (isLast(index))
            text = shortened(resp::summaryLine(m_trace.reply));
        Step& step = add(StepKind::Reply, index, explain::answered(hop.nodeLabel, text));
        step.bead = text;
        if (step.raw.isEmpty())
            step.raw = text;
        step.timeLabel = explain::duration(hop.micros);
    }

    void tellWait(int index)
    {
        const Hop& hop = hopAt(index);
        // A trace that ends here gave up; a plain client reports the error instead of waiting.
        if (isLast(index) && (m_trace.isComplete() || !m_trace.behaviour.follow))
            return;
        const qint64 micros = isLast(index) ? 0 : hopAt(index + 1).waitMicros;
        if (!isLast(index) && micros == 0)
            return; // another replica is asked at once
        const bool wasSent = hop.outcome != HopOutcome::ConnectFailed;
        const QString word = wasSent ? QString::fromLatin1(errorWord(hop.raw)) : QString();
        Step& step = add(StepKind::Wait, index,
            wasSent ? explain::waiting(word, hop.nodeLabel, micros)
                    : explain::waitingForAnotherWay(micros));
        step.bead = word;
        if (micros > 0)
            step.timeLabel = explain::waited(micros);
    }

    void noteSlot(const Hop& hop)
    {
        if (!hop.slot || m_slot == hop.slot)
            return;
        m_slot = hop.slot; // the server knows keys that our table does not
        lookUpOwner();
    }

    void tellMoved(int index)
    {
        const Hop& hop = hopAt(index);
        noteSlot(hop);
        m_locked = false;
        const int slot = hop.slot ? hop.slot->number() : 0;
        Step& back = add(
            StepKind::MovedReply, index, explain::movedReply(hop.nodeLabel, slot, hop.targetLabel));
        back.bead = visible(hop.raw);
        back.timeLabel = explain::duration(hop.micros);
        if (!hop.mapChanged)
            return;
        const QString before = mapLine();
        m_owner = hop.targetLabel;
        if (m_map == ClientMap::None)
            m_map = ClientMap::Empty; // it has written a line, so it has a map
        Step& step = addTowardsTarget(
            StepKind::MapRewrite, index, explain::mapRewritten(slot, hop.targetLabel));
        step.mapLineBefore = before;
        m_ghostHop = index;
    }

    void tellAsk(int index)
    {
        const Hop& hop = hopAt(index);
        noteSlot(hop);
        const int slot = hop.slot ? hop.slot->number() : 0;
        Step& back = add(
            StepKind::AskReply, index, explain::askReply(hop.nodeLabel, slot, hop.targetLabel));
        back.bead = visible(hop.raw);
        back.timeLabel = explain::duration(hop.micros);
        // In a prefix it is not known yet whether the run goes on; a follower does, as a rule.
        if (!m_trace.behaviour.follow || (isLast(index) && m_trace.isComplete()))
            return;
        m_locked = true;
        addTowardsTarget(StepKind::MapLocked, index, explain::mapStays(commandName()));
        m_ghostHop = index;
    }

    void tellHop(int index)
    {
        const Hop& hop = hopAt(index);
        switch (hop.outcome) {
        case HopOutcome::ConnectFailed: {
            Step& step = add(StepKind::ConnectFailed, index,
                explain::connectFailed(hop.nodeLabel, visible(hop.raw)));
            step.bead = m_command;
            if (!isLast(index))
                tellWait(index);
            return;
        }
        case HopOutcome::Cancelled:
            return; // nothing travelled; the end says it
        default:
            break;
        }
        if (index == 0)
            tellChoice();
        tellQuestion(index);
        switch (hop.outcome) {
        case HopOutcome::Moved:
            tellMoved(index);
            if (!isLast(index) && !hopAt(index).mapChanged)
                tellWait(index); // it names nobody: "?"
            break;
        case HopOutcome::Ask:
            tellAsk(index);
            break;
        case HopOutcome::TryAgain:
        case HopOutcome::ClusterDown:
        case HopOutcome::Loading:
            tellReply(index);
            tellWait(index);
            break;
        case HopOutcome::Reply:
        case HopOutcome::Error:
        case HopOutcome::MasterDown:
        case HopOutcome::ReadOnly:
            tellReply(index);
            if (!isLast(index))
                tellWait(index);
            break;
        case HopOutcome::OutcomeUnknown: {
            Step& step
                = add(StepKind::OutcomeUnknown, index, explain::outcomeUnknown(hop.nodeLabel));
            step.bead = m_command;
            step.timeLabel = explain::waited(hop.micros);
            break;
        }
        case HopOutcome::Pending:
        case HopOutcome::ConnectFailed:
        case HopOutcome::Cancelled:
            break;
        }
    }

    // The next command of this client looks into the map that this one has left.
    bool startsByMap() const
    {
        return m_trace.behaviour.start == Start::Owner || m_trace.behaviour.start == Start::Replica;
    }

    QString whereItStarts() const
    {
        const Hop& first = hopAt(0);
        if (m_trace.behaviour.start == Start::Node)
            return explain::startsWhereChosen(first.nodeLabel);
        // Behind a name it may be another node next time.
        return explain::startsWithoutMap(
            first.resolved.size() > 1 ? first.address.toString() : first.nodeLabel);
    }

    void tellEnd()
    {
        const int last = static_cast<int>(m_trace.hops.size()) - 1;
        switch (m_trace.outcome) {
        case TraceOutcome::ConnectFailed:
        case TraceOutcome::OutcomeUnknown:
            if (last >= 0)
                return; // the broken line, or the question mark, is the end
            break;
        case TraceOutcome::RedirectNotFollowed:
            if (last >= 0) {
                QString caption = explain::plainClientStops();
                const Hop& stopped = hopAt(last);
                const cluster::Node* node = m_trace.map.nodeById(stopped.nodeId);
                if (stopped.outcome == HopOutcome::Moved && node
                    && m_trace.behaviour.start == Start::Seed) {
                    const QString why = explain::movedFromThisNode(movedShare(m_trace.map, *node));
                    if (!why.isEmpty())
                        caption += u' ' + why;
                }
                Step& step = add(StepKind::PlainStop, last, caption);
                step.bead = visible(hopAt(last).raw);
            }
            return;
        default:
            break;
        }
        const bool isAnswered
            = m_trace.outcome == TraceOutcome::Reply || m_trace.outcome == TraceOutcome::Error;
        Step& step = add(StepKind::End, last,
            isAnswered ? explain::ended(last + 1, m_trace.totalMicros) : m_trace.detail);
        if (!isAnswered || m_ghostHop < 0)
            return;
        const Hop& redirect = hopAt(m_ghostHop);
        const bool isAsk = redirect.outcome == HopOutcome::Ask;
        const bool goesThere = startsByMap() || (isAsk && isSameNode(m_ghostHop, 0));
        if (!goesThere)
            step.caption += u' ' + whereItStarts();
        if (isAsk) {
            step.ghost = goesThere ? explain::nextTimeAgain(redirect.nodeLabel)
                                   : explain::againWithThisMap(redirect.nodeLabel);
            step.ghostNodeId = redirect.nodeId;
            step.ghostAddress = redirect.address;
        } else {
            const cluster::Node* node = m_trace.map.nodeByAddress(redirect.targetAddress);
            step.ghost = goesThere ? explain::nextTimeStraight(redirect.targetLabel)
                                   : explain::straightWithThisMap(redirect.targetLabel);
            step.ghostNodeId = node ? node->id : cluster::NodeId();
            step.ghostAddress = redirect.targetAddress;
        }
    }

    const Trace& m_trace;
    QString m_raw; ///< the command as a line
    QString m_command; ///< the same, as a label
    std::optional<cluster::Slot> m_slot;
    ClientMap m_map;
    QString m_owner; ///< what this computer's map says now: a label, or "?"
    bool m_locked = false;
    int m_ghostHop = -1; ///< the redirect that decides where the next time begins
    Storyboard m_story;
};

} // namespace

Storyboard tellStory(const Trace& trace)
{
    return Teller(trace).tell();
}

} // namespace slotscope::command
