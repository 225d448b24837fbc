// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"

#include <QHostAddress>
#include <QList>
#include <QTcpServer>

#include <array>
#include <optional>

namespace slotscope::tests {

/// Stands on a port of 127.0.0.1 in front of another and passes on what comes, broken as told. What
/// it is told holds for the connections there are and for those to come. Knows nothing of what
/// passes. Lives in the thread of the test, whose event loop must run for anything to pass.
class FaultProxy final : public QObject
{
    Q_OBJECT
public:
    enum class Way { ToServer, ToClient };

    struct Faults
    {
        int delayMs = 0; ///< every byte comes so much later
        qint64 bytesPerSecond = 0; ///< 0: as fast as it comes
        bool frozen = false; ///< nothing is passed on; all of it is when this ends
        /// So many bytes of a connection are passed on, counted from setFaults() or its beginning,
        /// then its end comes.
        std::optional<qint64> cutAfter;
        bool cutByReset = true; ///< RST, or FIN
    };

    /// Listens at once. A target of 0: refuses until setTarget().
    explicit FaultProxy(quint16 target = 0, QObject* parent = nullptr);
    ~FaultProxy() override;

    void setTarget(quint16 port) { m_target = port; }
    quint16 port() const { return m_port; }
    net::Endpoint endpoint() const { return { QStringLiteral("127.0.0.1"), m_port }; }

    void setFaults(Way way, const Faults& faults);
    /// No more listening: connections are refused. False: listens on the same port again.
    void setRefusing(bool refusing);
    /// Frozen both ways are the connections that come from these addresses: a partition, seen from
    /// this node.
    void setCutOff(const QList<QHostAddress>& sources);

    /// RST to both sides of every connection.
    void resetAll();
    /// FIN to the side that this way leads to, on every connection; the other way goes on.
    void halfCloseAll(Way way);

    int connectionCount() const { return static_cast<int>(m_links.size()); }
    int acceptedCount() const { return m_accepted; }
    qint64 bytesPassed(Way way) const { return m_passed.at(static_cast<size_t>(way)); }

private:
    class Link;

    void onNewConnection();
    void remove(Link* link);

    QTcpServer m_server;
    quint16 m_port = 0;
    quint16 m_target = 0;
    int m_accepted = 0;
    std::array<Faults, 2> m_faults;
    std::array<qint64, 2> m_passed {};
    QList<QHostAddress> m_cutOff;
    QList<Link*> m_links;
};

} // namespace slotscope::tests
