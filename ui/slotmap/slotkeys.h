// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/slotsurvey.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace slotscope::ui {

class KeyListView;

/// The keys of the slots that are selected, as far as they were asked for, and how many there are.
class SlotKeys final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SlotKeys)
public:
    explicit SlotKeys(QWidget* parent = nullptr);

    /// What has to be asked about this range, which is shown from now on.
    command::SlotSurveyOptions begin(const cluster::SlotRange& range);
    /// Nobody can be asked about it.
    void showUnknown(const cluster::SlotRange& range);
    void take(const QList<command::SlotFacts>& facts);
    void finish(bool complete, const command::SlotSurveyProgress& progress);
    KeyListView* list() const { return m_list; }

Q_SIGNALS:
    void closeRequested();

private:
    cluster::SlotRange m_range;
    qint64 m_there = 0;
    QLabel* m_title = nullptr;
    QToolButton* m_copy = nullptr;
    KeyListView* m_list = nullptr;
};

} // namespace slotscope::ui
