// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QObject>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <optional>

class QProcess;

namespace slotscope::app {

/// Operation: lets slotscope-window write a picture or a document of a capture's file. It needs no
/// display. What it has to say goes to standard error.
class WindowRender final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WindowRender)
public:
    explicit WindowRender(QObject* parent = nullptr);
    ~WindowRender() override; ///< ends the other program

    enum class Existing { Overwrite, Keep };

    /// `file` is written as its ending says, perhaps with others beside it.
    void start(const QString& captureFile, const QString& file, Existing existing);

Q_SIGNALS:
    /// Exactly once, from the event loop. The error's detail is a sentence by itself, or empty
    /// where the window has said it already; InvalidInput: a file is there and is to be kept.
    void finished(bool ok, const slotscope::support::Error& error);

private:
    void end(int exitCode);
    void fail(const support::Error& error);

    std::optional<QTemporaryDir> m_runtimeFolder; ///< outlives the process
    std::unique_ptr<QProcess> m_process;
    bool m_isDone = false;
};

} // namespace slotscope::app
