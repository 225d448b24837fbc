// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/links/slotslink.h"

#include "core/explain/commands.h"
#include "ui/slotmap/keysearchpanel.h"
#include "ui/slotmap/slotpanel.h"

namespace slotscope::ui {
using session::SessionHandle;

SlotsLink::SlotsLink(SlotPanel* slotPanel, KeySearchPanel* search, QObject* parent)
    : QObject(parent)
    , m_slots(slotPanel)
    , m_search(search)
{
    wireSlots();
    wireSearch();
}

void SlotsLink::wireSlots()
{
    connect(m_slots, &SlotPanel::surveyRequested, this,
        [this](quint64 ticket, const command::SlotSurveyOptions& options) {
            if (m_session)
                m_surveys.insert(m_session->startSurvey(options), ticket);
        });
    connect(m_slots, &SlotPanel::cancelRequested, this,
        [this](quint64 ticket) { cancel(m_surveys, ticket); });
}

void SlotsLink::wireSearch()
{
    connect(m_search, &KeySearchPanel::searchRequested, this,
        [this](quint64 ticket, const command::KeyScanOptions& options) {
            if (m_session)
                m_scans.insert(m_session->startScan(options), ticket);
        });
    connect(m_search, &KeySearchPanel::pauseRequested, this, [this](quint64 ticket) {
        if (m_session)
            m_session->pauseScan(m_scans.key(ticket));
    });
    connect(m_search, &KeySearchPanel::resumeRequested, this, [this](quint64 ticket) {
        if (m_session)
            m_session->resumeScan(m_scans.key(ticket));
    });
    connect(m_search, &KeySearchPanel::cancelRequested, this,
        [this](quint64 ticket) { cancel(m_scans, ticket); });
}

void SlotsLink::cancel(QHash<quint64, quint64>& ticketOf, quint64 ticket)
{
    if (m_session)
        m_session->cancelJob(ticketOf.key(ticket));
}

void SlotsLink::start(SessionHandle* session)
{
    m_session = session;
    connect(session, &SessionHandle::surveyFound, this,
        [this](quint64 id, const QList<command::SlotFacts>& facts,
            const command::SlotSurveyProgress& progress) {
            if (m_surveys.contains(id))
                m_slots->takeFacts(m_surveys.value(id), facts, progress);
        });
    connect(session, &SessionHandle::surveyFinished, this,
        [this](quint64 id, bool complete, const command::SlotSurveyProgress& progress) {
            if (m_surveys.contains(id))
                m_slots->finish(m_surveys.take(id), complete, progress);
        });
    connect(session, &SessionHandle::scanFound, this,
        [this](
            quint64 id, const command::KeyBatch& keys, const command::KeyScanProgress& progress) {
            if (m_scans.contains(id))
                m_search->takeKeys(m_scans.value(id), keys, progress);
        });
    connect(session, &SessionHandle::scanFinished, this,
        [this](quint64 id, bool complete, const command::KeyScanProgress& progress) {
            if (m_scans.contains(id))
                m_search->finish(m_scans.take(id), complete, progress);
        });
    connect(session, &SessionHandle::commandTableChanged, this, &SlotsLink::onCommandTable);
    m_slots->setLive(true);
    m_search->setLive(true);
}

void SlotsLink::end()
{
    if (m_session)
        m_session->disconnect(this);
    m_session = nullptr;
    m_surveys.clear();
    m_scans.clear();
    m_slots->setLive(false);
    m_search->setLive(false);
}

// What the server does not list it does not have; who does not tell is asked when it matters.
void SlotsLink::onCommandTable(const command::CommandTable& table)
{
    const command::CommandEntry* stats = table.find("cluster|slot-stats");
    const bool has = stats && stats->source == command::KeySource::Server;
    if (table.isFromServer() && !has)
        m_slots->setStatsRefusal(explain::noSlotStats());
}

} // namespace slotscope::ui
