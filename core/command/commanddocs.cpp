// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commanddocs.h"

#include "core/explain/answers.h"
#include "core/support/bytes.h"

#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::command {

using resp::Reply;
using support::Error;
using support::ErrorCode;

struct CommandDocs::Data
{
    QMap<QByteArray, CommandDoc> docs;
};

namespace {

constexpr qsizetype mostCommands = 10'000;
constexpr int mostArguments = 200'000; ///< of all commands together
constexpr int deepest = 16;
constexpr qsizetype longestWord = 100;
constexpr qsizetype longestSummary = 300;
constexpr qsizetype longestSyntax = 1000;

bool isList(const Reply& reply)
{
    return reply.type() == resp::Type::Array || reply.type() == resp::Type::Set
        || reply.type() == resp::Type::Map;
}

/// Printable, without blanks, not too long: what can stand in a line of syntax.
QByteArray wordOf(const Reply& reply)
{
    const QByteArrayView text = reply.text();
    const bool isWord = !text.isEmpty() && text.size() <= longestWord
        && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
    return isWord ? text.toByteArray() : QByteArray();
}

/// What the servers call it may have blanks: "key or pattern".
QByteArray displayOf(const Reply& reply)
{
    return support::toVisibleText(reply.text(), longestWord).toUtf8();
}

class DocsReader
{
public:
    QMap<QByteArray, CommandDoc> read(const Reply& reply)
    {
        readCommands(reply, {}, 0);
        return std::move(m_docs);
    }

private:
    void readCommands(const Reply& list, const QByteArray& parent, int depth)
    {
        if (!isList(list) || depth > 2)
            return;
        Reply name;
        bool isName = false;
        for (const Reply& item : list) {
            isName = !isName;
            if (isName)
                name = item;
            else if (const QByteArray word = wordOf(name).toLower(); !word.isEmpty())
                readCommand(word, parent, item, depth);
            if (m_docs.size() >= mostCommands)
                return;
        }
    }

    void readCommand(
        const QByteArray& word, const QByteArray& parent, const Reply& fields, int depth)
    {
        if (!isList(fields))
            return;
        CommandDoc doc;
        // Subcommands are called "config|get" by servers.
        doc.name = parent.isEmpty() || word.contains('|') ? word : QByteArray(parent + '|' + word);
        doc.summary = support::toVisibleText(fields.value("summary").text(), longestSummary);
        doc.since = support::toVisibleText(fields.value("since").text(), 20);
        doc.group = support::toVisibleText(fields.value("group").text(), 40);
        for (const Reply& flag : fields.value("doc_flags"))
            doc.isDeprecated = doc.isDeprecated || flag.text() == QByteArrayView("deprecated");
        doc.arguments = readArguments(fields.value("arguments"), 0);
        const QByteArray name = doc.name;
        m_docs.insert(name, doc);
        readCommands(fields.value("subcommands"), name, depth + 1);
    }

    QList<ArgumentDoc> readArguments(const Reply& list, int depth)
    {
        QList<ArgumentDoc> arguments;
        if (!isList(list) || depth >= deepest)
            return arguments;
        for (const Reply& fields : list) {
            if (++m_arguments > mostArguments)
                break;
            if (isList(fields))
                arguments.append(readArgument(fields, depth));
        }
        return arguments;
    }

    ArgumentDoc readArgument(const Reply& fields, int depth)
    {
        ArgumentDoc argument;
        const Reply display = fields.value("display_text");
        argument.name = displayOf(display.isNull() ? fields.value("name") : display);
        argument.token = wordOf(fields.value("token")).toUpper();
        const QByteArrayView type = fields.value("type").text();
        if (type == QByteArrayView("oneof"))
            argument.kind = ArgumentDoc::Kind::OneOf;
        else if (type == QByteArrayView("block"))
            argument.kind = ArgumentDoc::Kind::Block;
        else if (type == QByteArrayView("pure-token"))
            argument.kind = ArgumentDoc::Kind::PureToken;
        for (const Reply& flag : fields.value("flags")) {
            const QByteArrayView text = flag.text();
            argument.isOptional = argument.isOptional || text == QByteArrayView("optional");
            argument.isMultiple = argument.isMultiple || text == QByteArrayView("multiple");
            argument.repeatsToken
                = argument.repeatsToken || text == QByteArrayView("multiple_token");
        }
        argument.arguments = readArguments(fields.value("arguments"), depth + 1);
        return argument;
    }

    QMap<QByteArray, CommandDoc> m_docs;
    int m_arguments = 0;
};

QString syntaxOf(const QList<ArgumentDoc>& arguments, const QString& between);

/// What is repeated when the argument may be given several times.
QString bodyOf(const ArgumentDoc& argument)
{
    switch (argument.kind) {
    case ArgumentDoc::Kind::PureToken:
        return QString::fromUtf8(argument.token);
    case ArgumentDoc::Kind::OneOf:
        return syntaxOf(argument.arguments, u" | "_s);
    case ArgumentDoc::Kind::Block:
        return syntaxOf(argument.arguments, u" "_s);
    case ArgumentDoc::Kind::Value:
        break;
    }
    return QString::fromUtf8(argument.name);
}

QString syntaxOf(const ArgumentDoc& argument)
{
    const bool hasChoice
        = argument.kind == ArgumentDoc::Kind::OneOf && argument.arguments.size() > 1;
    QString body = bodyOf(argument);
    const bool hasToken
        = !argument.token.isEmpty() && argument.kind != ArgumentDoc::Kind::PureToken;
    const QString token = hasToken ? QString(QString::fromUtf8(argument.token) + u' ') : QString();
    const bool inBrackets = argument.isOptional && token.isEmpty() && !argument.isMultiple;
    if (hasChoice && !inBrackets)
        body = u'<' + body + u'>';
    QString text = token + body;
    if (argument.isMultiple)
        text += u" ["_s + (argument.repeatsToken ? token : QString()) + body + u" ...]"_s;
    return argument.isOptional ? u'[' + text + u']' : text;
}

QString syntaxOf(const QList<ArgumentDoc>& arguments, const QString& between)
{
    QString text;
    for (const ArgumentDoc& argument : arguments) {
        if (text.size() > longestSyntax)
            break;
        if (!text.isEmpty())
            text += between;
        text += syntaxOf(argument);
    }
    return text;
}

} // namespace

CommandDocs::CommandDocs()
    : d(std::make_shared<const Data>())
{ }

CommandDocs::CommandDocs(std::shared_ptr<const Data> data)
    : d(std::move(data))
{ }

support::Result<CommandDocs> CommandDocs::fromReply(const Reply& reply)
{
    if (reply.isError()) {
        return Error { ErrorCode::ServerError, support::toVisibleText(reply.text(), 200), {} };
    }
    const bool isDocs = reply.type() == resp::Type::Map
        || (reply.type() == resp::Type::Array && reply.size() % 2 == 0);
    if (!isDocs)
        return Error { ErrorCode::ProtocolError, explain::noListOfCommands(), {} };
    auto data = std::make_shared<Data>();
    data->docs = DocsReader().read(reply);
    return CommandDocs(std::move(data));
}

bool CommandDocs::isEmpty() const
{
    return d->docs.isEmpty();
}

const CommandDoc* CommandDocs::find(const QByteArray& name) const
{
    const auto found = d->docs.constFind(name);
    return found == d->docs.constEnd() ? nullptr : &*found;
}

QByteArrayList CommandDocs::names() const
{
    QByteArrayList names;
    for (auto doc = d->docs.constBegin(); doc != d->docs.constEnd(); ++doc) {
        if (!doc.key().contains('|'))
            names.append(doc.key());
    }
    return names;
}

QByteArrayList CommandDocs::subcommandsOf(const QByteArray& name) const
{
    QByteArrayList names;
    const QByteArray prefix = name + '|';
    for (auto doc = d->docs.lowerBound(prefix);
         doc != d->docs.constEnd() && doc.key().startsWith(prefix); ++doc)
        names.append(doc.key().sliced(prefix.size()));
    return names;
}

QString syntaxOf(const CommandDoc& doc)
{
    QString text = syntaxOf(doc.arguments, u" "_s);
    if (text.size() > longestSyntax)
        text = text.left(longestSyntax - 1) + u'…';
    return text;
}

} // namespace slotscope::command
