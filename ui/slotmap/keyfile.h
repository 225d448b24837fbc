// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/error.h"
#include "ui/slotmap/keystore.h"

#include <QObject>
#include <QSaveFile>

#include <optional>

namespace slotscope::ui {

/// Operation: writes the rows that are shown into a file, one key a line (keyLine()), in pieces, so
/// that a million do not hold up the window. The file appears when all is written. The rows must
/// outlive it; what is added to them meanwhile is not written, and when they get fewer it fails.
class KeyFile final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyFile)
public:
    KeyFile(const KeyRows& rows, const QString& file, QObject* parent = nullptr);

    /// Deleting it before its end leaves no file.
    void start();

Q_SIGNALS:
    /// Exactly once, from the event loop: how many keys were written, or why not.
    void finished(qsizetype count, const std::optional<slotscope::support::Error>& error);

private:
    void writeSome();
    void fail(const QString& why);

    const KeyRows& m_rows;
    QSaveFile m_file;
    const qsizetype m_count;
    qsizetype m_next = 0;
};

} // namespace slotscope::ui
