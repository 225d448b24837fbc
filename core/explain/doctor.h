// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

namespace slotscope::explain {

// The details of the doctor's stages that went well, and what is special about those that did not.
QString examNothingToResolve();
/// Every address of the name; two at least are worth a list.
QString examResolved(const QStringList& addresses);
QString examConnected(const QString& address);
QString examEncrypted(
    const QString& protocol, const QString& cipher, const QString& name, bool verified);
/// `names`: whom it is for. `until`: a date; `days`: from now on, negative when it is over.
QString examCertificate(const QString& subject, const QString& issuer, const QStringList& names,
    const QString& until, qint64 days);
/// What is wrong and not heeded, because verification is switched off.
QString examTlsProblems(const QStringList& problems);
QString examItself(); ///< who has signed a self-signed certificate
QString examCertificateMore(const QString& since, const QString& sha256);
QString examIssuers(const QStringList& subjects); ///< the rest of the chain
/// `user` empty: the default one.
QString examGreeted(const QString& user, bool withPassword, int respVersion);
QString examPermitted();
/// Commands that Slotscope can do without.
QString examUnavailable(const QStringList& commands);
/// A cluster; `state` is "ok", "fail" or "unknown".
QString examCluster(const QString& state);
QString examStandalone();
QString examSentinel();
QString examKindUnknown();
QString examIsNode(const QString& id);
QString examIdentityUnknown();
QString examOtherNode(const QString& expected, const QString& told);
QString examPong();

// What it comes to. Each is a sentence, or a part of one.
QString examFailsAt(const QString& stage, const QString& cause); ///< "TCP: Connection refused ..."
/// "2 at TCP (connection refused)"; `reason` may be empty.
QString examCountAt(int nodes, const QString& stage, const QString& reason);
QString examPlaces(const QStringList& counts); ///< "2 at TCP, 1 at TLS."
QString examReason(const QString& reason, const QString& detail); ///< "could not connect: ..."
// Why several nodes are not reached; to be put behind a sentence.
QString examAnnouncesLoopback();
QString examAnnouncesPrivate();
QString examAnnouncesUnknownNames();
QString examNodesFail(int failing, int nodes, const QString& where);
QString examSeedFails(const QString& stage, const QString& cause); ///< `cause` is a sentence
QString examAllReached(int nodes);
QString examServerReached(); ///< no cluster
QString examStopped(int reached, int nodes);
QString examUnderWay(int done, int nodes, int failing);
QString examSeedUnderWay();

// Parts of a whole examination as text.
QString examSeedTitle(); ///< above its stages
QString examMoreNodes(qsizetype nodes); ///< below the names of the first few: "and 12 more"
QString clientsTitle(); ///< above what each client library does here

// Titles of stages; TCP and TLS need none.
QString examTitleOfName();
QString examTitleOfLogin();
QString examTitleOfPermission();
QString examTitleOfKind();
QString examTitleOfIdentity();
QString examTitleOfRoundTrip();

} // namespace slotscope::explain
