// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionoptions.h"

#include <QList>
#include <QObject>
#include <QTimer>

namespace slotscope::net {
class Connection;
}

namespace slotscope::profile {

/// Operation: which of several seeds of one cluster answers. They are tried in order; the next one
/// starts when one fails, or after 250 ms, so that a dead first seed costs little. The first whose
/// handshake is done is chosen; the connection is closed again.
class SeedSearch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SeedSearch)
public:
    SeedSearch(
        QList<net::Endpoint> seeds, net::ConnectionOptions options, QObject* parent = nullptr);
    ~SeedSearch() override;

    void start();

Q_SIGNALS:
    /// Once, from the event loop: the position of the seed that answered; that of the first, when
    /// none did: whoever connects to it then learns why.
    void finished(qsizetype seed);

private:
    void tryNext();
    void onClosed();
    void end(qsizetype seed);

    const QList<net::Endpoint> m_seeds;
    const net::ConnectionOptions m_options;
    QTimer m_headStart;
    QList<net::Connection*> m_tried;
    qsizetype m_closed = 0;
    bool m_ended = false;
};

} // namespace slotscope::profile
