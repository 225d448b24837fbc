// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"

#include <QWidget>

class QComboBox;

namespace slotscope::ui {

/// "Behave as": which client a run plays. Three fixed ones, and a custom one with its own controls.
class BehaviourBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BehaviourBar)
public:
    enum Choice { PlainClient, ClusterWithoutMap, ClusterWithMap, Custom };

    explicit BehaviourBar(QWidget* parent = nullptr);

    command::Behaviour behaviour() const;
    Choice choice() const;
    void setChoice(Choice choice);
    /// The node that "the clicked node" means; an address that cannot be dialled takes the choice
    /// away.
    void setClickedNode(const QString& label, const net::Endpoint& address);
    /// The words for a behaviour: "plain client", "custom: from S02, follow".
    static QString nameOf(const command::Behaviour& behaviour);

private:
    QComboBox* m_choice = nullptr;
    QWidget* m_custom = nullptr;
    QComboBox* m_start = nullptr;
    QComboBox* m_redirects = nullptr;
    net::Endpoint m_clickedNode;
};

} // namespace slotscope::ui
