// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/support/error.h"

#include <QWidget>

class QHBoxLayout;

namespace slotscope::ui {

/// What a user can do next in a state that is not the good one.
enum class NextStep {
    TryAgain, ///< the same thing once more
    AskAgain, ///< every node, now
    Credentials,
    WithTls,
    WithoutTls,
    VerifyRealName, ///< that the typed one stands for, in the certificate
    UseSsh, ///< as the way to the nodes
    MapAddresses, ///< the announced ones to others that lead there
    Test, ///< stage by stage, each node
    ShowProblems, ///< what is wrong, with what helps
    EnterAddress, ///< of a node of what was pasted, to be looked at before it is dialled
    OtherEndpoint
};

/// After a failure to open; the most likely one first.
QList<NextStep> stepsAfter(const support::Error& error);
/// While a cluster or server is shown. `troubled`: the last refresh failed.
QList<NextStep> stepsFor(const cluster::Topology& topology, bool troubled);
/// While a map is shown that was pasted: there is no connection.
QList<NextStep> stepsOffline(const cluster::Topology& topology);
/// Where to connect to see the pasted cluster live: a primary that is well, else any node with an
/// address; not dialable when there is none.
net::Endpoint addressToEnter(const cluster::Topology& topology);

/// The steps as buttons in a line; not there when there is none.
class StepBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StepBar)
public:
    explicit StepBar(QWidget* parent = nullptr);

    void setSteps(const QList<NextStep>& steps);

Q_SIGNALS:
    void chosen(slotscope::ui::NextStep step);

private:
    QList<NextStep> m_steps;
    QHBoxLayout* m_layout = nullptr;
};

} // namespace slotscope::ui
