// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionoptions.h"
#include "ui/connection/tabmark.h"

#include <QWidget>

class QLabel;

namespace slotscope::ui {

/// What the user must never forget about a connection, in one line above all else of it: the
/// profile, PRODUCTION, that Slotscope is read-only, that TLS is not verified; beside that the way
/// in, which alone is nothing to say. In words each; for
/// production the whole band is dark where the window is light, and light where it is dark. Its
/// owner hides it while it has nothing to say.
class ConnectionBand final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionBand)
public:
    explicit ConnectionBand(QWidget* parent = nullptr);

    /// `isConnected`: before that nothing was verified.
    void setState(const TabMark& mark, bool readOnly, const net::ConnectionOptions& options,
        bool isConnected = true);
    /// "via ssh bastion, TLS verified"; what is not verified has a badge of its own.
    static QString wayIn(const net::ConnectionOptions& options, bool isConnected = true);
    bool hasSomethingToSay() const;

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void applyTheme();

    TabMark m_mark;
    QLabel* m_name = nullptr;
    QLabel* m_environment = nullptr;
    QLabel* m_way = nullptr;
    QLabel* m_tls = nullptr;
    QLabel* m_readOnly = nullptr;
};

} // namespace slotscope::ui
