// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/commanddocs.h"
#include "core/command/commandtable.h"

#include <QList>
#include <QString>

namespace slotscope::command {

/// One way to go on.
struct Candidate
{
    QString text; ///< to stand in the place of what is typed, in its case
    QString detail; ///< the summary of a command; empty for an option
    friend bool operator==(const Candidate&, const Candidate&) = default;
};

/// How the word before the cursor can be completed.
struct Completion
{
    qsizetype from = 0; ///< the part of the line to be replaced
    qsizetype to = 0;
    QList<Candidate> candidates; ///< in alphabetical order; options in the order of the syntax
};

/// Commands, subcommands and options; never keys or values. What is in quotes is a value. Options
/// that were given, or that one given rules out, are not offered again. Works without docs, by the
/// names in the table, and then knows no options. Pure.
Completion complete(
    QStringView line, qsizetype cursor, const CommandTable& table, const CommandDocs& docs);

/// The line with a candidate put in its place, and where the cursor is then.
struct CompletedLine
{
    QString line;
    qsizetype cursor = 0;
};
CompletedLine withCandidate(
    const QString& line, const Completion& completion, const QString& candidate);

/// What all candidates begin with, at least what is typed.
QString commonBeginning(const Completion& completion);

/// What is known of the command on a line.
struct SyntaxHint
{
    QString syntax; ///< "SET key value [NX | XX]"; the name alone when nothing else is known
    QString summary;
    bool isEmpty() const { return syntax.isEmpty(); }
};
SyntaxHint syntaxHint(QStringView line, const CommandDocs& docs);

} // namespace slotscope::command
