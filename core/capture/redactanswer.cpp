// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/redactanswer.h"

#include <QSet>

#include <algorithm>

namespace slotscope::capture {

using namespace Qt::StringLiterals;

namespace {

bool isNumber(QByteArrayView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

QByteArray redactedHost(const QByteArray& host, NameRedactor* names)
{
    return names->host(QString::fromUtf8(host)).toUtf8();
}

/// "ip:port@busport,hostname,shard-id=...": the second field of a line of CLUSTER NODES.
QByteArray nodesAddress(const QByteArray& field, NameRedactor* names)
{
    QList<QByteArray> parts = field.split(',');
    const QByteArray address = parts.front();
    const qsizetype at = address.lastIndexOf('@');
    const qsizetype colon = address.lastIndexOf(':', at);
    if (colon > 0)
        parts.front() = redactedHost(address.first(colon), names) + address.mid(colon);
    for (qsizetype i = 1; i < parts.size(); ++i) {
        const qsizetype equals = parts.at(i).indexOf('=');
        const QByteArray value = parts.at(i).mid(equals + 1);
        // "shard-id" is an id of 40 digits, "nodename" what people call the node.
        parts[i] = parts.at(i).first(equals + 1)
            + (value.size() == 40 ? names->bytes(value) : redactedHost(value, names));
    }
    return parts.join(',');
}

QByteArray nodesLine(const QByteArray& line, NameRedactor* names)
{
    QList<QByteArray> fields = line.split(' ');
    if (fields.size() < 4)
        return names->bytes(line);
    for (qsizetype i = 0; i < fields.size(); ++i) {
        QByteArray& field = fields[i];
        if (i == 0 || (i == 3 && field != "-"))
            field = names->id(cluster::NodeId(field)).toByteArray();
        else if (i == 1)
            field = nodesAddress(field, names);
        else if (i > 7 && field.startsWith('[')) // "[42->-ID]"
            field = names->bytes(field);
        else if (i != 3 && (i < 4 || i == 7))
            field = names->bytes(field);
    }
    return fields.join(' ');
}

/// "name=value,name=value", of which those named are hosts.
QByteArray fieldsWithHosts(
    const QByteArray& text, const QSet<QByteArray>& hosts, NameRedactor* names)
{
    QList<QByteArray> parts = text.split(',');
    for (QByteArray& part : parts) {
        const qsizetype equals = part.indexOf('=');
        QByteArray value = part.mid(equals + 1);
        if (hosts.contains(part.left(equals))) {
            const QByteArray sign = value.startsWith('-') ? "-"_ba : QByteArray();
            value = sign + redactedHost(value.mid(sign.size()), names);
        } else {
            value = names->bytes(value);
        }
        part = part.left(equals + 1) + value;
    }
    return parts.join(',');
}

QByteArray infoLine(const QByteArray& line, NameRedactor* names)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return names->bytes(line);
    const QByteArray name = line.first(colon);
    QByteArray value = line.mid(colon + 1);
    const QByteArray end = value.endsWith('\r') ? "\r"_ba : QByteArray();
    value.chop(end.size());
    if (name.endsWith("_version") || name == "lru_clock")
        return line; // may have four numbers with dots between
    if (name == "master_host")
        value = redactedHost(value, names);
    else if (name.startsWith("slave") && isNumber(name.mid(5)))
        value = fieldsWithHosts(value, { "ip" }, names);
    else if (name.startsWith("listener"))
        value = fieldsWithHosts(value, { "bind" }, names);
    else if (name.startsWith("master") && isNumber(name.mid(6))) // a sentinel's
        value = fieldsWithHosts(value, { "name", "address" }, names);
    else
        value = names->bytes(value);
    return name + ':' + value + end;
}

/// What is quoted in a list as redis-cli prints it, replaced by what `replace` makes of it; what
/// stands between is text.
template <typename Replace>
QByteArray withQuoted(const QByteArray& text, NameRedactor* names, Replace replace)
{
    QByteArray result;
    qsizetype at = 0;
    for (;;) {
        const qsizetype begin = text.indexOf('"', at);
        qsizetype end = begin;
        if (begin >= 0) {
            do
                end = text.indexOf('"', end + 1);
            while (end > 0 && text.at(end - 1) == '\\' && text.at(end - 2) != '\\');
        }
        if (begin < 0 || end < 0)
            return result + names->bytes(text.mid(at));
        result += names->bytes(text.mid(at, begin - at));
        result += '"' + replace(text.mid(begin + 1, end - begin - 1)) + '"';
        at = end + 1;
    }
}

/// In the replies that are about the cluster: a name of a host, an address or an id, unless it is
/// one of their words.
QByteArray clusterWord(const QByteArray& quoted, NameRedactor* names)
{
    static const QSet<QByteArray> words { "master", "slave", "primary", "replica", "sentinel",
        "connect", "connecting", "sync", "connected", "handshake", "none", "online", "failed",
        "loading", "slots", "nodes", "id", "port", "tls-port", "ip", "endpoint", "hostname", "role",
        "replication-offset", "health", "availability-zone" };
    if (words.contains(quoted) || isNumber(quoted))
        return quoted;
    if (quoted.size() == 40 && !quoted.contains('.'))
        return names->id(cluster::NodeId(quoted)).toByteArray();
    return redactedHost(quoted, names);
}

/// In all others: an argument or a value, a client's name or address.
QByteArray dataWord(const QByteArray& quoted, NameRedactor* names)
{
    if (NameRedactor::isHarmless(quoted))
        return quoted;
    const auto endpoint = net::Endpoint::parse(QString::fromUtf8(quoted));
    if (endpoint && endpoint->isDialable() && isAddress(endpoint->host.toUtf8()))
        return names->endpoint(*endpoint).toString().toUtf8();
    if (const auto known = names->dataReplacementOf(quoted))
        return *known;
    if (names->options().values != Showing::Shown)
        return names->value(quoted);
    return names->bytes(quoted);
}

QByteArray lineByLine(const QByteArray& text, NameRedactor* names,
    QByteArray (*redactedLine)(const QByteArray&, NameRedactor*))
{
    QList<QByteArray> lines = text.split('\n');
    for (QByteArray& line : lines)
        line = redactedLine(line, names);
    return lines.join('\n');
}

} // namespace

QByteArray redactedAnswer(const QString& command, const QByteArray& text, NameRedactor* names)
{
    if (names->options() == RedactionOptions::none())
        return text;
    const QStringList words = command.toUpper().split(u' ', Qt::SkipEmptyParts);
    const QString& name = words.value(0);
    const QString& subcommand = words.value(1);
    if (name == u"TIME"_s)
        return text;
    if (name == u"INFO"_s)
        return lineByLine(text, names, infoLine);
    if (name == u"CLUSTER"_s && subcommand == u"NODES"_s)
        return lineByLine(text, names, nodesLine);
    if (name == u"CLUSTER"_s && subcommand == u"MYID"_s)
        return names->id(cluster::NodeId(text.trimmed())).toByteArray();
    if (name == u"CLUSTER"_s || name == u"ROLE"_s) {
        return withQuoted(
            text, names, [&](const QByteArray& quoted) { return clusterWord(quoted, names); });
    }
    return withQuoted(
        text, names, [&](const QByteArray& quoted) { return dataWord(quoted, names); });
}

} // namespace slotscope::capture
