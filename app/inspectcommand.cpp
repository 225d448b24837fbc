// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/inspectcommand.h"

#include "app/commandparser.h"
#include "app/connectionarguments.h"
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
    addConnectionOptions(parser.options());
    if (const auto done = parser.parse(arguments, 1, 1))
        return *done;
    const auto connection
        = readConnectionArguments(parser.options(), parser.positional(0), Secrets::Read);
    if (!connection)
        return parser.refuse(connection.error().detail);
    complainOfInsecureTls(connection->options);

    const bool json = parser.wantsJson();
    net::ConnectionPool pool(connection->options);
    cluster::Discovery discovery(&pool, connection->endpoint.endpoint, connection->endpoint.typed);
    QObject::connect(&discovery, &cluster::Discovery::finished, qApp,
        [json](bool ok, const cluster::Topology& topology, const support::Error& error) {
            if (!ok) {
                if (json)
                    print(QString::fromUtf8(toDocument(errorToJson(error))));
                complain(toText(error));
            } else if (json) {
                print(QString::fromUtf8(toDocument(cluster::toJson(topology))));
            } else {
                print(toText(topology));
            }
            QCoreApplication::exit(ok ? Done : NoConnection);
        });
    Interrupts interrupts;
    QObject::connect(
        &interrupts, &Interrupts::received, &discovery, [&discovery] { discovery.cancel(); });
    discovery.start();
    return QCoreApplication::exec();
}

} // namespace slotscope::app
