// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/handshake.h"

#include "core/explain/errors.h"
#include "core/net/serverclock.h"
#include "core/support/bytes.h"
#include "core/support/redact.h"

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::ErrorCode;

namespace {

Handshake::Step failed(ErrorCode code, const QString& detail)
{
    return { Handshake::Step::Kind::Failed, {}, { code, detail, {} } };
}

bool isDefaultUser(const QString& user)
{
    return user.isEmpty() || user == u"default"_s;
}

Handshake::Step waiting()
{
    return { Handshake::Step::Kind::Wait, {}, {} };
}

/// Enough of an id to tell it from others, as everywhere.
QString shortText(const QByteArray& id)
{
    return QString::fromLatin1(id.left(8));
}

/// The server will not talk to this client whatever comes next (it usually closes as well).
bool turnsEverybodyAway(QByteArrayView line)
{
    return line.startsWith("DENIED") || line.startsWith("ERR max number of clients");
}

bool isWrongPassword(QByteArrayView line)
{
    return line.startsWith("WRONGPASS") || line.startsWith("ERR invalid password");
}

bool isPasswordUnneeded(QByteArrayView line)
{
    // Redis >= 6, and before.
    return line.contains("without any password configured")
        || line.contains("but no password is set");
}

QString textOf(const resp::Reply& map, QByteArrayView key)
{
    return support::toVisibleText(map.value(key).text(), 256);
}

} // namespace

Handshake::Handshake(const ConnectionOptions& options)
    : m_user(options.user)
    , m_password(options.password)
    , m_isToken(options.currentPassword != nullptr)
    , m_respVersion(options.respVersion)
    , m_readOnly(options.readOnly)
    , m_expectedNode(options.expectedNode)
{
    if (m_password && options.currentPassword)
        m_password = options.currentPassword->newestOf(*m_password);
    // Without AUTH the server would take us for the default user, who may do other things.
    m_isUserAlone = !m_password && !isDefaultUser(m_user) && !m_isToken;
    if (m_isUserAlone)
        m_password = QString();
}

Handshake::Step Handshake::begin()
{
    return m_respVersion >= 3 ? sendHello() : sendAuth();
}

Handshake::Step Handshake::onReply(const resp::Reply& reply)
{
    if (reply.isError()) {
        // A server that does not know HELLO repeats its arguments, the password among them.
        m_lastErrorLine = support::toVisibleText(support::redactLine(reply.text(),
            m_password && !m_isUserAlone ? QByteArrayList { m_password->toUtf8() }
                                         : QByteArrayList()));
        if (turnsEverybodyAway(reply.text()))
            return failed(ErrorCode::ServerError, m_lastErrorLine);
    }
    if (m_awaited.empty())
        return {};
    const Phase phase = m_awaited.front();
    m_awaited.pop_front();
    switch (phase) {
    case Phase::Hello:
        return onHello(reply);
    case Phase::Auth:
        return onAuth(reply);
    case Phase::SetName:
        return onSetName(reply);
    case Phase::MyId:
        return onMyId(reply);
    case Phase::ReadOnly:
        return onReadOnly(reply);
    case Phase::Time:
        return onTime(reply);
    }
    return {};
}

Handshake::Step Handshake::sendHello()
{
    Argv command { "HELLO", "3" };
    if (m_password) {
        command += { "AUTH", isDefaultUser(m_user) ? QByteArray("default") : m_user.toUtf8(),
            m_password->toUtf8() };
    }
    command += { "SETNAME", "slotscope" };
    return send(Phase::Hello, command);
}

/// CLUSTER MYID goes along with HELLO and with SETNAME, which comes when HELLO was not understood.
Handshake::Step Handshake::send(Phase phase, const Argv& command)
{
    Step step { Step::Kind::Send, { command }, {} };
    m_awaited.push_back(phase);
    const bool mayKnow = phase == Phase::Hello || phase == Phase::SetName;
    if (mayKnow && !m_expectedNode.isEmpty()
        && m_hello.identity != ServerHello::Identity::Confirmed) {
        step.commands.append(Argv { "CLUSTER", "MYID" });
        m_awaited.push_back(Phase::MyId);
    }
    return step;
}

/// The last error line is no reason to end.
QString Handshake::awaitedCommand() const
{
    if (m_awaited.empty())
        return {};
    switch (m_awaited.front()) {
    case Phase::Hello:
        return u"HELLO"_s;
    case Phase::Auth:
        return u"AUTH"_s;
    case Phase::SetName:
        return u"CLIENT SETNAME"_s;
    case Phase::MyId:
        return u"CLUSTER MYID"_s;
    case Phase::ReadOnly:
        return u"READONLY"_s;
    case Phase::Time:
        return u"TIME"_s;
    }
    return {};
}

void Handshake::warn()
{
    m_hello.warning += (m_hello.warning.isEmpty() ? u""_s : u"; "_s) + m_lastErrorLine;
}

Handshake::Step Handshake::sendAuth()
{
    if (!m_password)
        return sendSetName();
    // One argument for the default user: servers before 6.0 know no other form.
    if (isDefaultUser(m_user))
        return send(Phase::Auth, { "AUTH", m_password->toUtf8() });
    return send(Phase::Auth, { "AUTH", m_user.toUtf8(), m_password->toUtf8() });
}

Handshake::Step Handshake::sendSetName()
{
    m_isIn = true;
    return send(Phase::SetName, { "CLIENT", "SETNAME", "slotscope" });
}

Handshake::Step Handshake::sendReadOnly()
{
    return m_readOnly ? send(Phase::ReadOnly, { "READONLY" }) : Step {};
}

Handshake::Step Handshake::goOn()
{
    return m_awaited.empty() ? sendReadOnly() : waiting();
}

Handshake::Step Handshake::onHello(const resp::Reply& reply)
{
    if (reply.isError()) {
        if (reply.text().startsWith("NOAUTH"))
            return failed(ErrorCode::AuthRequired, m_lastErrorLine);
        if (isWrongPassword(reply.text()))
            return refused();
        // Unknown before 6.0, NOPROTO, NOPERM, renamed, a proxy: all of them speak RESP2.
        return sendAuth();
    }
    if (reply.type() != resp::Type::Map && reply.type() != resp::Type::Array)
        return failed(ErrorCode::NotRedis, support::toVisibleText(reply.text()));
    m_hello.server = textOf(reply, "server");
    m_hello.version = textOf(reply, "version");
    m_hello.mode = textOf(reply, "mode");
    m_hello.role = textOf(reply, "role");
    m_hello.protocol = reply.value("proto").toInteger(3) >= 3 ? 3 : 2;
    m_isIn = true;
    return goOn();
}

Handshake::Step Handshake::onAuth(const resp::Reply& reply)
{
    if (!reply.isError()) {
        if (reply.type() != resp::Type::Status)
            return failed(ErrorCode::NotRedis, support::toVisibleText(reply.text()));
        return sendSetName();
    }
    if (!isPasswordUnneeded(reply.text()))
        return refused();
    warn();
    return sendSetName();
}

Handshake::Step Handshake::refused()
{
    if (m_isUserAlone)
        return failed(ErrorCode::AuthRequired, m_lastErrorLine);
    if (!m_isToken)
        return failed(ErrorCode::AuthFailed, m_lastErrorLine);
    m_tokenRefusal = m_lastErrorLine;
    return send(Phase::Time, { "TIME" });
}

/// Who is not logged in hears NOAUTH, unless the default user may ask.
Handshake::Step Handshake::onTime(const resp::Reply& reply)
{
    m_toldTime = timeOf(reply);
    return failed(ErrorCode::TokenRefused, m_tokenRefusal);
}

Handshake::Step Handshake::onSetName(const resp::Reply& reply)
{
    if (reply.isError() && reply.text().startsWith("NOAUTH"))
        return failed(ErrorCode::AuthRequired, m_lastErrorLine);
    if (!reply.isError() && (reply.type() != resp::Type::Status || reply.text() != "OK"))
        return failed(ErrorCode::NotRedis, support::toVisibleText(reply.text()));
    // A name is a courtesy: whoever may not set one goes on without.
    return goOn();
}

Handshake::Step Handshake::onMyId(const resp::Reply& reply)
{
    using Identity = ServerHello::Identity;
    if (!reply.isError()) {
        if (reply.text() != m_expectedNode) {
            return failed(ErrorCode::WrongNode,
                explain::expectedReached(shortText(m_expectedNode),
                    support::toVisibleText(
                        reply.text().first(qMin<qsizetype>(8, reply.text().size())))));
        }
        m_hello.identity = Identity::Confirmed;
    } else if (!m_isIn) {
        return waiting(); // it is asked again when we are in
    } else if (reply.text().contains("cluster support disabled")) {
        return failed(
            ErrorCode::WrongNode, explain::expectedReachedStandalone(shortText(m_expectedNode)));
    } else {
        m_hello.identity = Identity::Unknown;
        warn();
    }
    return m_isIn ? goOn() : waiting();
}

Handshake::Step Handshake::onReadOnly(const resp::Reply& reply)
{
    if (reply.isError()) {
        // Reads of what this node does not serve are redirected then, which is no harm.
        warn();
    }
    return {};
}

} // namespace slotscope::net
