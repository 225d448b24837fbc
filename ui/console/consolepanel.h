// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/commandtable.h"
#include "core/command/trace.h"

#include <QList>
#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace slotscope::ui {

class BehaviourBar;
class CommandInput;
class ConsoleEntry;
class RunColumn;

/// The console: a line, what it will do, and below it what was run, newest first. Sends nothing
/// itself: it wishes for runs under tickets, and is told their traces.
class ConsolePanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsolePanel)
public:
    explicit ConsolePanel(QWidget* parent = nullptr);

    /// The endpoint that the code in a comparison is written for.
    struct CodeTarget
    {
        QString endpoint;
        bool tls = false;
        QString user;
        bool withPassword = false;
    };

    void setTopology(const cluster::Topology& topology);
    /// The server's own: which arguments of a command are keys. Until then, the built-in one.
    void setCommandTable(const command::CommandTable& table);
    void setCodeTarget(const CodeTarget& target);
    void setClickedNode(const QString& label, const net::Endpoint& address);
    /// Offline (pasted, a capture): nothing can be sent, and the line says so.
    void setLive(bool live);
    /// Puts a line into the field, ready to be run.
    void setCommand(const QString& line);
    void focusInput();

    /// A longer prefix of the run that was asked for under this ticket.
    void showTrace(quint64 ticket, const command::Trace& trace);
    /// A run of the past, from a capture.
    void showRecorded(const command::Trace& trace);
    void clear();
    /// The traces of complete runs, oldest first.
    QList<command::Trace> traces() const;

Q_SIGNALS:
    void runRequested(quint64 ticket, const slotscope::command::Argv& argv,
        const slotscope::command::Behaviour& behaviour);
    void cancelRequested(quint64 ticket);
    /// The run to show in the picture: a new one, a longer prefix of it, or (`replay`) one that
    /// the user clicked.
    void traceShown(quint64 ticket, const slotscope::command::Trace& trace, bool replay);
    /// The slot of the keys typed, -1 for none.
    void slotTyped(int slot);

private:
    void run();
    void compare();
    void updateHint();
    void applyHintColor();
    std::optional<command::Argv> runnableLine();
    ConsoleEntry* addEntry(const command::Argv& argv);
    RunColumn* addColumn(ConsoleEntry* entry, const command::Behaviour& behaviour);
    RunColumn* columnOf(quint64 ticket) const;
    void choose(quint64 ticket);
    void changeEvent(QEvent* event) override;

    cluster::Topology m_topology;
    command::CommandTable m_table;
    CodeTarget m_codeTarget;
    bool m_live = true;
    quint64 m_lastTicket = 0;
    quint64 m_chosen = 0;
    QList<ConsoleEntry*> m_entries; ///< newest first
    CommandInput* m_input = nullptr;
    QLabel* m_hint = nullptr;
    BehaviourBar* m_behaviour = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_compare = nullptr;
    QLabel* m_empty = nullptr;
    QScrollArea* m_scroll = nullptr;
    QVBoxLayout* m_list = nullptr;
};

} // namespace slotscope::ui
