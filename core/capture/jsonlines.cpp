// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/jsonlines.h"

#include "core/cluster/topologyjson.h"
#include "core/explain/files.h"

#include <QJsonDocument>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using cluster::Topology;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::Result;

QByteArray jsonLine(const QString& type, QJsonObject object)
{
    object.insert(u"type"_s, type);
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QDateTime timeIn(const QJsonObject& object, QLatin1StringView name)
{
    return QDateTime::fromString(object.value(name).toString(), Qt::ISODateWithMs).toUTC();
}

Result<Done> forEachLine(
    const QByteArray& raw, bool whole, const std::function<Result<Done>(const QJsonObject&)>& take)
{
    int number = 0;
    for (qsizetype begin = 0; begin < raw.size();) {
        ++number;
        const auto damaged = [number](const QString& why) {
            return Error { ErrorCode::FileDamaged, explain::lineIsBad(number, why), {} };
        };
        const qsizetype end = raw.indexOf('\n', begin);
        if (end < 0 && !whole)
            break;
        if (end < 0)
            return damaged(explain::lineHasNoEnd());
        const QJsonDocument document
            = QJsonDocument::fromJson(QByteArray::fromRawData(raw.data() + begin, end - begin));
        begin = end + 1;
        if (!document.isObject())
            return damaged(explain::notAJsonObject());
        if (const Result<Done> taken = take(document.object()); !taken)
            return damaged(taken.error().detail);
    }
    return Done {};
}

int MapWriter::numberOf(const Topology& map, QByteArray* out)
{
    // Most are the very same value: no document has to be made of it.
    for (qsizetype i = 0; i < m_maps.size(); ++i) {
        if (&m_maps.at(i).data() == &map.data())
            return static_cast<int>(i);
    }
    const QJsonObject document = cluster::toJson(map);
    if (const qsizetype known = m_documents.indexOf(document); known >= 0)
        return static_cast<int>(known);
    const int number = static_cast<int>(m_maps.size());
    m_maps.append(map);
    m_documents.append(document);
    *out += jsonLine(u"map"_s, { { u"number"_s, number }, { u"topology"_s, document } });
    return number;
}

Result<Done> MapReader::take(const QJsonObject& line)
{
    if (line.value("number"_L1).toInt(-1) != m_maps.size())
        return Error { ErrorCode::FileDamaged, explain::mapOutOfOrder(), {} };
    Result<Topology> map = cluster::topologyFromJson(line.value("topology"_L1).toObject());
    if (!map)
        return map.error();
    m_maps.append(*map);
    return Done {};
}

Result<Topology> MapReader::mapOf(const QJsonObject& line) const
{
    const int number = line.value("map"_L1).toInt(-1);
    if (number < 0 || number >= m_maps.size())
        return Error { ErrorCode::FileDamaged, explain::mapIsMissing(), {} };
    return m_maps.at(number);
}

} // namespace slotscope::capture
