// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/commanddocs.h"
#include "core/command/commandtable.h"
#include "core/command/fanout.h"
#include "core/command/pipeline.h"
#include "core/command/streamrun.h"
#include "core/doctor/clienttarget.h"

#include <QElapsedTimer>
#include <QWidget>

#include <optional>

class QStackedWidget;
class QToolButton;

namespace slotscope::ui {

class CommandBar;
class ConsoleEntry;
class EntryList;
class FanOutView;
class RunColumn;
class ScriptBar;
class WirePanel;
struct ScriptLine;

/// The console: a line, what it will do, and below it what was run, newest first. Sends nothing
/// itself: it wishes for runs, fan-outs and streams under tickets, and is told what became of them.
class ConsolePanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsolePanel)
public:
    explicit ConsolePanel(QWidget* parent = nullptr);

    void setTopology(const cluster::Topology& topology);
    /// The server's own: which arguments of a command are keys. Until then, the built-in one.
    void setCommandTable(const command::CommandTable& table);
    /// What it says in COMMAND DOCS, asked for by docsRequested(). Without them completion knows
    /// names only.
    void setDocs(const command::CommandDocs& docs);
    /// Whom the code in a comparison is written for; what kind of server it is, the topology tells.
    void setCodeTarget(const doctor::ClientTarget& target);
    void setClickedNode(const QString& label, const net::Endpoint& address);
    /// Offline (pasted, a capture, the past): nothing can be sent, and the line says `why`.
    void setLive(bool live, const QString& why = {});
    /// Where the lines that were run are kept; secrets never are.
    void setHistoryFile(const QString& file);
    /// Puts a line into the field, ready to be run.
    void setCommand(const QString& line);
    void focusInput();
    WirePanel* wire() const { return m_wire; }
    EntryList* entries() const { return m_list; }

    /// Asks under the line whether what was wished for under this ticket is to be sent; answered()
    /// follows, unless something else becomes of it.
    void ask(quint64 ticket, const QString& question);
    /// A longer prefix of the run that was asked for under this ticket.
    void showTrace(quint64 ticket, const command::Trace& trace);
    void showFanOut(quint64 ticket, const command::FanOut& fanOut);
    void showProgress(quint64 ticket, const command::PipelineProgress& progress);
    /// One that has ended.
    void showPipeline(quint64 ticket, const command::Pipeline& pipeline);
    void showStream(quint64 ticket, const command::StreamState& state);
    void addMessages(quint64 ticket, const command::StreamBatch& batch);
    /// A run of the past, from a capture.
    void showRecorded(const command::Trace& trace);
    enum class Forget { Everything, Session };
    /// Forgets what was open. Of a session that ended, what has ended too stays: the next one may
    /// be with the same cluster.
    void clear(Forget what = Forget::Everything);
    /// The traces of complete runs, oldest first.
    QList<command::Trace> traces() const;

Q_SIGNALS:
    void runRequested(quint64 ticket, const slotscope::command::Argv& argv,
        const slotscope::command::Behaviour& behaviour);
    void fanOutRequested(quint64 ticket, const slotscope::command::Argv& argv,
        slotscope::command::FanOutTarget target);
    /// Pasted lines that leave together.
    void pipelineRequested(quint64 ticket, const QList<slotscope::command::Argv>& commands);
    void streamRequested(quint64 ticket, const slotscope::command::Argv& argv,
        const slotscope::command::Behaviour& behaviour);
    void answered(quint64 ticket, bool yes);
    void cancelRequested(quint64 ticket);
    /// The next step of a run that stands still.
    void proceedRequested(quint64 ticket);
    /// At most once for what is open: somebody types who could use COMMAND DOCS.
    void docsRequested();
    /// The run to show in the picture: a new one, a longer prefix of it, or (`replay`) one that
    /// the user clicked.
    void traceShown(quint64 ticket, const slotscope::command::Trace& trace, bool replay);
    /// A fan-out that the user clicked, to be replayed.
    void fanOutShown(quint64 ticket, const slotscope::command::FanOut& fanOut, bool replay);
    /// The slot of the keys typed, -1 for none.
    void slotTyped(int slot);

private:
    /// What a line of a script is, while it runs.
    struct ScriptRun
    {
        quint64 ticket = 0;
        command::Argv argv;
        std::optional<command::FanOutTarget> target;
        command::Behaviour behaviour;
        bool hasEntry = true; ///< false: one is made when it goes wrong
    };

    void build();
    void run();
    void compare();
    void help(const command::Argv& argv);
    void launch(const command::Argv& argv);
    void onPasted(const QString& text);
    void runPipeline(const QList<ScriptLine>& lines);
    void runScriptLine(const ScriptLine& line);
    void endScriptLine(const QString& trouble);
    void addScriptEntry();
    void dropQuestion(quint64 ticket);
    ConsoleEntry* addEntry(const command::Argv& argv);
    RunColumn* addColumn(ConsoleEntry* entry, quint64 ticket, const command::Behaviour& behaviour);
    void watch(FanOutView* view);
    FanOutView* addFanOut(ConsoleEntry* entry, quint64 ticket, command::FanOutTarget target);
    void choose(quint64 ticket);
    void showChosenFanOut(quint64 ticket, const command::FanOut& fanOut);

    doctor::ClientTarget m_codeTarget;
    quint64 m_lastTicket = 0;
    QElapsedTimer m_sinceFanOut; ///< since the chosen one was told
    quint64 m_chosen = 0;
    bool m_isLive = true;
    bool m_docsRequested = false;
    std::optional<ScriptRun> m_script;
    CommandBar* m_bar = nullptr;
    ScriptBar* m_scriptBar = nullptr;
    QToolButton* m_wireButton = nullptr;
    QStackedWidget* m_pages = nullptr;
    EntryList* m_list = nullptr;
    WirePanel* m_wire = nullptr;
};

} // namespace slotscope::ui
