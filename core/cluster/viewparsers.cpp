// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/viewparsers.h"

#include "core/explain/answers.h"
#include "core/support/bytes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::cluster {
namespace {

using support::digitsToInt;
using support::Error;
using support::ErrorCode;
using support::Result;

/// Longer than any DNS name; what is cut here could not be dialled either.
constexpr qsizetype longestName = 512;
const QString nodesCommand = u"CLUSTER NODES"_s;
const QString slotsCommand = u"CLUSTER SLOTS"_s;
// A cluster has at most about a thousand nodes (cluster specification); what is far beyond it is
// not a cluster's view but an attempt to fill the memory of whoever reads it.
constexpr int maxNodes = 10'000;
constexpr int maxClaims = 4 * Slot::count; ///< a slot has one owner; two in a view are a mistake
constexpr qsizetype maxSlotsNames = 4 * Slot::count;
// What a NodesParser remembers at most, and what a line costs it beside its text.
constexpr qsizetype mostLineBytes = 8 * 1024 * 1024;
constexpr qsizetype lineCost = 512;

QString visible(QByteArrayView bytes)
{
    return support::toVisibleText(bytes, longestName);
}

std::optional<quint16> toPort(QByteArrayView text)
{
    const std::optional<int> port = digitsToInt(text);
    if (!port || *port > 65535)
        return std::nullopt;
    return static_cast<quint16>(*port);
}

std::optional<Slot> toSlot(QByteArrayView text)
{
    const std::optional<int> number = digitsToInt(text);
    return number ? Slot::fromNumber(*number) : std::nullopt;
}

/// Ids are compared and printed, so they must be printable; their length is the server's affair.
bool isId(QByteArrayView text)
{
    return !text.isEmpty() && text.size() <= longestName
        && std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

QList<QByteArrayView> split(QByteArrayView text, char separator)
{
    QList<QByteArrayView> parts;
    qsizetype start = 0;
    for (;;) {
        const qsizetype end = text.indexOf(separator, start);
        if (end < 0)
            break;
        parts.append(text.sliced(start, end - start));
        start = end + 1;
    }
    parts.append(text.sliced(start));
    return parts;
}

QList<QByteArrayView> fieldsOf(QByteArrayView line)
{
    QList<QByteArrayView> fields = split(line, ' ');
    fields.removeIf([](QByteArrayView field) { return field.isEmpty(); });
    return fields;
}

/// `id address flags primary ping pong epoch link slots...` without ping and pong, which differ
/// each time. False when there are not so many fields.
bool withoutTimes(QByteArrayView line, QByteArray* key)
{
    constexpr int fieldsBefore = 4;
    qsizetype ends[fieldsBefore + 2];
    qsizetype at = -1;
    for (qsizetype& end : ends) {
        end = line.indexOf(' ', at + 1);
        if (end <= at + 1) // none, or an empty field: which one is which is not so simple then
            return false;
        at = end;
    }
    *key = line.first(ends[fieldsBefore - 1]).toByteArray();
    key->append(line.sliced(ends[fieldsBefore + 1]));
    return true;
}

/// One line of CLUSTER NODES. Each parse function answers with what is wrong, empty when nothing
/// is.
class LineParser
{
public:
    QString parse(QByteArrayView line)
    {
        const QList<QByteArrayView> fields = fieldsOf(line);
        if (fields.size() > 8 + Slot::count)
            return explain::tooManyFields();
        if (fields.size() < 8)
            return explain::tooFewFields();
        if (!isId(fields.at(0)))
            return explain::nodeIdIsMissing();
        m_node.id = NodeId(fields.at(0).toByteArray());
        if (QString wrong = parseAddress(fields.at(1)); !wrong.isEmpty())
            return wrong;
        parseFlags(fields.at(2));
        if (m_node.role == Role::Replica && fields.at(3) != "-" && isId(fields.at(3)))
            m_node.primaryId = NodeId(fields.at(3).toByteArray());
        bool ok = false;
        const quint64 epoch = fields.at(6).toULongLong(&ok);
        if (ok)
            m_node.configEpoch = epoch;
        if (fields.at(7) == "connected")
            m_node.link = LinkState::Connected;
        else if (fields.at(7) == "disconnected")
            m_node.link = LinkState::Disconnected;
        for (qsizetype i = 8; i < fields.size(); ++i) {
            if (QString wrong = parseSlotToken(fields.at(i)); !wrong.isEmpty())
                return wrong;
        }
        m_node.ranges = normalized(m_node.ranges);
        if (m_node.health != Health::NoAddr && m_node.health != Health::Handshake
            && !m_node.flags.contains("noaddr"_L1)) {
            m_node.address = { m_node.ip, m_node.port };
        }
        return {};
    }

    const Node& node() const { return m_node; }

private:
    /// `ip:port[@cport[,hostname[,key=value]*]]`
    QString parseAddress(QByteArrayView text)
    {
        const QList<QByteArrayView> parts = split(text, ',');
        QByteArrayView address = parts.front();
        if (const qsizetype at = address.indexOf('@'); at >= 0) {
            m_node.busPort = toPort(address.sliced(at + 1));
            address = address.first(at);
        }
        const qsizetype colon = address.lastIndexOf(':');
        if (colon < 0)
            return explain::portIsMissing();
        const std::optional<quint16> port = toPort(address.sliced(colon + 1));
        if (!port)
            return explain::portIsBad();
        m_node.port = *port;
        QByteArrayView host = address.first(colon);
        if (host.startsWith('[') && host.endsWith(']'))
            host = host.sliced(1, host.size() - 2);
        m_node.ip = visible(host);
        for (qsizetype i = 1; i < parts.size(); ++i) {
            const QByteArrayView part = parts.at(i);
            const qsizetype equals = part.indexOf('=');
            if (i == 1 && equals < 0) {
                m_node.hostname = visible(part);
            } else if (equals > 0 && part.first(equals) == "tls-port") {
                // 0: it has no TLS port.
                if (const auto tls = toPort(part.sliced(equals + 1)); tls && *tls != 0)
                    m_node.tlsPort = tls;
            }
        }
        return {};
    }

    void parseFlags(QByteArrayView text)
    {
        for (const QByteArrayView flag : split(text, ','))
            m_node.flags.append(visible(flag));
        const auto has = [this](QLatin1StringView flag) { return m_node.flags.contains(flag); };
        m_node.myself = has("myself"_L1);
        if (has("master"_L1) || has("primary"_L1))
            m_node.role = Role::Primary;
        else if (has("slave"_L1) || has("replica"_L1))
            m_node.role = Role::Replica;
        if (has("fail"_L1))
            m_node.health = Health::Fail;
        else if (has("noaddr"_L1))
            m_node.health = Health::NoAddr;
        else if (has("handshake"_L1))
            m_node.health = Health::Handshake;
        else if (has("fail?"_L1))
            m_node.health = Health::PFail;
        else
            m_node.health = Health::Ok;
    }

    /// `n`, `a-b`, `[n->-id]` or `[n-<-id]`
    QString parseSlotToken(QByteArrayView token)
    {
        if (token.startsWith('['))
            return parseOpenSlot(token);
        const qsizetype dash = token.indexOf('-');
        const auto first = toSlot(dash < 0 ? token : token.first(dash));
        const auto last = dash < 0 ? first : toSlot(token.sliced(dash + 1));
        if (!first || !last || *last < *first)
            return explain::slotIsBad(visible(token));
        m_node.ranges.append({ *first, *last });
        return {};
    }

    QString parseOpenSlot(QByteArrayView token)
    {
        const qsizetype dash = token.indexOf('-');
        if (dash < 2 || !token.endsWith(']') || token.size() < dash + 5)
            return explain::openSlotIsBad(visible(token));
        const auto slot = toSlot(token.sliced(1, dash - 1));
        const QByteArrayView arrow = token.sliced(dash, 3);
        const QByteArrayView peer = token.sliced(dash + 3).chopped(1);
        if (!slot || !isId(peer) || (arrow != "->-" && arrow != "-<-"))
            return explain::openSlotIsBad(visible(token));
        (arrow == "->-" ? m_node.migrating : m_node.importing)
            .append({ *slot, NodeId(peer.toByteArray()) });
        return {};
    }

    Node m_node;
};

Error tooMany(const QString& sentence)
{
    return { support::ErrorCode::LimitExceeded, sentence, {} };
}

Error protocolError(const QString& detail)
{
    return { ErrorCode::ProtocolError, detail, {} };
}

std::optional<SlotsNode> parseSlotsNode(const resp::Reply& reply, QString* wrong)
{
    SlotsNode node;
    int position = 0;
    for (const resp::Reply field : reply) {
        switch (position++) {
        case 0:
            node.host = visible(field.text());
            break;
        case 1: {
            const qint64 port = field.toInteger(-1);
            if (port < 0 || port > 65535) {
                *wrong = explain::portIsBad();
                return std::nullopt;
            }
            node.port = static_cast<quint16>(port);
            break;
        }
        case 2:
            if (isId(field.text()))
                node.id = NodeId(field.toByteArray());
            break;
        case 3:
            if (field.isAggregate()) {
                QString key;
                bool isKey = true;
                for (const resp::Reply item : field) {
                    if (isKey)
                        key = visible(item.text());
                    else if (key == u"ip"_s || key == u"hostname"_s) // of any number, what is used
                        node.metadata.insert(key, visible(item.text()));
                    isKey = !isKey;
                }
            }
            break;
        default: // of a later version
            break;
        }
    }
    if (position < 2) {
        *wrong = explain::nodeWithoutPort();
        return std::nullopt;
    }
    return node;
}

std::optional<SlotsEntry> parseSlotsEntry(const resp::Reply& reply, QString* wrong)
{
    std::optional<Slot> first;
    std::optional<Slot> last;
    QList<SlotsNode> nodes;
    int position = 0;
    for (const resp::Reply field : reply) {
        switch (position++) {
        case 0:
            first = Slot::fromNumber(field.toInteger(-1));
            break;
        case 1:
            last = Slot::fromNumber(field.toInteger(-1));
            break;
        default:
            if (!field.isAggregate())
                break; // of a later version
            const std::optional<SlotsNode> node = parseSlotsNode(field, wrong);
            if (!node)
                return std::nullopt;
            nodes.append(*node);
        }
    }
    if (!first || !last || *last < *first) {
        *wrong = explain::rangeIsBad();
        return std::nullopt;
    }
    if (nodes.isEmpty()) {
        *wrong = explain::nodeIsMissing();
        return std::nullopt;
    }
    return SlotsEntry { { *first, *last }, nodes };
}

} // namespace

bool NodesView::knowsOnlyItself() const
{
    return nodes.size() == 1 && myself == 0 && nodes.front()->ranges.isEmpty();
}

Result<NodesView> parseNodes(QByteArrayView text)
{
    return NodesParser().parse(text);
}

Result<NodeLine> NodesParser::lineFor(QByteArrayView text, int number)
{
    const bool isCacheable = withoutTimes(text, &m_key);
    if (isCacheable) {
        if (const auto known = m_lines.constFind(m_key); known != m_lines.constEnd())
            return *known;
    }
    LineParser parser;
    if (QString wrong = parser.parse(text); !wrong.isEmpty())
        return protocolError(explain::lineOfAnswerIsBad(nodesCommand, number, wrong));
    NodeLine line(parser.node());
    if (isCacheable) {
        m_bytes += m_key.size() + lineCost;
        if (m_bytes > mostLineBytes) {
            m_lines.clear();
            m_bytes = 0;
        }
        m_lines.insert(QByteArray(m_key.constData(), m_key.size()), line);
    }
    return line;
}

Result<NodesView> NodesParser::parse(QByteArrayView text)
{
    NodesView view;
    int number = 0;
    int claims = 0;
    for (QByteArrayView printed : split(text, '\n')) {
        if (++number > maxNodes)
            return tooMany(explain::tooManyLines(nodesCommand, maxNodes));
        printed = printed.trimmed();
        if (printed.isEmpty() || printed.startsWith("vars "))
            continue;
        const Result<NodeLine> line = lineFor(printed, number);
        if (!line)
            return line.error();
        claims += slotCount((*line)->ranges);
        if (claims > maxClaims)
            return tooMany(explain::tooManyOwners(nodesCommand, maxClaims));
        if ((*line)->myself && view.myself < 0)
            view.myself = static_cast<int>(view.nodes.size());
        view.nodes.append(*line);
    }
    if (view.nodes.isEmpty())
        return protocolError(explain::noLineInAnswer(nodesCommand));
    return view;
}

Result<SlotsView> parseSlots(const resp::Reply& reply)
{
    if (reply.type() != resp::Type::Array)
        return protocolError(explain::answerIsNotArray(slotsCommand));
    SlotsView view;
    if (reply.size() > Slot::count)
        return protocolError(explain::moreEntriesThanSlots(slotsCommand));
    qsizetype names = 0;
    for (const resp::Reply item : reply) {
        names += item.size();
        if (names > maxSlotsNames)
            return tooMany(explain::tooManyNodesInEntries(slotsCommand, maxSlotsNames));
        QString wrong;
        const std::optional<SlotsEntry> entry
            = item.isAggregate() ? parseSlotsEntry(item, &wrong) : std::nullopt;
        if (!entry) {
            return protocolError(explain::entryOfAnswerIsBad(
                slotsCommand, view.size() + 1, wrong.isEmpty() ? explain::isNotArray() : wrong));
        }
        view.append(*entry);
    }
    return view;
}

Info parseInfo(QByteArrayView text)
{
    QHash<QByteArray, QByteArray> fields;
    for (QByteArrayView line : split(text, '\n')) {
        if (line.endsWith('\r'))
            line.chop(1);
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && !line.startsWith('#'))
            fields.insert(line.first(colon).toByteArray(), line.sliced(colon + 1).toByteArray());
    }
    return fields;
}

std::optional<qint64> infoNumber(const Info& info, const QByteArray& key)
{
    bool ok = false;
    const qint64 value = info.value(key).toLongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

} // namespace slotscope::cluster
