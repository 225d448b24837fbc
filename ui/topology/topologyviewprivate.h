// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/theme.h"
#include "ui/topology/changemarks.h"
#include "ui/topology/storynotes.h"
#include "ui/topology/storyscene.h"
#include "ui/topology/topologyview.h"

#include <QElapsedTimer>
#include <QPixmap>
#include <QTimer>

namespace slotscope::ui {

/// The state of a TopologyView. Internal to its sources.
class TopologyView::Private
{
public:
    explicit Private(TopologyView* owner);

    void layout();
    bool writeNumbers(TopologyGeometry* on) const; ///< false when all stood there already
    void look(); ///< through the viewport, at what was laid out
    void repaintCards(); ///< the static layer is out of date
    void paintLayer(const Theme& theme);
    void paintLines(const Theme& theme);
    void drawLayer(QPainter& painter, const QRectF& dirty, const Theme& theme);
    bool isStretched() const; ///< the static layer is one of another zoom
    void tick();

    TopologyView* q;
    cluster::Topology topology;
    CardFacts facts;
    QHash<cluster::NodeId, QStringList> numbers;
    command::Storyboard story;
    command::StoryFrame frame;
    Viewport viewport;
    TopologyGeometry whole; ///< at zoom 1
    TopologyGeometry geometry; ///< as it is seen
    StoryRoutes routes; ///< of the story, in what is seen
    StoryScene scene;
    RedirectNotes notes;
    QList<CardNote> cardNotes; ///< where they are shown

    QPixmap layer; ///< the static layer; null when it has to be painted again
    Viewport layerViewport; ///< what it was painted for
    QPixmap lined; ///< the layer with the scene's lines; null when it has to be painted again
    QList<Trip> lines; ///< those on it
    /// While one zooms the old layer is stretched: a new one takes a frame or two of a large
    /// cluster.
    QTimer settled;

    ChangeMarks marks;
    QElapsedTimer clock;
    QTimer ticker; ///< while there are marks
    bool reducedMotion = false;
    QString caveat;

    int highlightedShard = -1;
    int filteredShard = -1;
    int hoveredShard = -1;
    int keyboardCard = -1;

    QPointF pressed;
    QPointF lastDrag;
    bool isDragging = false;
    bool isPressed = false;
};

} // namespace slotscope::ui
