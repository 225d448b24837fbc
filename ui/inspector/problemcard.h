// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/health/findings.h"

#include <QFrame>

namespace slotscope::ui {

/// One finding of the list of problems: how bad, what, what it means and what to look at next, and
/// links to whom it concerns.
class ProblemCard final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProblemCard)
public:
    ProblemCard(const health::Finding& finding, const cluster::Topology& topology,
        QWidget* parent = nullptr);

Q_SIGNALS:
    /// The pointer or the keyboard is at a link to the shard; -1 when it has left.
    void shardHovered(int shardIndex);
    void nodeClicked(const slotscope::cluster::NodeId& node);
    void slotClicked(int slot);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeLinks(const health::Finding& finding, const cluster::Topology& topology);
    QWidget* makeLink(const QString& text, const QString& toolTip, int shard);

    health::Severity m_severity;
};

} // namespace slotscope::ui
