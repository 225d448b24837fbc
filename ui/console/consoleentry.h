// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanout.h"
#include "core/doctor/clientadvice.h"
#include "core/explain/redirects.h"

#include <QList>
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace slotscope::ui {

class FanOutView;
class QuestionBar;
class RunColumn;
class StreamView;

/// One line of the console with what it started: a run, two compared runs, a fan-out, a pipeline or
/// a stream.
class ConsoleEntry final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsoleEntry)
public:
    /// `line` is shown as it is: secrets must be gone from it.
    explicit ConsoleEntry(const QString& line, QWidget* parent = nullptr);

    RunColumn* addRun(quint64 ticket, const command::Behaviour& behaviour);
    FanOutView* addFanOut(quint64 ticket, command::FanOutTarget target);
    FanOutView* addPipeline(quint64 ticket);
    StreamView* addStream(quint64 ticket);
    /// Made when it is first asked for, above the runs.
    QuestionBar* question();
    bool hasQuestion() const { return m_question != nullptr; }
    bool has(quint64 ticket) const;
    /// The console's own words, plain text, under the line.
    void setText(const QString& text);
    /// The code that is wrong and the code that is right for the endpoint, under the runs; the
    /// first of them is the plain client's.
    void setCode(const doctor::ClientTarget& target);
    RunColumn* column(quint64 ticket) const;
    const QList<RunColumn*>& columns() const { return m_columns; }
    /// A fan-out's or a pipeline's. Null where the entry has none of this ticket.
    FanOutView* fanOut(quint64 ticket) const;
    StreamView* stream(quint64 ticket) const;
    /// Something in it has not ended.
    bool isRunning() const;
    /// About how many bytes its replies hold.
    qsizetype weight() const;

private:
    QHBoxLayout* m_runs = nullptr;
    QVBoxLayout* m_layout = nullptr;
    QList<RunColumn*> m_columns;
    FanOutView* m_fanOut = nullptr;
    StreamView* m_stream = nullptr;
    QuestionBar* m_question = nullptr;
};

} // namespace slotscope::ui
