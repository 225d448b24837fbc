// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/slotsurvey.h"
#include "ui/slotmap/slotscale.h"
#include "ui/slotmap/slottable.h"

#include <QElapsedTimer>
#include <QSet>
#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QSplitter;
class QTimer;

namespace slotscope::ui {

class KeyListView;
class ShardFilter;
class SlotCalculator;
class SlotKeys;
class SlotMapWidget;

/// The slot map with what belongs to it: a calculator, a filter of shards, colours by number of
/// keys and by what slots cost, what is known of the slot under the pointer, and the keys of the
/// slots that are selected.
///
/// Knows no session: what it wants to know of slots are surveys, each under a ticket that it chose;
/// at most one of each kind (hovering, keys, numbers) is under way.
class SlotPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SlotPanel)
public:
    explicit SlotPanel(QWidget* parent = nullptr);
    ~SlotPanel() override;

    void setTopology(const slotscope::cluster::Topology& topology);
    void setHighlightedShard(int shardIndex);
    /// The slot of what is typed elsewhere; -1: none.
    void setMarkedSlot(int slot);
    /// There is a server to ask.
    void setLive(bool live);
    /// Why there are no statistics here (CLUSTER SLOT-STATS); empty: there may be.
    void setStatsRefusal(const QString& why);
    /// Another cluster: forgets everything.
    void reset();
    /// Colours this shard too, or no longer.
    void toggleShard(int shardIndex);
    /// Colours these shards only, by their `index`; none: all.
    void setShownShards(const QSet<int>& indices);
    void showSlot(int slot);

    void takeFacts(quint64 ticket, const QList<slotscope::command::SlotFacts>& facts,
        const slotscope::command::SlotSurveyProgress& progress);
    void finish(
        quint64 ticket, bool complete, const slotscope::command::SlotSurveyProgress& progress);
    SlotMapWidget* map() const { return m_map; }
    KeyListView* keys() const;

Q_SIGNALS:
    void surveyRequested(quint64 ticket, const slotscope::command::SlotSurveyOptions& options);
    void cancelRequested(quint64 ticket);
    void shardHovered(int shardIndex);
    /// The user wants this shard only, here and elsewhere; setShownShards() follows.
    void shardClicked(int shardIndex);
    /// Of the key in the calculator; -1: none.
    void slotTyped(int slot);
    void commandSuggested(const QString& line);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// One thing that is asked, at most once at a time.
    struct Inquiry
    {
        quint64 ticket = 0; ///< 0: none is under way
        command::SlotQuestion question = command::SlotQuestion::KeyCount;
    };

    void build();
    void start(Inquiry& inquiry, const command::SlotSurveyOptions& options);
    void stop(Inquiry& inquiry);
    void onHovered(int slot);
    void askHovered();
    void onSelection();
    void askForKeys();
    void onModeChosen();
    void askForNumbers();
    void showNumbersState();
    void describe();
    std::optional<SlotMetric> metric() const;

    cluster::Topology m_topology;
    SlotTable m_table;
    SlotNumbers m_numbers;
    QString m_statsRefusal;
    bool m_live = false;
    quint64 m_lastTicket = 0;
    Inquiry m_hover;
    int m_askedSlot = -1; ///< by m_hover, the last time
    Inquiry m_keysInquiry;
    Inquiry m_numbersInquiry;
    command::SlotSurveyProgress m_numbersProgress;
    std::optional<qint64> m_countsAt; ///< when all were asked last
    std::optional<qint64> m_statsAt;
    QElapsedTimer m_clock;
    int m_hoveredSlot = -1;

    QComboBox* m_mode = nullptr;
    ShardFilter* m_shards = nullptr;
    QLabel* m_state = nullptr;
    QPushButton* m_again = nullptr;
    SlotCalculator* m_calculator = nullptr;
    SlotMapWidget* m_map = nullptr;
    QLabel* m_details = nullptr;
    QSplitter* m_splitter = nullptr;
    SlotKeys* m_keysPart = nullptr;
    QTimer* m_hoverDelay = nullptr;
    QTimer* m_selectDelay = nullptr;
    QTimer* m_age = nullptr;
};

} // namespace slotscope::ui
