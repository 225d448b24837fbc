// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/healthreport.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace slotscope::ui {

/// The inspector's list of what is wrong, the worst first, and the button that asks every node.
/// Shows findings it is given, asks nobody.
class ProblemList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProblemList)
public:
    explicit ProblemList(QWidget* parent = nullptr);

    /// `live`: there is a session that can ask.
    void setLive(bool live);
    /// What is shown is of another time, which nobody can be asked about.
    void setPast(const cluster::Topology& topology);
    /// Worst first. Equal ones are left as they stand.
    void setFindings(const QList<health::Finding>& findings, const cluster::Topology& topology);
    /// Those that are not mere notes.
    int problemCount() const;

    void showProgress(int settled, int asked);
    /// The check has ended: `summary` tells who answered and when, or why nothing was learnt.
    void showDone(const QString& summary);
    /// Nothing was checked yet.
    void reset();

Q_SIGNALS:
    void askRequested();
    void cancelRequested();
    void shardHovered(int shardIndex);
    void nodeClicked(const slotscope::cluster::NodeId& node);
    void slotClicked(int slot);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();

    QList<health::Finding> m_findings;
    cluster::Topology m_topology;
    bool m_isFilled = false;
    QLabel* m_summary = nullptr;
    QPushButton* m_ask = nullptr;
    QPushButton* m_cancel = nullptr;
    QProgressBar* m_progress = nullptr;
    QScrollArea* m_scroll = nullptr;
};

} // namespace slotscope::ui
