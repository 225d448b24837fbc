// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/guesscheck.h"
#include "core/net/connectionoptions.h"
#include "ui/connection/tabmark.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace slotscope::ui {

/// What the user must never forget about a connection, in one line above all else of it: the
/// profile, PRODUCTION, that Slotscope is read-only, that TLS is not verified; beside that the way
/// in, that TLS is verified, and whether the endpoint's name has told the truth; these can be
/// pressed for more. In words each; for production the whole band is dark where the window is
/// light, and light where it is dark. Its owner hides it while it has nothing to say.
class ConnectionBand final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionBand)
public:
    explicit ConnectionBand(QWidget* parent = nullptr);

    /// `isConnected`: before that nothing was verified.
    void setState(const TabMark& mark, bool readOnly, const net::ConnectionOptions& options,
        bool isConnected = true);
    /// What the server says to the guess from the endpoint's name; empty: there was none.
    void setGuess(const doctor::GuessCheck& check);
    /// "via ssh bastion, TLS verified"; what is not verified has a badge of its own.
    static QString wayIn(const net::ConnectionOptions& options, bool isConnected = true);
    bool hasSomethingToSay() const;

Q_SIGNALS:
    /// The user wants to know more about the connection.
    void detailsRequested();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void applyTheme();
    void showWay();

    TabMark m_mark;
    QString m_wayIn;
    bool m_isEncrypted = false; ///< an open connection
    doctor::GuessCheck m_check;
    QLabel* m_name = nullptr;
    QLabel* m_environment = nullptr;
    QPushButton* m_way = nullptr;
    QPushButton* m_otherwise = nullptr; ///< the name was wrong
    QLabel* m_tls = nullptr;
    QLabel* m_readOnly = nullptr;
};

} // namespace slotscope::ui
