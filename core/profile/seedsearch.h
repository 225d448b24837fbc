// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionoptions.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <optional>

namespace slotscope::net {
class Connection;
}

namespace slotscope::profile {

/// Whether another seed of the same cluster may do better after one has failed so: not when it
/// refused the log-in, which is the same for all, nor when the way to all of them is closed (the
/// proxy, the tunnel), or another cluster answered.
bool mayAnotherSeedHelp(const support::Error& error);

/// Operation: which of several seeds of one cluster answers. They are tried in order; the next one
/// starts when one fails (and mayAnotherSeedHelp()), or after 250 ms, so that a dead or silent
/// first seed costs little. The first that is logged in to, and does not still load its data, is
/// chosen; the connection is closed again.
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
    /// Once, from the event loop: the position of the seed that answered, or whose failure none of
    /// the others mends. When none did, that of the first that still loads its data, which tells
    /// something all the same; else that of the first: whoever connects to it then learns why.
    void finished(qsizetype seed);

private:
    void tryNext();
    void onFailed(qsizetype place, const support::Error& error);
    void end(qsizetype seed);

    const QList<net::Endpoint> m_seeds;
    const net::ConnectionOptions m_options;
    QTimer m_headStart;
    QList<net::Connection*> m_tried;
    qsizetype m_failed = 0;
    std::optional<qsizetype> m_loading; ///< the first that still loads its data
    bool m_ended = false;
};

} // namespace slotscope::profile
