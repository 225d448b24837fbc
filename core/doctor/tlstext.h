// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/tlsinfo.h"

namespace slotscope::doctor {

/// "TLSv1.3, TLS_AES_256_GCM_SHA384; the certificate and the name x are verified."; where they are
/// not, what is wrong with them. Empty as long as nothing is encrypted.
QString tlsSentence(const net::TlsInfo& tls);
/// Of each certificate that the node has shown, its own first: whose it is, who has signed it, for
/// which names (eight at most), since and until when, and its fingerprint.
QStringList chainSentences(const net::TlsInfo& tls, const QDateTime& now);

} // namespace slotscope::doctor
