// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/links/storylink.h"

#include "ui/clusterpage/storydesk.h"

namespace slotscope::ui {
using session::SessionHandle;

StoryLink::StoryLink(StoryDesk* desk, QObject* parent)
    : QObject(parent)
    , m_desk(desk)
{ }

void StoryLink::start(SessionHandle* session)
{
    m_session = session;
    connect(session, &SessionHandle::topologyChanged, this,
        [this](const cluster::Topology& topology) { m_topology = topology; });
    connect(session, &SessionHandle::redirectsSeen, this, &StoryLink::onRedirectsSeen);
}

void StoryLink::end()
{
    if (m_session)
        m_session->disconnect(this);
    m_session = nullptr;
    m_topology = {};
    m_desk->setRedirectNotes({});
}

void StoryLink::onRedirectsSeen(const session::SeenRedirects& seen)
{
    RedirectNotes notes;
    const cluster::TopologyData& data = m_topology.data();
    for (const session::NodeRedirects& node : seen.nodes) {
        RedirectNote note { node.nodeId, node.address, node.lastSecond.moved, node.total.moved,
            node.lastSecond.asked, node.total.asked };
        // The seed may be a name that no map knows: it is the node that DNS chose.
        if (note.nodeId.isNull() && node.address == data.seed) {
            const auto dialled = net::Endpoint::parse(data.seedDialled);
            if (const auto* seed = dialled ? m_topology.nodeByAddress(*dialled) : nullptr)
                note.nodeId = seed->id;
        }
        notes.append(note);
    }
    m_desk->setRedirectNotes(notes);
}

} // namespace slotscope::ui
