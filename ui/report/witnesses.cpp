// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/witnesses.h"

#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/explain/wording.h"
#include "ui/theme/nodetext.h"
#include "ui/theme/plaintext.h"

#include <QByteArrayMatcher>
#include <QCoreApplication>

#include <array>
#include <cmath>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct WitnessTexts
{
    Q_DECLARE_TR_FUNCTIONS(WitnessTexts)
};

constexpr qsizetype mostNames = 4;
// Of all views together; a thousand of a thousand nodes are 150 MB.
constexpr qsizetype mostBytesRead = 24 * 1024 * 1024;

QString listed(const QStringList& names)
{
    QString text = names.mid(0, mostNames).join(u", "_s);
    if (names.size() > mostNames)
        text += WitnessTexts::tr(", +%1").arg(names.size() - mostNames);
    return text;
}

/// The flags of a node in the text of CLUSTER NODES: its third word. Empty when it is not there.
QByteArrayView flagsIn(const QByteArray& view, const QByteArrayMatcher& id)
{
    const qsizetype size = id.pattern().size();
    for (qsizetype at = id.indexIn(view); at >= 0; at = id.indexIn(view, at + size)) {
        if (at > 0 && view.at(at - 1) != '\n')
            continue; // somebody's primary
        const qsizetype address = at + size + 1;
        const qsizetype flags = view.indexOf(' ', address) + 1;
        const qsizetype end = flags > 0 ? view.indexOf(' ', flags) : -1;
        return end < 0 ? QByteArrayView() : QByteArrayView(view).sliced(flags, end - flags);
    }
    return {};
}

bool hasFlag(QByteArrayView flags, QByteArrayView flag)
{
    for (qsizetype at = 0; at <= flags.size();) {
        qsizetype end = flags.indexOf(',', at);
        if (end < 0)
            end = flags.size();
        if (flags.sliced(at, end - at) == flag)
            return true;
        at = end + 1;
    }
    return false;
}

} // namespace

Witnesses::Witnesses(const capture::Capture& capture)
    : m_capture(capture)
    , m_silent(cluster::silentNodes(capture.topology))
{
    for (qsizetype i = 0; i < capture.nodes.size(); ++i) {
        const capture::NodeAnswers& node = capture.nodes.at(i);
        if (node.id.isNull())
            continue;
        m_answers.insert(node.id, i);
        if (!node.isReachable)
            m_silent.insert(node.id);
    }
}

const capture::NodeAnswers* Witnesses::answersOf(const cluster::NodeId& id) const
{
    const auto found = m_answers.constFind(id);
    return found == m_answers.constEnd() ? nullptr : &m_capture.nodes.at(*found);
}

QString Witnesses::nameOf(const cluster::NodeId& id) const
{
    const cluster::Node* node = m_capture.topology.nodeById(id);
    return visibleText(node ? m_capture.topology.labelOf(*node) : id.shortText());
}

Witnesses::Counts Witnesses::countViews(const cluster::NodeId& id) const
{
    Counts counts;
    if (id.isNull())
        return counts;
    const QByteArrayMatcher matcher(id.toByteArray());
    qsizetype read = 0;
    for (const capture::NodeAnswers& node : m_capture.nodes) {
        if (node.id == id || node.isLate)
            continue; // of oneself nobody says that
        for (const capture::RawReply& reply : node.replies) {
            if (reply.command != u"CLUSTER NODES" || reply.text.isEmpty())
                continue;
            read += reply.text.size();
            if (read > mostBytesRead)
                return counts;
            const QByteArrayView flags = flagsIn(reply.text, matcher);
            ++counts.looked;
            if (hasFlag(flags, "fail"))
                counts.down.append(nameOf(node.id));
            else if (hasFlag(flags, "fail?"))
                counts.suspected.append(nameOf(node.id));
        }
    }
    return counts;
}

QString Witnesses::about(const cluster::Node& node) const
{
    const bool isSilent = m_silent.contains(node.id);
    if (node.health == cluster::Health::Ok && !isSilent)
        return {};
    QStringList parts;
    const Counts counts = countViews(node.id);
    const auto say = [&parts, &counts](const QString& word, const QStringList& names) {
        if (names.isEmpty())
            return;
        if (names.size() == counts.looked && counts.looked > 1) {
            parts.append(WitnessTexts::tr("%1, say all %2 views").arg(word).arg(counts.looked));
        } else {
            parts.append(WitnessTexts::tr("%1, say %2 of %3 views: %4")
                             .arg(word)
                             .arg(names.size())
                             .arg(counts.looked)
                             .arg(listed(names)));
        }
    };
    say(healthWord(cluster::Health::Fail), counts.down);
    say(healthWord(cluster::Health::PFail), counts.suspected);
    const capture::NodeAnswers* answers = answersOf(node.id);
    if (answers && !answers->isReachable) {
        parts.append(answers->error ? WitnessTexts::tr("from this computer: %1")
                                          .arg(visibleText(explain::errorReason(*answers->error)))
                                    : WitnessTexts::tr("no answer to this computer"));
    } else if (isSilent) {
        parts.append(WitnessTexts::tr("no answer to this computer"));
    }
    if (parts.isEmpty() && counts.looked == 0)
        parts.append(WitnessTexts::tr("%1: %2").arg(healthWord(node.health), viewsText()));
    else if (parts.isEmpty())
        parts.append(healthWord(node.health));
    return parts.join(u"; "_s);
}

QString Witnesses::lagOf(const cluster::Node& replica) const
{
    if (replica.role != cluster::Role::Replica)
        return {};
    const capture::NodeAnswers* own = answersOf(replica.id);
    const capture::NodeAnswers* primary = answersOf(replica.primaryId);
    if (own && own->isReachable) {
        const cluster::ReplicationFacts& facts = own->replication;
        if (facts.isSyncing)
            return WitnessTexts::tr("being sent the data");
        if (facts.linkUp == false) {
            return facts.secondsDown
                ? WitnessTexts::tr("link down for %1 s").arg(*facts.secondsDown)
                : WitnessTexts::tr("link to its primary down");
        }
        if (primary && primary->isReachable && primary->replication.offset && facts.offset) {
            const qint64 behind = *primary->replication.offset - *facts.offset;
            // What is on its way while both are asked is no lag.
            constexpr qint64 noise = 1024;
            return behind < noise ? QString()
                                  : WitnessTexts::tr("%1 behind")
                                        .arg(explain::bytesText(static_cast<double>(behind)));
        }
    }
    return own ? QString() : lagAt(replica.id, m_capture.savedAt);
}

QString Witnesses::lagAt(const cluster::NodeId& replica, const QDateTime& at) const
{
    // Older than that it says nothing of the moment.
    constexpr qint64 freshSeconds = 60;
    for (auto sample = m_capture.samples.crbegin(); sample != m_capture.samples.crend(); ++sample) {
        if (sample->at.secsTo(at) > freshSeconds)
            break; // and all before it
        if (sample->at > at || sample->node != replica)
            continue;
        const double lag = sample->values[static_cast<std::size_t>(session::Metric::Lag)];
        if (std::isnan(lag) || lag < 1024)
            return {};
        return WitnessTexts::tr("%1 behind").arg(explain::bytesText(lag));
    }
    return {};
}

QString Witnesses::viewsText() const
{
    const cluster::TopologyData& data = m_capture.topology.data();
    if (data.viewsAnswered > 1)
        return WitnessTexts::tr("merged from %1 views").arg(data.viewsAnswered);
    if (data.kind != cluster::Kind::Cluster)
        return {};
    if (data.viewsAnswered == 0)
        return data.viewsAsked > 0 ? explain::noView() : WitnessTexts::tr("whose view: unknown");
    const cluster::Node* answerer = m_capture.topology.nodeById(data.answeredBy);
    const net::Endpoint& address = answerer ? answerer->address : data.seed;
    return address.isDialable()
        ? WitnessTexts::tr("%1's view alone").arg(visibleText(address.toString()))
        : WitnessTexts::tr("one view");
}

} // namespace slotscope::ui
