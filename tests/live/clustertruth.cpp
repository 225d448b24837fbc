// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/clustertruth.h"

#include <QSet>
#include <QTcpSocket>

#include <algorithm>

namespace slotscope::tests {

namespace {

constexpr int askEveryMs = 25;
constexpr int freshMs = 400;

struct Claim
{
    int first = 0;
    int last = 0;
    QByteArray owner;
};

QByteArray ownershipText(QList<Claim> claims)
{
    std::sort(claims.begin(), claims.end(),
        [](const Claim& a, const Claim& b) { return a.first < b.first; });
    QByteArray text;
    for (qsizetype i = 0; i < claims.size();) {
        Claim joined = claims.at(i);
        for (++i; i < claims.size() && claims.at(i).first == joined.last + 1
             && claims.at(i).owner == joined.owner;
             ++i) {
            joined.last = claims.at(i).last;
        }
        text += QByteArray::number(joined.first) + '-' + QByteArray::number(joined.last) + ':'
            + joined.owner.left(8) + ' ';
    }
    return text;
}

/// The next bulk string of `buffer`, taken from it; null when it is not complete.
QByteArray takeBulk(QByteArray* buffer)
{
    const qsizetype end = buffer->indexOf("\r\n");
    if (end < 0 || !buffer->startsWith('$'))
        return {};
    const qsizetype length = buffer->mid(1, end - 1).toLongLong();
    if (buffer->size() < end + 2 + length + 2)
        return {};
    const QByteArray text = buffer->mid(end + 2, length);
    buffer->remove(0, end + 2 + length + 2);
    return text.isNull() ? QByteArray("") : text;
}

ClusterTruth::View read(
    const QByteArray& info, const QByteArray& replication, const QByteArray& nodes)
{
    ClusterTruth::View view;
    view.stateOk = info.contains("cluster_state:ok");
    view.linkUp = replication.contains("master_link_status:up");
    QList<Claim> claims;
    QList<Claim> own;
    QList<QByteArray> roles;
    const QList<QByteArray> lines = nodes.trimmed().split('\n');
    for (const QByteArray& line : lines) {
        const QList<QByteArray> words = line.trimmed().split(' ');
        if (words.size() < 8)
            continue;
        const QList<QByteArray> flags = words.at(2).split(',');
        const bool myself = flags.contains("myself");
        view.hasFailures = view.hasFailures || flags.contains("fail") || flags.contains("fail?");
        if (!flags.contains("fail"))
            roles.append(words.at(0) + (flags.contains("slave") ? words.at(3) : QByteArray()));
        if (myself) {
            view.id = words.at(0);
            view.isReplica = flags.contains("slave");
            view.primaryId = view.isReplica ? words.at(3) : QByteArray();
        }
        for (const QByteArray& word : words.mid(8)) {
            if (word.startsWith('['))
                continue;
            const QList<QByteArray> ends = word.split('-');
            const Claim claim { ends.first().toInt(), ends.last().toInt(), words.at(0) };
            claims.append(claim);
            if (myself)
                own.append(claim);
        }
    }
    std::sort(roles.begin(), roles.end());
    view.roles = roles.join(' ');
    view.ownership = ownershipText(claims);
    view.ownRanges = ownershipText(own);
    return view;
}

} // namespace

struct ClusterTruth::Watch
{
    quint16 port = 0;
    QTcpSocket socket;
    QByteArray buffer;
    QList<QByteArray> parts;
    bool isAsked = false;
    QElapsedTimer sinceAnswer;
    QElapsedTimer sinceAsked;
    View view;

    void onBytes()
    {
        buffer += socket.readAll();
        for (QByteArray part = takeBulk(&buffer); !part.isNull(); part = takeBulk(&buffer))
            parts.append(part);
        if (!buffer.isEmpty() && buffer.front() != '$')
            socket.abort(); // LOADING: it is asked anew
        if (parts.size() < 3)
            return;
        view = read(parts.at(0), parts.at(1), parts.at(2));
        parts.clear();
        isAsked = false;
        sinceAnswer.start();
    }
};

ClusterTruth::ClusterTruth(const QList<quint16>& ports, QObject* parent)
    : QObject(parent)
    , m_ports(ports)
{
    for (const quint16 port : ports) {
        auto watch = std::make_unique<Watch>();
        watch->port = port;
        connect(
            &watch->socket, &QTcpSocket::readyRead, this, [one = watch.get()] { one->onBytes(); });
        m_watches.push_back(std::move(watch));
    }
    connect(&m_timer, &QTimer::timeout, this, &ClusterTruth::ask);
    m_timer.start(askEveryMs);
}

ClusterTruth::~ClusterTruth() = default;

void ClusterTruth::ask()
{
    for (const auto& watch : m_watches) {
        if (watch->socket.state() == QTcpSocket::UnconnectedState) {
            watch->isAsked = false;
            watch->buffer.clear();
            watch->parts.clear();
            watch->socket.connectToHost(QStringLiteral("127.0.0.1"), watch->port);
        } else if (watch->socket.state() == QTcpSocket::ConnectedState && !watch->isAsked) {
            watch->isAsked = true;
            watch->socket.write("CLUSTER INFO\r\nINFO replication\r\nCLUSTER NODES\r\n");
        }
    }
}

QHash<quint16, ClusterTruth::View> ClusterTruth::views() const
{
    QHash<quint16, View> fresh;
    for (const auto& watch : m_watches) {
        if (m_ports.contains(watch->port) && watch->socket.state() == QTcpSocket::ConnectedState
            && watch->sinceAnswer.isValid() && watch->sinceAnswer.elapsed() < freshMs) {
            fresh.insert(watch->port, watch->view);
        }
    }
    return fresh;
}

bool ClusterTruth::isSettled(int nodes) const
{
    const QHash<quint16, View> fresh = views();
    if (fresh.size() != nodes)
        return false;
    QSet<QByteArray> ids;
    for (const View& view : fresh)
        ids.insert(view.id.left(8));
    const QByteArray ownership = fresh.begin()->ownership;
    const QByteArray roles = fresh.begin()->roles;
    for (const View& view : fresh) {
        if (!view.stateOk || view.ownership != ownership || view.roles != roles)
            return false;
    }
    const QList<QByteArray> ranges = ownership.trimmed().split(' ');
    return std::all_of(ranges.begin(), ranges.end(),
        [&](const QByteArray& range) { return ids.contains(range.mid(range.indexOf(':') + 1)); });
}

QByteArray ClusterTruth::ownershipOf(const cluster::Topology& topology)
{
    QList<Claim> claims;
    const auto owned = topology.ownedRanges();
    for (const cluster::Topology::OwnedRange& one : owned) {
        claims.append({ one.range.first.number(), one.range.last.number(),
            topology.nodes().at(one.nodeIndex).id.toByteArray() });
    }
    return ownershipText(claims);
}

bool ClusterTruth::matches(const cluster::Topology& topology) const
{
    const QHash<quint16, View> fresh = views();
    const QByteArray ownership = ownershipOf(topology);
    return !fresh.isEmpty() && std::all_of(fresh.begin(), fresh.end(), [&](const View& view) {
        const cluster::Node* node = topology.nodeById(cluster::NodeId(view.id));
        return view.ownership == ownership && node != nullptr
            && (node->role == cluster::Role::Replica) == view.isReplica
            && node->primaryId.toByteArray() == view.primaryId;
    });
}

QString ClusterTruth::toString() const
{
    QString text;
    const QHash<quint16, View> fresh = views();
    for (const auto& [port, view] : fresh.asKeyValueRange()) {
        text += QStringLiteral("%1 %2 %3 %4 %5\n")
                    .arg(port)
                    .arg(QString::fromLatin1(view.id.left(8)),
                        view.isReplica ? QStringLiteral("replica") : QStringLiteral("primary"),
                        view.stateOk ? QStringLiteral("ok") : QStringLiteral("fail"),
                        QString::fromLatin1(view.ownership));
    }
    return text;
}

} // namespace slotscope::tests
