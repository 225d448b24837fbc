// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/connectionarguments.h"
#include "app/exitcode.h"

#include <QCommandLineParser>

#include <optional>

namespace slotscope::app {

/// One sub-command's command line. Never ends the program by itself, as
/// QCommandLineParser::process() would: the exit status is the contract's.
class CommandParser
{
public:
    /// `usage`: what stands behind "slotscope " in the usage line.
    CommandParser(const QString& usage, const QString& description);

    QCommandLineParser& options() { return m_parser; }
    void addFormatOption();

    /// Parses `arguments` (without the program and the sub-command). An exit status when that is
    /// all there is to do: --help, or wrong usage with between `least` and `most` positional
    /// arguments.
    std::optional<ExitCode> parse(const QStringList& arguments, int least, int most);
    /// The same for a command about one endpoint: with the connection options, and their values
    /// read, secrets too. Without an exit status they are usable once nothing else is wrong and
    /// prepare() was called.
    std::pair<ConnectionArguments, std::optional<ExitCode>> parseEndpoint(
        const QStringList& arguments);
    /// Of an endpoint whose name says that it is none of ours (Memcached): why, and the exit
    /// status. `doctor` looks at it all the same.
    std::optional<ExitCode> refusedByName(const ConnectionArguments& connection) const;
    bool isSet(const QString& name) const { return m_parser.isSet(name); }
    QString value(const QString& name) const { return m_parser.value(name); }
    QString positional(int index) const { return m_parser.positionalArguments().value(index); }
    bool wantsJson() const { return m_parser.value(QStringLiteral("format")) == u"json"; }
    /// Says what is wrong, and how to learn more.
    ExitCode refuse(const QString& reason) const;
    /// The same for readConnectionArguments(), where it may be no wrong usage: no credentials,
    /// Ctrl-C.
    ExitCode refuse(const support::Error& error) const;
    /// Before a connection is used, and after all that may be refused: says what is to be known of
    /// it, answers a tunnel's questions from the terminal, and chooses the seed that answers, which
    /// is sent the password.
    static void prepare(ConnectionArguments& connection);

private:
    QString helpText() const;
    /// A whole call that the usage line stands for.
    QString example() const;

    QString m_usage;
    QCommandLineParser m_parser;
    bool m_hasFormat = false;
};

} // namespace slotscope::app
