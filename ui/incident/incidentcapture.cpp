// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/incident/incidentcapture.h"

#include "ui/theme/background.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QMimeData>
#include <QMutex>
#include <QPointer>

#include <optional>
#include <utility>

namespace slotscope::ui {

namespace {

/// How much longer than the deadline an answer of the session is waited for.
constexpr std::chrono::milliseconds moment { 500 };
/// Late answers come in swarms: each time the file is replaced by a longer one.
constexpr std::chrono::milliseconds swarm { 400 };

} // namespace

struct IncidentCapture::Additions
{
    QMutex mutex; ///< of all the others
    QList<capture::NodeAnswers> late;
    std::optional<QList<capture::Mark>> marks;
    bool isForgotten = false;
    bool isBusy = false; ///< somebody is adding, and will look again

    /// What happened, for the window's thread.
    struct Done
    {
        int nodes = 0;
        std::optional<support::Error> lateError; ///< of the last answers, that are lost
        bool hasMarks = false;
        std::optional<support::Error> marksError; ///< of the last, that could not be kept
        bool isForgotten = false;
    };
    Done addTo(const QString& file, const CaptureOrder& order);
};

/// Until nothing is left. In another thread.
IncidentCapture::Additions::Done IncidentCapture::Additions::addTo(
    const QString& file, const CaptureOrder& order)
{
    Done done;
    for (;;) {
        QList<capture::NodeAnswers> answers;
        std::optional<QList<capture::Mark>> newest;
        {
            const QMutexLocker locker(&mutex);
            done.isForgotten = isForgotten;
            if (isForgotten)
                QFile::remove(file); // a moment ago it may have come back
            if (isForgotten || (late.isEmpty() && !marks)) {
                isBusy = false;
                return done;
            }
            answers = std::exchange(late, {});
            newest = std::exchange(marks, std::nullopt);
        }
        if (!answers.isEmpty()) {
            const auto appended = appendLateTo(file, order, answers);
            if (appended)
                done.nodes += static_cast<int>(answers.size());
            else
                done.lateError = appended.error();
        }
        if (newest) {
            const auto kept = keepMarksIn(file, order, *newest);
            done.hasMarks = kept.hasValue();
            done.marksError = kept ? std::nullopt : std::optional(kept.error());
        }
    }
}

IncidentCapture::IncidentCapture(
    CaptureOrder order, session::SessionHandle* session, QObject* parent)
    : QObject(parent)
    , m_order(std::move(order))
    , m_additions(std::make_shared<Additions>())
{
    m_patience.setSingleShot(true);
    m_lateTimer.setSingleShot(true);
    m_lateTimer.setInterval(swarm);
    connect(&m_patience, &QTimer::timeout, this, [this] { onCollected(false, {}); });
    connect(&m_lateTimer, &QTimer::timeout, this, &IncidentCapture::add);
    if (!session)
        return;
    m_collect = new capture::SessionCollect(session, this);
    connect(m_collect, &capture::SessionCollect::progressed, this, &IncidentCapture::progressed);
    connect(m_collect, &capture::SessionCollect::finished, this,
        [this](bool ok, const capture::Capture& capture) { onCollected(ok, capture); });
    connect(m_collect, &capture::SessionCollect::late, this,
        [this](const capture::NodeAnswers& answers) {
            {
                const QMutexLocker locker(&m_additions->mutex);
                m_additions->late.append(answers);
            }
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
            add();
            Q_EMIT finished(m_isSaved, saved ? support::Error() : saved.error());
        });
}

void IncidentCapture::keepMarks(const QList<capture::Mark>& marks)
{
    {
        const QMutexLocker locker(&m_additions->mutex);
        m_additions->marks = marks;
    }
    add();
}

void IncidentCapture::forgetFiles()
{
    const QMutexLocker locker(&m_additions->mutex);
    m_additions->isForgotten = true;
}

void IncidentCapture::add()
{
    CaptureOrder order = m_order;
    QString file = m_files.capture;
    if (m_onlyAsks) {
        file = m_order.opened;
        order.redaction = capture::RedactionOptions::doneIn(m_order.capture);
    }
    if (file.isEmpty() || (!m_isSaved && !m_onlyAsks))
        return;
    {
        const QMutexLocker locker(&m_additions->mutex);
        const bool isNothing = m_additions->late.isEmpty() && !m_additions->marks;
        if (m_additions->isBusy || m_additions->isForgotten || isNothing)
            return;
        m_additions->isBusy = true;
    }
    inBackground<Additions::Done>(
        this, [additions = m_additions, file, order] { return additions->addTo(file, order); },
        [this](const Additions::Done& done) {
            if (done.isForgotten)
                return;
            if (done.nodes > 0)
                Q_EMIT appended(done.nodes);
            if (done.lateError)
                Q_EMIT appendFailed(*done.lateError);
            if (done.hasMarks)
                Q_EMIT marksKept();
            else if (done.marksError)
                Q_EMIT marksLost(*done.marksError);
        });
}

} // namespace slotscope::ui
