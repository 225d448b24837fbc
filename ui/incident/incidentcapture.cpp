// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/incident/incidentcapture.h"

#include "ui/report/background.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QMimeData>
#include <QPointer>

#include <utility>

namespace slotscope::ui {

namespace {

/// How much longer than the deadline an answer of the session is waited for.
constexpr std::chrono::milliseconds moment { 500 };
/// Late answers come in swarms: each time the file is replaced by a longer one.
constexpr std::chrono::milliseconds swarm { 400 };

} // namespace

IncidentCapture::IncidentCapture(
    CaptureOrder order, session::SessionHandle* session, QObject* parent)
    : QObject(parent)
    , m_order(std::move(order))
{
    m_patience.setSingleShot(true);
    m_lateTimer.setSingleShot(true);
    m_lateTimer.setInterval(swarm);
    connect(&m_patience, &QTimer::timeout, this, [this] { onCollected(false, {}); });
    connect(&m_lateTimer, &QTimer::timeout, this, &IncidentCapture::append);
    if (!session)
        return;
    m_collect = new capture::SessionCollect(session, this);
    connect(m_collect, &capture::SessionCollect::progressed, this, &IncidentCapture::progressed);
    connect(m_collect, &capture::SessionCollect::finished, this,
        [this](bool ok, const capture::Capture& capture) { onCollected(ok, capture); });
    connect(m_collect, &capture::SessionCollect::late, this,
        [this](const capture::NodeAnswers& answers) {
            m_late.append(answers);
            if (!m_lateTimer.isActive())
                m_lateTimer.start();
        });
}

void IncidentCapture::start()
{
    if (!m_collect) {
        QTimer::singleShot(0, this, [this] { onCollected(false, {}); });
        return;
    }
    capture::CollectOptions options;
    options.deadline = m_deadline;
    m_patience.start(m_deadline + moment);
    m_collect->start(options);
}

void IncidentCapture::onCollected(bool ok, const capture::Capture& capture)
{
    if (std::exchange(m_hasAnswer, true))
        return;
    m_patience.stop();
    m_order.capture = withWhatIsKnown(capture, ok, m_order.capture);
    if (m_onlyAsks) {
        Q_EMIT finished(true, {});
        return;
    }
    inBackground<CapturedPicture>(
        this, [order = m_order] { return pictureOf(order); },
        [this](const CapturedPicture& picture) { onPicture(picture); });
}

void IncidentCapture::onPicture(const CapturedPicture& picture)
{
    m_picture = picture;
    auto* data = new QMimeData;
    data->setImageData(picture.image);
    data->setText(picture.text);
    QGuiApplication::clipboard()->setMimeData(data);
    Q_EMIT copied();
    if (!m_flush || m_order.recording.isEmpty())
        return save();
    QTimer::singleShot(recorderTime, this, &IncidentCapture::save);
    m_flush([self = QPointer<IncidentCapture>(this)] {
        if (self)
            self->save();
    });
}

void IncidentCapture::save()
{
    if (std::exchange(m_isSaving, true))
        return;
    using Saved = support::Result<CapturedFiles>;
    inBackground<Saved>(
        this, [order = m_order, picture = m_picture] { return saveCapture(order, picture); },
        [this](const Saved& saved) {
            m_isSaved = bool(saved);
            if (saved)
                m_files = *saved;
            Q_EMIT finished(m_isSaved, saved ? support::Error() : saved.error());
            append();
        });
}

void IncidentCapture::append()
{
    if (!m_isSaved || m_isAppending || *m_isForgotten || m_late.isEmpty())
        return;
    m_isAppending = true;
    const QList<capture::NodeAnswers> late = std::exchange(m_late, {});
    using Done = support::Result<support::Done>;
    inBackground<Done>(
        this,
        [file = m_files.capture, order = m_order, late, isForgotten = m_isForgotten] {
            const Done done = appendLateTo(file, order, late);
            if (*isForgotten)
                QFile::remove(file);
            return done;
        },
        [this, count = static_cast<int>(late.size())](const Done& done) {
            m_isAppending = false;
            if (done && !*m_isForgotten)
                Q_EMIT appended(count);
            else if (!done && !*m_isForgotten)
                Q_EMIT appendFailed(done.error());
            append();
        });
}

} // namespace slotscope::ui
