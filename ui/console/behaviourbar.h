// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanout.h"
#include "core/command/trace.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;

namespace slotscope::ui {

/// "Behave as": which client a run plays. Three fixed ones, the ways to ask several nodes at once,
/// and a custom one with its own controls. Single runs can go step by step.
class BehaviourBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BehaviourBar)
public:
    enum Choice {
        PlainClient,
        ClusterWithoutMap,
        ClusterWithMap,
        Custom,
        EveryPrimary,
        EveryNode,
        SplitBySlot
    };

    explicit BehaviourBar(QWidget* parent = nullptr);

    /// Of a single run.
    command::Behaviour behaviour() const;
    /// Which nodes a command goes to; nullopt: it is a single run.
    std::optional<command::FanOutTarget> target() const;
    Choice choice() const;
    void setChoice(Choice choice);
    /// The node that "the clicked node" means; an address that cannot be dialled takes the choice
    /// away.
    void setClickedNode(const QString& label, const net::Endpoint& address);
    /// The words for a behaviour: "plain client", "custom: from S02, follow".
    static QString nameOf(const command::Behaviour& behaviour);

private:
    command::Behaviour chosenBehaviour() const;

    QComboBox* m_choice = nullptr;
    QWidget* m_custom = nullptr;
    QComboBox* m_start = nullptr;
    QComboBox* m_redirects = nullptr;
    QCheckBox* m_step = nullptr;
    net::Endpoint m_clickedNode;
};

} // namespace slotscope::ui
