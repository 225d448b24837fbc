// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/clusterpage/clusterpage.h"

#include "ui/clusterpage/findingsactions.h"
#include "ui/clusterpage/headlinebar.h"
#include "ui/clusterpage/pictureactions.h"
#include "ui/clusterpage/picturebar.h"
#include "ui/clusterpage/storydesk.h"
#include "ui/console/consolepanel.h"
#include "ui/inspector/eventlist.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/nodedetails.h"
#include "ui/inspector/problemlist.h"
#include "ui/slotmap/keysearchpanel.h"
#include "ui/slotmap/ribbonwidget.h"
#include "ui/slotmap/slotmapwidget.h"
#include "ui/slotmap/slotpanel.h"
#include "ui/theme/caveatstrip.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timelinebar.h"
#include "ui/topology/topologyview.h"
#include "ui/trace/playerbar.h"
#include "ui/trace/storyplayer.h"
#include "ui/trace/tracepanel.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 10;

/// The widget with room around it. In the window from the start: it keeps its place among those
/// that Tab goes through.
QWidget* framed(QWidget* widget, const QMargins& margins)
{
    auto* frame = new QWidget(widget->parentWidget());
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(margins);
    layout->addWidget(widget);
    return frame;
}

/// What a capture has counted, as it stands beside nodes.
RedirectNotes notesOf(const QList<capture::SeenErrors>& seen)
{
    RedirectNotes notes;
    for (const capture::SeenErrors& errors : seen) {
        RedirectNote note { errors.node, errors.address };
        if (errors.word == "MOVED")
            note.moved = errors.count;
        else if (errors.word == "ASK")
            note.asked = errors.count;
        else
            continue;
        const auto same = std::find_if(notes.begin(), notes.end(), [&note](const auto& other) {
            return other.nodeId == note.nodeId && other.address == note.address;
        });
        if (same == notes.end())
            notes.append(note);
        else
            *same += note;
    }
    return notes;
}

} // namespace

ClusterPage::ClusterPage(QWidget* parent)
    : QWidget(parent)
{
    m_desk = new StoryDesk(this);
    // Made in the order in which Tab goes through them.
    m_headline = new HeadlineBar(this);
    m_ribbon = new RibbonWidget(this);
    m_ribbon->setObjectName(u"ribbon"_s);
    auto* pictureBar = new PictureBar(this);
    pictureBar->setObjectName(u"pictureBar"_s);
    m_view = new TopologyView(this);
    m_view->setObjectName(u"topologyView"_s);
    // So that Space, period and comma reach this page after a click into the picture.
    m_view->setFocusPolicy(Qt::StrongFocus);
    m_playerBar = new PlayerBar(m_desk->player(), this);
    m_playerBar->setObjectName(u"playerBar"_s);
    m_timeline = new TimelineBar(this);
    m_timeline->setObjectName(u"timelineBar"_s);
    m_timeline->hide();
    m_inspector = new Inspector(this);
    m_inspector->setObjectName(u"inspector"_s);
    m_console = new ConsolePanel(this);
    m_trace = new TracePanel(this);
    m_trace->setObjectName(u"tracePanel"_s);

    auto* caveat = new CaveatStrip(this);
    caveat->setObjectName(u"inspectorCaveat"_s);
    m_pictureActions
        = new PictureActions({ m_view, m_ribbon, m_inspector, pictureBar, caveat }, this);
    m_findings = new FindingsActions(m_headline, m_inspector, this);

    auto* picture = new QWidget(this);
    auto* pictureLayout = new QVBoxLayout(picture);
    pictureLayout->setContentsMargins(0, 0, 0, 0);
    pictureLayout->setSpacing(0);
    pictureLayout->addWidget(pictureBar);
    pictureLayout->addWidget(m_view, 1);
    pictureLayout->addWidget(m_playerBar);
    pictureLayout->addWidget(m_timeline);
    m_upper = new QSplitter(Qt::Horizontal, this);
    m_upper->addWidget(picture);
    QWidget* right = framed(m_inspector, QMargins(0, 2, margin, 6));
    static_cast<QVBoxLayout*>(right->layout())->insertWidget(0, caveat);
    m_upper->addWidget(right);
    m_lower = new QSplitter(Qt::Horizontal, this);
    m_lower->addWidget(m_console);
    m_traceFrame = framed(m_trace, QMargins(0, 6, margin, margin));
    m_lower->addWidget(m_traceFrame);
    m_halves = new QSplitter(Qt::Vertical, this);
    m_halves->addWidget(m_upper);
    m_halves->addWidget(m_lower);
    m_upper->setObjectName(u"upperSplitter"_s);
    m_lower->setObjectName(u"lowerSplitter"_s);
    m_halves->setObjectName(u"halvesSplitter"_s);
    connect(m_halves, &QSplitter::splitterMoved, this, [this] { m_isDivided = true; });
    for (QSplitter* splitter : { m_upper, m_lower, m_halves }) {
        splitter->setChildrenCollapsible(false);
        connect(splitter, &QSplitter::splitterMoved, this, &ClusterPage::layoutChanged);
    }
    m_upper->setSizes({ 840, 440 });
    m_lower->setSizes({ 700, 580 });
    // The same before and after the first command: nothing jumps below the hands.
    m_halves->setSizes({ 454, 256 });
    m_upper->setStretchFactor(0, 1);
    m_upper->setStretchFactor(1, 0);
    m_lower->setStretchFactor(0, 1);
    m_halves->setStretchFactor(0, 2);
    m_halves->setStretchFactor(1, 1);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_headline);
    auto* ribbonLine = new QHBoxLayout;
    ribbonLine->setContentsMargins(margin, 0, margin, 0);
    ribbonLine->addWidget(m_ribbon);
    layout->addLayout(ribbonLine);
    layout->addWidget(m_halves, 1);
    wire();
}

void ClusterPage::wire()
{
    connect(m_inspector, &Inspector::tabChosen, this, &ClusterPage::layoutChanged);
    connect(m_view, &TopologyView::nodeClicked, this, &ClusterPage::onNodeClicked);
    connect(m_inspector->problems(), &ProblemList::nodeClicked, this, &ClusterPage::onNodeLinked);
    connect(m_inspector->problems(), &ProblemList::slotClicked, this, &ClusterPage::markSlot);
    connect(m_console, &ConsolePanel::slotTyped, this, &ClusterPage::markSlot);
    connect(m_inspector, &Inspector::slotTyped, m_ribbon, &RibbonWidget::setMarkedSlot);
    connect(m_inspector, &Inspector::commandSuggested, this, [this](const QString& line) {
        m_console->setCommand(line);
        m_console->focusInput();
    });
    m_desk->setParts({ m_view, m_playerBar, m_trace, m_traceFrame });
    connect(m_console, &ConsolePanel::traceShown, m_desk, &StoryDesk::showTrace);
    connect(m_console, &ConsolePanel::fanOutShown, m_desk, &StoryDesk::showFanOut);
}

StoryPlayer* ClusterPage::player() const
{
    return m_desk->player();
}

void ClusterPage::reset()
{
    leavePast();
    m_topology = {};
    m_live = {};
    m_trouble.clear();
    m_desk->clear();
    m_console->clear(ConsolePanel::Forget::Session);
    m_inspector->forgetNode();
    m_inspector->forgetKeys();
    m_inspector->restartEvents({});
    m_console->setClickedNode({}, {});
    m_headline->setTrouble({});
    m_headline->setTls({});
    m_pictureActions->reset();
    m_findings->reset();
}

void ClusterPage::setTopology(const cluster::Topology& topology, const QString& how)
{
    m_live = topology;
    m_how = how;
    m_trouble.clear(); // a failed refresh says so after this
    if (m_isPast)
        return;
    m_topology = topology;
    m_headline->setTrouble({});
    m_headline->setOffline(!how.isEmpty());
    m_headline->setTopology(topology, how);
    m_pictureActions->setTopology(topology, how.isEmpty());
    m_findings->setTopology(topology);
    m_console->setTopology(topology);
    m_console->setLive(how.isEmpty());
}

void ClusterPage::setTrouble(const QString& sentence)
{
    m_trouble = withoutOptions(sentence);
    if (!m_isPast)
        m_headline->setTrouble(m_trouble);
}

void ClusterPage::showMoment(const PastMoment& moment)
{
    const cluster::Topology& topology = moment.capture.topology;
    const bool wasPast = std::exchange(m_isPast, true);
    const bool isEndOfFile = !moment.canGoBack && moment.at.isEmpty();
    if (isEndOfFile)
        m_desk->takeUp();
    else if (!moment.canGoBack || !wasPast)
        m_desk->putAside(); // what it shows was not then
    m_desk->showPastNotes(notesOf(moment.capture.seen));
    m_topology = topology;
    m_headline->setTrouble({});
    m_headline->setOffline(false);
    m_headline->setMoment(moment.at);
    m_headline->setTopology(topology, moment.how);
    m_pictureActions->showPast(moment.capture, moment.samples);
    m_findings->showPast(topology, moment.findings);
    m_inspector->events()->showPast(moment.events, moment.capture.notes, topology, moment.since);
    m_inspector->nodeDetails()->setAnswers(moment.capture.nodes);
    setAsking(false);
    m_console->setTopology(topology);
    m_console->setLive(false,
        moment.canGoBack ? tr("This is the past, nothing can be sent: Back to live is above.")
                         : QString());
}

void ClusterPage::showLive()
{
    if (!m_isPast)
        return;
    const QString trouble = m_trouble;
    leavePast();
    setTopology(m_live, m_how);
    setTrouble(trouble);
    setAsking(true);
    m_desk->takeUp();
}

/// Whether the panels beside the console may ask the session for something.
void ClusterPage::setAsking(bool asking)
{
    m_inspector->slotPanel()->setLive(asking);
    m_inspector->keySearch()->setLive(asking);
}

void ClusterPage::leavePast()
{
    m_isPast = false;
    m_headline->setMoment({});
    m_desk->showLiveNotes();
    m_pictureActions->showLive();
    m_findings->showLive();
    m_inspector->events()->showLive();
    m_inspector->nodeDetails()->setAnswers({});
}

void ClusterPage::startWatching(const session::SessionConfig& config)
{
    const net::ConnectionOptions& options = config.options;
    m_headline->setTls(options.tls);
    m_console->setCodeTarget(doctor::clientTargetOf(config.endpoint.endpoint, options));
    m_inspector->restartEvents(QDateTime::currentDateTimeUtc());
}

void ClusterPage::goOnWatching(const QDateTime& since, const QList<cluster::TopologyEvent>& events)
{
    m_inspector->events()->goOn(since);
    for (const cluster::TopologyEvent& event : events)
        addEvents({ event });
}

void ClusterPage::addEvents(const QList<cluster::TopologyEvent>& events)
{
    m_inspector->addEvents(events);
    m_pictureActions->addEvents(events);
}

QVariantMap ClusterPage::layoutState() const
{
    QVariantMap state;
    for (const QSplitter* splitter : findChildren<QSplitter*>()) {
        if (!splitter->objectName().isEmpty() && (splitter != m_halves || m_isDivided))
            state.insert(splitter->objectName(), splitter->saveState());
    }
    state.insert(m_inspector->objectName(), m_inspector->chosenTab());
    return state;
}

void ClusterPage::restoreLayout(const QVariantMap& state)
{
    for (QSplitter* splitter : findChildren<QSplitter*>()) {
        if (const auto found = state.constFind(splitter->objectName()); found != state.cend())
            splitter->restoreState(found->toByteArray());
    }
    m_isDivided = m_isDivided || state.contains(m_halves->objectName());
    m_inspector->chooseTab(state.value(m_inspector->objectName()).toString());
}

bool ClusterPage::goTo(const QString& place)
{
    for (const cluster::SentinelMaster& master : m_topology.data().masters) {
        if (master.name == place || master.address.toString() == place) {
            Q_EMIT masterChosen(master.address);
            return true;
        }
    }
    const std::optional<Place> found = m_view->goTo(place);
    if (!found)
        return false;
    if (found->slot)
        markSlot(found->slot->number());
    onNodeClicked(found->node, found->address);
    return true;
}

CaptureContent ClusterPage::content() const
{
    CaptureContent content;
    capture::Capture& capture = content.capture;
    capture.topology = m_topology;
    // Who was asked and has not answered; nobody is asked for the picture.
    const QHash<cluster::NodeId, session::Silence>& silences = m_pictureActions->silences();
    for (const cluster::Node& node : m_topology.nodes()) {
        const auto silence = silences.constFind(node.id);
        if (silence == silences.constEnd())
            continue;
        capture.nodes.append(capture::NodeAnswers());
        capture.nodes.last().id = node.id;
        capture.nodes.last().address = node.address;
        capture.nodes.last().error = silence->error;
    }
    content.shownTrace = m_desk->trace();
    content.dark = Theme::of(palette()).dark;
    return content;
}

void ClusterPage::onNodeClicked(const cluster::NodeId& id, const net::Endpoint& address)
{
    if (m_topology.data().kind == cluster::Kind::Sentinel) {
        Q_EMIT masterChosen(address);
        return;
    }
    m_inspector->showNode(id, address);
    const cluster::Node* node = m_topology.nodeById(id);
    if (!node)
        node = m_topology.nodeByAddress(address);
    m_console->setClickedNode(node ? m_topology.labelOf(*node) : address.toString(), address);
}

/// From the list of problems, which stays where it is: the picture shows it.
void ClusterPage::onNodeLinked(const cluster::NodeId& id)
{
    m_view->showShard(m_pictureActions->shown().shardIndexOf(id));
}

void ClusterPage::markSlot(int slot)
{
    m_ribbon->setMarkedSlot(slot);
    m_inspector->setMarkedSlot(slot);
}

void ClusterPage::keyPressEvent(QKeyEvent* event)
{
    // Reached only when nobody that takes text has the focus.
    if (event->key() == Qt::Key_Escape && m_pictureActions->goBack())
        return;
    if (!m_desk->handleKey(event))
        QWidget::keyPressEvent(event);
}

} // namespace slotscope::ui
