// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/inspectcommand.h"

#include "app/commandparser.h"
#include "app/interrupts.h"
#include "app/shardstext.h"
#include "app/textoutput.h"
#include "core/cluster/discovery.h"
#include "core/cluster/sharding.h"
#include "core/cluster/shardsrequest.h"
#include "core/cluster/topologyjson.h"
#include "core/doctor/guesscheck.h"
#include "core/explain/topology.h"
#include "core/net/dialjson.h"

#include <QCoreApplication>

#include <memory>

namespace slotscope::app {

using namespace Qt::StringLiterals;

namespace {

/// One call of the command: a discovery, then perhaps CLUSTER SHARDS, then what is printed.
class InspectJob final : public QObject
{
    Q_DISABLE_COPY_MOVE(InspectJob)
public:
    InspectJob(const ConnectionArguments& connection, bool json, bool wantsShards)
        : m_seed(connection.endpoint.endpoint)
        , m_knownShards(connection.knownShards())
        , m_pool(connection.options)
        , m_discovery(&m_pool, m_seed, connection.endpoint.typed)
        , m_json(json)
        , m_wantsShards(wantsShards)
        , m_tls(connection.options.tls.enabled)
        , m_guess(profile::guessEndpoint(m_seed))
    {
        connect(&m_discovery, &cluster::Discovery::finished, this, &InspectJob::onDiscovered);
    }

    void start() { m_discovery.start(); }
    void interrupt()
    {
        if (m_request)
            m_request->cancel();
        else
            m_discovery.cancel();
    }

private:
    void onDiscovered(bool ok, const cluster::Topology& topology, const support::Error& error)
    {
        if (!ok)
            return QCoreApplication::exit(reportError(error, m_json));
        m_topology = cluster::withLabelsOf(m_knownShards, topology);
        m_check = doctor::checkGuess(m_guess, m_topology, m_tls);
        if (!m_json) {
            print(toText(m_topology));
            if (!m_check.isEmpty())
                print(u"\nWhat its name tells:\n"_s + guessText(m_check));
            if (m_tls)
                print(u"\nTLS, of the connections that this has opened:\n"_s + tlsText());
        }
        if (!m_wantsShards)
            return end({}, Done);
        if (topology.data().kind != cluster::Kind::Cluster) {
            complain(u"slotscope: CLUSTER SHARDS was not asked: this is no cluster"_s);
            return end({}, NegativeAnswer);
        }
        m_request = std::make_unique<cluster::ShardsRequest>(
            &m_pool, topology.data().answeredBy, m_seed, &m_ban);
        connect(m_request.get(), &cluster::ShardsRequest::finished, this, &InspectJob::onShards);
        m_request->start();
    }

    QString tlsText() const
    {
        QList<QStringList> rows;
        for (const net::DialInfo& way : m_pool.openWays()) {
            const net::TlsInfo& tls = way.tls;
            rows.append({ u"  "_s + visible(way.announced.toString()), tls.protocol, tls.cipher,
                visible(tls.nameAsked), tls.isVerified ? u"verified"_s : u"NOT VERIFIED"_s,
                tls.chain.isEmpty()
                    ? u"-"_s
                    : u"until "_s + tls.chain.first().notAfter.date().toString(Qt::ISODate) });
        }
        return toTable(rows);
    }

    void onShards(bool ok, const cluster::ShardsView& shards, const support::Error& error)
    {
        const cluster::NodeId& id = m_topology.data().answeredBy;
        const bool neverAgain = m_ban.contains(id, m_seed);
        QJsonObject document;
        if (ok) {
            const auto differences = cluster::compareShards(shards, m_topology);
            document = cluster::toJson(shards, differences);
            if (!m_json) {
                print(u'\n' + toText(shards, differences, m_topology, m_seed.toString()));
                return end({}, Done);
            }
        } else {
            document = errorToJson(error);
            complain(u"slotscope: CLUSTER SHARDS: "_s + toText(error));
            if (neverAgain)
                complain(explain::shardsBanned());
        }
        for (const QString& field :
            { u"error"_s, u"repeats_slots"_s, u"shards"_s, u"differences"_s }) {
            if (!document.contains(field))
                document.insert(field, QJsonValue());
        }
        document.insert(u"asked"_s, id.isNull() ? QJsonValue() : QJsonValue(id.toString()));
        document.insert(u"ask_never_again"_s, neverAgain);
        end(document, ok ? Done : NegativeAnswer);
    }

    void end(const QJsonValue& shards, ExitCode code)
    {
        if (m_json) {
            QJsonObject document = cluster::toJson(m_topology);
            document.insert(u"cluster_shards"_s, shards);
            document.insert(u"recognised"_s, doctor::toJson(m_guess, m_check));
            document.insert(u"connections"_s, net::toJson(m_pool.openWays()));
            print(QString::fromUtf8(toDocument(document)));
        }
        QCoreApplication::exit(code);
    }

    const net::Endpoint m_seed;
    const QList<cluster::Shard> m_knownShards;
    net::ConnectionPool m_pool;
    cluster::Discovery m_discovery;
    cluster::ShardsBan m_ban;
    std::unique_ptr<cluster::ShardsRequest> m_request; ///< once there is a map
    cluster::Topology m_topology;
    const bool m_json;
    const bool m_wantsShards;
    const bool m_tls;
    const profile::EndpointGuess m_guess;
    doctor::GuessCheck m_check;
};

} // namespace

int runInspect(const QStringList& arguments)
{
    CommandParser parser(u"inspect ENDPOINT [options]"_s,
        u"Finds every node from one endpoint and prints who owns which slots."_s);
    parser.addFormatOption();
    parser.options().addOption({ u"shards"_s,
        u"Then asks ENDPOINT for CLUSTER SHARDS, once, and says what it says otherwise. Never "
        "sent without this: some servers (Redis 7.2.0 to 7.2.3) have ended after repeated calls."_s });
    auto [connection, done] = parser.parseEndpoint(arguments);
    if (done)
        return *done;
    if (const auto refused = parser.refusedByName(connection))
        return *refused;
    CommandParser::prepare(connection);

    InspectJob job(connection, parser.wantsJson(), parser.isSet(u"shards"_s));
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::received, &job, [&job] { job.interrupt(); });
    job.start();
    return QCoreApplication::exec();
}

} // namespace slotscope::app
