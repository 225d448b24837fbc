// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/handshake.h"

#include "core/support/bytes.h"
#include "core/support/redact.h"

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::ErrorCode;

namespace {

Handshake::Step send(const Argv& command)
{
    return { Handshake::Step::Kind::Send, command, {} };
}

Handshake::Step failed(ErrorCode code, const QString& detail)
{
    return { Handshake::Step::Kind::Failed, {}, { code, detail, {} } };
}

bool isDefaultUser(const QString& user)
{
    return user.isEmpty() || user == u"default"_s;
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
    , m_respVersion(options.respVersion)
    , m_readOnly(options.readOnly)
{ }

Handshake::Step Handshake::begin()
{
    return m_respVersion >= 3 ? sendHello() : sendAuth();
}

Handshake::Step Handshake::onReply(const resp::Reply& reply)
{
    if (reply.isError()) {
        // A server that does not know HELLO repeats its arguments, the password among them.
        m_lastErrorLine = support::toVisibleText(support::redactLine(
            reply.text(), m_password ? QByteArrayList { m_password->toUtf8() } : QByteArrayList()));
        if (turnsEverybodyAway(reply.text()))
            return failed(ErrorCode::ServerError, m_lastErrorLine);
    }
    switch (m_phase) {
    case Phase::Hello:
        return onHello(reply);
    case Phase::Auth:
        return onAuth(reply);
    case Phase::SetName:
        return onSetName(reply);
    case Phase::ReadOnly:
        return onReadOnly(reply);
    case Phase::Done:
        break;
    }
    return {};
}

Handshake::Step Handshake::sendHello()
{
    m_phase = Phase::Hello;
    Argv command { "HELLO", "3" };
    if (m_password) {
        command += { "AUTH", isDefaultUser(m_user) ? QByteArray("default") : m_user.toUtf8(),
            m_password->toUtf8() };
    }
    command += { "SETNAME", "slotscope" };
    return send(command);
}

Handshake::Step Handshake::sendAuth()
{
    if (!m_password)
        return sendSetName();
    m_phase = Phase::Auth;
    // One argument for the default user: servers before 6.0 know no other form.
    if (isDefaultUser(m_user))
        return send({ "AUTH", m_password->toUtf8() });
    return send({ "AUTH", m_user.toUtf8(), m_password->toUtf8() });
}

Handshake::Step Handshake::sendSetName()
{
    m_phase = Phase::SetName;
    return send({ "CLIENT", "SETNAME", "slotscope" });
}

Handshake::Step Handshake::sendReadOnly()
{
    m_phase = m_readOnly ? Phase::ReadOnly : Phase::Done;
    return m_readOnly ? send({ "READONLY" }) : Step {};
}

Handshake::Step Handshake::onHello(const resp::Reply& reply)
{
    if (reply.isError()) {
        if (reply.text().startsWith("NOAUTH"))
            return failed(ErrorCode::AuthRequired, m_lastErrorLine);
        if (isWrongPassword(reply.text()))
            return failed(ErrorCode::AuthFailed, m_lastErrorLine);
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
    return sendReadOnly();
}

Handshake::Step Handshake::onAuth(const resp::Reply& reply)
{
    if (!reply.isError()) {
        if (reply.type() != resp::Type::Status)
            return failed(ErrorCode::NotRedis, support::toVisibleText(reply.text()));
        return sendSetName();
    }
    if (!isPasswordUnneeded(reply.text()))
        return failed(ErrorCode::AuthFailed, m_lastErrorLine);
    m_hello.warning = m_lastErrorLine;
    return sendSetName();
}

Handshake::Step Handshake::onSetName(const resp::Reply& reply)
{
    if (reply.isError() && reply.text().startsWith("NOAUTH"))
        return failed(ErrorCode::AuthRequired, m_lastErrorLine);
    if (!reply.isError() && (reply.type() != resp::Type::Status || reply.text() != "OK"))
        return failed(ErrorCode::NotRedis, support::toVisibleText(reply.text()));
    // A name is a courtesy: whoever may not set one goes on without.
    return sendReadOnly();
}

Handshake::Step Handshake::onReadOnly(const resp::Reply& reply)
{
    if (reply.isError()) {
        // Reads of what this node does not serve are redirected then, which is no harm.
        m_hello.warning += (m_hello.warning.isEmpty() ? u""_s : u"; "_s) + m_lastErrorLine;
    }
    m_phase = Phase::Done;
    return {};
}

} // namespace slotscope::net
