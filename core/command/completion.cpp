// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/completion.h"

#include "core/command/commandline.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::command {

namespace {

constexpr qsizetype mostCandidates = 1000;

/// The words before the one at the cursor, and that one as far as it is typed.
struct Typed
{
    bool isUsable = false; ///< the cursor is not inside of quotes
    Argv before;
    QString word;
    qsizetype from = 0;
};

Typed typedAt(QStringView line, qsizetype cursor)
{
    Typed typed;
    typed.from = cursor;
    while (typed.from > 0 && !line[typed.from - 1].isSpace())
        --typed.from;
    typed.word = line.sliced(typed.from, cursor - typed.from).toString();
    const auto before = splitLine(line.first(typed.from));
    if (!before || typed.word.contains(u'"') || typed.word.contains(u'\''))
        return typed;
    typed.before = *before;
    typed.isUsable = true;
    return typed;
}

/// Upper case, unless whoever types prefers the lower one.
QString inCaseOf(const QByteArray& word, const Typed& typed)
{
    const QString model = !typed.word.isEmpty() ? typed.word
        : typed.before.isEmpty()                ? QString()
                                                : QString::fromUtf8(typed.before.first());
    const bool isLower
        = std::any_of(model.begin(), model.end(), [](QChar c) { return c.isLower(); });
    const QString text = QString::fromUtf8(word);
    return isLower ? text.toLower() : text.toUpper();
}

QString summaryOf(const CommandDocs& docs, const QByteArray& name)
{
    const CommandDoc* doc = docs.find(name);
    return doc ? doc->summary : QString();
}

QByteArrayList commandNames(const CommandTable& table, const CommandDocs& docs)
{
    QByteArrayList names = table.names() + docs.names();
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

QByteArrayList subcommandNames(
    const QByteArray& command, const CommandTable& table, const CommandDocs& docs)
{
    QByteArrayList names = table.subcommandsOf(command) + docs.subcommandsOf(command);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

/// The options of a command that can still be given.
class Options
{
public:
    explicit Options(const Argv& given)
    {
        for (const QByteArray& word : given)
            m_given.insert(word.toUpper());
    }

    QByteArrayList of(const QList<ArgumentDoc>& arguments)
    {
        m_options.clear();
        collect(arguments);
        return m_options;
    }

    /// Whether the word before the cursor is an option that a value follows.
    static bool wantsValue(const QList<ArgumentDoc>& arguments, const QByteArray& word)
    {
        return std::any_of(arguments.begin(), arguments.end(), [&](const ArgumentDoc& argument) {
            const bool hasValue = argument.kind == ArgumentDoc::Kind::Value
                && !argument.token.isEmpty() && argument.token == word;
            return hasValue || wantsValue(argument.arguments, word);
        });
    }

private:
    bool isGiven(const ArgumentDoc& argument) const
    {
        if (!argument.token.isEmpty())
            return m_given.contains(argument.token);
        return std::any_of(argument.arguments.begin(), argument.arguments.end(),
            [this](const ArgumentDoc& inner) { return isGiven(inner); });
    }

    void collect(const QList<ArgumentDoc>& arguments)
    {
        for (const ArgumentDoc& argument : arguments)
            collect(argument);
    }

    void collect(const ArgumentDoc& argument)
    {
        const bool given = isGiven(argument);
        if (!argument.token.isEmpty()) {
            if (!given || argument.isMultiple)
                m_options.append(argument.token);
            if (!given)
                return; // what is inside comes after its token
        } else if (argument.kind == ArgumentDoc::Kind::OneOf && given && !argument.isMultiple) {
            // One was chosen, which rules out the others; but it may have options of its own.
            for (const ArgumentDoc& inner : argument.arguments) {
                if (isGiven(inner))
                    collect(inner);
            }
            return;
        }
        collect(argument.arguments);
    }

    QSet<QByteArray> m_given;
    QByteArrayList m_options;
};

/// How many words must come before any option can.
qsizetype leadingValues(const QList<ArgumentDoc>& arguments)
{
    qsizetype count = 0;
    for (const ArgumentDoc& argument : arguments) {
        if (argument.isOptional || !argument.token.isEmpty()
            || argument.kind != ArgumentDoc::Kind::Value)
            break;
        ++count;
    }
    return count;
}

/// The doc of the command or subcommand that `argv` names, and how many words its name has.
std::pair<const CommandDoc*, qsizetype> docOf(const Argv& argv, const CommandDocs& docs)
{
    if (argv.isEmpty())
        return { nullptr, 0 };
    const QByteArray name = argv.first().toLower();
    if (argv.size() > 1) {
        if (const CommandDoc* doc = docs.find(name + '|' + argv[1].toLower()))
            return { doc, 2 };
    }
    return { docs.find(name), 1 };
}

} // namespace

Completion complete(
    QStringView line, qsizetype cursor, const CommandTable& table, const CommandDocs& docs)
{
    cursor = qBound<qsizetype>(0, cursor, line.size());
    const Typed typed = typedAt(line, cursor);
    Completion completion { typed.from, cursor, {} };
    if (!typed.isUsable)
        return completion;
    const QByteArray prefix = typed.word.toLower().toUtf8();
    const auto offer = [&](const QByteArray& word, const QString& detail) {
        if (word.toLower().startsWith(prefix) && completion.candidates.size() < mostCandidates)
            completion.candidates.append({ inCaseOf(word, typed), detail });
    };

    if (typed.before.isEmpty()) {
        if (prefix.isEmpty())
            return completion; // hundreds: nobody chooses from these
        for (const QByteArray& name : commandNames(table, docs))
            offer(name, summaryOf(docs, name));
        return completion;
    }
    const QByteArray command = typed.before.first().toLower();
    if (typed.before.size() == 1) {
        for (const QByteArray& name : subcommandNames(command, table, docs))
            offer(name, summaryOf(docs, command + '|' + name));
        if (!completion.candidates.isEmpty())
            return completion;
    }
    const auto [doc, words] = docOf(typed.before, docs);
    if (!doc)
        return completion;
    const Argv values = typed.before.sliced(words);
    if (values.size() < leadingValues(doc->arguments)
        || (!values.isEmpty() && Options::wantsValue(doc->arguments, values.last().toUpper())))
        return completion;
    for (const QByteArray& option : Options(values).of(doc->arguments))
        offer(option, {});
    return completion;
}

CompletedLine withCandidate(
    const QString& line, const Completion& completion, const QString& candidate)
{
    const QString rest = line.sliced(completion.to);
    const QString gap = rest.startsWith(u' ') ? QString() : u" "_s;
    return { line.left(completion.from) + candidate + gap + rest,
        completion.from + candidate.size() + 1 };
}

QString commonBeginning(const Completion& completion)
{
    if (completion.candidates.isEmpty())
        return {};
    QString common = completion.candidates.first().text;
    for (const Candidate& candidate : completion.candidates) {
        qsizetype same = 0;
        const qsizetype most = qMin(common.size(), candidate.text.size());
        while (same < most && common[same] == candidate.text[same])
            ++same;
        common.truncate(same);
    }
    return common;
}

SyntaxHint syntaxHint(QStringView line, const CommandDocs& docs)
{
    const Typed typed = typedAt(line, line.size());
    Argv argv = typed.before;
    // While something is being quoted, what stands before it tells the command.
    if (argv.isEmpty() && !typed.isUsable) {
        if (const auto start = splitLine(line.first(qMax<qsizetype>(0, line.indexOf(u' ')))))
            argv = *start;
    }
    if (!typed.word.isEmpty() && typed.isUsable)
        argv.append(typed.word.toUtf8());
    const auto [doc, words] = docOf(argv, docs);
    if (!doc)
        return {};
    const QString name = QString::fromUtf8(doc->name).replace(u'|', u' ').toUpper();
    const QString arguments = syntaxOf(*doc);
    return { arguments.isEmpty() ? name : QString(name + u' ' + arguments), doc->summary };
}

} // namespace slotscope::command
