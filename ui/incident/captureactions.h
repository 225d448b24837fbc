// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturefile.h"
#include "ui/incident/capturecontent.h"

#include <QHash>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

class QMainWindow;

namespace slotscope::ui {

class CaptureNotice;
struct CaptureOrder;
class IncidentCapture;

/// Captures and reports of what the window shows. Asks for files with dialogs that do not block;
/// writes in other threads.
class CaptureActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CaptureActions)
public:
    /// `content` is asked at the moment of the capture. `window` is the dialogs' parent, and gets
    /// the notice.
    CaptureActions(std::function<CaptureContent()> content, QMainWindow* window);

    /// Where capture() saves; empty: Slotscope in the user's pictures folder.
    void setFolder(const QString& folder);
    QString folder() const;
    /// How long everybody has to answer.
    void setDeadline(std::chrono::milliseconds deadline) { m_deadline = deadline; }
    std::chrono::milliseconds deadline() const { return m_deadline; }
    /// From settings: what is no deadline changes nothing.
    void setSeconds(int seconds);
    /// By the user; secondsChanged() follows.
    void chooseSeconds(int seconds);
    /// The file that pseudonyms are kept in; for tests, which leave the user's alone.
    void setPseudonymsFile(const QString& file) { m_pseudonyms = file; }
    QString pseudonymsFile() const { return m_pseudonyms; }

    /// One key: asks every node, copies the redacted picture, saves capture and picture, then says
    /// so in a notice. Nothing more to do for the user.
    void capture();
    /// Asks every node and opens the dialog.
    void report();
    void askForSave();
    void askForOpen();
    void askForFolder();
    /// Redacted as the profile says, in the background; message() or failed() follows.
    void save(const QString& file);
    /// The content of this moment, with the marks that were made in a report of it.
    CaptureContent content() const;

Q_SIGNALS:
    void message(const QString& text);
    void failed(const slotscope::support::Error& error);
    /// The user chose a capture.
    void openRequested(const QString& file);
    void folderChanged(const QString& folder);
    void secondsChanged(int seconds);

private:
    CaptureOrder orderOf(const CaptureContent& content) const;
    /// When the recording has all that happened.
    void write(const QString& file, const CaptureContent& content);
    /// Null, and a message, when there is nothing to capture, or that is being done already.
    std::shared_ptr<IncidentCapture> begin();
    void onCaptured(bool ok, const support::Error& error);
    void copyMarkdown();
    void deleteFiles();
    void openDialog(const std::shared_ptr<IncidentCapture>& run);
    void onAppendFailed(const support::Error& error);

    std::function<CaptureContent()> m_content;
    QMainWindow* m_window = nullptr;
    QString m_folder;
    QString m_pseudonyms;
    std::chrono::milliseconds m_deadline { 3000 };
    /// The last one that was saved, which the notice tells of; its dialogs have it too.
    std::shared_ptr<IncidentCapture> m_run;
    std::shared_ptr<IncidentCapture> m_asking; ///< for a report, while everybody is asked
    /// The last one of those; its marks may still be on their way to a file.
    std::shared_ptr<IncidentCapture> m_reported;
    QHash<QDateTime, QList<capture::Mark>> m_marks; ///< made since, by when the capture was saved
    bool m_isRunning = false;
    CaptureNotice* m_notice = nullptr; ///< made when there is something to say first
};

} // namespace slotscope::ui
