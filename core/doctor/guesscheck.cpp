// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/guesscheck.h"

#include "core/explain/namechecks.h"
#include "core/support/bytes.h"

#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::doctor {

namespace {

using About = GuessFinding::About;
using Outcome = GuessFinding::Outcome;
using cluster::Kind;
using cluster::Node;
using cluster::Role;
using cluster::Topology;
using profile::EndpointGuess;
using profile::EndpointKind;
using profile::Provider;

QString serviceOf(const EndpointGuess& guess)
{
    return guess.provider == Provider::MemoryDb ? u"MemoryDB"_s : u"ElastiCache"_s;
}

/// What answered; null where that is not known.
const Node* answering(const Topology& topology)
{
    for (const Node& node : topology.nodes()) {
        if (node.myself)
            return &node;
    }
    return topology.data().kind == Kind::Standalone && !topology.nodes().isEmpty()
        ? &topology.nodes().first()
        : nullptr;
}

/// "a cluster: cluster_enabled:1, 3 shards"
QString whatItIs(const Topology& topology)
{
    switch (topology.data().kind) {
    case Kind::Standalone:
        return explain::isSingleServer();
    case Kind::Sentinel:
        return explain::isSentinel();
    case Kind::Cluster:
        break;
    }
    return explain::isCluster(
        topology.slotsKnown() ? static_cast<int>(topology.shards().size()) : -1);
}

bool isWholeCluster(const EndpointGuess& guess)
{
    return guess.kind == EndpointKind::Configuration || guess.kind == EndpointKind::Serverless
        || (guess.kind == EndpointKind::Node
            && (!guess.shard.isEmpty() || guess.provider == Provider::MemoryDb));
}

/// What the name looks like, in words: "a cluster's configuration endpoint".
QString likeness(const EndpointGuess& guess)
{
    switch (guess.kind) {
    case EndpointKind::Configuration:
        return explain::likeConfiguration();
    case EndpointKind::Serverless:
        return explain::likeServerless();
    case EndpointKind::Primary:
        return explain::likePrimary();
    case EndpointKind::Reader:
        return explain::likeReader();
    case EndpointKind::Node:
        return isWholeCluster(guess) ? explain::likeNodeOfCluster() : explain::likeSingleNode();
    case EndpointKind::Unknown:
    case EndpointKind::Memcached:
        break;
    }
    return {};
}

/// A cluster of one shard is what "cluster mode compatible" is.
bool mayBeOneShard(const Topology& topology)
{
    return topology.data().kind == Kind::Cluster && topology.shards().size() <= 1;
}

GuessFinding checkKind(const EndpointGuess& guess, const Topology& topology)
{
    const Node* node = answering(topology);
    const Role role = node ? node->role : Role::Unknown;
    const Kind kind = topology.data().kind;
    QString is = whatItIs(topology);
    bool fits = false;
    if (isWholeCluster(guess)) {
        fits = kind == Kind::Cluster;
    } else if (guess.kind == EndpointKind::Node) {
        fits = kind == Kind::Standalone || mayBeOneShard(topology);
    } else {
        const Role wanted = guess.kind == EndpointKind::Reader ? Role::Replica : Role::Primary;
        fits = (kind == Kind::Standalone || mayBeOneShard(topology))
            && (role == wanted || role == Role::Unknown);
        if (role != Role::Unknown)
            is = explain::withRole(is, role == Role::Primary);
    }
    return { About::Kind, fits ? Outcome::Confirmed : Outcome::Otherwise,
        fits ? explain::nameConfirmed(likeness(guess), is)
             : explain::nameIsWrong(likeness(guess), is) };
}

GuessFinding checkTls(bool guessed, bool tls)
{
    if (guessed == tls)
        return { About::Tls, Outcome::Confirmed, explain::tlsAsNamed(tls) };
    return { About::Tls, Outcome::Otherwise, explain::tlsNotAsNamed(tls) };
}

GuessFinding checkService(const EndpointGuess& guess, const QString& os)
{
    const QString service = serviceOf(guess);
    if (os.contains(service, Qt::CaseInsensitive))
        return { About::Service, Outcome::Confirmed, explain::serviceSaysSo(service, os) };
    return { About::Service, Outcome::NotTold, explain::serviceDoesNotSay(service, os) };
}

/// The name that a node announces; empty: none. Where it announces nothing the topology has what
/// was typed in its place, which proves nothing about itself.
QString announcedHost(const Node& node, const Topology& topology)
{
    const QString host = node.hostname.isEmpty() ? node.address.host : node.hostname;
    const bool isTyped
        = node.hostname.isEmpty() && node.ip != host && host == topology.data().seed.host;
    return isTyped ? QString() : host;
}

/// By the names that the nodes announce, where they do.
GuessFinding checkPlace(const EndpointGuess& guess, const Topology& topology)
{
    int alike = 0;
    QString other;
    for (const Node& node : topology.nodes()) {
        const QString host = announcedHost(node, topology);
        const EndpointGuess told = profile::guessEndpoint({ host, node.port });
        if (told.provider == Provider::None || told.isRefused())
            continue;
        if (told.provider == guess.provider && told.id == guess.id && told.region == guess.region)
            ++alike;
        else if (other.isEmpty())
            other = host;
    }
    if (!other.isEmpty()) {
        return { About::Place, Outcome::Otherwise,
            explain::placeIsOther(guess.id, guess.region, support::toVisibleText(other.toUtf8())) };
    }
    return alike > 0 ? GuessFinding { About::Place, Outcome::Confirmed,
        explain::placeConfirmed(guess.id, guess.region, alike) }
                     : GuessFinding { About::Place, Outcome::NotTold,
                           explain::placeNotTold(guess.id, guess.region) };
}

/// Only where the node that answers announces a name.
std::optional<GuessFinding> checkNode(const EndpointGuess& guess, const Topology& topology)
{
    const Node* node = answering(topology);
    if (guess.kind != EndpointKind::Node || !node || node->id.isNull())
        return std::nullopt;
    const QString host = announcedHost(*node, topology);
    if (profile::guessEndpoint({ host, node->port }).provider == Provider::None)
        return std::nullopt;
    const bool isSame = host.compare(topology.data().seed.host, Qt::CaseInsensitive) == 0;
    return GuessFinding { About::Node, isSame ? Outcome::Confirmed : Outcome::Otherwise,
        isSame ? explain::nodeAnnouncesName()
               : explain::nodeAnnouncesOther(support::toVisibleText(host.toUtf8())) };
}

QString aboutName(About about)
{
    switch (about) {
    case About::Kind:
        return u"kind"_s;
    case About::Tls:
        return u"tls"_s;
    case About::Service:
        return u"service"_s;
    case About::Place:
        return u"place"_s;
    case About::Node:
        return u"node"_s;
    }
    return {};
}

QString outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Confirmed:
        return u"confirmed"_s;
    case Outcome::Otherwise:
        return u"otherwise"_s;
    case Outcome::NotTold:
        return u"not_told"_s;
    }
    return {};
}

} // namespace

GuessCheck checkGuess(const EndpointGuess& guess, const Topology& topology, bool tls)
{
    if (guess.provider == Provider::None || guess.isRefused()
        || !topology.data().capturedAt.isValid())
        return {};
    GuessCheck check { checkKind(guess, topology) };
    if (guess.tls)
        check.append(checkTls(*guess.tls, tls));
    check.append(checkService(guess, topology.data().os));
    if (!guess.id.isEmpty())
        check.append(checkPlace(guess, topology));
    if (const auto node = checkNode(guess, topology))
        check.append(*node);
    return check;
}

Outcome outcomeOf(const GuessCheck& check)
{
    const auto isOtherwise
        = [](const GuessFinding& finding) { return finding.outcome == Outcome::Otherwise; };
    if (std::any_of(check.begin(), check.end(), isOtherwise))
        return Outcome::Otherwise;
    return check.isEmpty() ? Outcome::NotTold : check.first().outcome;
}

QString headlineOf(const GuessCheck& check)
{
    for (const GuessFinding& finding : check) {
        if (finding.outcome == Outcome::Otherwise)
            return finding.sentence;
    }
    return check.isEmpty() ? QString() : check.first().sentence;
}

QString markedSentence(const GuessFinding& finding)
{
    switch (finding.outcome) {
    case Outcome::Confirmed:
        return u"✓  "_s + finding.sentence;
    case Outcome::Otherwise:
        return u"✗  "_s + finding.sentence;
    case Outcome::NotTold:
        break;
    }
    return u"–  "_s + finding.sentence;
}

QStringList sentencesOf(const GuessCheck& check)
{
    QStringList sentences;
    for (const GuessFinding& finding : check)
        sentences.append(finding.sentence);
    return sentences;
}

QJsonArray toJson(const GuessCheck& check)
{
    QJsonArray array;
    for (const GuessFinding& finding : check) {
        array.append(QJsonObject { { u"about"_s, aboutName(finding.about) },
            { u"outcome"_s, outcomeName(finding.outcome) }, { u"sentence"_s, finding.sentence } });
    }
    return array;
}

QJsonObject toJson(const EndpointGuess& guess, const GuessCheck& check)
{
    QJsonObject object = profile::toJson(guess);
    object.insert(u"verified"_s, check.isEmpty() ? QJsonValue() : QJsonValue(toJson(check)));
    return object;
}

} // namespace slotscope::doctor
