// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/support/result.h"

#include <QJsonObject>

#include <functional>
#include <optional>

namespace slotscope::capture {

/// One JSON object with this type, and its line end.
QByteArray jsonLine(const QString& type, QJsonObject object);
/// A time in a line; invalid where there is none.
QDateTime timeIn(const QJsonObject& object, QLatin1StringView name);

/// Calls `take` with the object of each line. FileDamaged with the number of the line that is no
/// object, has no end, or that `take` could not use. With `whole` false a cut last line is left out
/// (a program may have ended while it wrote).
support::Result<support::Done> forEachLine(const QByteArray& raw, bool whole,
    const std::function<support::Result<support::Done>(const QJsonObject&)>& take);

/// The maps (topologies) of a block: each is written once, in a line of its own, and then called by
/// its number, from 0.
class MapWriter
{
public:
    /// The number of `map`; its line is added to `out` when it is new.
    int numberOf(const cluster::Topology& map, QByteArray* out);
    bool isEmpty() const { return m_maps.isEmpty(); }

private:
    QList<cluster::Topology> m_maps;
    QList<QJsonObject> m_documents;
};

/// Its inverse: keeps the maps of a file as their lines come.
class MapReader
{
public:
    /// A line of type "map".
    support::Result<support::Done> take(const QJsonObject& line);
    /// The map that a line names.
    support::Result<cluster::Topology> mapOf(const QJsonObject& line) const;

private:
    QList<cluster::Topology> m_maps;
};

/// Adds what could be read.
template <typename Part>
void append(QList<Part>* list, const std::optional<Part>& part)
{
    if (part)
        list->append(*part);
}

} // namespace slotscope::capture
