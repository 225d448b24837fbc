// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// What the name of an endpoint tells, in sentences: why it is taken for what it is, and what it
// shows. `service` is "ElastiCache" or "MemoryDB".
namespace slotscope::explain {

QString configurationEndpoint(const QString& service, bool tls);
QString nodeOfShard(const QString& service, const QString& node, const QString& shard, bool tls);
QString nodeOfGroup(const QString& service, const QString& node, const QString& id);
QString probablyNodeOfGroup(const QString& service, const QString& node, const QString& id);
QString singleNode(const QString& service);
/// `label` is the part of the name that tells.
QString primaryEndpoint(const QString& service, const QString& label, bool tls);
QString readerEndpoint(const QString& service, const QString& label, bool tls);
QString serverless(const QString& service);
QString memcached();
QString memcachedPort(const QString& port);

QString unknownRegion(const QString& code);
QString unknownAwsName();
QString nameTellsNothing();

} // namespace slotscope::explain
