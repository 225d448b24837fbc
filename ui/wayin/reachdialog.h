// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/unreached.h"
#include "core/session/trialhandle.h"

#include <QDialog>

#include <functional>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace slotscope::ui {

/// Nodes that cannot be reached at the addresses they announce: which of how many, why, and what
/// may help (an address map, an SSH server, a proxy), each to be tried before it is used. A trial
/// connects to every node and asks who it is; only a way that leads to the nodes that were meant is
/// offered.
class ReachDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReachDialog)
public:
    /// `config`: of the session; `topology`: what it knows; when that is nothing the endpoint is
    /// all there is to reach. `adopt` is called with options that have a new tunnel, before they
    /// are used. `io` must outlive the dialog.
    ReachDialog(session::IoThread& io, session::SessionConfig config, cluster::Topology topology,
        std::function<void(const net::ConnectionOptions&)> adopt, QWidget* parent = nullptr);

    /// Puts the keyboard where this way is written down.
    void focusOn(net::WayProposal::Kind kind);

Q_SIGNALS:
    /// The user wants to connect in this way, which has been tried.
    void wayChosen(const slotscope::net::ConnectionOptions& options);

private:
    /// One way with its field, its buttons and what became of it.
    struct Way
    {
        net::WayProposal::Kind kind = net::WayProposal::Kind::Map;
        QPlainTextEdit* rules = nullptr; ///< of Map
        QLineEdit* address = nullptr; ///< of the others
        QPushButton* tryIt = nullptr;
        QPushButton* use = nullptr;
        QLabel* result = nullptr;
        net::ConnectionOptions tried;
    };

    Way* addWay(net::WayProposal::Kind kind, QVBoxLayout* layout);
    void askEveryNode();
    void showReached(const QList<net::TrialResult>& results);
    support::Result<net::ConnectionOptions> optionsFor(const Way& way) const;
    void tryWay(Way* way);
    void showTrial(Way* way, const QList<net::TrialResult>& results);

    session::IoThread& m_io;
    const session::SessionConfig m_config;
    QList<net::AddressOutcome> m_nodes;
    net::WayTaken m_taken;
    std::function<void(const net::ConnectionOptions&)> m_adopt;
    std::vector<std::unique_ptr<Way>> m_ways;
    session::TrialHandle* m_trial = nullptr; ///< of a way
    QLabel* m_verdict = nullptr;
};

} // namespace slotscope::ui
