// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/incident.h"

#include "core/health/healthreport.h"
#include "ui/report/witnesses.h"
#include "ui/theme/connectiontext.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/timetext.h"
#include "ui/topology/carddeck.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <cstdlib>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct IncidentTexts
{
    Q_DECLARE_TR_FUNCTIONS(IncidentTexts)
};

QString dot()
{
    return u"  ·  "_s;
}

/// What is said of a name must not lose its place to the name.
QString shortened(const QString& text, qsizetype most = 64)
{
    return text.size() <= most ? text : QString(text.first(most - 1) + u'…');
}

/// What a card shows that may change from one moment to the next.
bool isSame(const Card& a, const Card& b)
{
    return a.title == b.title && a.share == b.share && a.rangeTexts == b.rangeTexts
        && a.note == b.note
        && std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(),
            [](const NodeBox& x, const NodeBox& y) {
                const bool isUnknown
                    = x.health == cluster::Health::Unknown || y.health == cluster::Health::Unknown;
                return x.id == y.id && x.role == y.role && x.address == y.address
                    && (isUnknown || (x.health == y.health && x.isUncertain == y.isUncertain));
            });
}

cluster::NodeId primaryOf(const Card& card)
{
    return card.nodes.isEmpty() ? cluster::NodeId() : card.nodes.first().id;
}

/// How much a card asks for attention, by itself.
int weightOf(const Card& card, const cluster::Topology& topology)
{
    const NodeBox* primary = card.nodes.isEmpty() ? nullptr : &card.nodes.first();
    const bool ownsSlots
        = card.shard >= 0 && topology.shards().at(card.shard).slotCount > 0 && primary;
    if (ownsSlots && primary->alarm == Alarm::Bad)
        return 60;
    if (card.alarm == Alarm::Bad)
        return card.kind == Card::Kind::LooseNode ? 30 : 50;
    if (card.alarm == Alarm::Notice)
        return 20;
    return card.note.isEmpty() ? 0 : 10;
}

class Sorter
{
public:
    Sorter(const capture::Capture& capture, const Witnesses& witnesses)
        : m_capture(capture)
        , m_witnesses(witnesses)
    { }

    void sortInto(Incident* incident)
    {
        CardFacts facts;
        facts.silent = m_witnesses.silent();
        const cluster::Topology& topology = m_capture.topology;
        QList<Card> now = cardsOf(topology, {}, facts);
        const bool hasBefore = !m_capture.before.isEmpty();
        QHash<QString, Card> before;
        if (hasBefore && topology.data().kind == cluster::Kind::Cluster)
            before = cardsBefore();

        for (Card& card : now) {
            const QString key = keyOf(card);
            const auto former = before.constFind(key);
            const bool isKnown = former != before.constEnd();
            const bool hasChanged = hasBefore && !before.isEmpty()
                && (isKnown ? !isSame(*former, card) : card.kind == Card::Kind::Shard);
            int weight = weightOf(card, topology);
            if (findingAbout(card))
                weight = std::max(weight, 15);
            if (hasChanged)
                weight
                    = std::max(weight, isKnown && primaryOf(*former) != primaryOf(card) ? 40 : 30);
            if (weight == 0) {
                before.remove(key);
                incident->rest.append(card);
                continue;
            }
            Incident::Affected affected;
            affected.title = card.title;
            affected.weight = weight;
            affected.nowText = nowText();
            tellBefore(&affected, isKnown ? &*former : nullptr, hasChanged, card);
            tellLag(&card);
            affected.now = card;
            incident->affected.append(affected);
            before.remove(key);
        }
        addVanished(before, incident);
        std::stable_sort(incident->affected.begin(), incident->affected.end(),
            [](const Incident::Affected& a, const Incident::Affected& b) {
                return a.weight > b.weight;
            });
        // Asking every view about every node is only worth it for what is shown large.
        const qsizetype told = std::min<qsizetype>(Incident::mostLarge, incident->affected.size());
        for (qsizetype i = 0; i < told; ++i) {
            Incident::Affected& affected = incident->affected[i];
            affected.saidBy = affected.now ? saidBy(*affected.now, affected.before.has_value())
                                           : lastEventOf(*affected.before);
        }
    }

private:
    // Labels follow a shard through failover and reshard.
    static QString keyOf(const Card& card)
    {
        if (card.kind == Card::Kind::Shard)
            return card.title;
        const NodeBox* node = card.nodes.isEmpty() ? nullptr : &card.nodes.first();
        return u"node "_s
            + (node ? (node->id.isNull() ? node->address.toString() : node->id.toString())
                    : QString());
    }

    QHash<QString, Card> cardsBefore() const
    {
        QHash<QString, Card> cards;
        const QDateTime at = beforeTime();
        CardFacts facts;
        facts.silent = cluster::silentNodes(m_capture.before);
        for (Card& card : cardsOf(m_capture.before, {}, facts)) {
            for (NodeBox& node : card.nodes) {
                if (node.role == cluster::Role::Replica && node.alarm == Alarm::None)
                    addStatus(&node, m_witnesses.lagAt(node.id, at));
            }
            cards.insert(keyOf(card), card);
        }
        return cards;
    }

    static void addStatus(NodeBox* node, const QString& text)
    {
        if (!text.isEmpty())
            node->status += u": "_s + text;
    }

    void tellLag(Card* card) const
    {
        for (NodeBox& box : card->nodes) {
            const cluster::Node* node = m_capture.topology.nodeById(box.id);
            if (node && box.alarm == Alarm::None && !box.isUncertain)
                addStatus(&box, m_witnesses.lagOf(*node));
        }
    }

    QDateTime beforeTime() const
    {
        const QDateTime at = m_capture.before.data().capturedAt;
        return at.isValid() ? at : m_capture.recordingBegan;
    }
    QString beforeClock() const { return clockText(beforeTime(), m_capture.savedAt); }
    QString nowText() const
    {
        const QDateTime& at = m_capture.topology.data().capturedAt;
        return IncidentTexts::tr("now, %1").arg(
            clockText(at.isValid() ? at : m_capture.savedAt, m_capture.savedAt));
    }

    void tellBefore(
        Incident::Affected* affected, const Card* former, bool hasChanged, const Card& card) const
    {
        if (m_capture.before.isEmpty()) {
            affected->beforeText = IncidentTexts::tr("before: unknown");
        } else if (!former) {
            affected->beforeText = whatItWas(card);
        } else if (!hasChanged) {
            affected->beforeText = IncidentTexts::tr("the same since %1").arg(beforeClock());
        } else {
            affected->before = *former;
            affected->beforeText = IncidentTexts::tr("before, %1").arg(beforeClock());
        }
    }

    /// Of a card that there was not: mostly an old primary, whose shard is somebody else's now.
    QString whatItWas(const Card& card) const
    {
        const cluster::NodeId id
            = card.kind == Card::Kind::Shard ? cluster::NodeId() : primaryOf(card);
        const cluster::Node* node = id.isNull() ? nullptr : m_capture.before.nodeById(id);
        if (!node)
            return IncidentTexts::tr("not there at %1").arg(beforeClock());
        const int shard = m_capture.before.shardIndexOf(id);
        if (shard < 0)
            return IncidentTexts::tr("in a shard at %1").arg(beforeClock());
        const QString label = visibleText(m_capture.before.shards().at(shard).label);
        return node->role == cluster::Role::Primary
            ? IncidentTexts::tr("primary of %1 at %2").arg(label, beforeClock())
            : IncidentTexts::tr("replica of %1 at %2").arg(label, beforeClock());
    }

    /// `hasBefore`: it stands below two cards, and is of the second.
    QStringList saidBy(const Card& card, bool hasBefore) const
    {
        QStringList lines;
        for (const NodeBox& box : card.nodes) {
            const cluster::Node* node = m_capture.topology.nodeById(box.id);
            const QString said = node ? m_witnesses.about(*node) : QString();
            if (!said.isEmpty())
                lines.append(IncidentTexts::tr("%1 %2").arg(box.text, said));
        }
        if (lines.isEmpty() && card.oddities.contains(Oddity::Disputed))
            lines = claimsAbout(card);
        const health::Finding* finding = findingAbout(card);
        if (lines.isEmpty() && finding)
            lines = { visibleText(finding->title) };
        if (lines.isEmpty())
            return lastEventOf(card);
        if (hasBefore)
            lines.first() = IncidentTexts::tr("now: %1").arg(lines.first());
        return lines;
    }

    /// What is wrong with it that its nodes' health does not tell.
    const health::Finding* findingAbout(const Card& card) const
    {
        using Code = health::FindingCode;
        for (const health::Finding& finding : m_capture.findings) {
            const bool isOfShards = finding.code == Code::PrimaryWithoutReplica
                || finding.code == Code::ReplicationBroken || finding.code == Code::ReplicationLag
                || finding.code == Code::NodeLoading;
            if (!isOfShards || finding.severity < health::Severity::Warning)
                continue;
            for (const NodeBox& box : card.nodes) {
                if (!box.id.isNull() && finding.nodes.contains(box.id))
                    return &finding;
            }
        }
        return nullptr;
    }

    QStringList claimsAbout(const Card& card) const
    {
        QStringList lines;
        for (const cluster::Claim& claim : m_capture.topology.data().claims) {
            const auto isHere = [&](const cluster::SlotRange& range) {
                const cluster::Shard* shard = m_capture.topology.shardOf(range.first);
                return shard && visibleText(shard->label) == card.title;
            };
            if (!std::any_of(claim.ranges.begin(), claim.ranges.end(), isHere))
                continue;
            const cluster::Node* owner = m_capture.topology.nodeById(claim.owner);
            QStringList names;
            for (const cluster::NodeId& id : claim.saidBy.mid(0, 4)) {
                const cluster::Node* witness = m_capture.topology.nodeById(id);
                names.append(
                    visibleText(witness ? m_capture.topology.labelOf(*witness) : id.shortText()));
            }
            if (claim.saidBy.size() > names.size())
                names.append(u"+%1"_s.arg(claim.saidBy.size() - names.size()));
            lines.append(owner
                    ? IncidentTexts::tr("%1: it is %2's")
                          .arg(names.join(u", "_s), visibleText(m_capture.topology.labelOf(*owner)))
                    : IncidentTexts::tr("%1: it is nobody's").arg(names.join(u", "_s)));
        }
        return lines;
    }

    /// What happened to it last, for what is well again.
    QStringList lastEventOf(const Card& card) const
    {
        for (auto event = m_capture.events.crbegin(); event != m_capture.events.crend(); ++event) {
            using Kind = cluster::TopologyChange::Kind;
            const Kind kind = event->change.kind;
            if (visibleText(event->change.shard) != card.title || kind == Kind::EpochRaised
                || kind == Kind::PrimaryChanged || kind == Kind::RoleChanged)
                continue;
            const cluster::Node* witness = m_capture.topology.nodeById(event->saidBy);
            const QString name = cluster::isOwnFinding(kind)
                ? IncidentTexts::tr("this computer")
                : visibleText(
                    witness ? m_capture.topology.labelOf(*witness) : event->saidBy.shortText());
            const QString said = visibleText(cluster::sentenceOf(event->change));
            const QString at = clockText(event->at, m_capture.savedAt);
            return { name.isEmpty() ? IncidentTexts::tr("%1: %2").arg(at, said)
                                    : IncidentTexts::tr("%1, %2 says: %3").arg(at, name, said) };
        }
        return {};
    }

    void addVanished(const QHash<QString, Card>& before, Incident* incident) const
    {
        QList<Card> gone;
        for (const Card& card : before) {
            if (card.kind == Card::Kind::Shard)
                gone.append(card);
        }
        std::sort(gone.begin(), gone.end(),
            [](const Card& a, const Card& b) { return a.title < b.title; });
        for (const Card& card : gone) {
            Incident::Affected affected;
            affected.title = card.title;
            affected.before = card;
            affected.beforeText = IncidentTexts::tr("before, %1").arg(beforeClock());
            affected.nowText = IncidentTexts::tr("no longer there");
            affected.weight = 30;
            incident->affected.append(affected);
        }
    }

    const capture::Capture& m_capture;
    const Witnesses& m_witnesses;
};

QStringList footerOf(const capture::Capture& capture, const Witnesses& witnesses)
{
    const cluster::TopologyData& data = capture.topology.data();
    QStringList first { utcText(capture.savedAt) };
    if (capture.utcOffsetSeconds != 0 && capture.savedAt.isValid()) {
        const int minutes = std::abs(capture.utcOffsetSeconds) / 60;
        const QChar sign = capture.utcOffsetSeconds < 0 ? u'-' : u'+';
        first.first() += IncidentTexts::tr(" (%1 where it was taken, UTC%2%3:%4)")
                             .arg(capture.savedAt.toUTC()
                                      .addSecs(capture.utcOffsetSeconds)
                                      .toString(u"HH:mm:ss"_s),
                                 QString(sign))
                             .arg(minutes / 60, 2, 10, QChar(u'0'))
                             .arg(minutes % 60, 2, 10, QChar(u'0'));
    }
    if (const health::Answered count = health::answeredOf(capture.topology); count.all > 0)
        first << IncidentTexts::tr("%1 of %2 answered").arg(count.answered).arg(count.all);
    const auto late = std::count_if(capture.nodes.begin(), capture.nodes.end(),
        [](const capture::NodeAnswers& node) { return node.isLate; });
    if (late > 0)
        first << IncidentTexts::tr("%1 late, not in the map").arg(late);
    first << witnesses.viewsText() << shortened(visibleText(productText(data)));
    QStringList second { shortened(visibleText(wayInText(data)), 110), securityText(data),
        IncidentTexts::tr("Slotscope %1").arg(shortened(visibleText(capture.toolVersion))),
        redactionText(capture.redaction) };
    first.removeAll(QString());
    second.removeAll(QString());
    return { first.join(dot()), second.join(dot()) };
}

} // namespace

QString utcText(const QDateTime& at)
{
    return at.isValid() ? at.toUTC().toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s)
                        : IncidentTexts::tr("time unknown");
}

QString redactionText(const QString& redaction)
{
    if (redaction.isEmpty() || redaction == u"none")
        return IncidentTexts::tr("secrets removed, nothing else redacted");
    if (redaction == u"short")
        return IncidentTexts::tr("redacted: names and addresses shortened");
    if (redaction == u"pseudonym")
        return IncidentTexts::tr("redacted: names and addresses are pseudonyms");
    return IncidentTexts::tr("redacted: %1").arg(visibleText(redaction));
}

QString clusterNameOf(const capture::Capture& capture)
{
    const cluster::TopologyData& data = capture.topology.data();
    QString name = visibleText(capture.name);
    if (name.isEmpty())
        name = visibleText(data.seedTyped.isEmpty() && data.seed.isDialable() ? data.seed.toString()
                                                                              : data.seedTyped);
    if (name.isEmpty())
        name = cluster::kindName(data.kind);
    if (!capture.environment.isEmpty())
        name = IncidentTexts::tr("%1 (%2)").arg(
            shortened(name), shortened(visibleText(capture.environment)));
    return shortened(name);
}

QString captionOf(const capture::Capture& capture, bool hasTime)
{
    const cluster::TopologyData& data = capture.topology.data();
    QStringList parts { clusterNameOf(capture), hasTime ? utcText(capture.savedAt) : QString(),
        Witnesses(capture).viewsText() };
    parts.removeAll(QString());
    if (data.viewsAsked > 0) {
        const QString answered = health::answeredText(capture.topology);
        parts << (health::answeredOf(capture.topology).isPartial()
                ? IncidentTexts::tr("PARTIAL: %1").arg(answered)
                : IncidentTexts::tr("complete: %1").arg(answered));
    }
    return parts.join(dot());
}

bool Incident::isTroubled() const
{
    return headline.severity >= health::Severity::Warning
        || std::any_of(rows.begin(), rows.end(),
            [](const TimelineRow& row) { return row.alarm == Alarm::Bad; });
}

Incident Incident::of(const capture::Capture& capture)
{
    Incident incident;
    const cluster::TopologyData& data = capture.topology.data();
    const QDateTime& at = data.capturedAt.isValid() ? data.capturedAt : capture.savedAt;
    incident.headline = health::headlineOf(capture.topology, capture.findings, capture.savedAt,
        at.isValid() ? IncidentTexts::tr("at %1").arg(utcText(at))
                     : IncidentTexts::tr("time unknown"));
    incident.headline.verdict = visibleText(incident.headline.verdict);
    incident.evidence = visibleText(incident.headline.evidence);
    if (!capture.name.isEmpty())
        incident.name = clusterNameOf(capture);
    if (const health::Answered count = health::answeredOf(capture.topology); count.isPartial())
        incident.badge = IncidentTexts::tr("PARTIAL %1/%2").arg(count.answered).arg(count.all);

    const Witnesses witnesses(capture);
    incident.silent = witnesses.silent();
    Sorter(capture, witnesses).sortInto(&incident);
    const QDateTime since
        = capture.savedAt.isValid() ? capture.savedAt.addSecs(-60 * pictureMinutes) : QDateTime();
    incident.rows = timelineOf(capture, since);
    incident.recording = recordingText(capture);
    if (incident.rows.isEmpty() && !capture.events.isEmpty())
        incident.lastEvent
            = IncidentTexts::tr("nothing in the last %1 minutes; the last change at %2")
                  .arg(pictureMinutes)
                  .arg(clockText(capture.events.last().at, capture.savedAt));
    else if (incident.rows.isEmpty() && capture.recordingBegan.isValid())
        incident.lastEvent = IncidentTexts::tr("nothing has changed since");
    for (const capture::Mark& mark : capture.marks)
        incident.marks.append(visibleText(mark.text));
    incident.footer = footerOf(capture, witnesses);
    return incident;
}

} // namespace slotscope::ui
