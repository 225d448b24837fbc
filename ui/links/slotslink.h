// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionhandle.h"

#include <QObject>

namespace slotscope::ui {

class KeySearchPanel;
class SlotPanel;

/// Between the panels of slots and keys and the session of their tab: starts the surveys and scans
/// that they wish for, and tells them what comes under their tickets. The panels must outlive it.
class SlotsLink final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SlotsLink)
public:
    SlotsLink(SlotPanel* slotPanel, KeySearchPanel* search, QObject* parent = nullptr);

    void start(session::SessionHandle* session);
    void end();

private:
    void wireSlots();
    void wireSearch();
    void onCommandTable(const command::CommandTable& table);
    void cancel(QHash<quint64, quint64>& ticketOf, quint64 ticket);

    SlotPanel* m_slots = nullptr;
    KeySearchPanel* m_search = nullptr;
    session::SessionHandle* m_session = nullptr;
    QHash<quint64, quint64> m_surveys; ///< the session's id to the panel's ticket
    QHash<quint64, quint64> m_scans;
};

} // namespace slotscope::ui
