// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QObject>
#include <QStringList>

#include <memory>

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

    /// `file` is written as its ending says.
    void start(
        const QString& captureFile, const QString& file, const QStringList& moreArguments = {});

Q_SIGNALS:
    /// Exactly once, from the event loop. A ProcessFailed is a sentence by itself.
    void finished(bool ok, const slotscope::support::Error& error);

private:
    void fail(const QString& reason);

    std::unique_ptr<QProcess> m_process;
    bool m_isDone = false;
};

} // namespace slotscope::app
