// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"
#include "ui/incident/capturecontent.h"
#include "ui/report/figures.h"

#include <QObject>

#include <functional>

namespace slotscope::ui {

class CaptureActions;

/// Pictures of a single view, and the replay of the shown trace as an animation, for a chat: as
/// they are at this moment, nobody is asked. Redacted as a capture would be. Painted and written
/// outside the window's thread.
class ViewPictures final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ViewPictures)
public:
    enum class View { Topology, SlotMap, FilmStrip, Sequence };

    /// `captures` knows what is shown; `window` is the dialogs' parent.
    ViewPictures(CaptureActions* captures, QWidget* window);

    void copy(View view);
    void askToSave(View view);
    /// As PNG at 2x, or as SVG by its ending.
    void save(View view, const QString& file);
    void askToSaveReplay();
    /// GIF.
    void saveReplay(const QString& file);

Q_SIGNALS:
    void message(const QString& text);
    void failed(const slotscope::support::Error& error);

private:
    struct Job;
    /// Nothing, and a message, when there is nothing to show.
    std::optional<Job> job(View view);
    void onWritten(const QString& file, const support::Result<support::Done>& written);

    CaptureActions* m_captures = nullptr;
    QWidget* m_window = nullptr;
};

} // namespace slotscope::ui
