// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/links/historyreader.h"

#include <functional>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using capture::Capture;
using capture::History;
using support::Result;

/// Reads, in the thread.
class HistoryReader::Worker final : public QObject
{
public:
    Worker() = default;
    Q_DISABLE_COPY_MOVE(Worker)

    void setFile(const QString& file)
    {
        m_file = file;
        m_history.reset();
    }

    Result<OpenedHistory> open(const QString& file)
    {
        setFile(file);
        Result<History> history = History::open(file);
        if (!history)
            return history.error();
        m_history.emplace(std::move(history).value());
        const Result<Moment> end = moment(std::nullopt);
        if (!end)
            return end.error();
        if (end->capture.topology.isEmpty() && m_history->damage())
            return *m_history->damage();
        OpenedHistory opened;
        opened.end = *end;
        opened.hasCapture = m_history->hasCapture();
        opened.from = m_history->from();
        opened.to = m_history->to();
        if (opened.end.capture.savedAt > opened.to && opened.to.isValid())
            opened.to = opened.end.capture.savedAt;
        opened.events = m_history->events(mostEvents);
        if (opened.events.isEmpty())
            opened.events = opened.end.capture.events;
        opened.allEvents = std::max<qint64>(m_history->eventCount(), opened.events.size());
        return opened;
    }

    Result<Moment> read(const std::optional<QDateTime>& at)
    {
        // One that is being written has grown since it was opened.
        if (!m_history || (at && m_history->damage() && *at > m_history->to())) {
            Result<History> history = History::open(m_file);
            if (!history)
                return history.error();
            m_history.emplace(std::move(history).value());
        }
        return moment(at);
    }

private:
    Result<Moment> moment(const std::optional<QDateTime>& at)
    {
        Result<Capture> capture = at ? m_history->at(*at) : m_history->last();
        if (!capture)
            return capture.error();
        Moment moment;
        moment.at = at.value_or(capture->savedAt);
        moment.isEnd = !at;
        moment.from = m_history->from();
        moment.findings = capture->findings;
        moment.capture = std::move(capture).value();
        return moment;
    }

    QString m_file;
    std::optional<History> m_history;
};

HistoryReader::HistoryReader(QObject* parent)
    : QObject(parent)
{
    m_thread.setObjectName(QStringLiteral("history"));
}

HistoryReader::~HistoryReader()
{
    if (m_worker)
        m_worker->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

void HistoryReader::close()
{
    ++m_generation;
    m_isBusy = false;
    m_hasWish = false;
    if (m_worker)
        QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->setFile({}); });
}

void HistoryReader::follow(const QString& file)
{
    ++m_generation;
    m_isBusy = false;
    m_hasWish = false;
    if (!m_worker) {
        m_worker = new Worker;
        m_worker->moveToThread(&m_thread);
        m_thread.start();
    }
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, file] { worker->setFile(file); });
}

void HistoryReader::open(const QString& file)
{
    follow(file);
    QMetaObject::invokeMethod(m_worker, [this, worker = m_worker, file, generation = m_generation] {
        const Result<OpenedHistory> opened = worker->open(file);
        QMetaObject::invokeMethod(this, [this, opened, generation] {
            if (generation != m_generation)
                return;
            if (opened)
                Q_EMIT this->opened(*opened);
            else
                Q_EMIT failed(opened.error());
        });
    });
}

void HistoryReader::ask(const std::optional<QDateTime>& at)
{
    m_wish = at;
    m_hasWish = true;
    if (!m_isBusy && m_worker)
        send();
}

void HistoryReader::send()
{
    m_isBusy = true;
    m_hasWish = false;
    QMetaObject::invokeMethod(
        m_worker, [this, worker = m_worker, at = m_wish, generation = m_generation] {
            const Result<Moment> moment = worker->read(at);
            QMetaObject::invokeMethod(this, [this, moment, generation] {
                if (generation != m_generation)
                    return;
                m_isBusy = false;
                // While one drags, what is on the way is shown too.
                if (moment)
                    Q_EMIT answered(*moment);
                else
                    Q_EMIT failed(moment.error());
                if (m_hasWish && !m_isBusy && generation == m_generation)
                    send();
            });
        });
}

} // namespace slotscope::ui
