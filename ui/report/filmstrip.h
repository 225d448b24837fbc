// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/storyboard.h"
#include "ui/theme/theme.h"
#include "ui/topology/topologygeometry.h"

#include <QPainter>
#include <QStringList>

namespace slotscope::ui {

/// A story as frames in rows, each with its number and caption. A value; knows no pixels.
struct FilmStrip
{
    static constexpr int mostFrames = 24;
    static constexpr QSizeF sceneSize { 880, 490 };

    struct Frame
    {
        command::StoryFrame moment;
        QRectF picture;
        QRectF caption; ///< lines of lineHeight below each other
        QStringList lines;
        QString number; ///< "2 of 6"
        QString time; ///< "312 us"; may be empty
    };

    QSizeF size;
    TopologyGeometry scene; ///< in sceneSize; the same in every frame
    command::Storyboard story;
    QList<Frame> frames;
    QString more; ///< "and 12 more steps"
    QRectF moreRect;

    static constexpr qreal lineHeight = 22;

    /// Only shards that the story visits are shown where there are many.
    static FilmStrip layout(
        const cluster::Topology& topology, const command::Storyboard& story, qreal width);
};

/// The part of a topology that a story is about: its shards, and others up to `most`.
cluster::Topology involvedIn(
    const command::Storyboard& story, const cluster::Topology& topology, int most);
/// The moment of a step that tells most when it stands still.
command::StoryFrame tellingMoment(const command::Storyboard& story, int step);

/// On any device, without clipping.
void paintFilmStrip(QPainter& painter, const FilmStrip& strip, const Theme& theme);

} // namespace slotscope::ui
