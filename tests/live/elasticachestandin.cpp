// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/elasticachestandin.h"

#include "tests/live/privatenetwork.h"
#include "tests/live/servers.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

namespace {

constexpr int busPort = 1122; // that of ElastiCache
const QString adminPassword = u"s3cr3t-of-admin"_s;
const QString expiredAddress = u"127.0.2.1"_s;

/// What ElastiCache forbids, as far as these servers have it.
const QByteArray users = "user default off\n"
                         "user admin on >"
    + adminPassword.toUtf8()
    + " ~* &* +@all\n"
      "user app on >"
    + ElastiCacheStandIn::password().toUtf8()
    + " ~* &* +@all -config -debug "
      "-shutdown -save -bgsave -bgrewriteaof -replicaof -slaveof -migrate -sync -psync "
      "-acl|setuser "
      "-acl|deluser -acl|load -acl|save -cluster|addslots -cluster|addslotsrange "
      "-cluster|bumpepoch "
      "-cluster|delslots -cluster|delslotsrange -cluster|failover -cluster|flushslots "
      "-cluster|forget -cluster|meet -cluster|replicate -cluster|reset -cluster|saveconfig "
      "-cluster|set-config-epoch -cluster|setslot\n";

bool write(const QString& name, const QByteArray& content)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

ElastiCacheStandIn::ElastiCacheStandIn(Spec spec)
    : m_spec(std::move(spec))
{
    // Ports that tell the nodes' lines apart, see start().
    QList<quint16> ports;
    for (int i = 0; i < m_spec.primaries + m_spec.replicas; ++i)
        ports.append(static_cast<quint16>(i + 1));
    m_nodes = sandbox::planNodes(m_spec.primaries, m_spec.replicas, ports);
}

ElastiCacheStandIn::~ElastiCacheStandIn()
{
    for (const auto& server : m_servers)
        server->kill();
    for (const auto& server : m_servers)
        server->waitForFinished(5000);
}

QString ElastiCacheStandIn::name(int node) const
{
    const bool isReplica = node >= m_spec.primaries;
    const int shard = isReplica ? *m_nodes[node].primary : node;
    return u"orders-%1-%2."_s.arg(shard + 1, 4, 10, QChar(u'0'))
               .arg(isReplica ? u"002"_s : u"001"_s)
        + domain();
}

QByteArray ElastiCacheStandIn::hosts() const
{
    // The first of the several is dead: nobody listens there.
    QStringList lines { u"127.0.0.2 %1 redis.orders.example"_s.arg(configurationName()),
        expiredAddress + u' ' + expiredName() };
    for (int i = 0; i < m_nodes.size(); ++i) {
        lines.append(address(i) + u' ' + name(i));
        lines.append(u"%1 %2 redis.orders.example"_s.arg(address(i), configurationName()));
    }
    return (lines.join(u'\n') + u'\n').toUtf8();
}

bool ElastiCacheStandIn::makeCertificates() const
{
    if (!write(file(u"make.sh"_s), R"(
        set -e
        cd "$1"
        key='ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
        for ca in ca other-ca; do
            openssl req -x509 -newkey $key -days 2 -subj "/CN=Test $ca" -keyout $ca.key -out $ca.crt
        done
        openssl req -newkey $key -subj "/CN=*.$2" -keyout server.key -out server.csr \
            -addext "subjectAltName=DNS:*.$2"
        sign() { # DAYS NAME
            openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial \
                -copy_extensions copy -days $1 -out $2.crt
        }
        sign 2 server
        sign -1 expired
    )"))
        return false;
    QProcess shell;
    shell.start(u"sh"_s, { file(u"make.sh"_s), m_folder.path(), domain() });
    return shell.waitForFinished(60'000) && shell.exitCode() == 0;
}

QStringList ElastiCacheStandIn::tlsArguments(const QString& certificate) const
{
    return { u"--port"_s, u"0"_s, u"--tls-port"_s, u"6379"_s, u"--tls-cert-file"_s,
        file(certificate), u"--tls-key-file"_s, file(u"server.key"_s), u"--tls-ca-cert-file"_s,
        file(u"ca.crt"_s), u"--tls-auth-clients"_s, u"no"_s };
}

bool ElastiCacheStandIn::startServer(const QString& folder, const QStringList& arguments)
{
    auto server = std::make_unique<QProcess>();
    server->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    server->setStandardOutputFile(folder + u"/server.log"_s);
    server->setStandardErrorFile(folder + u"/server.log"_s, QIODevice::Append);
    server->setWorkingDirectory(folder);
    server->start(
        u"redis-server"_s, arguments + QStringList { u"--dir"_s, folder, u"--save"_s, QString() });
    const bool isStarted = server->waitForStarted();
    m_servers.push_back(std::move(server));
    return isStarted;
}

QString ElastiCacheStandIn::start()
{
    const ServerProgram program = serverPrograms().first();
    if (const QString missing = whatIsMissing(program); !missing.isEmpty())
        return missing;
    if (!makeCertificates())
        return u"needs the package openssl"_s;
    PrivateNetwork::setHosts(hosts());
    const QString userFile = file(u"users.acl"_s);
    if (!write(userFile, users))
        return u"cannot write"_s;
    const auto version = sandbox::parseServerVersion(program.version);
    for (int i = 0; i < m_nodes.size(); ++i) {
        const QString folder = file(u"node-%1"_s.arg(i));
        QDir().mkpath(folder);
        const QString announced = m_spec.announced.value(i, address(i));
        QByteArray conf
            = sandbox::nodesConf(m_nodes, i, version.value_or(sandbox::ServerVersion {}));
        for (int j = 0; j < m_nodes.size(); ++j) {
            const auto port = m_nodes[j].port;
            const QByteArray planned = "127.0.0.1:" + QByteArray::number(port) + '@'
                + QByteArray::number(sandbox::busPort(port));
            const QByteArray real = m_spec.announced.value(j, address(j)).toUtf8() + ":6379@"
                + QByteArray::number(busPort);
            conf.replace(planned, real);
        }
        if (!write(folder + u"/nodes.conf"_s, conf))
            return u"cannot write"_s;
        QStringList arguments { u"--bind"_s, address(i), u"--cluster-enabled"_s, u"yes"_s,
            u"--cluster-port"_s, QString::number(busPort), u"--cluster-node-timeout"_s, u"5000"_s,
            u"--cluster-announce-ip"_s, announced, u"--aclfile"_s, userFile, u"--masteruser"_s,
            u"admin"_s, u"--masterauth"_s, adminPassword, u"--repl-diskless-sync-delay"_s, u"0"_s };
        if (announced != address(i))
            arguments.insert(2, announced);
        if (m_spec.tls) {
            arguments += tlsArguments(u"server.crt"_s)
                + QStringList { u"--tls-cluster"_s, u"yes"_s, u"--tls-replication"_s, u"yes"_s,
                      u"--cluster-announce-hostname"_s, name(i),
                      u"--cluster-preferred-endpoint-type"_s, u"hostname"_s };
        } else {
            arguments += QStringList { u"--port"_s, u"6379"_s };
        }
        if (!startServer(folder, arguments))
            return u"redis-server does not start"_s;
    }
    const QString folder = file(u"expired"_s);
    QDir().mkpath(folder);
    if (!startServer(
            folder, tlsArguments(u"expired.crt"_s) + QStringList { u"--bind"_s, expiredAddress })) {
        return u"redis-server does not start"_s;
    }
    // A primary waits two seconds before it serves; names come with the gossip.
    QByteArray said;
    const bool isWell = QTest::qWaitFor(
        [&] {
            for (int i = 0; i < m_nodes.size(); ++i) {
                said = admin(i, { u"cluster"_s, u"info"_s });
                if (!said.contains("cluster_state:ok"))
                    return false;
                said = admin(i, { u"cluster"_s, u"slots"_s });
                for (int j = 0; j < m_nodes.size() && m_spec.tls; ++j) {
                    if (!said.contains(name(j).toUtf8()))
                        return false;
                }
                said = admin(i, { u"info"_s, u"replication"_s });
                if (m_nodes[i].primary && !said.contains("master_link_status:up"))
                    return false;
            }
            return true;
        },
        20'000);
    return isWell ? QString() : QString(u"the cluster is not well: "_s + QString::fromUtf8(said));
}

QByteArray ElastiCacheStandIn::admin(int node, const QStringList& arguments) const
{
    QProcess cli;
    QStringList all { u"-h"_s, address(node), u"-p"_s, u"6379"_s, u"--user"_s, u"admin"_s };
    if (m_spec.tls)
        all += QStringList { u"--tls"_s, u"--cacert"_s, file(u"ca.crt"_s) };
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"REDISCLI_AUTH"_s, adminPassword);
    cli.setProcessEnvironment(environment);
    cli.start(u"redis-cli"_s, all + arguments);
    if (!cli.waitForFinished(10'000))
        return "redis-cli: " + cli.errorString().toUtf8();
    return cli.readAllStandardOutput() + cli.readAllStandardError();
}

} // namespace slotscope::tests
