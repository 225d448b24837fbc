// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/slotpanel.h"

#include "core/cluster/topologydiff.h"
#include "core/explain/commands.h"
#include "ui/slotmap/keylistview.h"
#include "ui/slotmap/shardfilter.h"
#include "ui/slotmap/slotcalculator.h"
#include "ui/slotmap/slotkeys.h"
#include "ui/slotmap/slotmapwidget.h"
#include "ui/slotmap/slottexts.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/timetext.h"
#include "ui/theme/widgets.h"

#include <QApplication>
#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using cluster::Slot;
using command::SlotQuestion;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds hoverDelay { 400 }; // a pointer on its way asks nobody
constexpr milliseconds ageInterval { 5000 };
constexpr qint64 freshFor = 5000; // milliseconds in which a slot is not asked again by hovering

cluster::SlotRanges everySlot()
{
    return { { Slot(0), Slot(Slot::count - 1) } };
}

/// A long address in it must not widen the window.
QLabel* narrowLabel(QWidget* parent, const QString& name)
{
    QLabel* label = plainLabel(parent, name);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

} // namespace

SlotPanel::SlotPanel(QWidget* parent)
    : QWidget(parent)
{
    m_clock.start();
    build();
    const auto timer = [this](milliseconds interval, auto slot) {
        auto* one = new QTimer(this);
        one->setSingleShot(true);
        one->setInterval(interval);
        connect(one, &QTimer::timeout, this, slot);
        return one;
    };
    m_hoverDelay = timer(hoverDelay, &SlotPanel::askHovered);
    m_hoverDelay->setObjectName(u"hoverDelay"_s);
    // The list of keys takes room from the map, which must not move under a double click or a drag.
    m_selectDelay
        = timer(milliseconds(QApplication::doubleClickInterval()), &SlotPanel::askForKeys);
    m_age = timer(ageInterval, [this] { showNumbersState(); });

    connect(m_map, &SlotMapWidget::shardHovered, this, &SlotPanel::shardHovered);
    connect(m_map, &SlotMapWidget::slotHovered, this, &SlotPanel::onHovered);
    connect(m_map, &SlotMapWidget::selectionChanged, this, &SlotPanel::onSelection);
    connect(m_map, &SlotMapWidget::shardClicked, this, &SlotPanel::shardClicked);
    connect(m_map, &SlotMapWidget::shardToggled, this, &SlotPanel::toggleShard);
    connect(m_calculator, &SlotCalculator::slotTyped, this, [this](int slot) {
        m_map->setMarkedSlot(slot);
        Q_EMIT slotTyped(slot);
    });
    connect(m_calculator, &SlotCalculator::slotChosen, this, &SlotPanel::showSlot);
    connect(keys(), &KeyListView::commandSuggested, this, &SlotPanel::commandSuggested);
    connect(m_keysPart, &SlotKeys::closeRequested, m_map, &SlotMapWidget::clearSelection);
    connect(keys(), &KeyListView::slotSuggested, this, &SlotPanel::showSlot);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &SlotPanel::onModeChosen);
    connect(m_shards, &ShardFilter::shownChanged, m_map, &SlotMapWidget::setShownShards);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (m_numbersInquiry.ticket)
            Q_EMIT cancelRequested(m_numbersInquiry.ticket);
        else
            askForNumbers();
    });
    reset();
}

SlotPanel::~SlotPanel() = default;

KeyListView* SlotPanel::keys() const
{
    return m_keysPart->list();
}

void SlotPanel::build()
{
    m_mode = new QComboBox(this);
    m_mode->setObjectName(u"slotMode"_s);
    m_mode->setAccessibleName(tr("What the colours of the slot map tell"));
    m_mode->addItem(tr("Owners"));
    m_mode->addItem(tr("Keys"), int(SlotMetric::KeyCount));
    m_mode->addItem(tr("CPU time"), int(SlotMetric::CpuMicros));
    m_mode->addItem(tr("Bytes in"), int(SlotMetric::BytesIn));
    m_mode->addItem(tr("Bytes out"), int(SlotMetric::BytesOut));
    m_shards = new ShardFilter(this);
    m_shards->setObjectName(u"shardFilter"_s);
    m_calculator = new SlotCalculator(this);
    m_calculator->setObjectName(u"slotCalculator"_s);
    m_state = narrowLabel(this, u"numbersState"_s);
    m_state->setWordWrap(true);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_again = new QPushButton(this);
    m_again->setObjectName(u"askAgain"_s);
    m_map = new SlotMapWidget(this);
    m_map->setObjectName(u"slotMap"_s);
    m_details = narrowLabel(this, u"slotDetails"_s);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->setMinimumHeight(2 * m_details->fontMetrics().lineSpacing() + 2);
    m_details->setAlignment(Qt::AlignTop | Qt::AlignLeft);

    m_keysPart = new SlotKeys(this);
    m_keysPart->hide();

    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_map);
    m_splitter->addWidget(m_keysPart);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);

    auto* first = new QHBoxLayout;
    first->setContentsMargins(8, 8, 8, 0);
    first->addWidget(m_mode);
    first->addWidget(m_shards);
    first->addWidget(m_calculator, 1);
    first->setAlignment(m_mode, Qt::AlignTop);
    first->setAlignment(m_shards, Qt::AlignTop);
    auto* second = new QHBoxLayout;
    second->setContentsMargins(8, 0, 8, 0);
    second->addWidget(m_state, 1);
    second->addWidget(m_again);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(first);
    auto* why = new QHBoxLayout;
    why->setContentsMargins(8, 0, 8, 0);
    why->addWidget(m_calculator->explanation());
    layout->addLayout(why);
    layout->addLayout(second);
    layout->addWidget(m_splitter, 1);
    auto* third = new QHBoxLayout;
    third->setContentsMargins(8, 0, 8, 4);
    third->addWidget(m_details, 1);
    layout->addLayout(third);
}

void SlotPanel::setTopology(const cluster::Topology& topology)
{
    if (!cluster::looksSame(topology, m_topology))
        m_table = SlotTable(topology);
    m_topology = topology;
    m_map->setTopology(topology);
    m_shards->setTopology(topology);
    m_calculator->setTopology(topology);
    keys()->setTopology(topology);
    describe();
}

void SlotPanel::setHighlightedShard(int shardIndex)
{
    m_map->setHighlightedShard(shardIndex);
}

void SlotPanel::setMarkedSlot(int slot)
{
    m_map->setMarkedSlot(slot);
}

void SlotPanel::setLive(bool live)
{
    if (m_live == live)
        return;
    m_live = live;
    if (!live) {
        // The session may go on, behind a moment of the past.
        for (Inquiry* inquiry : { &m_hover, &m_keysInquiry, &m_numbersInquiry })
            stop(*inquiry);
    }
    setStatsRefusal(m_statsRefusal);
    describe();
}

void SlotPanel::setStatsRefusal(const QString& why)
{
    m_statsRefusal = why;
    auto* items = qobject_cast<QStandardItemModel*>(m_mode->model());
    for (int row = 1; row < m_mode->count(); ++row) {
        const bool isStats = m_mode->itemData(row).toInt() != int(SlotMetric::KeyCount);
        const QString reason = !m_live ? tr("There is no connection.")
            : isStats                  ? m_statsRefusal
                                       : QString();
        if (items)
            items->item(row)->setEnabled(reason.isEmpty() || !m_numbers.isEmpty());
        m_mode->setItemData(
            row, reason.isEmpty() ? QVariant() : plainToolTip(reason), Qt::ToolTipRole);
        m_mode->setItemData(row, reason, Qt::AccessibleDescriptionRole);
        if (items && isStats)
            items->item(row)->setEnabled(reason.isEmpty());
    }
    showNumbersState();
}

void SlotPanel::reset()
{
    for (Inquiry* inquiry : { &m_hover, &m_keysInquiry, &m_numbersInquiry })
        *inquiry = {};
    m_numbers.clear();
    m_countsAt.reset();
    m_statsAt.reset();
    m_mode->setCurrentIndex(0);
    m_map->setNumbers(m_numbers);
    m_map->clearSelection();
    m_calculator->clear();
    setShownShards({});
    setStatsRefusal({});
    describe();
}

void SlotPanel::start(Inquiry& inquiry, const command::SlotSurveyOptions& options)
{
    stop(inquiry);
    inquiry = { ++m_lastTicket, options.question };
    Q_EMIT surveyRequested(inquiry.ticket, options);
}

void SlotPanel::stop(Inquiry& inquiry)
{
    if (const quint64 ticket = std::exchange(inquiry.ticket, 0))
        Q_EMIT cancelRequested(ticket);
}

void SlotPanel::onHovered(int slot)
{
    m_hoveredSlot = slot;
    describe();
    if (slot >= 0)
        m_hoverDelay->start();
    else
        m_hoverDelay->stop();
}

// One at a time: who rests elsewhere meanwhile is asked after it.
void SlotPanel::askHovered()
{
    const auto slot = Slot::fromNumber(m_hoveredSlot);
    if (!m_live || !slot || m_hover.ticket || !m_topology.ownerOf(*slot))
        return;
    const qint64 askedAt = m_numbers.askedAt(m_hoveredSlot);
    if (askedAt >= 0 && m_clock.elapsed() - askedAt < freshFor)
        return;
    m_askedSlot = m_hoveredSlot;
    command::SlotSurveyOptions options;
    options.ranges = { { *slot, *slot } };
    start(m_hover, options);
}

void SlotPanel::onSelection()
{
    const auto selection = m_map->selection();
    describe();
    if (!selection) {
        m_selectDelay->stop();
        stop(m_keysInquiry);
        m_keysPart->hide();
        return;
    }
    m_selectDelay->start();
}

void SlotPanel::askForKeys()
{
    const auto selection = m_map->selection();
    if (selection && m_keysPart->isHidden() && m_map->isDragging())
        return m_selectDelay->start();
    m_keysPart->setVisible(selection.has_value());
    if (!selection)
        return;
    if (m_live)
        start(m_keysInquiry, m_keysPart->begin(*selection));
    else
        m_keysPart->showUnknown(*selection);
}

void SlotPanel::takeFacts(quint64 ticket, const QList<command::SlotFacts>& facts,
    const command::SlotSurveyProgress& progress)
{
    const bool isKeys = ticket == m_keysInquiry.ticket;
    const bool isNumbers = ticket == m_numbersInquiry.ticket;
    if (ticket == 0 || !(isKeys || isNumbers || ticket == m_hover.ticket))
        return;
    const qint64 now = m_clock.elapsed();
    for (const command::SlotFacts& one : facts)
        m_numbers.take(one, now);
    if (isKeys)
        m_keysPart->take(facts);
    if (!facts.isEmpty())
        m_map->setNumbers(m_numbers);
    if (isNumbers) {
        m_numbersProgress = progress;
        showNumbersState();
    }
    describe();
}

void SlotPanel::finish(quint64 ticket, bool complete, const command::SlotSurveyProgress& progress)
{
    if (ticket == 0)
        return;
    if (ticket == m_hover.ticket) {
        m_hover = {};
        if (m_hoveredSlot >= 0 && m_hoveredSlot != m_askedSlot)
            m_hoverDelay->start();
    } else if (ticket == m_keysInquiry.ticket) {
        m_keysInquiry = {};
        m_keysPart->finish(complete, progress);
    } else if (ticket == m_numbersInquiry.ticket) {
        const SlotQuestion question = m_numbersInquiry.question;
        m_numbersInquiry = {};
        m_numbersProgress = progress;
        (question == SlotQuestion::Stats ? m_statsAt : m_countsAt) = m_clock.elapsed();
        const bool nobodyCan = question == SlotQuestion::Stats && progress.answered == 0
            && !progress.failures.isEmpty()
            && std::all_of(progress.failures.begin(), progress.failures.end(),
                [](const auto& failure) { return failure.isUnavailable; });
        if (nobodyCan)
            setStatsRefusal(explain::noSlotStats(visibleText(progress.failures.first().why)));
        showNumbersState();
    }
}

std::optional<SlotMetric> SlotPanel::metric() const
{
    const QVariant chosen = m_mode->currentData();
    return chosen.isValid() ? std::optional(SlotMetric(chosen.toInt())) : std::nullopt;
}

void SlotPanel::onModeChosen()
{
    const auto chosen = metric();
    m_map->setMetric(chosen);
    if (chosen) {
        const bool isCount = *chosen == SlotMetric::KeyCount;
        const bool isUnderWay = m_numbersInquiry.ticket
            && (m_numbersInquiry.question == SlotQuestion::KeyCount) == isCount;
        if (m_live && !isUnderWay && !(isCount ? m_countsAt : m_statsAt))
            askForNumbers();
    } else {
        stop(m_numbersInquiry);
    }
    showNumbersState();
}

void SlotPanel::askForNumbers()
{
    const auto chosen = metric();
    if (!chosen || !m_live)
        return;
    command::SlotSurveyOptions options;
    options.question
        = *chosen == SlotMetric::KeyCount ? SlotQuestion::KeyCount : SlotQuestion::Stats;
    options.ranges = everySlot();
    m_numbersProgress = {};
    start(m_numbersInquiry, options);
    showNumbersState();
}

void SlotPanel::showNumbersState()
{
    const auto chosen = metric();
    m_state->setVisible(chosen.has_value());
    m_again->setVisible(chosen.has_value());
    m_age->stop();
    if (!chosen)
        return;
    m_again->setText(m_numbersInquiry.ticket ? tr("Cancel") : tr("Ask again"));
    m_again->setEnabled(m_live);
    NumbersState state { *chosen, m_live, m_numbersInquiry.ticket != 0, {}, m_statsRefusal,
        m_numbersProgress };
    if (const auto askedAt = *chosen == SlotMetric::KeyCount ? m_countsAt : m_statsAt)
        state.ageMs = m_clock.elapsed() - *askedAt;
    m_state->setText(numbersText(state, m_numbers));
    m_age->start();
}

void SlotPanel::toggleShard(int shardIndex)
{
    m_shards->toggle(shardIndex);
}

void SlotPanel::setShownShards(const QSet<int>& indices)
{
    m_shards->setShown(indices);
}

void SlotPanel::showSlot(int slot)
{
    m_map->select(slot, slot);
}

// The slot under the pointer, else what is selected.
void SlotPanel::describe()
{
    int slot = m_hoveredSlot;
    if (slot < 0 && m_map->selection())
        slot = m_map->selection()->first.number();
    if (slot < 0 || !m_table.isKnown()) {
        m_details->setText(m_topology.isEmpty()
                ? QString()
                : tr("Point at a slot, or drag over several to list their keys.\n"
                     "Double click: only its shard. Ctrl+/ tells the keys."));
        return;
    }
    QStringList lines = describeSlot(m_topology, m_table, slot).split(u'\n');
    for (QString& line : lines)
        line = visibleText(line);
    const qint64 keys = m_numbers.value(SlotMetric::KeyCount, slot);
    if (keys >= 0) {
        // A time stays true; this is told anew only when something else is pointed at.
        const QDateTime askedAt
            = QDateTime::currentDateTimeUtc().addMSecs(m_numbers.askedAt(slot) - m_clock.elapsed());
        lines.append(tr("%1 at %2").arg(keysText(keys), clockText(askedAt)));
        if (m_topology.migrationOf(Slot(slot)))
            lines.last() += tr(" (those that are still at its owner)");
    }
    const QString first = lines.takeFirst();
    m_details->setText(first + u'\n' + lines.join(u" · "_s));
    m_details->setToolTip(plainToolTip(m_details->text()));
}

// The keys stand beside the map where there is more width than height: the map is a square.
void SlotPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_splitter->setOrientation(
        m_splitter->width() > m_splitter->height() ? Qt::Horizontal : Qt::Vertical);
}

void SlotPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange && m_details)
        m_details->setMinimumHeight(2 * m_details->fontMetrics().lineSpacing() + 2);
    QWidget::changeEvent(event);
}

} // namespace slotscope::ui
