// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// What the server said of a guess from its endpoint's name, in sentences.
namespace slotscope::explain {

// What a name looks like; parts of sentences.
QString likeConfiguration(); ///< "a cluster's configuration endpoint"
QString likeServerless();
QString likeNodeOfCluster();
QString likeSingleNode();
QString likePrimary();
QString likeReader();

// What the server is; parts of sentences.
QString isCluster(int shards); ///< "a cluster (cluster_enabled:1, 3 shards)"; -1: not known
QString isSingleServer();
QString isSentinel();
QString withRole(const QString& is, bool primary); ///< "..., a primary"

QString nameConfirmed(const QString& like, const QString& is);
QString nameIsWrong(const QString& like, const QString& is);
QString tlsAsNamed(bool tls);
/// `tls`: how the server was reached.
QString tlsNotAsNamed(bool tls);
QString serviceSaysSo(const QString& service, const QString& os);
/// `os`: what it says instead; empty: nothing.
QString serviceDoesNotSay(const QString& service, const QString& os);
// `region` may be empty.
QString placeConfirmed(const QString& id, const QString& region, int nodes);
QString placeIsOther(const QString& id, const QString& region, const QString& announced);
QString placeNotTold(const QString& id, const QString& region);
QString nodeAnnouncesName();
QString nodeAnnouncesOther(const QString& announced);

} // namespace slotscope::explain
