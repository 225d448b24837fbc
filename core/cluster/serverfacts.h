// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/mergeviews.h"
#include "core/net/connection.h"

#include <array>
#include <optional>

namespace slotscope::cluster {

/// What a seed is asked, in this order, in one write.
enum class Question { InfoServer, InfoCluster, Role, ClusterInfo, ClusterNodes, ClusterSlots };
inline constexpr std::size_t questionCount = 6;

/// The command behind a question.
net::Argv commandFor(Question question);

/// What one server answered to the questions, and what that makes of it. Pure: no connection.
///
/// Each answer may be missing: forbidden, unknown to this version, or refused while the server
/// loads its data. The kind is concluded from what remains; an unhealthy cluster is still a
/// cluster.
class ServerFacts
{
public:
    /// `reply` is not an error of the connection; it may be an error reply.
    void take(Question question, const resp::Reply& reply);
    void setHello(const net::ServerHello& hello) { m_hello = hello; }

    /// Why nothing can be concluded: AuthRequired, NoPermission, Loading, ProtocolError, ...; only
    /// when kind() has no value.
    support::Error error(const QString& address) const;
    bool wantsPassword() const { return m_wantsPassword; }
    bool isLoading() const { return m_isLoading; }

    std::optional<Kind> kind() const;
    Product product() const;
    QString version() const;
    ClusterState state() const;
    std::optional<quint64> currentEpoch() const;
    Role role() const;
    /// Fills in product, version, operating system, state and epoch.
    void describe(TopologyData* head) const;
    /// Right after INFO server, whose answer took `micros`: the server's clock, which servers from
    /// 7.0 on tell there. `clock` may be null.
    void noteClock(net::ServerClock* clock, qint64 micros) const;
    /// At least one of NODES and SLOTS was answered and understood.
    bool hasView() const;
    const NodesView& nodes() const { return m_nodes; }
    const SlotsView& slotsView() const { return m_slots; }
    /// One sentence for each thing that is missing and why.
    QStringList warnings() const;

private:
    struct Refusal
    {
        support::ErrorCode code;
        QString line; ///< the server's, or what is wrong with its reply
    };

    void refuse(Question question, const resp::Reply& reply);
    const std::optional<Refusal>& refusalOf(Question question) const;
    QByteArray mode() const;
    QString evidence() const;

    net::ServerHello m_hello;
    QHash<QByteArray, QByteArray> m_infoServer;
    QHash<QByteArray, QByteArray> m_infoCluster;
    QHash<QByteArray, QByteArray> m_clusterInfo;
    QByteArray m_role;
    NodesView m_nodes;
    SlotsView m_slots;
    bool m_hasSlots = false;
    bool m_wantsPassword = false;
    bool m_isLoading = false;
    bool m_isDisabled = false; ///< "This instance has cluster support disabled"
    std::array<std::optional<Refusal>, questionCount> m_refusals;
};

/// The code of an error reply, by its first word (and the few texts of ERR that are known).
support::ErrorCode codeOfErrorReply(QByteArrayView line);

/// SENTINEL MASTERS: an array of flat arrays or maps. What cannot be read is left out.
QList<SentinelMaster> parseSentinelMasters(const resp::Reply& reply);

} // namespace slotscope::cluster
