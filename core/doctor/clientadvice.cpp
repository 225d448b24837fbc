// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clientadvice.h"

#include "core/doctor/clientcode.h"
#include "core/explain/clients.h"
#include "core/support/json.h"

#include <QJsonObject>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace slotscope::doctor {

namespace {

void adviseForCluster(ClientAdvice* advice, const ClientCode& code, const ClientTarget& target)
{
    advice->mode = code.onCluster;
    advice->versions = code.versions;
    advice->snippet = code.clusterCode;
    switch (code.onCluster) {
    case ClientMode::Cluster:
        advice->movedShare = 0;
        advice->whatHappens = explain::findsClusterItself(code.plainCall);
        return;
    case ClientMode::Fails:
        advice->whatHappens = explain::refusesReplica(code.plainCall);
        break;
    case ClientMode::Plain:
        advice->movedShare = target.isReplica ? 1 : target.movedShare;
        advice->whatHappens
            = explain::makesPlainClient(code.plainCall, target.movedShare, target.isReplica);
        break;
    }
    advice->wrongCode = code.plainCode;
}

// Here the cluster client is the wrong one.
void adviseForStandalone(ClientAdvice* advice, const ClientCode& code)
{
    advice->mode = ClientMode::Plain;
    advice->movedShare = 0;
    advice->snippet = code.plainCode;
    advice->whatHappens = explain::plainClientIsRight(code.plainCall);
    if (code.onCluster == ClientMode::Cluster || code.language == explain::CodeLanguage::Shell)
        return; // it does for both
    advice->whatHappens += u' ' % explain::clusterClientFails(code.clusterCall);
    advice->wrongCode = code.clusterCode;
}

void adviseForSentinel(ClientAdvice* advice, const ClientCode& code, const ClientTarget& target)
{
    advice->mode = ClientMode::Fails;
    advice->movedShare = 0;
    advice->snippet = code.sentinelCode;
    advice->wrongCode = code.plainCode;
    advice->whatHappens = explain::sentinelServesNoData(code.plainCall) % u' '
        % explain::asksSentinel(code.sentinelCall, target.sentinelMaster);
}

/// Nothing where no way is known here: none is made up.
std::optional<ClientAdvice> adviceOn(const ClientCode& code, const ClientTarget& target)
{
    ClientAdvice advice;
    advice.name = code.name;
    advice.language = explain::codeLanguageName(code.language);
    switch (target.kind) {
    case cluster::Kind::Cluster:
        adviseForCluster(&advice, code, target);
        break;
    case cluster::Kind::Standalone:
        adviseForStandalone(&advice, code);
        break;
    case cluster::Kind::Sentinel:
        if (code.sentinelCode.isEmpty())
            return std::nullopt;
        adviseForSentinel(&advice, code, target);
        break;
    }
    if (target.kind == cluster::Kind::Cluster && target.unavailable.contains(code.mapCommand))
        advice.whatHappens += u' ' % explain::mapIsRefused(code.clusterCall, code.mapCommand);
    if (target.byToken)
        advice.whatHappens += u' ' % explain::logsInByToken(code.tokenHook);
    return advice;
}

} // namespace

QString targetUrl(const ClientTarget& target, const QString& scheme, const QString& tlsScheme)
{
    const QByteArray place = QUrl::toPercentEncoding(target.endpoint.toString(), "[]:");
    return (target.tls ? tlsScheme : scheme) % u"://" % QString::fromLatin1(place);
}

QString joinedLines(const QStringList& lines)
{
    QString text;
    for (const QString& line : lines) {
        if (!line.isEmpty())
            text += line % u'\n';
    }
    return text;
}

QList<ClientAdvice> clientAdvice(const ClientTarget& target)
{
    const QList<ClientCode> go = goClients(target);
    // The story that this program is about comes first, then as many people use them.
    const QList<ClientCode> codes = go.first(2) + scriptClients(target) + javaClients(target)
        + otherClients(target) + go.sliced(2);
    QList<ClientAdvice> all;
    for (const ClientCode& code : codes) {
        if (const std::optional<ClientAdvice> advice = adviceOn(code, target))
            all.append(*advice);
    }
    return all;
}

ClientAdvice goRedisAdvice(const ClientTarget& target)
{
    return adviceOn(goClients(target).at(1), target).value_or(ClientAdvice {});
}

QString modeName(ClientMode mode)
{
    switch (mode) {
    case ClientMode::Plain:
        return u"plain"_s;
    case ClientMode::Cluster:
        return u"cluster"_s;
    case ClientMode::Fails:
        return u"fails"_s;
    }
    return {};
}

QJsonArray toJson(const QList<ClientAdvice>& advice)
{
    QJsonArray array;
    for (const ClientAdvice& client : advice) {
        array.append(QJsonObject {
            { u"name"_s, client.name },
            { u"versions"_s, support::orNull(client.versions) },
            { u"mode"_s, modeName(client.mode) },
            { u"what_happens"_s, client.whatHappens },
            { u"moved_share"_s, client.movedShare ? QJsonValue(*client.movedShare) : QJsonValue() },
            { u"language"_s, client.language },
            { u"wrong"_s, support::orNull(client.wrongCode) },
            { u"snippet"_s, client.snippet },
        });
    }
    return array;
}

} // namespace slotscope::doctor
