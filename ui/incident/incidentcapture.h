// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/sessioncollect.h"
#include "ui/incident/capturework.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace slotscope::ui {

/// Operation: what one key does. Asks every node within a deadline, puts the redacted incident
/// picture on the clipboard, saves it and the capture, and appends later what comes too late.
/// Redaction, painting and files are done outside the window's thread.
class IncidentCapture final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IncidentCapture)
public:
    /// How long the recorder has to write what it was told; it ends with its tab.
    static constexpr std::chrono::milliseconds recorderTime { 3000 };

    /// `order.capture` is what is known now. `session`: null when nobody can be asked.
    IncidentCapture(CaptureOrder order, session::SessionHandle* session, QObject* parent = nullptr);

    /// Only asks: finished() comes with the capture, nothing is copied and saved. Marks go into the
    /// file that was opened, if one was, redacted as it is.
    void setOnlyAsking(bool onlyAsking) { m_onlyAsks = onlyAsking; }
    void setDeadline(std::chrono::milliseconds deadline) { m_deadline = deadline; }
    /// What must happen before the recording is read (Recorder::whenWritten()): calls what it is
    /// given, later, in this thread.
    void setFlush(std::function<void(std::function<void()>)> flush) { m_flush = std::move(flush); }
    void start();
    /// The capture's file gets these marks; if it is not there yet, as soon as it is. Goes on when
    /// this is destroyed.
    void keepMarks(const QList<capture::Mark>& marks);
    /// Nothing is added any more: the files are no longer wanted. What is being added just now is
    /// deleted when it is there.
    void forgetFiles();

    /// After finished(): with the capture, not redacted.
    const CaptureOrder& order() const { return m_order; }
    const CapturedPicture& picture() const { return m_picture; }
    const CapturedFiles& files() const { return m_files; }

Q_SIGNALS:
    void progressed(int settled, int asked);
    /// The picture is on the clipboard; the files are being written.
    void copied();
    /// Exactly once. With ok false nothing was saved, and `error` says why; the picture is on the
    /// clipboard all the same.
    void finished(bool ok, const slotscope::support::Error& error);
    /// More than once perhaps, after finished(): the file has got answers of so many nodes more.
    void appended(int nodes);
    /// Likewise: they could not be added, and are lost.
    void appendFailed(const slotscope::support::Error& error);
    void marksKept();
    /// They are not in the file.
    void marksLost(const slotscope::support::Error& error);

private:
    void onCollected(bool ok, const capture::Capture& capture);
    void onPicture(const CapturedPicture& picture);
    void save();
    void add();

    CaptureOrder m_order;
    CapturedPicture m_picture;
    CapturedFiles m_files;
    std::chrono::milliseconds m_deadline { 3000 };
    std::function<void(std::function<void()>)> m_flush;
    capture::SessionCollect* m_collect = nullptr; ///< null: nobody can be asked
    QTimer m_patience; ///< the session may end before it has answered
    QTimer m_lateTimer;
    /// What is to be added to the file. Whoever adds it may outlive this.
    struct Additions;
    std::shared_ptr<Additions> m_additions;
    bool m_onlyAsks = false;
    bool m_hasAnswer = false;
    bool m_isSaving = false; ///< or saved
    bool m_isSaved = false;
};

} // namespace slotscope::ui
