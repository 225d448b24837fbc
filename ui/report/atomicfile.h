// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace slotscope::ui {

/// A file that is to be written.
struct FileContent
{
    QString name;
    QByteArray bytes;
};

/// All of them, or none: each is written beside its name first, and takes its name when all are
/// written. FileError says which one could not be, and why.
support::Result<support::Done> writeFiles(const QList<FileContent>& files);

} // namespace slotscope::ui
