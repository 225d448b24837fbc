// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/connectionarguments.h"

#include "app/profilelogin.h"
#include "core/capture/capturefile.h"
#include "core/net/sshtunnel.h"
#include "core/profile/profileoptions.h"
#include "core/profile/profilestore.h"
#include "core/profile/secretstore.h"
#include "core/profile/shardlabels.h"

#include <QCommandLineParser>
#include <QFile>
#include <QFileInfo>

#include <cmath>
#include <cstdio>

namespace slotscope::app {

using namespace Qt::StringLiterals;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

constexpr double longestTimeout = 3600;
constexpr qint64 longestPassword = 64 * 1024;

/// For --tls-name: no host is called so.
const QString seedName = u"@seed"_s;

const QString userOption = u"user"_s;
const QString passwordFileOption = u"password-file"_s;
const QString tlsOption = u"tls"_s;
const QString caOption = u"ca"_s;
const QString certOption = u"cert"_s;
const QString keyOption = u"key"_s;
const QString keyPasswordFileOption = u"key-password-file"_s;
const QString insecureOption = u"insecure-tls"_s;
const QString tlsNameOption = u"tls-name"_s;
const QString socksOption = u"socks"_s;
const QString sshOption = u"ssh"_s;
const QString mapOption = u"map"_s;
const QString timeoutOption = u"timeout"_s;
const QString connectTimeoutOption = u"connect-timeout"_s;
const QString respOption = u"resp"_s;

Error usage(const QString& detail)
{
    return { ErrorCode::InvalidInput, detail, {} };
}

Result<QString> readPasswordFile(const QString& option, const QString& name)
{
    if (name.isEmpty()) // Qt would warn
        return usage(u"--%1 wants a file, or - for standard input"_s.arg(option));
    QFile file(name);
    const bool opened
        = name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened)
        return usage(u"--%1 %2: %3"_s.arg(option, name, file.errorString()));
    // The first line: editors and echo put a line end behind it.
    QByteArray line = file.readLine(longestPassword);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty())
        return usage(u"--%1 %2: there is no password in it"_s.arg(option, name));
    return QString::fromUtf8(line);
}

Result<Done> readPassword(const QCommandLineParser& parser, net::ConnectionOptions& options)
{
    if (parser.isSet(passwordFileOption)) {
        const Result<QString> password
            = readPasswordFile(passwordFileOption, parser.value(passwordFileOption));
        if (!password)
            return password.error();
        options.password = *password;
    } else if (!qEnvironmentVariableIsEmpty("SLOTSCOPE_PASSWORD")) {
        options.password = qEnvironmentVariable("SLOTSCOPE_PASSWORD");
    }
    if (parser.isSet(keyPasswordFileOption)) {
        const Result<QString> passphrase
            = readPasswordFile(keyPasswordFileOption, parser.value(keyPasswordFileOption));
        if (!passphrase)
            return passphrase.error();
        options.tls.keyPassphrase = *passphrase;
    }
    return Done {};
}

Result<profile::Profile> applyProfile(
    const QString& name, ConnectionArguments& arguments, QStringList& rules)
{
    const profile::ProfileStore store(profile::ProfileStore::defaultFile());
    const Result<QList<profile::Profile>> profiles = store.load();
    if (!profiles)
        return profiles.error();
    const qsizetype place = profile::indexOfName(*profiles, name);
    if (place < 0)
        return usage(u"there is no profile named %1"_s.arg(name));
    const profile::Profile& found = profiles->at(place);
    const Result<net::ConnectionOptions> options = profile::optionsOf(found, arguments.options);
    if (!options)
        return options.error();
    const Result<QList<net::TypedEndpoint>> seeds = profile::seedsOf(found);
    if (!seeds)
        return seeds.error();
    const QList<net::TypedEndpoint> dialled = profile::dialledSeeds(*seeds);
    arguments.endpoint = dialled.isEmpty() ? seeds->first() : dialled.first();
    arguments.otherSeeds = dialled.mid(1);
    arguments.profile = name;
    arguments.saved = found;
    arguments.options = *options;
    arguments.readOnly = found.opensReadOnly();
    // The first match wins: what was typed now goes before what was saved.
    arguments.options.addressMap = {};
    rules += found.addressMap;
    return found;
}

Result<Done> applyAddressMap(const QStringList& rules, net::ConnectionOptions& options)
{
    for (const QString& rule : rules) {
        if (const Result<Done> added = options.addressMap.addRule(rule); !added)
            return usage(u"--map %1: %2"_s.arg(rule, added.error().detail));
    }
    return Done {};
}

Result<Done> applyTls(const QCommandLineParser& parser, ConnectionArguments& arguments)
{
    net::TlsOptions& tls = arguments.options.tls;
    if (arguments.endpoint.tls || parser.isSet(tlsOption))
        tls.enabled = true;
    const auto readable = [&parser](const QString& option, QString* file) -> Result<Done> {
        *file = parser.value(option);
        if (!QFileInfo(*file).isReadable())
            return usage(u"--%1 %2: cannot be read"_s.arg(option, *file));
        return Done {};
    };
    if (parser.isSet(caOption)) {
        if (const auto found = readable(caOption, &tls.caFile); !found)
            return found.error();
    }
    if (parser.isSet(certOption)) {
        tls.pkcs12File.clear();
        tls.certificateFile.clear();
        const QString ending = QFileInfo(parser.value(certOption)).suffix().toLower();
        const bool isPkcs12 = ending == "p12"_L1 || ending == "pfx"_L1;
        const auto found = readable(certOption, isPkcs12 ? &tls.pkcs12File : &tls.certificateFile);
        if (!found)
            return found.error();
        if (!isPkcs12 && !parser.isSet(keyOption) && tls.keyFile.isEmpty())
            return usage(u"--cert wants --key, too"_s);
    }
    if (parser.isSet(keyOption)) {
        if (const auto found = readable(keyOption, &tls.keyFile); !found)
            return found.error();
    }
    if (parser.isSet(tlsNameOption)) {
        const QString name = parser.value(tlsNameOption);
        tls.verifySeed = name == seedName;
        tls.verifyName = tls.verifySeed ? QString() : name;
    }
    if (parser.isSet(insecureOption))
        tls.insecure = true;
    return Done {};
}

Result<Done> applyWay(const QCommandLineParser& parser, ConnectionArguments& arguments)
{
    net::ConnectionOptions& options = arguments.options;
    if (parser.isSet(sshOption) && parser.isSet(socksOption))
        return usage(u"--socks or --ssh, not both"_s);
    if (parser.isSet(sshOption)) {
        const auto target = net::SshTarget::parse(parser.value(sshOption));
        if (!target)
            return usage(u"--ssh wants [USER@]HOST[:PORT]: "_s + target.error().detail);
        options.socks.reset();
        auto ssh = net::SshOptions::of(*target, options.timeToConnect());
        if (arguments.saved)
            ssh.secretVariables = profile::secretVariables(*arguments.saved);
        options.tunnel = net::SshTunnel::create(ssh);
        return Done {};
    }
    if (!parser.isSet(socksOption))
        return Done {};
    const auto proxy = net::Endpoint::parse(parser.value(socksOption), net::usualSocksPort);
    if (!proxy || !proxy->isDialable())
        return usage(u"--socks wants HOST:PORT"_s);
    options.socks = *proxy;
    options.tunnel.reset();
    return Done {};
}

Result<Done> applyNumbers(const QCommandLineParser& parser, net::ConnectionOptions& options)
{
    for (const QString& option : { timeoutOption, connectTimeoutOption }) {
        if (!parser.isSet(option))
            continue;
        bool isNumber = false;
        const double seconds = parser.value(option).toDouble(&isNumber);
        if (!isNumber || !std::isfinite(seconds) || seconds < 0.001 || seconds > longestTimeout)
            return usage(u"--%1 wants seconds, more than 0 and at most 3600"_s.arg(option));
        const std::chrono::milliseconds time(std::llround(seconds * 1000));
        if (option == timeoutOption)
            options.timeout = time;
        // The one for both replaces what a profile says of connecting.
        options.connectTimeout.reset();
        if (option == connectTimeoutOption)
            options.connectTimeout = time;
    }
    if (parser.isSet(respOption)) {
        const QString version = parser.value(respOption);
        if (version != "2"_L1 && version != "3"_L1)
            return usage(u"--resp wants 2 or 3"_s);
        options.respVersion = version.toInt();
    }
    return Done {};
}

} // namespace

bool isCaptureFile(const QString& argument)
{
    return capture::hasCaptureEnding(argument)
        || (argument.startsWith(u'/') && QFileInfo(argument).isFile());
}

void addConnectionOptions(QCommandLineParser& parser)
{
    parser.addOptions({
        { userOption, u"Name of the ACL user."_s, u"NAME"_s },
        { passwordFileOption,
            u"File whose first line is the password, - for standard input. Else the environment "
            "variable SLOTSCOPE_PASSWORD is used, or what a profile says."_s,
            u"FILE"_s },
        { tlsOption, u"Use TLS; certificates are verified."_s },
        { caOption, u"Certificates to trust (PEM) instead of the system's."_s, u"FILE"_s },
        { certOption,
            u"Client certificate (PEM), or certificate and key in one (PKCS#12: .p12, .pfx)."_s,
            u"FILE"_s },
        { keyOption, u"Its private key (PEM)."_s, u"FILE"_s },
        { keyPasswordFileOption, u"File whose first line opens the key, - for standard input."_s,
            u"FILE"_s },
        { tlsNameOption,
            u"Name to ask for and to verify, instead of the announced one; @seed is ENDPOINT's."_s,
            u"NAME"_s },
        { insecureOption, u"Verify nothing. Whoever answers is believed, with your password."_s },
        { mapOption,
            u"Dial another address than the announced one: HOST=HOST, HOST:PORT=HOST:PORT, or "
            "ranges of ports (HOST:7000-7005=HOST:17000-17005). The announced host may have a * "
            "for any text or be a subnet (10.0.0.0/16); the dialled one may have that * again, or "
            "be @seed, the host of ENDPOINT. May be given several times."_s,
            u"ANNOUNCED=DIAL"_s },
        { socksOption, u"Go through this SOCKS5 proxy; names are resolved at its end."_s,
            u"HOST:PORT"_s },
        { sshOption,
            u"Go through an ssh tunnel to this host, with the configuration, agent and known hosts "
            "of ssh; addresses and names are those of its far end."_s,
            u"[USER@]HOST[:PORT]"_s },
        { timeoutOption, u"For connecting and for each reply; 5 if not given."_s, u"SECONDS"_s },
        { connectTimeoutOption, u"For connecting, if that may take longer or shorter."_s,
            u"SECONDS"_s },
        { respOption, u"Protocol version, 2 or 3; 3 if not given."_s, u"VERSION"_s },
    });
}

QList<cluster::Shard> ConnectionArguments::knownShards() const
{
    return saved ? profile::shardsOf(saved->shards) : QList<cluster::Shard>();
}

int ConnectionArguments::otherDatabase() const
{
    for (const net::TypedEndpoint& seed : QList { endpoint } + otherSeeds) {
        if (seed.database != 0)
            return seed.database;
    }
    return 0;
}

Result<ConnectionArguments> readConnectionArguments(
    const QCommandLineParser& parser, const QString& endpoint, Secrets secrets)
{
    ConnectionArguments arguments;
    net::ConnectionOptions& options = arguments.options;
    QStringList rules = parser.values(mapOption);
    std::optional<profile::Profile> profile;
    if (endpoint.startsWith("profile:"_L1)) {
        const auto applied = applyProfile(endpoint.mid(8), arguments, rules);
        if (!applied)
            return applied.error();
        profile = *applied;
    } else {
        const Result<net::TypedEndpoint> typed = net::parseTypedEndpoint(endpoint);
        if (!typed)
            return typed.error();
        arguments.endpoint = *typed;
        options.tls.enabled = profile::wantsTls(*typed);
    }
    if (arguments.endpoint.password) {
        const QString hint = arguments.endpoint.isWordAlone
            ? u" (a word alone before the @ is a password; a user is --user NAME)"_s
            : QString();
        return usage(u"a password on the command line can be seen by everybody on this computer: "
                     "use --password-file or the environment variable SLOTSCOPE_PASSWORD"_s
            + hint);
    }
    if (options.user.isEmpty())
        options.user = arguments.endpoint.user;
    if (parser.isSet(userOption))
        options.user = parser.value(userOption);
    if (const Result<Done> applied = applyTls(parser, arguments); !applied)
        return applied.error();
    if (const Result<Done> applied = applyAddressMap(rules, options); !applied)
        return applied.error();
    options.setSeed(arguments.endpoint.endpoint);
    if (const Result<Done> applied = applyNumbers(parser, options); !applied)
        return applied.error();
    if (const Result<Done> applied = applyWay(parser, arguments); !applied)
        return applied.error();
    if (secrets == Secrets::Read) {
        if (const Result<Done> read = readPassword(parser, options); !read)
            return read.error();
        // A variable that stands for all servers is no token.
        if (profile && profile->authentication.isIam() && !parser.isSet(passwordFileOption))
            options.password.reset();
        // Another user has another password.
        if (profile && parser.isSet(userOption))
            profile->authentication = {};
        if (profile) {
            if (const Result<Done> completed = completeFrom(*profile, arguments); !completed)
                return completed.error();
        }
    }
    return arguments;
}

net::ConnectionOptions optionsForOthers(
    const QCommandLineParser& parser, const ConnectionArguments& first)
{
    const auto alone = readConnectionArguments(parser, u"localhost"_s, Secrets::Leave);
    net::ConnectionOptions options = alone ? alone->options : net::ConnectionOptions();
    options.user.clear();
    if (parser.isSet(keyPasswordFileOption))
        options.tls.keyPassphrase = first.options.tls.keyPassphrase;
    if (parser.isSet(sshOption)) // one is enough
        options.tunnel = first.options.tunnel;
    return options;
}

} // namespace slotscope::app
