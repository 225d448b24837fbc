// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/wayin/nextsteps.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace slotscope::ui {

/// What became of one of several endpoints that are tried one after the other.
struct SeedRow
{
    enum class State { Waiting, Current, Failed };

    QString name; ///< as typed
    State state = State::Waiting;
    QString why {}; ///< of Failed: a sentence; untrusted text
};

/// What stands in the middle while nothing else can: connecting, with a way to stop, or why it
/// failed and what can be done about it.
class MessagePage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessagePage)
public:
    explicit MessagePage(QWidget* parent = nullptr);

    /// `note`: a sentence below, perhaps none.
    void showProgress(const QString& title, bool canCancel = true, const QString& note = {});
    /// `remedy`: instead of the usual one for the error.
    void showFailure(const QString& title, const support::Error& error,
        const QList<NextStep>& steps, const QString& remedy = {});

    /// A line for each endpoint below what showProgress() or showFailure() has shown; with several
    /// of them a failure is told there, one by one.
    void setSeeds(const QList<SeedRow>& seeds);

Q_SIGNALS:
    void cancelRequested();
    void stepChosen(slotscope::ui::NextStep step);

private:
    void changeEvent(QEvent* event) override;
    void applyTheme();

    bool m_failed = false;
    QLabel* m_title = nullptr;
    QLabel* m_note = nullptr;
    QLabel* m_sentence = nullptr;
    QLabel* m_remedy = nullptr;
    QTableWidget* m_seeds = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_cancel = nullptr;
    StepBar* m_steps = nullptr;
};

} // namespace slotscope::ui
