// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/keyscan.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTimer;

namespace slotscope::ui {

class KeyFile;
class KeyListView;
class ScanStrip;

/// Keys by pattern, over all primaries: starts, pauses and cancels a scan, tells how far it is and
/// whether it is complete, and shows what was found. Knows no session: its wishes are signals, and
/// what comes of them is told by the ticket that it chose.
class KeySearchPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeySearchPanel)
public:
    explicit KeySearchPanel(QWidget* parent = nullptr);

    void setTopology(const slotscope::cluster::Topology& topology);
    /// There is a server to ask. Without one what was found stays.
    void setLive(bool live);
    /// Another cluster: forgets everything.
    void reset();

    void takeKeys(quint64 ticket, const slotscope::command::KeyBatch& keys,
        const slotscope::command::KeyScanProgress& progress);
    void finish(quint64 ticket, bool complete, const slotscope::command::KeyScanProgress& progress);
    KeyListView* list() const { return m_list; }

Q_SIGNALS:
    void searchRequested(quint64 ticket, const slotscope::command::KeyScanOptions& options);
    void pauseRequested(quint64 ticket);
    void resumeRequested(quint64 ticket);
    void cancelRequested(quint64 ticket);
    void commandSuggested(const QString& line);
    void slotSuggested(int slot);

private:
    enum class State { Idle, Running, Paused, Cancelling };

    void build();
    void onFindClicked();
    void onPauseClicked();
    void tell();
    void tellProgress();
    void tellEnd(bool complete, bool wasCancelled);
    void updateControls();
    void filter();
    void askForFile();
    void save(const QString& file);
    QString elapsedText() const;

    cluster::Topology m_topology;
    command::KeyScanProgress m_progress;
    State m_state = State::Idle;
    bool m_live = false;
    quint64 m_ticket = 0;
    QElapsedTimer m_clock; ///< of the part since the last pause
    qint64 m_elapsedBefore = 0;
    QPointer<KeyFile> m_file;

    QLineEdit* m_pattern = nullptr;
    QComboBox* m_type = nullptr;
    QPushButton* m_find = nullptr;
    QPushButton* m_pause = nullptr;
    ScanStrip* m_strip = nullptr;
    QLabel* m_summary = nullptr;
    QLineEdit* m_filter = nullptr;
    QLabel* m_shown = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_save = nullptr;
    KeyListView* m_list = nullptr;
    QTimer* m_second = nullptr;
    QTimer* m_filterDelay = nullptr;
};

} // namespace slotscope::ui
