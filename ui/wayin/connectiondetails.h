// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/guesscheck.h"
#include "core/net/connectionoptions.h"
#include "core/session/session.h"

#include <QDialog>

class QLabel;
class QTableView;
class QVBoxLayout;

namespace slotscope::ui {

class WaysModel;

/// What is known of an open connection.
struct ConnectionFacts
{
    QString endpoint; ///< as typed
    QString way; ///< "via ssh bastion"; empty: straight
    QString login; ///< which user, and what it logs in with, in sentences; empty: nobody
    net::TlsOptions tls;
    doctor::GuessCheck guess; ///< what its name told, verified
    cluster::Topology topology;
    session::OpenWays open;
};

/// About one open connection: whether its name told the truth, whether the clocks agree, and how
/// each node is reached: the TLS version, the cipher, the name that was verified, and the chain of
/// certificates. Shows values, asks nobody. Not modal.
class ConnectionDetails final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionDetails)
public:
    explicit ConnectionDetails(QWidget* parent = nullptr);
    ~ConnectionDetails() override;

    void setFacts(const ConnectionFacts& facts);
    /// What Copy gives.
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildButtons();
    QWidget* buildChain();
    void showGuess();
    void showClock();
    void chooseFirst();
    void showChain();
    QString chainText(const net::TlsInfo& tls) const;
    void applyTheme();

    ConnectionFacts m_facts;
    WaysModel* m_model = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_way = nullptr;
    QVBoxLayout* m_guess = nullptr;
    QList<QLabel*> m_findings; ///< of m_facts.guess
    QLabel* m_clock = nullptr;
    QLabel* m_encryption = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_chainTitle = nullptr;
    QLabel* m_chain = nullptr;
    QLabel* m_message = nullptr;
};

} // namespace slotscope::ui
