// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/findings.h"

namespace slotscope::tests {

/// What six nodes say: the primaries a, b, c on 10.0.0.1 to 3 with a third of the slots each, and
/// their replicas d, e, f on 10.0.1.1 to 3. All is well until a test changes it.
class Scene
{
public:
    Scene()
    {
        for (const char id : QByteArray("abcdef")) {
            QByteArray text = lines;
            text.replace(busPort(id), QByteArray(busPort(id) + "myself,"));
            m_texts.insert(QByteArray(1, id), text);
            view(id) = wellView(id);
        }
    }

    health::NodeView& view(char id) { return m_views[QByteArray(1, id)]; }

    /// Changes the text of CLUSTER NODES as some nodes print it. What is changed must be there.
    void print(const QByteArray& ids, const QByteArray& before, const QByteArray& after)
    {
        for (const char id : ids) {
            QByteArray& text = m_texts[QByteArray(1, id)];
            if (!text.contains(before))
                qFatal("nothing to replace: %s", before.constData());
            text.replace(before, after);
        }
    }
    void printAll(const QByteArray& before, const QByteArray& after)
    {
        print(m_texts.keys().join(), before, after);
    }
    void flag(const QByteArray& ids, char node, const QByteArray& flags)
    {
        print(ids, busPort(node), busPort(node) + flags + ",");
    }
    /// A node that nobody knows and nobody asks.
    void remove(char id)
    {
        const QByteArray name(1, id);
        m_views.remove(name);
        m_texts.remove(name);
        for (QByteArray& text : m_texts) {
            QByteArrayList kept;
            const QByteArrayList all = text.split('\n');
            for (const QByteArray& line : all) {
                if (!line.startsWith(QByteArray(name + ' ')))
                    kept.append(line);
            }
            text = kept.join('\n');
        }
    }
    void setText(char id, const QByteArray& text) { m_texts[QByteArray(1, id)] = text; }
    void lose(char id, support::ErrorCode code = support::ErrorCode::ConnectionRefused)
    {
        health::NodeView lost;
        lost.id = view(id).id;
        lost.address = view(id).address;
        lost.isMapped = view(id).isMapped;
        lost.error = support::Error { code, {}, lost.address.toString() };
        view(id) = lost;
        m_texts.remove(QByteArray(1, id));
    }
    void refuse(char id, const QString& command, support::ErrorCode code)
    {
        view(id).refusals.append({ command, code, QStringLiteral("NOPERM no") });
    }

    QList<health::NodeView> views() const
    {
        QList<health::NodeView> all;
        for (health::NodeView view : m_views) {
            const auto text = m_texts.constFind(view.id.toByteArray());
            if (text != m_texts.constEnd() && !text->isEmpty()) {
                const auto nodes = cluster::parseNodes(*text);
                if (!nodes)
                    qFatal("%s", qPrintable(nodes.error().detail));
                view.view.nodes = *nodes;
            }
            all.append(view);
        }
        return all;
    }

    health::Evidence evidence() const
    {
        health::Evidence evidence;
        evidence.views = views();
        evidence.wayIn = wayIn;
        evidence.agreement = health::Agreement::of(evidence.views);
        QList<cluster::ViewInput> inputs;
        for (const health::NodeView& view : std::as_const(evidence.views)) {
            if (view.hasView())
                inputs.append(view.view);
        }
        cluster::TopologyData head;
        head.state = cluster::ClusterState::Ok;
        head.viewsAsked = static_cast<int>(evidence.views.size());
        head.viewsAnswered = static_cast<int>(inputs.size());
        evidence.topology = cluster::mergeViews(inputs, head);
        return evidence;
    }

    net::Endpoint wayIn { QStringLiteral("10.9.9.9"), 6379 };

private:
    /// What stands before the flags, and nowhere else.
    static QByteArray busPort(char id) { return "@" + QByteArray::number(id - 'a' + 11) + " "; }

    static health::NodeView wellView(char id)
    {
        const bool isPrimary = id < 'd';
        const int number = isPrimary ? id - 'a' + 1 : id - 'd' + 1;
        health::NodeView view;
        view.id = cluster::NodeId(QByteArray(1, id));
        view.address = { QStringLiteral("10.0.%1.%2").arg(isPrimary ? 0 : 1).arg(number),
            static_cast<quint16>(id - 'a' + 1) };
        view.reachable = true;
        view.state = cluster::ClusterState::Ok;
        view.server = QStringLiteral("redis 7.0.15");
        view.replication.role = isPrimary ? cluster::Role::Primary : cluster::Role::Replica;
        view.replication.offset = 1000;
        if (isPrimary) {
            const cluster::ReplicaSeen replica { { QStringLiteral("10.0.1.%1").arg(number),
                                                     static_cast<quint16>(number + 3) },
                QStringLiteral("online"), 1000, 0 };
            view.replication.replicas = { replica };
        } else {
            view.replication.linkUp = true;
        }
        return view;
    }

    inline static const QByteArray lines = "a 10.0.0.1:1@11 master - 0 0 1 connected 0-5460\n"
                                           "b 10.0.0.2:2@12 master - 0 0 2 connected 5461-10922\n"
                                           "c 10.0.0.3:3@13 master - 0 0 3 connected 10923-16383\n"
                                           "d 10.0.1.1:4@14 slave a 0 0 1 connected\n"
                                           "e 10.0.1.2:5@15 slave b 0 0 2 connected\n"
                                           "f 10.0.1.3:6@16 slave c 0 0 3 connected\n";
    QMap<QByteArray, QByteArray> m_texts;
    QMap<QByteArray, health::NodeView> m_views;
};

} // namespace slotscope::tests
