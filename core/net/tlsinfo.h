// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDateTime>
#include <QList>
#include <QStringList>

namespace slotscope::net {

/// A certificate as the other side showed it. All of it is untrusted text.
struct PeerCertificate
{
    QString subject; ///< the common name, else the organisation
    QString issuer;
    QStringList names; ///< DNS names and addresses that it is for
    QDateTime notBefore; ///< UTC
    QDateTime notAfter; ///< UTC
    QString sha256; ///< of the whole certificate, hex with colons
    bool isSelfSigned = false;

    friend bool operator==(const PeerCertificate&, const PeerCertificate&) = default;
};

/// What TLS came to, also where it failed: as far as it got.
struct TlsInfo
{
    QString protocol; ///< "TLSv1.3"; empty: no handshake was done
    QString cipher; ///< "TLS_AES_256_GCM_SHA384"
    QString nameAsked; ///< sent as SNI and, unless switched off, verified
    /// What the node's name stands for, as the resolver says (a CNAME); empty: for itself.
    QString realName;
    bool isVerified = false; ///< the chain and the name; false when verification is switched off
    QList<PeerCertificate> chain; ///< the node's own first
    QStringList problems; ///< what is wrong with the chain or the name; also where it is not heeded

    friend bool operator==(const TlsInfo&, const TlsInfo&) = default;
};

} // namespace slotscope::net
