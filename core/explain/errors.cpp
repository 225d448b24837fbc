// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/errors.h"

#include "core/explain/clocks.h"
#include "core/explain/credentials.h"

#include <QCoreApplication>
#include <QDateTime>

namespace slotscope::explain {

using namespace Qt::StringLiterals;
namespace {

using support::Error;
using support::ErrorCode;

// The translation context.
struct ErrorTexts
{
    Q_DECLARE_TR_FUNCTIONS(ErrorTexts)
};

/// `%1` is who answered; `%2`, where the sentence has it, what it said.
QString with(const QString& sentence, const Error& error)
{
    const QString who = error.address.isEmpty() ? ErrorTexts::tr("the server") : error.address;
    // Both at once: what a server says may look like a place for an argument.
    return sentence.contains(QLatin1StringView("%2")) ? sentence.arg(who, error.detail)
                                                      : sentence.arg(who);
}

/// The sentence, with the detail at its end where there is one.
QString withDetail(const QString& sentence, const Error& error)
{
    const QString text = with(sentence, error);
    return error.detail.isEmpty()
        ? text
        : ErrorTexts::tr("%1 (%2)").arg(text.chopped(1), error.detail) + u'.';
}

/// Of "host:port" only the host is a name.
QString unknownName(const QString& address)
{
    const QString name = address.left(address.lastIndexOf(u':'));
    return name.isEmpty() ? ErrorTexts::tr("The name is not known to DNS.")
                          : ErrorTexts::tr("The name %1 is not known to DNS.").arg(name);
}

/// What a server says as long as it says no to everything.
QString serverErrorRemedy(const QString& line)
{
    if (line.startsWith(u"DENIED "_s)) {
        return ErrorTexts::tr("Connect from the server's own host (through SSH), or set a password "
                              "there.");
    }
    if (line.contains(u"max number of clients"_s))
        return ErrorTexts::tr("Close connections of other clients, or raise maxclients there.");
    return ErrorTexts::tr("Look up the server's words; its log may tell more.");
}

} // namespace

QString expectedReached(const QString& expected, const QString& reached)
{
    return ErrorTexts::tr("Expected node %1, reached %2").arg(expected, reached);
}

QString expectedReachedStandalone(const QString& expected)
{
    return expectedReached(expected, ErrorTexts::tr("a server without cluster support"));
}

QString reachedStranger(const QString& reached)
{
    return ErrorTexts::tr("Reached node %1, which is none of this cluster,").arg(reached);
}

QString errorSentence(const Error& error)
{
    switch (error.code) {
    case ErrorCode::InvalidInput:
        return error.detail.isEmpty()
            ? ErrorTexts::tr("This cannot be understood.")
            : ErrorTexts::tr("This cannot be understood: %1.").arg(error.detail);
    case ErrorCode::ResolveFailed:
        return error.detail.isEmpty()
            ? unknownName(error.address)
            : withDetail(ErrorTexts::tr("No address was found for %1."), error);
    case ErrorCode::ConnectionRefused:
        return with(ErrorTexts::tr("Connection refused by %1. Nothing listens there."), error);
    case ErrorCode::ConnectTimeout:
        return with(ErrorTexts::tr("Connecting to %1 timed out. Nothing answered."), error);
    case ErrorCode::ConnectFailed:
        return withDetail(ErrorTexts::tr("Could not connect to %1."), error);
    case ErrorCode::ProxyUnreachable:
        return withDetail(ErrorTexts::tr("The proxy %1 does not serve."), error);
    case ErrorCode::ProxyRefused:
        return withDetail(
            ErrorTexts::tr("The far end of the proxy or tunnel could not reach %1."), error);
    case ErrorCode::TunnelFailed:
        return withDetail(ErrorTexts::tr("There is no ssh tunnel through %1."), error);
    case ErrorCode::TlsClientRefused:
        return withDetail(
            ErrorTexts::tr("%1 accepts no client without the right certificate."), error);
    case ErrorCode::TlsFailed:
        return withDetail(ErrorTexts::tr("No TLS connection with %1."), error);
    case ErrorCode::TlsOutOfTime:
        return error.detail.isEmpty()
            ? with(ErrorTexts::tr("No TLS connection with %1: its certificate is not valid now."),
                error)
            : withDetail(ErrorTexts::tr("No TLS connection with %1."), error);
    case ErrorCode::TlsNotSpoken:
        return with(error.detail.isEmpty()
                ? ErrorTexts::tr(
                    "%1 did not answer the TLS handshake: it does not speak TLS on this "
                    "port, or it hangs.")
                : ErrorTexts::tr("%1 does not speak TLS on this port, and TLS was asked for."),
            error);
    case ErrorCode::TlsExpected:
        return with(error.detail.isEmpty()
                ? ErrorTexts::tr("%1 closed the plain connection: it seems to expect TLS.")
                : ErrorTexts::tr("%1 closed the connection without a word: it may expect TLS, or "
                                 "be a proxy whose server is not there."),
            error);
    case ErrorCode::NotRedis:
        return error.detail.isEmpty()
            ? with(ErrorTexts::tr("%1 answers, but it is not Redis or Valkey."), error)
            : with(ErrorTexts::tr("%1 answers, but it is not Redis or Valkey. It said: %2"), error);
    case ErrorCode::NoReply:
        return with(error.detail.isEmpty()
                ? ErrorTexts::tr("%1 accepted the connection and said nothing.")
                : ErrorTexts::tr("%1 accepted the connection and did not answer %2 in time."),
            error);
    case ErrorCode::AuthRequired:
        return with(ErrorTexts::tr("%1 wants a password."), error);
    case ErrorCode::NoCredentials:
        return error.detail.isEmpty() ? ErrorTexts::tr("There is nothing to log in with.")
                                      : error.detail;
    case ErrorCode::AuthFailed:
        return withDetail(ErrorTexts::tr("%1 refused this user name and password."), error);
    case ErrorCode::TokenRefused:
        return withDetail(ErrorTexts::tr("%1 refused this user's token."), error);
    case ErrorCode::NoPermission:
        return withDetail(ErrorTexts::tr("This user may not do that on %1."), error);
    case ErrorCode::CommandUnavailable:
        return withDetail(ErrorTexts::tr("%1 does not have this command."), error);
    case ErrorCode::Loading:
        return with(ErrorTexts::tr("%1 is still loading its data into memory."), error);
    case ErrorCode::ServerError:
        return error.detail.isEmpty()
            ? with(ErrorTexts::tr("%1 answered with an error."), error)
            : with(ErrorTexts::tr("%1 answered with an error: %2"), error);
    case ErrorCode::ProtocolError:
        return withDetail(ErrorTexts::tr("%1 sent something that cannot be understood."), error);
    case ErrorCode::LimitExceeded:
        return withDetail(
            ErrorTexts::tr("The reply of %1 is larger than Slotscope accepts."), error);
    case ErrorCode::ConnectionLost:
        return withDetail(ErrorTexts::tr("The connection to %1 was lost."), error);
    case ErrorCode::ReplyTimeout:
        return with(ErrorTexts::tr("%1 did not answer in time."), error);
    case ErrorCode::Cancelled:
        return ErrorTexts::tr("Cancelled.");
    case ErrorCode::WrongNode:
        return error.detail.isEmpty()
            ? with(ErrorTexts::tr("Another node than expected answered at %1."), error)
            : with(ErrorTexts::tr("%2 at %1. Stopped: this may be another cluster."), error);
    case ErrorCode::NotOurSandbox:
        return withDetail(
            ErrorTexts::tr("Slotscope writes only to its own sandbox, and %1 is not it."), error);
    case ErrorCode::FileError:
        return error.detail.isEmpty()
            ? ErrorTexts::tr("The file cannot be read or written.")
            : ErrorTexts::tr("The file cannot be read or written: %1").arg(error.detail);
    case ErrorCode::FileDamaged:
        return error.detail.isEmpty() ? ErrorTexts::tr("The file is damaged.")
                                      : ErrorTexts::tr("The file is damaged: %1").arg(error.detail);
    case ErrorCode::NotPossible:
        return error.detail.isEmpty() ? ErrorTexts::tr("This cannot be done now.") : error.detail;
    case ErrorCode::ProcessFailed:
        return error.detail.isEmpty()
            ? ErrorTexts::tr("A server process did not start or has ended.")
            : ErrorTexts::tr("A server process did not start or has ended: %1").arg(error.detail);
    }
    return error.detail;
}

QString errorReason(const Error& error)
{
    switch (error.code) {
    case ErrorCode::InvalidInput:
        return ErrorTexts::tr("not understood");
    case ErrorCode::ResolveFailed:
        return error.detail.isEmpty() ? ErrorTexts::tr("unknown host name")
                                      : ErrorTexts::tr("no address found");
    case ErrorCode::ConnectionRefused:
        return ErrorTexts::tr("connection refused");
    case ErrorCode::ConnectTimeout:
        return ErrorTexts::tr("connect timed out");
    case ErrorCode::ConnectFailed:
        return ErrorTexts::tr("could not connect");
    case ErrorCode::ProxyUnreachable:
        return ErrorTexts::tr("the proxy does not serve");
    case ErrorCode::ProxyRefused:
        return ErrorTexts::tr("not reached by the proxy or tunnel");
    case ErrorCode::TunnelFailed:
        return ErrorTexts::tr("no ssh tunnel");
    case ErrorCode::TlsClientRefused:
        return ErrorTexts::tr("client certificate not accepted");
    case ErrorCode::TlsFailed:
    case ErrorCode::TlsOutOfTime:
    case ErrorCode::TlsNotSpoken:
    case ErrorCode::TlsExpected:
        return ErrorTexts::tr("no TLS connection");
    case ErrorCode::NotRedis:
        return ErrorTexts::tr("not Redis or Valkey");
    case ErrorCode::NoReply:
    case ErrorCode::ReplyTimeout:
        return ErrorTexts::tr("no reply in time");
    case ErrorCode::AuthRequired:
        return ErrorTexts::tr("password wanted");
    case ErrorCode::NoCredentials:
        return ErrorTexts::tr("no credentials");
    case ErrorCode::AuthFailed:
        return ErrorTexts::tr("password refused");
    case ErrorCode::TokenRefused:
        return ErrorTexts::tr("token refused");
    case ErrorCode::NoPermission:
        return ErrorTexts::tr("no permission");
    case ErrorCode::CommandUnavailable:
        return ErrorTexts::tr("command not available");
    case ErrorCode::Loading:
        return ErrorTexts::tr("still loading");
    case ErrorCode::ServerError:
        return ErrorTexts::tr("error reply");
    case ErrorCode::ProtocolError:
        return ErrorTexts::tr("reply not understood");
    case ErrorCode::LimitExceeded:
        return ErrorTexts::tr("reply too large");
    case ErrorCode::ConnectionLost:
        return ErrorTexts::tr("connection lost");
    case ErrorCode::Cancelled:
        return ErrorTexts::tr("cancelled");
    case ErrorCode::WrongNode:
        return ErrorTexts::tr("another node answered");
    case ErrorCode::NotOurSandbox:
        return ErrorTexts::tr("not the sandbox");
    case ErrorCode::FileError:
        return ErrorTexts::tr("file error");
    case ErrorCode::FileDamaged:
        return ErrorTexts::tr("damaged file");
    case ErrorCode::NotPossible:
        return ErrorTexts::tr("not possible now");
    case ErrorCode::ProcessFailed:
        return ErrorTexts::tr("process failed");
    }
    return {};
}

QString errorRemedy(const Error& error)
{
    switch (error.code) {
    case ErrorCode::InvalidInput:
        return ErrorTexts::tr(
            "Write host:port, a redis:// or rediss:// URL, or paste a MOVED error or the "
            "output of CLUSTER NODES.");
    case ErrorCode::ResolveFailed:
        if (!error.detail.isEmpty()) {
            return ErrorTexts::tr("Check that this computer's resolver answers, and what the node "
                                  "announces as its address.");
        }
        return ErrorTexts::tr(
            "Check the spelling. A private name is known only inside its network: connect "
            "from there, through its VPN, or through an SSH server there (--ssh).");
    case ErrorCode::ConnectionRefused:
        return ErrorTexts::tr(
            "Check the port, and that the server runs and listens on this address.");
    case ErrorCode::ConnectTimeout:
        return ErrorTexts::tr(
            "A firewall or a security group may drop the packets, or the address is private "
            "to another network.");
    case ErrorCode::ConnectFailed:
        return ErrorTexts::tr("Check the network and the address.");
    case ErrorCode::ProxyUnreachable:
        return ErrorTexts::tr("Check the address of the proxy (--socks), and that it runs.");
    case ErrorCode::ProxyRefused:
        return ErrorTexts::tr(
            "Names and addresses are those of the far end: check that it may reach this one "
            "from there.");
    case ErrorCode::TunnelFailed:
        return ErrorTexts::tr(
            "Try it by hand: ssh -N HOST. What works there works here, with the same "
            "configuration, agent and known hosts.");
    case ErrorCode::TlsClientRefused:
        return ErrorTexts::tr(
            "Give a client certificate and its key (--cert, --key) that the server's "
            "authority has signed.");
    case ErrorCode::TlsFailed:
        return ErrorTexts::tr(
            "Check the certificate authority (--ca) and the name in the certificate "
            "(--tls-name).");
    case ErrorCode::TlsOutOfTime:
        return ErrorTexts::tr("The server needs another certificate, unless this computer's "
                              "clock is wrong: it says %1.")
            .arg(QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-dd HH:mm'Z'"_s));
    case ErrorCode::TlsNotSpoken:
        return (error.detail.isEmpty()
                       ? ErrorTexts::tr("If TLS has worked there before, look at its process. ")
                       : QString())
            + ErrorTexts::tr(
                "Connect without TLS: redis:// instead of rediss://. If other nodes do speak TLS, "
                "the server announces its plain port (up to 7.0, unless tls-cluster is on): map "
                "that address to the TLS port.");
    case ErrorCode::TlsExpected:
        return ErrorTexts::tr("Connect with TLS (--tls): rediss:// instead of redis://.")
            + (error.detail.isEmpty() ? QString()
                                      : u' '
                        + ErrorTexts::tr("Behind a port forward or a proxy, check that the server "
                                         "itself runs and is reached from there."));
    case ErrorCode::NotRedis:
        return ErrorTexts::tr("Check the port: 6379 is usual for Redis and Valkey.");
    case ErrorCode::NoReply:
        if (!error.detail.isEmpty()) {
            return ErrorTexts::tr(
                "It may be busy or stopped, or something on the way keeps back what it says.");
        }
        return ErrorTexts::tr(
            "It may expect TLS, be another kind of server, or be busy or stopped.");
    case ErrorCode::AuthRequired:
        return ErrorTexts::tr(
            "Give the password (--password-file), and the user if it is not the default one.");
    case ErrorCode::AuthFailed:
        return ErrorTexts::tr("Check the user name and the password.");
    case ErrorCode::TokenRefused:
        return clocksOfToken(error.clockAheadMicros) + u' ' + iamRefusedRemedy({}, {});
    case ErrorCode::NoPermission:
        return ErrorTexts::tr("Ask for a user that may run CLUSTER, INFO and ROLE: "
                              "ACL SETUSER name +cluster +info +role.");
    case ErrorCode::CommandUnavailable:
        return ErrorTexts::tr(
            "Managed services and proxies switch commands off; what needs them is left "
            "out.");
    case ErrorCode::Loading:
        return ErrorTexts::tr("Wait until it has loaded its data, or start from another node.");
    case ErrorCode::LimitExceeded:
        return ErrorTexts::tr("Ask for less at a time.");
    case ErrorCode::ConnectionLost:
    case ErrorCode::ReplyTimeout:
        return ErrorTexts::tr(
            "A command that was sent may have been executed; Slotscope does not send it again.");
    case ErrorCode::WrongNode:
        return ErrorTexts::tr(
            "The address may lead to another cluster now: discover again, and check address "
            "maps and tunnels.");
    case ErrorCode::NotOurSandbox:
        return ErrorTexts::tr("Start a sandbox with: slotscope sandbox.");
    case ErrorCode::ProcessFailed:
        return ErrorTexts::tr(
            "Check that redis-server or valkey-server is installed and can be started.");
    case ErrorCode::ServerError:
        return serverErrorRemedy(error.detail);
    case ErrorCode::ProtocolError:
        return ErrorTexts::tr("Something on the way may change the bytes: try without a proxy.");
    case ErrorCode::FileError:
        return ErrorTexts::tr("Check the path, and who may read and write there.");
    case ErrorCode::NoCredentials: // the sentence has it
    case ErrorCode::NotPossible:
    case ErrorCode::Cancelled:
    case ErrorCode::FileDamaged:
        break;
    }
    return {};
}

} // namespace slotscope::explain
