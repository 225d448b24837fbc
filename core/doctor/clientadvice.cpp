// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clientadvice.h"

#include "core/explain/clients.h"
#include "core/explain/codestring.h"
#include "core/explain/goredis.h"

#include <QJsonObject>

namespace slotscope::doctor {

namespace {

using cluster::Kind;
using explain::CodeLanguage;

// A user always has a password; only those of "nopass" take any.
bool authenticates(const ClientTarget& target)
{
    return target.withPassword || !target.user.isEmpty();
}

ClientAdvice goRedis(const ClientTarget& target)
{
    ClientAdvice advice;
    advice.name = QStringLiteral("go-redis");
    advice.language = explain::codeLanguageName(CodeLanguage::Go);
    const explain::ClientCode code = explain::goRedisCode(
        target.endpoint.toString(), target.tls, target.user, authenticates(target));
    advice.mode = ClientMode::Plain;
    advice.movedShare = target.movedShare;
    advice.whatHappens
        = explain::makesPlainClient(explain::withOneAddress(QStringLiteral("NewUniversalClient")),
            target.movedShare, target.isReplica);
    advice.wrongCode = code.wrong;
    advice.snippet = code.right;
    return advice;
}

} // namespace

QList<ClientAdvice> clientAdvice(const ClientTarget& target)
{
    return { goRedis(target) };
}

QString modeName(ClientMode mode)
{
    switch (mode) {
    case ClientMode::Plain:
        return QStringLiteral("plain");
    case ClientMode::FollowsWithoutMap:
        return QStringLiteral("follows");
    case ClientMode::Cluster:
        return QStringLiteral("cluster");
    case ClientMode::Fails:
        return QStringLiteral("fails");
    }
    return {};
}

QJsonArray toJson(const QList<ClientAdvice>& advice)
{
    QJsonArray array;
    for (const ClientAdvice& client : advice) {
        array.append(QJsonObject {
            { QStringLiteral("name"), client.name },
            { QStringLiteral("versions"), client.versions },
            { QStringLiteral("mode"), modeName(client.mode) },
            { QStringLiteral("what_happens"), client.whatHappens },
            { QStringLiteral("moved_share"),
                client.movedShare ? QJsonValue(*client.movedShare) : QJsonValue() },
            { QStringLiteral("language"), client.language },
            { QStringLiteral("wrong"),
                client.wrongCode.isEmpty() ? QJsonValue() : QJsonValue(client.wrongCode) },
            { QStringLiteral("snippet"), client.snippet },
        });
    }
    return array;
}

} // namespace slotscope::doctor
