// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/slot.h"
#include "core/net/endpoint.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace slotscope::cluster {

/// The identity of a node: 40 hexadecimal digits, or a pseudonym of them. Null for servers
/// that print none.
class NodeId
{
public:
    NodeId() = default;
    explicit NodeId(QByteArray hex)
        : m_hex(std::move(hex))
    { }
    bool isNull() const { return m_hex.isEmpty(); }
    const QByteArray& toByteArray() const { return m_hex; }
    QString toString() const { return QString::fromLatin1(m_hex); }
    /// The first eight digits, for people; whole, when it is a pseudonym ("node-1a2").
    QString shortText() const;
    friend bool operator==(const NodeId&, const NodeId&) = default;
    friend auto operator<=>(const NodeId& a, const NodeId& b)
    {
        return a.m_hex.compare(b.m_hex) <=> 0;
    }
    friend size_t qHash(const NodeId& id, size_t seed = 0) { return qHash(id.m_hex, seed); }

private:
    QByteArray m_hex;
};

enum class Role { Unknown, Primary, Replica };
enum class Health { Unknown, Ok, PFail, Fail, Loading, Handshake, NoAddr };
/// The cluster bus link between the node that answered and this one; says nothing of our own way to
/// it.
enum class LinkState { Unknown, Connected, Disconnected };

/// A slot that is being moved, as one side of it sees it: this node to or from `peer`.
struct OpenSlot
{
    Slot slot;
    NodeId peer;
    friend bool operator==(const OpenSlot&, const OpenSlot&) = default;
};

/// One node of a topology. A plain value.
struct Node
{
    NodeId id;
    net::Endpoint
        address; ///< what clients should dial (from SLOTS, else NODES); not dialable for noaddr
    QString ip; ///< from NODES or SLOTS metadata
    QString hostname; ///< empty when none is announced
    quint16 port = 0;
    std::optional<quint16> tlsPort;
    std::optional<quint16> busPort;
    Role role = Role::Unknown;
    NodeId primaryId; ///< of a replica
    Health health = Health::Unknown;
    LinkState link = LinkState::Unknown;
    std::optional<quint64> configEpoch;
    QStringList flags; ///< as printed: "myself", "master", ...
    bool myself = false; ///< of the node that answered
    SlotRanges ranges; ///< sorted, adjacent ranges joined
    QList<OpenSlot> migrating; ///< slots this node is giving away
    QList<OpenSlot> importing; ///< slots this node is taking

    friend bool operator==(const Node&, const Node&) = default;
};

QString roleName(Role role); ///< "primary", "replica", "unknown": the contract's words
QString healthName(Health health); ///< "ok", "pfail", ...
QString linkName(LinkState link);
/// The inverses; nullopt for any other word.
std::optional<Role> roleFromName(QStringView name);
std::optional<Health> healthFromName(QStringView name);
std::optional<LinkState> linkFromName(QStringView name);

} // namespace slotscope::cluster

Q_DECLARE_METATYPE(slotscope::cluster::NodeId)
