// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/streamrun.h"
#include "ui/console/lineview.h"

#include <QElapsedTimer>
#include <QFrame>

#include <deque>

class QLabel;
class QPushButton;

namespace slotscope::ui {

/// The newest messages of a stream, at most StreamLines::mostMessages of them. Follows the newest
/// unless the user has scrolled back.
class StreamLines final : public LineView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StreamLines)
public:
    static constexpr qsizetype mostMessages = 10'000;

    explicit StreamLines(QWidget* parent = nullptr);

    void add(const QList<command::StreamMessage>& messages);
    /// How many have made room for newer ones.
    qint64 forgotten() const { return m_forgotten; }

    qsizetype lineCount() const override;
    QString lineText(qsizetype line) const override;

protected:
    void paintLine(QPainter& painter, qsizetype line, const QRect& rect) const override;

private:
    std::deque<command::StreamMessage> m_messages;
    qint64 m_forgotten = 0;
};

/// SUBSCRIBE, MONITOR and their like while they run: where, how many messages, the messages, and a
/// button that stops it.
class StreamView final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StreamView)
public:
    explicit StreamView(quint64 ticket, QWidget* parent = nullptr);

    quint64 ticket() const { return m_ticket; }
    void setState(const command::StreamState& state);
    void add(const command::StreamBatch& batch);
    bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void stopRequested(quint64 ticket);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void tell();

    quint64 m_ticket = 0;
    command::StreamState m_state;
    qint64 m_messages = 0;
    qint64 m_dropped = 0;
    bool m_isRunning = true;
    QLabel* m_head = nullptr;
    QPushButton* m_stop = nullptr;
    StreamLines* m_lines = nullptr;
};

} // namespace slotscope::ui
