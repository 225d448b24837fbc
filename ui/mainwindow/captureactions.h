// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturefile.h"
#include "ui/report/picture.h"

#include <QObject>

#include <functional>
#include <optional>

class QWidget;

namespace slotscope::ui {

/// What the window shows, as a capture, and how a picture of it is made.
struct CaptureContent
{
    capture::Capture capture;
    PictureOptions picture;
};

/// Pictures and captures of what the window shows. Asks for files with dialogs that do not block;
/// writes pictures to disk outside the window's thread.
class CaptureActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CaptureActions)
public:
    /// `content` is asked at the moment of the picture; its topology is empty when nothing is open.
    /// `window` is the dialogs' parent.
    CaptureActions(std::function<CaptureContent()> content, QWidget* window);

    /// Where copyPicture() saves; empty: Slotscope in the user's pictures folder.
    void setFolder(const QString& folder);
    QString folder() const;

    /// A dated picture on the clipboard and as a PNG file, without a dialog.
    void copyPicture();
    void askForSvg();
    void askForSave(const QList<command::Trace>& traces);
    void askForOpen();
    void askForFolder();
    /// Reads a capture; opened() or failed() follows.
    void open(const QString& file);
    void save(const QString& file, const QList<command::Trace>& traces);
    void saveSvg(const QString& file);

Q_SIGNALS:
    void message(const QString& text);
    void failed(const slotscope::support::Error& error);
    void opened(const slotscope::capture::Capture& capture);
    void folderChanged(const QString& folder);

private:
    capture::Capture captureOf(const QList<command::Trace>& traces) const;
    void write(const QString& file, const capture::Capture& capture);
    void writeSvg(const QString& file, const CaptureContent& content);
    /// The content of this moment, dated.
    CaptureContent content() const;
    /// The same; nullopt (and a message) when there is nothing to show.
    std::optional<CaptureContent> pictureContent();

    std::function<CaptureContent()> m_content;
    QWidget* m_window = nullptr;
    QString m_folder;
};

} // namespace slotscope::ui
