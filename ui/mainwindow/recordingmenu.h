// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/abandoned.h"
#include "core/capture/recorder.h"

#include <QMenu>
#include <QVariantMap>

class QActionGroup;

namespace slotscope::ui {

/// Whether connections are recorded, for how long it is kept, and how much of the disk it may take;
/// the same of what a program that was killed has left. On at first: six hours, 100 MB, without
/// arguments; a week, 500 MB.
class RecordingMenu final : public QMenu
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RecordingMenu)
public:
    /// `folder`: where recordings go; empty: nowhere, and the menu says so.
    explicit RecordingMenu(const QString& folder, QWidget* parent = nullptr);

    const capture::RecorderOptions& options() const { return m_options; }
    /// Hold from the next start on.
    const capture::AbandonedLimits& abandonedLimits() const { return m_abandoned; }
    /// For settings. What a map does not say, or says in another way, stays as it is.
    QVariantMap state() const;
    void setState(const QVariantMap& state);

Q_SIGNALS:
    /// By the user.
    void optionsChanged(const slotscope::capture::RecorderOptions& options);

private:
    void addChoices(QMenu* menu, QActionGroup* group, const QList<int>& values,
        const std::function<QString(int)>& text, const QString& name);
    void addAbandonedMenu();
    void mark();
    void onTriggered();

    capture::RecorderOptions m_options;
    QAction* m_on = nullptr;
    QAction* m_withArguments = nullptr;
    QActionGroup* m_hours = nullptr;
    QActionGroup* m_megabytes = nullptr;
    capture::AbandonedLimits m_abandoned;
    QActionGroup* m_abandonedDays = nullptr;
    QActionGroup* m_abandonedMegabytes = nullptr;
};

} // namespace slotscope::ui
