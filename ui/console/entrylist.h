// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QScrollArea>

class QLabel;
class QVBoxLayout;

namespace slotscope::ui {

class ConsoleEntry;
class FanOutView;
class RunColumn;
class StreamView;

/// What was run, newest first. The end of the newest comes into sight as it grows, as long as its
/// path stays there, until the user scrolls. Bounded in number and in what the replies hold: the
/// oldest go, but none that still runs.
class EntryList final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EntryList)
public:
    explicit EntryList(QWidget* parent = nullptr);

    /// What is said while there is none.
    void setEmptyText(const QString& text);
    ConsoleEntry* add(const QString& line);
    const QList<ConsoleEntry*>& entries() const { return m_entries; }
    /// Null for a ticket that has none.
    ConsoleEntry* entryOf(quint64 ticket) const;
    RunColumn* column(quint64 ticket) const;
    FanOutView* fanOut(quint64 ticket) const;
    StreamView* stream(quint64 ticket) const;
    /// Deletes all that have ended.
    void clearEnded();
    /// Deletes the others: nobody will tell how they ended.
    void clearRunning();
    void clear();
    /// Makes Tab go from here through the entries, the newest first, before it goes on: they were
    /// made after whatever comes behind them.
    void orderForTab();

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void trim();
    void follow();
    void applyTheme();

    QList<ConsoleEntry*> m_entries; ///< newest first
    bool m_isFollowing = false; ///< the user has not scrolled since the newest came
    QLabel* m_empty = nullptr;
    QVBoxLayout* m_list = nullptr;
};

} // namespace slotscope::ui
