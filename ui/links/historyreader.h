// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/history.h"

#include <QObject>
#include <QThread>

#include <optional>

namespace slotscope::ui {

/// What was known at a moment.
struct Moment
{
    QDateTime at; ///< as asked for
    bool isEnd = false; ///< of a file: with all that a capture has
    capture::Capture capture;
    QList<health::Finding> findings; ///< the capture's
    QDateTime from; ///< since when anything is known
};

/// A file that was opened.
struct OpenedHistory
{
    Moment end;
    bool hasCapture = false; ///< `end` is one; else it is the end of a recording
    QDateTime from; ///< invalid: it has no timeline
    QDateTime to;
    QList<cluster::TopologyEvent> events; ///< the newest, oldest first
    qint64 allEvents = 0;
};

/// Reads a capture, a recording or one that is being written, in a thread of its own.
class HistoryReader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HistoryReader)
public:
    static constexpr qsizetype mostEvents = 20'000;

    explicit HistoryReader(QObject* parent = nullptr);
    ~HistoryReader() override;

    /// opened() or failed() follows. What was asked of another file is not answered any more.
    void open(const QString& file);
    /// A recording that is being written: answers follow, nothing else.
    void follow(const QString& file);
    /// Forgets the file.
    void close();
    /// answered() follows, unless a later wish comes first: nothing is read that nobody waits for
    /// any more. Nullopt: the end.
    void ask(const std::optional<QDateTime>& at);

Q_SIGNALS:
    void opened(const slotscope::ui::OpenedHistory& history);
    void answered(const slotscope::ui::Moment& moment);
    void failed(const slotscope::support::Error& error);

private:
    class Worker;

    void send();

    QThread m_thread;
    Worker* m_worker = nullptr; ///< lives in m_thread; deleted there
    quint64 m_generation = 0; ///< of the file
    bool m_isBusy = false;
    bool m_hasWish = false;
    std::optional<QDateTime> m_wish;
};

} // namespace slotscope::ui
