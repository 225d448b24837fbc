// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanout.h"
#include "core/command/pipeline.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QTableView;
class QToolButton;

namespace slotscope::ui {

class FanOutModel;
class ReplyView;

/// A command that went to several nodes: what the replies make together, a row for each, and the
/// whole reply of the row that is chosen. A click on a row, or Enter, replays all of them together,
/// once they have ended; a double click, or Shift+Enter, the row alone. A pipeline looks the same,
/// with a row for each of its commands, or for a choice of them, which it says.
class FanOutView final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FanOutView)
public:
    FanOutView(quint64 ticket, command::FanOutTarget target, QWidget* parent = nullptr);

    /// For a pipeline.
    explicit FanOutView(quint64 ticket, QWidget* parent = nullptr);

    quint64 ticket() const { return m_ticket; }
    void setFanOut(const command::FanOut& fanOut);
    /// How far it is; then the whole of it.
    void setProgress(const command::PipelineProgress& progress);
    void setPipeline(const command::Pipeline& pipeline);
    const command::FanOut& fanOut() const;
    /// The words for a target: "every primary".
    static QString nameOf(command::FanOutTarget target);

Q_SIGNALS:
    void cancelRequested(quint64 ticket);
    /// The fan-out is to be replayed.
    void chosen(quint64 ticket);
    /// Only one row is: its trace.
    void rowChosen(const slotscope::command::Trace& trace);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void build(const QString& title);
    void showFanOut(const command::FanOut& fanOut, const QString& head);
    void showCommands(command::FanOut fanOut, const QList<command::TracedCommand>& traces,
        qsizetype all, const QStringList& head);
    void tell(const QString& head);
    void showRow();
    void replay();
    void replayRow();
    void fit();
    void applyTheme();

    quint64 m_ticket = 0;
    FanOutModel* m_model = nullptr;
    QLabel* m_head = nullptr;
    QLabel* m_choice = nullptr; ///< which of a pipeline's commands have rows
    QLabel* m_together = nullptr;
    QProgressBar* m_progress = nullptr; ///< of a pipeline
    QTableView* m_table = nullptr;
    ReplyView* m_reply = nullptr;
    QToolButton* m_cancel = nullptr;
};

/// "6 nodes: 5 answered, 1 failed"; while it runs "3 of 6 nodes have answered". Plain text.
QString fanOutSummary(const command::FanOut& fanOut);

} // namespace slotscope::ui
