// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/commandparser.h"

#include "app/profilelogin.h"
#include "app/textoutput.h"
#include "app/ttyquestions.h"
#include "core/profile/endpointguess.h"

namespace slotscope::app {

using namespace Qt::StringLiterals;

CommandParser::CommandParser(const QString& usage, const QString& description)
    : m_usage(usage)
{
    m_parser.setApplicationDescription(description);
    m_parser.addOption({ { u"h"_s, u"help"_s }, u"Say this."_s });
}

void CommandParser::addFormatOption()
{
    m_hasFormat = true;
    m_parser.addOption(
        { u"format"_s, u"text or json; text if not given."_s, u"FORMAT"_s, u"text"_s });
}

std::optional<ExitCode> CommandParser::parse(const QStringList& arguments, int least, int most)
{
    // The parser drops the first one, which would be the program.
    if (!m_parser.parse(QStringList { u"slotscope"_s } + arguments))
        return refuse(m_parser.errorText());
    if (m_parser.isSet(u"help"_s)) {
        print(helpText());
        return Done;
    }
    const auto count = m_parser.positionalArguments().size();
    if (count < least)
        return refuse(u"%1 is missing, as in: slotscope %2"_s.arg(
            m_usage.section(u' ', count + 1, count + 1), example()));
    if (count > most)
        return refuse(u"what is %1?"_s.arg(m_parser.positionalArguments().at(most)));
    const QString format = m_hasFormat ? m_parser.value(u"format"_s) : u"text"_s;
    if (format != "text"_L1 && format != "json"_L1)
        return refuse(u"--format wants text or json"_s);
    return std::nullopt;
}

std::pair<ConnectionArguments, std::optional<ExitCode>> CommandParser::parseEndpoint(
    const QStringList& arguments)
{
    addConnectionOptions(m_parser);
    if (const auto done = parse(arguments, 1, 1))
        return { {}, done };
    auto connection = readConnectionArguments(m_parser, positional(0), Secrets::Read);
    if (!connection)
        return { {}, refuse(connection.error()) };
    return { *connection, std::nullopt };
}

std::optional<ExitCode> CommandParser::refusedByName(const ConnectionArguments& connection) const
{
    const auto guess = profile::guessEndpoint(connection.endpoint.endpoint);
    if (!guess.isRefused())
        return std::nullopt;
    // Nobody was dialled, and nobody has answered.
    const support::Error error { support::ErrorCode::NotRedis, {},
        connection.endpoint.endpoint.toString() };
    if (wantsJson())
        print(QString::fromUtf8(toDocument(errorToJson(error, guess.reason))));
    complain(guess.reason);
    return exitCodeOf(error);
}

ExitCode CommandParser::refuse(const QString& reason) const
{
    complain(u"slotscope: "_s + reason);
    complain(u"Usage: slotscope "_s + m_usage);
    return WrongUsage;
}

ExitCode CommandParser::refuse(const support::Error& error) const
{
    if (error.code == support::ErrorCode::NoCredentials
        || error.code == support::ErrorCode::Cancelled)
        return reportError(error, wantsJson());
    return refuse(error.detail);
}

void CommandParser::prepare(ConnectionArguments& connection)
{
    for (const QString& note : std::as_const(connection.notes))
        complain(u"slotscope: "_s + note);
    complainOfInsecureTls(connection.options);
    askOnTerminal(connection.options);
    chooseSeed(connection);
}

QString CommandParser::example() const
{
    QString line = m_usage;
    line.remove(u" [options]"_s).replace(u"COMMAND [ARG ...]"_s, u"GET user:2935"_s);
    line.replace(u"ENDPOINT|CAPTURE"_s, u"ENDPOINT"_s).replace(u"ENDPOINT"_s, u"127.0.0.1:6379"_s);
    return line.replace(u"FILE"_s, u"report.html"_s);
}

QString CommandParser::helpText() const
{
    // Its first line is made from the program's name and knows no sub-commands.
    const QString text = m_parser.helpText();
    return u"Usage: slotscope "_s + m_usage + text.mid(text.indexOf(u'\n'));
}

} // namespace slotscope::app
