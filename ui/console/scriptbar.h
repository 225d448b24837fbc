// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/console/script.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace slotscope::ui {

/// Runs pasted lines one after the other, each when the one before has ended. Asks first; shows how
/// far it is; stops at what goes wrong and asks whether to go on. Runs nothing itself: it wishes
/// for lines, and is told what became of them. Or it wishes for all of them at once, and is done.
class ScriptBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScriptBar)
public:
    explicit ScriptBar(QWidget* parent = nullptr);

    /// Asks whether to run these, or also to send them as one pipeline; while others are being run
    /// nothing happens, and it says false.
    bool offer(const QList<ScriptLine>& lines, bool canBePipeline = false);
    /// What became of the line that was wished for last; `trouble` is empty when it went well.
    void lineDone(const QString& trouble);
    bool isRunning() const { return m_state == State::Running; }
    qsizetype lineCount() const { return m_lines.size(); }
    /// Forgets all lines.
    void stop();

Q_SIGNALS:
    void lineWanted(const slotscope::ui::ScriptLine& line);
    void pipelineWanted(const QList<slotscope::ui::ScriptLine>& lines);
    /// Stopped while a line was on its way.
    void cancelRequested();

private:
    enum class State { Nothing, Offered, Running, Asking, Done };

    void setState(State state);
    void wish();
    void onFirst();
    void onSecond();
    void onPipeline();
    QString summary() const;

    QList<ScriptLine> m_lines;
    qsizetype m_next = 0; ///< the line to wish for
    int m_errors = 0;
    bool m_canBePipeline = false;
    bool m_goesOn = false; ///< the user has said so: errors are counted only
    QString m_trouble;
    State m_state = State::Nothing;
    QLabel* m_label = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_first = nullptr;
    QPushButton* m_pipeline = nullptr;
    QPushButton* m_second = nullptr;
};

} // namespace slotscope::ui
