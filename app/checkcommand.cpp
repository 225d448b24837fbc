// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/checkcommand.h"

#include "app/checktext.h"
#include "app/commandparser.h"
#include "app/interrupts.h"
#include "app/textoutput.h"
#include "core/health/clustercheck.h"
#include "core/health/healthjson.h"

#include <QCoreApplication>

namespace slotscope::app {

using namespace Qt::StringLiterals;

namespace {

void report(const health::HealthReport& result, bool json)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (json)
        print(QString::fromUtf8(toDocument(health::toJson(result, now))));
    else
        print(toText(result, now));
    QCoreApplication::exit(result.worst() == health::Severity::Error ? NegativeAnswer : Done);
}

} // namespace

int runCheck(const QStringList& arguments)
{
    CommandParser parser(u"check ENDPOINT [options]"_s,
        u"Asks every node of a cluster how it is and what it thinks, compares the answers, and "
        "prints what is wrong, the worst first. Nothing is changed.\n"
        "Exit status: 0 no error was found (warnings do not count), 1 an error was found, 2 wrong "
        "usage, 3 could not connect, or no node tells about the cluster."_s);
    parser.addFormatOption();
    const auto [connection, done] = parser.parseEndpoint(arguments);
    if (done)
        return *done;

    const bool json = parser.wantsJson();
    net::ConnectionPool pool(connection.options);
    health::ClusterCheck check(&pool, connection.endpoint.endpoint, connection.endpoint.typed);
    QObject::connect(&check, &health::ClusterCheck::finished, qApp,
        [json](bool ok, const health::HealthReport& result, const support::Error& error) {
            if (ok)
                report(result, json);
            else
                QCoreApplication::exit(reportError(error, json));
        });
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::received, &check, [&check] { check.cancel(); });
    check.start();
    return QCoreApplication::exec();
}

} // namespace slotscope::app
