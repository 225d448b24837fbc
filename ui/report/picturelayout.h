// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/report/incident.h"
#include "ui/report/picture.h"

#include <QRectF>
#include <QStringList>

namespace slotscope::ui {

/// Where the parts of the incident picture stand and what they say. A value, tested without pixels.
struct PictureLayout
{
    static constexpr int width = 1600;
    static constexpr int height = 900;
    /// Of the headline: 48 pixels are 14 when the picture is shown 480 wide, 40 are 12.
    static constexpr int mostHeadlinePixels = 48;
    static constexpr int leastHeadlinePixels = 40;

    /// A line of text in its place.
    struct Line
    {
        QRectF rect;
        QString text;
        bool isEmpty() const { return text.isEmpty(); }
    };
    /// An affected shard, large: before, an arrow, now, and who says so.
    struct Pair
    {
        QRectF rect;
        Line beforeText;
        Line nowText;
        std::optional<Card> before;
        std::optional<Card> now;
        QRectF arrow; ///< empty unless there are both
        QList<Line> saidBy;
    };
    struct Row
    {
        QRectF rect;
        QRectF sign; ///< square
        QRectF time;
        QRectF saidBy;
        QList<Line> lines;
        TimelineRow row;
    };
    /// A numbered mark: a disc on the picture, and its line.
    struct Mark
    {
        QPointF centre;
        Line line;
    };

    QRectF sign; ///< severity as a shape
    QRectF headline;
    int headlinePixels = mostHeadlinePixels;
    QStringList headlineLines; ///< one to three; the last one is cut where that is not enough
    Line evidence;
    Line badge; ///< empty when every node that was asked has answered
    QRectF ribbon; ///< empty without slots
    QRectF picture; ///< the whole map; empty where affected shards are shown instead
    Line caption; ///< empty without a story
    QList<Pair> pairs;
    Line tilesTitle;
    TopologyGeometry tiles; ///< the others
    Line timelineTitle; ///< empty: there is no timeline, `recording` says it all
    Line recording;
    QList<Row> rows;
    Line moreRows; ///< how many had no room
    QList<Mark> marks;
    QList<Line> footer;

    static PictureLayout layout(
        const capture::Capture& capture, const Incident& incident, const PictureOptions& options);
};

} // namespace slotscope::ui
