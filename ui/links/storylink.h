// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionhandle.h"

#include <QObject>

namespace slotscope::ui {

class StoryDesk;

/// Between the session of a tab and the desk: what each node has answered stands beside it. The
/// desk must outlive it.
class StoryLink final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoryLink)
public:
    explicit StoryLink(StoryDesk* desk, QObject* parent = nullptr);

    void start(session::SessionHandle* session);
    void end();

private:
    void onRedirectsSeen(const session::SeenRedirects& seen);

    StoryDesk* m_desk = nullptr;
    session::SessionHandle* m_session = nullptr;
    cluster::Topology m_topology;
};

} // namespace slotscope::ui
