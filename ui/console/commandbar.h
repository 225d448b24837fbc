// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/commanddocs.h"
#include "core/command/commandtable.h"
#include "ui/console/commandhint.h"

#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace slotscope::ui {

class BehaviourBar;
class CommandAssist;
class CommandInput;

/// The line with everything around it: buttons, what the line will do, its syntax, and which client
/// is played. Sends nothing.
class CommandBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CommandBar)
public:
    explicit CommandBar(QWidget* parent = nullptr);

    void setTopology(const cluster::Topology& topology);
    void setCommandTable(const command::CommandTable& table);
    const command::CommandTable& commandTable() const { return m_table; }
    void setDocs(const command::CommandDocs& docs);
    const command::CommandDocs& docs() const;
    /// Offline nothing can be sent, and the line says so.
    void setLive(bool live, const QString& why = {});
    void setLine(const QString& line);
    void setHistoryFile(const QString& file);
    void focusInput();
    BehaviourBar* behaviour() const { return m_behaviour; }
    /// A control at the end of the last line.
    void addTool(QWidget* tool);

    /// The line to be run, which goes into the history; nullopt when there is none that can be.
    std::optional<command::Argv> take();

Q_SIGNALS:
    void runRequested();
    void compareRequested();
    void clearRequested();
    void linesPasted(const QString& text);
    /// The user types.
    void edited();
    /// The slot of the keys typed, -1 for none.
    void slotTyped(int slot);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void updateHint();
    void showSyntax();
    void applyTheme();

    cluster::Topology m_topology;
    command::CommandTable m_table;
    CommandHint m_shown;
    int m_toldSlot = -1; ///< by slotTyped()
    bool m_isTaken = false; ///< the line, as it stands
    bool m_live = true;
    QString m_whyOffline;
    CommandInput* m_input = nullptr;
    CommandAssist* m_assist = nullptr;
    QLabel* m_hint = nullptr;
    QLabel* m_syntax = nullptr;
    BehaviourBar* m_behaviour = nullptr;
    QHBoxLayout* m_below = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_compare = nullptr;
};

} // namespace slotscope::ui
