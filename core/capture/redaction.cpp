// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/redaction.h"

#include "core/capture/redactanswer.h"

#include <algorithm>

namespace slotscope::capture {

using namespace Qt::StringLiterals;

namespace {

struct NamedField
{
    QLatin1StringView name;
    Showing RedactionOptions::*showing;
};

constexpr std::array<NamedField, 6> fields { {
    { "hosts"_L1, &RedactionOptions::hosts },
    { "addresses"_L1, &RedactionOptions::addresses },
    { "ids"_L1, &RedactionOptions::nodeIds },
    { "keys"_L1, &RedactionOptions::keys },
    { "values"_L1, &RedactionOptions::values },
    { "users"_L1, &RedactionOptions::users },
} };

constexpr std::array<QLatin1StringView, 3> showingNames { "none"_L1, "short"_L1, "pseudonym"_L1 };

QLatin1StringView nameOf(Showing showing)
{
    return showingNames.at(std::size_t(showing));
}

std::optional<Showing> showingFromName(QStringView name)
{
    const auto found = std::find(showingNames.begin(), showingNames.end(), name);
    return found == showingNames.end() ? std::nullopt
                                       : std::optional(Showing(found - showingNames.begin()));
}

/// What of `wanted` is left to do where `done` was done.
RedactionOptions remaining(const RedactionOptions& wanted, const RedactionOptions& done)
{
    RedactionOptions result;
    for (const NamedField& field : fields) {
        const Showing showing = wanted.*field.showing;
        result.*field.showing = showing > done.*field.showing ? showing : Showing::Shown;
    }
    return result;
}

/// What of `done` is not done again by remaining().
RedactionOptions settled(const RedactionOptions& wanted, const RedactionOptions& done)
{
    RedactionOptions result;
    for (const NamedField& field : fields) {
        if (wanted.*field.showing <= done.*field.showing)
            result.*field.showing = done.*field.showing;
    }
    return result;
}

/// For a capture that has pseudonyms already: those stay what they are, and no other name gets one
/// of them.
void reserve(Pseudonyms* pseudonyms)
{
    constexpr int most = 2000;
    constexpr std::array<std::pair<NameKind, const char*>, 4> kinds { { { NameKind::Host, "host-" },
        { NameKind::Address, "ip-" }, { NameKind::Id, "id-" }, { NameKind::User, "user-" } } };
    for (const auto& [kind, word] : kinds) {
        for (int number = 1; number <= most; ++number)
            pseudonyms->of(kind, word + QByteArray::number(number));
    }
}

/// A time as files have it. Whatever else stands in its place is dropped.
QString timeOnly(const QString& text)
{
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
    return time.isValid() ? time.toString(Qt::ISODateWithMs) : QString();
}

/// Walks through everything that a capture holds.
class CaptureRedactor
{
public:
    /// `later`: for what the user wrote after the capture was redacted.
    CaptureRedactor(NameRedactor* names, NameRedactor* later)
        : m_names(names)
        , m_later(later)
    { }

    Capture run(Capture capture)
    {
        m_topologies.clear();
        capture.name = m_names->title(capture.name);
        capture.topology = topology(capture.topology);
        capture.before = topology(capture.before);
        for (QString& address : capture.dnsAnswers)
            address = m_names->address(address);
        for (ResolvedName& name : capture.names) {
            name.name = m_names->host(name.name);
            for (QString& address : name.addresses)
                address = m_names->address(address);
            name.why = m_names->text(name.why);
        }
        for (NodeAnswers& node : capture.nodes)
            node = answers(node);
        runOverEvents(&capture);
        redact(&capture.seen);
        capture.missing = m_names->texts(capture.missing);
        for (health::Finding& finding : capture.findings)
            finding = redactedFinding(finding);
        for (Mark& mark : capture.marks)
            mark.text = usersOwn(mark.text);
        return capture;
    }

    QList<NodeAnswers> run(QList<NodeAnswers> list)
    {
        for (NodeAnswers& node : list)
            node = answers(node);
        return list;
    }

    Stretch run(Stretch stretch)
    {
        m_topologies.clear();
        for (TimedTopology& timed : stretch.topologies)
            timed.topology = topology(timed.topology);
        for (Found& found : stretch.found) {
            for (NodeAnswers& node : found.silent)
                node = answers(node);
            for (health::Finding& finding : found.findings)
                finding = redactedFinding(finding);
            found.warnings = m_names->texts(found.warnings);
        }
        runOverEvents(&stretch);
        for (TimedSeen& seen : stretch.seen)
            redact(&seen.errors);
        return stretch;
    }

private:
    QString usersOwn(const QString& text)
    {
        return m_later->text(m_names->text(text, TextKind::UsersOwn), TextKind::UsersOwn);
    }

    /// What captures and stretches have.
    template <typename Whole>
    void runOverEvents(Whole* whole)
    {
        for (cluster::TopologyEvent& event : whole->events)
            event = redactedEvent(event);
        for (command::Trace& trace : whole->traces) {
            const cluster::Topology map = topology(trace.map);
            trace = redactedTrace(trace, m_names);
            trace.map = map;
        }
        for (NodeSample& sample : whole->samples)
            sample.node = m_names->id(sample.node);
        for (Note& note : whole->notes)
            note.text = usersOwn(note.text);
    }

    void redact(QList<SeenErrors>* errors)
    {
        for (SeenErrors& seen : *errors) {
            seen.node = m_names->id(seen.node);
            seen.address = m_names->endpoint(seen.address);
        }
    }

    /// Most traces share few maps.
    cluster::Topology topology(const cluster::Topology& topology)
    {
        const cluster::TopologyData* identity = &topology.data();
        if (const auto known = m_topologies.constFind(identity); known != m_topologies.constEnd())
            return *known;
        const cluster::Topology result = redactedTopology(topology);
        m_topologies.insert(identity, result);
        return result;
    }

    cluster::Topology redactedTopology(const cluster::Topology& topology)
    {
        if (m_names->options() == RedactionOptions::none())
            return topology;
        cluster::TopologyData data = topology.data();
        // In the order in which people meet them, so that the first shard's primary is node-1.
        for (QList<cluster::Shard>* shards : { &data.shards, &data.formerShards }) {
            for (cluster::Shard& shard : *shards) {
                shard.primaryId = m_names->id(shard.primaryId);
                shard.replicaIds = m_names->ids(shard.replicaIds);
            }
        }
        for (cluster::Node& node : data.nodes)
            redact(&node);
        data.seedTyped = m_names->typed(data.seedTyped);
        data.seed = m_names->endpoint(data.seed);
        data.seedVia = m_names->typed(data.seedVia);
        data.seedDialled = m_names->address(data.seedDialled);
        data.answeredBy = m_names->id(data.answeredBy);
        data.views = m_names->ids(data.views);
        for (cluster::Migration& migration : data.migrations) {
            migration.from = m_names->id(migration.from);
            migration.to = m_names->id(migration.to);
        }
        for (cluster::Dispute& dispute : data.disputes)
            dispute.claimants = m_names->ids(dispute.claimants);
        for (cluster::Claim& claim : data.claims) {
            claim.owner = m_names->id(claim.owner);
            claim.saidBy = m_names->ids(claim.saidBy);
        }
        for (cluster::SentinelMaster& master : data.masters) {
            master.name = m_names->title(master.name);
            master.address = m_names->endpoint(master.address);
        }
        data.warnings = m_names->texts(data.warnings);
        return cluster::Topology::build(std::move(data));
    }

    void redact(cluster::Node* node)
    {
        node->id = m_names->id(node->id);
        node->address = m_names->endpoint(node->address);
        node->ip = m_names->host(node->ip);
        node->hostname = m_names->host(node->hostname);
        node->primaryId = m_names->id(node->primaryId);
        node->flags = m_names->texts(node->flags);
        for (QList<cluster::OpenSlot>* slots : { &node->migrating, &node->importing }) {
            for (cluster::OpenSlot& slot : *slots)
                slot.peer = m_names->id(slot.peer);
        }
    }

    NodeAnswers answers(NodeAnswers node)
    {
        node.id = m_names->id(node.id);
        node.address = m_names->endpoint(node.address);
        node.dialled = m_names->address(node.dialled);
        if (node.error)
            node.error = m_names->error(*node.error);
        for (cluster::ReplicaSeen& replica : node.replication.replicas)
            replica.address = m_names->endpoint(replica.address);
        for (RawReply& reply : node.replies) {
            reply.text = redactedAnswer(reply.command, reply.text, m_names);
            if (reply.error)
                reply.error = m_names->error(*reply.error);
        }
        return node;
    }

    cluster::TopologyEvent redactedEvent(cluster::TopologyEvent event)
    {
        cluster::TopologyChange& change = event.change;
        change.node = m_names->id(change.node);
        change.from = m_names->id(change.from);
        change.to = m_names->id(change.to);
        event.saidBy = m_names->id(event.saidBy);
        if (change.kind == cluster::TopologyChange::Kind::Unwatched
            || change.kind == cluster::TopologyChange::Kind::ClockSetBack) {
            change.before = timeOnly(change.before);
            change.after = timeOnly(change.after);
            return event;
        }
        change.name = m_names->label(change.name);
        if (change.kind == cluster::TopologyChange::Kind::Unreached) {
            change.after = m_names->text(change.after);
            return event;
        }
        change.before = m_names->label(change.before);
        change.after = m_names->label(change.after);
        return event;
    }

    health::Finding redactedFinding(health::Finding finding)
    {
        finding.title = m_names->text(finding.title);
        finding.detail = m_names->text(finding.detail);
        finding.nodes = m_names->ids(finding.nodes);
        for (health::Claim& claim : finding.claims) {
            claim.owner = m_names->id(claim.owner);
            claim.saidBy = m_names->ids(claim.saidBy);
        }
        return finding;
    }

    NameRedactor* m_names;
    NameRedactor* m_later;
    QHash<const cluster::TopologyData*, cluster::Topology> m_topologies;
};

} // namespace

RedactionOptions RedactionOptions::all(Showing showing)
{
    RedactionOptions options;
    for (const NamedField& field : fields)
        options.*field.showing = showing;
    return options;
}

bool RedactionOptions::needPseudonyms() const
{
    const auto all = { hosts, addresses, nodeIds, keys, values, users };
    return std::find(all.begin(), all.end(), Showing::Pseudonym) != all.end();
}

support::Result<support::Done> withPseudonyms(const RedactionOptions& options, const QString& file,
    Pseudonyms* own, const std::function<void(Pseudonyms*)>& use)
{
    bool isDone = false;
    support::Result<support::Done> kept = support::Done {};
    if (options.needPseudonyms() && !file.isEmpty()) {
        kept = Pseudonyms::withKept(file, [&](Pseudonyms* known) {
            use(known);
            isDone = true;
        });
    }
    if (!isDone)
        use(own);
    return kept;
}

QString RedactionOptions::toText() const
{
    for (const Showing showing : { Showing::Shown, Showing::Shortened, Showing::Pseudonym }) {
        if (*this == all(showing))
            return nameOf(showing);
    }
    QStringList parts;
    for (const NamedField& field : fields)
        parts.append(field.name % u' ' % nameOf(this->*field.showing));
    return parts.join(u", "_s);
}

RedactionOptions RedactionOptions::doneIn(const Capture& capture)
{
    return fromText(capture.redaction).value_or(none());
}

std::optional<RedactionOptions> RedactionOptions::fromText(QStringView text)
{
    if (const std::optional<Showing> showing = showingFromName(text))
        return all(*showing);
    const QList<QStringView> parts = text.split(u", "_s);
    if (parts.size() != qsizetype(fields.size()))
        return std::nullopt;
    RedactionOptions options;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const QList<QStringView> words = parts.at(qsizetype(i)).split(u' ');
        const std::optional<Showing> showing = showingFromName(words.value(1));
        if (words.size() != 2 || words.front() != fields.at(i).name || !showing)
            return std::nullopt;
        options.*fields.at(i).showing = *showing;
    }
    return options;
}

RedactionOptions strongest(const RedactionOptions& a, const RedactionOptions& b)
{
    RedactionOptions result;
    for (const NamedField& field : fields)
        result.*field.showing = std::max(a.*field.showing, b.*field.showing);
    return result;
}

class Redaction::Private
{
public:
    Private(const RedactionOptions& wanted, Pseudonyms* pseudonyms, const RedactionOptions& done)
        : names(remaining(wanted, done), pseudonyms == nullptr ? &own : pseudonyms)
        , later(settled(wanted, done), &ofLater)
        , walker(&names, &later)
        , total(strongest(wanted, done))
    {
        if (later.options().needPseudonyms())
            reserve(&ofLater);
    }

    bool isNothingToDo() const
    {
        const RedactionOptions none = RedactionOptions::none();
        return names.options() == none && later.options() == none;
    }
    void endCollecting()
    {
        names.endCollecting();
        later.endCollecting();
    }

    Pseudonyms own;
    Pseudonyms ofLater;
    NameRedactor names;
    NameRedactor later;
    CaptureRedactor walker;
    RedactionOptions total;
};

Redaction::Redaction(
    const RedactionOptions& options, Pseudonyms* pseudonyms, const RedactionOptions& done)
    : d(std::make_unique<Private>(options, pseudonyms, done))
{ }

Redaction::~Redaction() = default;

void Redaction::learn(const Capture& capture)
{
    if (d->names.isCollecting() && !d->isNothingToDo())
        d->walker.run(capture);
}

void Redaction::learn(const Stretch& stretch)
{
    if (d->names.isCollecting() && !d->isNothingToDo())
        d->walker.run(stretch);
}

Capture Redaction::redacted(const Capture& capture)
{
    d->endCollecting();
    Capture result = d->walker.run(capture);
    if (d->total != RedactionOptions::none())
        result.redaction = d->total.toText();
    return result;
}

Stretch Redaction::redacted(const Stretch& stretch)
{
    d->endCollecting();
    return d->walker.run(stretch);
}

QList<NodeAnswers> Redaction::redacted(const QList<NodeAnswers>& late)
{
    d->endCollecting();
    d->walker.run(late); // for the names in them
    return d->walker.run(late);
}

Capture redacted(const Capture& capture, const RedactionOptions& options, Pseudonyms* pseudonyms)
{
    Redaction redaction(options, pseudonyms, RedactionOptions::doneIn(capture));
    redaction.learn(capture);
    return redaction.redacted(capture);
}

void withPseudonyms(const RedactionOptions& options, const QString& file,
    const std::function<void(Pseudonyms*)>& use)
{
    Pseudonyms own;
    (void)withPseudonyms(options, file, &own, use);
}

Capture redactedWith(const QString& file, const Capture& capture, const RedactionOptions& options)
{
    Capture result;
    withPseudonyms(options, file,
        [&](Pseudonyms* pseudonyms) { result = redacted(capture, options, pseudonyms); });
    return result;
}

} // namespace slotscope::capture
