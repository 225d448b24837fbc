// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commandtable.h"

#include <QHash>

#include <algorithm>

namespace slotscope::command {

namespace {

constexpr auto Range = KeySpec::Kind::Range;
constexpr auto KeyNumber = KeySpec::Kind::KeyNumber;

constexpr CommandEntry entries[] = {
#include "core/command/commandsupplement.inc"
#include "core/command/commandtable.inc" // made by make_commandtable.py
};

using Index = QHash<QByteArrayView, const CommandEntry*>;

const Index& index()
{
    static const Index table = [] {
        Index made;
        made.reserve(std::size(entries));
        for (const CommandEntry& entry : entries)
            made.insert(QByteArrayView(entry.name), &entry);
        return made;
    }();
    return table;
}

} // namespace

const CommandEntry* findCommand(QByteArrayView name)
{
    return index().value(name, nullptr);
}

QList<QByteArrayView> commandNames()
{
    QList<QByteArrayView> names;
    for (const CommandEntry& entry : entries) {
        const QByteArrayView name(entry.name);
        if (!name.contains('|'))
            names.append(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace slotscope::command
