// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionhandle.h"

#include <QElapsedTimer>
#include <QObject>

namespace slotscope::ui {

class StoryDesk;

/// Between the session of a tab and the desk: fan-outs play as their rows end (a picture four times
/// a second at most, and the last one), and what each node answered stands beside it. The desk must
/// outlive it.
class StoryLink final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoryLink)
public:
    explicit StoryLink(StoryDesk* desk, QObject* parent = nullptr);

    void start(session::SessionHandle* session);
    void end();

private:
    void onFanOutChanged(quint64 run, const command::FanOut& fanOut);
    void onFanOutFinished(quint64 run, const command::FanOut& fanOut);
    void onRedirectsSeen(const session::SeenRedirects& seen);

    StoryDesk* m_desk = nullptr;
    session::SessionHandle* m_session = nullptr;
    cluster::Topology m_topology;
    QElapsedTimer m_sinceShown;
};

} // namespace slotscope::ui
