// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/support/result.h"

#include <QObject>

class QDialog;
class QWidget;

namespace slotscope::ui {

class CaptureActions;
struct ComparedCaptures;

/// Compares two captures, or one with what the window shows, in a window of their own.
class ComparisonActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ComparisonActions)
public:
    /// `captures` knows what is shown; `window` is the parent of what opens.
    ComparisonActions(CaptureActions* captures, QWidget* window);

    void askForFiles();
    /// Two files, the earlier one first whatever their order; or one, and what is shown now.
    void compare(const QStringList& files);

Q_SIGNALS:
    void message(const QString& text);
    void failed(const slotscope::support::Error& error);

private:
    void show(const ComparedCaptures& compared);

    CaptureActions* m_captures = nullptr;
    QWidget* m_window = nullptr;
};

} // namespace slotscope::ui
