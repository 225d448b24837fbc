// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/clusterpage/findingsactions.h"

#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "ui/clusterpage/headlinebar.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/problemlist.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/timetext.h"

#include <utility>

namespace slotscope::ui {

namespace {

/// What each view says of others, where it has something to say.
QHash<cluster::NodeId, QList<session::IllNode>> complaintsIn(const session::ToldViews& views)
{
    QHash<cluster::NodeId, QList<session::IllNode>> complaints;
    for (const session::ToldView& view : views.views) {
        if (!view.ill.isEmpty())
            complaints.insert(view.by, view.ill);
    }
    return complaints;
}

} // namespace

FindingsActions::FindingsActions(HeadlineBar* headline, Inspector* inspector, QObject* parent)
    : QObject(parent)
    , m_headline(headline)
    , m_inspector(inspector)
{
    connect(inspector->problems(), &ProblemList::askRequested, this, &FindingsActions::ask);
    connect(inspector->problems(), &ProblemList::cancelRequested, this, [this] {
        if (m_check)
            m_check->cancel();
    });
}

void FindingsActions::reset()
{
    end();
    m_isPast = false;
    m_views = {};
    m_topology = {};
    m_silent.clear();
    m_complaints.clear();
    m_live.clear();
    m_ofCheck.clear();
    m_findings.clear();
    m_hasLive = false;
    m_inspector->problems()->reset();
    m_headline->setFindings({});
}

void FindingsActions::start(session::SessionHandle* session)
{
    m_session = session;
    if (!m_isPast)
        m_inspector->problems()->setLive(true);
    connect(session, &session::SessionHandle::viewsChanged, this, &FindingsActions::setViews);
}

void FindingsActions::end()
{
    delete std::exchange(m_check, nullptr);
    if (m_session)
        m_session->disconnect(this);
    m_session = nullptr;
    m_inspector->problems()->setLive(false);
}

void FindingsActions::setViews(const session::ToldViews& views)
{
    m_views = views;
}

void FindingsActions::setTopology(const cluster::Topology& topology)
{
    auto complaints = complaintsIn(m_views);
    const bool isSame = m_hasLive && m_silent == m_views.silent && m_complaints == complaints
        && topology.data().viewsAnswered == m_topology.data().viewsAnswered
        && cluster::looksSame(topology, m_topology);
    m_topology = topology;
    if (isSame)
        return;
    m_silent = m_views.silent;
    m_complaints = std::move(complaints);
    m_live = health::findingsOf(m_views, topology);
    m_hasLive = true;
    tell();
}

void FindingsActions::showPast(
    const cluster::Topology& topology, const QList<health::Finding>& findings)
{
    m_isPast = true;
    m_inspector->problems()->setPast(topology);
    m_headline->setFindings(findings);
    m_inspector->setFindings(findings, topology);
}

void FindingsActions::showLive()
{
    if (!std::exchange(m_isPast, false))
        return;
    m_inspector->problems()->setLive(m_session != nullptr);
    tell();
}

void FindingsActions::tell()
{
    m_findings = health::joined(m_live, m_ofCheck);
    if (m_isPast)
        return;
    m_headline->setFindings(m_findings);
    m_inspector->setFindings(m_findings, m_topology);
}

void FindingsActions::ask()
{
    if (!m_session) {
        m_inspector->problems()->showDone(tr("Nobody can be asked: there is no connection."));
        return;
    }
    if (!m_check) {
        m_check = new health::SessionCheck(m_session, this);
        connect(m_check, &health::SessionCheck::progressed, m_inspector->problems(),
            &ProblemList::showProgress);
        connect(m_check, &health::SessionCheck::finished, this, &FindingsActions::onChecked);
    }
    m_check->start();
}

void FindingsActions::onChecked(
    bool ok, const health::HealthReport& report, const support::Error& error)
{
    ProblemList* problems = m_inspector->problems();
    if (!ok) {
        problems->showDone(error.code == support::ErrorCode::Cancelled
                ? tr("Cancelled. This is from what polling shows.")
                : withoutOptions(explain::errorSentence(error)));
        return;
    }
    const QString time = clockText(report.topology.data().capturedAt);
    const QString who = explain::answered(report.reached(), static_cast<int>(report.views.size()));
    problems->showDone(tr("%1 at %2.").arg(who, time));
    m_ofCheck = report.findings;
    tell();
}

} // namespace slotscope::ui
