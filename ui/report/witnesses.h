// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"

#include <QHash>

namespace slotscope::ui {

/// Who says what about a node, and how far a replica is behind: from what the nodes of a capture
/// have answered. Texts are safe to draw. Outlived by the capture.
class Witnesses
{
public:
    explicit Witnesses(const capture::Capture& capture);

    /// Those that were asked and have not answered.
    const QSet<cluster::NodeId>& silent() const { return m_silent; }
    /// "down, say all 5 views", "down, say 4 of 5 views: S01, S03, +2"; what this computer found;
    /// where no view is kept, whose view the map is. Empty for a node that is well.
    QString about(const cluster::Node& node) const;
    /// "2.1 MB behind", "link down for 12 s", "being sent the data"; empty: in step, or not known.
    QString lagOf(const cluster::Node& replica) const;
    /// "2.1 MB behind" at the last sample no later than `at`.
    QString lagAt(const cluster::NodeId& replica, const QDateTime& at) const;
    /// "merged from 118 views", "10.0.1.4's view alone"; empty for what is no cluster.
    QString viewsText() const;

private:
    struct Counts
    {
        int looked = 0;
        QStringList down;
        QStringList suspected;
    };
    Counts countViews(const cluster::NodeId& id) const;
    const capture::NodeAnswers* answersOf(const cluster::NodeId& id) const;
    QString nameOf(const cluster::NodeId& id) const;

    const capture::Capture& m_capture;
    QHash<cluster::NodeId, qsizetype> m_answers;
    QSet<cluster::NodeId> m_silent;
};

} // namespace slotscope::ui
