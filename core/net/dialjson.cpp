// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/dialjson.h"

#include "core/support/json.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::orNull;

namespace {

QJsonValue timeOf(const QDateTime& time)
{
    return orNull(time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString());
}

QJsonObject toJson(const PeerCertificate& certificate)
{
    return {
        { u"subject"_s, certificate.subject },
        { u"issuer"_s, certificate.issuer },
        { u"names"_s, QJsonArray::fromStringList(certificate.names) },
        { u"not_before"_s, timeOf(certificate.notBefore) },
        { u"not_after"_s, timeOf(certificate.notAfter) },
        { u"sha256"_s, certificate.sha256 },
        { u"self_signed"_s, certificate.isSelfSigned },
    };
}

QJsonValue toJson(const TlsInfo& tls)
{
    if (tls.protocol.isEmpty())
        return {};
    QJsonArray chain;
    for (const PeerCertificate& certificate : tls.chain)
        chain.append(toJson(certificate));
    return QJsonObject {
        { u"protocol"_s, tls.protocol },
        { u"cipher"_s, orNull(tls.cipher) },
        { u"name"_s, orNull(tls.nameAsked) },
        { u"verified"_s, tls.isVerified },
        { u"problems"_s, QJsonArray::fromStringList(tls.problems) },
        { u"chain"_s, chain },
    };
}

} // namespace

QJsonArray toJson(const QList<DialInfo>& ways)
{
    QJsonArray array;
    for (const DialInfo& way : ways) {
        array.append(QJsonObject {
            { u"address"_s, way.announced.toString() },
            { u"dialled"_s, way.dialled.toString() },
            { u"tls"_s, toJson(way.tls) },
        });
    }
    return array;
}

} // namespace slotscope::net
