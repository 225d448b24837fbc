// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/inspectcommand.h"

#include "app/commandparser.h"
#include "app/interrupts.h"
#include "app/textoutput.h"
#include "core/cluster/discovery.h"
#include "core/cluster/topologyjson.h"

#include <QCoreApplication>

namespace slotscope::app {

using namespace Qt::StringLiterals;

int runInspect(const QStringList& arguments)
{
    CommandParser parser(u"inspect ENDPOINT [options]"_s,
        u"Finds every node from one endpoint and prints who owns which slots."_s);
    parser.addFormatOption();
    const auto [connection, done] = parser.parseEndpoint(arguments);
    if (done)
        return *done;

    const bool json = parser.wantsJson();
    net::ConnectionPool pool(connection.options);
    cluster::Discovery discovery(&pool, connection.endpoint.endpoint, connection.endpoint.typed);
    QObject::connect(&discovery, &cluster::Discovery::finished, qApp,
        [json](bool ok, const cluster::Topology& topology, const support::Error& error) {
            if (!ok)
                return QCoreApplication::exit(reportError(error, json));
            print(
                json ? QString::fromUtf8(toDocument(cluster::toJson(topology))) : toText(topology));
            QCoreApplication::exit(Done);
        });
    Interrupts interrupts;
    QObject::connect(
        &interrupts, &Interrupts::received, &discovery, [&discovery] { discovery.cancel(); });
    discovery.start();
    return QCoreApplication::exec();
}

} // namespace slotscope::app
