// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/userinput.h"

#include "core/cluster/mergeviews.h"
#include "core/cluster/viewparsers.h"
#include "core/explain/addresses.h"

#include <QRegularExpression>

#include <optional>

namespace slotscope::session {

using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;

namespace {

constexpr qsizetype longestInput = 8 * 1024 * 1024;

/// The redirect that stands somewhere in the text, in whatever a client or a log wraps around it.
std::optional<command::Redirect> findRedirect(const QString& text)
{
    // The target ends at a blank, a quote or a bracket; what parseRedirect() then finds in it
    // decides.
    static const QRegularExpression pattern(
        uR"(\b(?:(MOVED|ASK)|(?:Moved|Ask)Error:) +(\d{1,5}) +([^\s"'`<>(){},;\\]*:\d{1,5})(?!\d))"_s);
    QRegularExpressionMatchIterator matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        QString word = match.captured(1);
        // redis-py prints its exception's class instead of the word.
        if (word.isEmpty())
            word = match.captured().startsWith(u'M') ? u"MOVED"_s : u"ASK"_s;
        const QString line = word + u' ' + match.captured(2) + u' ' + match.captured(3);
        if (auto redirect = command::parseRedirect(line.toUtf8()))
            return redirect;
    }
    return std::nullopt;
}

/// A line as CLUSTER NODES prints it, whatever blanks a copy through a table or a chat made of it;
/// empty when it is not one (a prompt, the command, an empty line).
QString nodesLine(const QString& line)
{
    // In front of the id may stand what a list (`1)`) or a verbatim string (`txt:`) prints.
    static const QRegularExpression id(u"(?:^|[^0-9a-fA-F])([0-9a-fA-F]{40})$"_s);
    QStringList words = line.simplified().split(u' ');
    while (!words.isEmpty()) {
        const QRegularExpressionMatch match = id.match(words.first());
        if (match.hasMatch()) {
            words.first() = match.captured(1);
            break;
        }
        words.removeFirst();
    }
    return words.size() >= 8 ? words.join(u' ') : QString();
}

/// The text with the escapes of a quoted (redis-cli, JSON) string undone.
QString unescaped(QString text)
{
    text.replace("\\r\\n"_L1, "\n"_L1).replace("\\n"_L1, "\n"_L1).replace("\\t"_L1, " "_L1);
    // Go's JSON escapes the arrows of open slots.
    text.replace("\\u003c"_L1, "<"_L1).replace("\\u003e"_L1, ">"_L1);
    return text.replace(u'"', u' ').replace(u'\r', u'\n');
}

std::optional<UserInput> findNodes(const QString& text)
{
    QByteArray nodes;
    const QStringList lines = unescaped(text).split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : lines) {
        const QString cleaned = nodesLine(line);
        if (!cleaned.isEmpty())
            nodes += cleaned.toUtf8() + '\n';
    }
    if (nodes.isEmpty())
        return std::nullopt;
    support::Result<cluster::NodesView> view = cluster::parseNodes(nodes);
    if (!view)
        return UserInput(Error { ErrorCode::InvalidInput, view.error().detail, {} });
    cluster::TopologyData head;
    head.viewsAsked = 1;
    head.viewsAnswered = 1;
    cluster::ViewInput input;
    input.nodes = std::move(view).value();
    if (input.nodes.myself >= 0) {
        const cluster::Node& myself = input.nodes.nodes.at(input.nodes.myself);
        head.answeredBy = myself.id;
        input.connectionHost = myself.address.host;
        input.connectionPort = myself.port;
    }
    return UserInput(cluster::mergeViews({ input }, head));
}

} // namespace

UserInput understandInput(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return Error { ErrorCode::InvalidInput, explain::nothingEntered(), {} };
    if (trimmed.size() > longestInput)
        return Error { ErrorCode::InvalidInput, explain::textTooLong(), {} };
    if (auto nodes = findNodes(trimmed))
        return *std::move(nodes);
    if (auto redirect = findRedirect(trimmed))
        return *std::move(redirect);
    support::Result<net::TypedEndpoint> endpoint = net::parseTypedEndpoint(trimmed);
    if (!endpoint)
        return endpoint.error();
    if (endpoint->database != 0) {
        return Error { ErrorCode::InvalidInput, explain::otherDatabase(endpoint->database), {} };
    }
    return std::move(endpoint).value();
}

} // namespace slotscope::session
