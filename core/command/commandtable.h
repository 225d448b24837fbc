// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>
#include <QList>

#include <array>

namespace slotscope::command {

/// Flags of a command, as COMMAND prints them; the others are of no use here.
enum CommandFlag : quint8 {
    NoFlags = 0,
    WriteFlag = 1, ///< "write"
    ReadOnlyFlag = 2, ///< "readonly"
    BlockingFlag = 4, ///< "blocking": may wait for another client
    MovableKeysFlag = 8, ///< "movablekeys"
    ContainerFlag = 16, ///< has subcommands
};

/// One key specification: where the first key is, and how many follow (Redis documentation,
/// "Command key specifications"). Unknown specifications are left out: extractKeys() knows these
/// commands.
struct KeySpec
{
    enum class Kind : quint8 { None, Range, KeyNumber };

    Kind kind = Kind::None;
    qint8 index = 0; ///< begin_search index; with a keyword: its startfrom
    const char* keyword = nullptr; ///< begin_search keyword, in upper case
    qint8 last = 0; ///< Range: lastkey; KeyNumber: keynumidx
    qint8 step = 1; ///< keystep
    qint8 extra = 0; ///< Range: limit; KeyNumber: firstkey
};

struct CommandEntry
{
    const char* name = nullptr; ///< lower case, "parent|sub" for subcommands
    quint8 flags = NoFlags;
    std::array<KeySpec, 3> specs {};
};

/// The entry of a command or a subcommand ("object|encoding"), in lower case; null when unknown.
const CommandEntry* findCommand(QByteArrayView name);

/// Names of all entries that are no subcommands, sorted.
QList<QByteArrayView> commandNames();

} // namespace slotscope::command
