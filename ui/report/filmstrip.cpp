// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/filmstrip.h"

#include "core/explain/wording.h"
#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/textflow.h"
#include "ui/topology/cardpainter.h"
#include "ui/topology/storypainter.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace slotscope::ui {

namespace {

// The translation context.
struct StripTexts
{
    Q_DECLARE_TR_FUNCTIONS(StripTexts)
};

constexpr qreal gap = 20;
constexpr qreal widestFrame = 560;
constexpr int mostLines = 4;
constexpr int mostCards = 6;

QFont captionFont()
{
    return textFont(17);
}

} // namespace

cluster::Topology involvedIn(
    const command::Storyboard& story, const cluster::Topology& topology, int most)
{
    if (topology.shards().size() <= most)
        return topology;
    QSet<int> kept;
    const auto keep = [&](const cluster::NodeId& id, const net::Endpoint& address) {
        const cluster::Node* node = topology.nodeById(id);
        if (!node)
            node = topology.nodeByAddress(address);
        if (const int shard = node ? topology.shardIndexOf(node->id) : -1; shard >= 0)
            kept.insert(shard);
    };
    for (const command::Step& step : story) {
        keep(step.nodeId, step.address);
        keep(step.ghostNodeId, step.ghostAddress);
    }
    for (int shard = 0; kept.size() < most && shard < topology.shards().size(); ++shard)
        kept.insert(shard);
    cluster::TopologyData data = topology.data();
    data.nodes.removeIf(
        [&](const cluster::Node& node) { return !kept.contains(topology.shardIndexOf(node.id)); });
    QList<cluster::Shard> shards;
    for (int shard = 0; shard < topology.shards().size(); ++shard) {
        if (kept.contains(shard))
            shards.append(topology.shards().at(shard));
    }
    data.shards = shards;
    data.claims.clear();
    data.disputes.clear();
    data.migrations.removeIf([&](const cluster::Migration& migration) {
        return !kept.contains(topology.shardIndexOf(migration.from));
    });
    return cluster::Topology::build(std::move(data));
}

command::StoryFrame tellingMoment(const command::Storyboard& story, int step)
{
    using command::StepKind;
    switch (story.at(step).kind) {
    case StepKind::Ask:
    case StepKind::Reply:
    case StepKind::MovedReply:
    case StepKind::AskReply:
    case StepKind::Wait:
        return { step, 0.6 };
    default:
        return { step, 1.0 };
    }
}

FilmStrip FilmStrip::layout(
    const cluster::Topology& topology, const command::Storyboard& story, qreal width)
{
    FilmStrip strip;
    strip.story = story;
    strip.scene = TopologyGeometry::layout(involvedIn(story, topology, mostCards),
        QRectF({ 14, 14 }, sceneSize - QSizeF(28, 28)), story);
    const int columns = std::max(1, static_cast<int>(std::ceil(width / widestFrame)));
    const qreal frameWidth = (width - (columns - 1) * gap) / columns;
    const qreal frameHeight = frameWidth * sceneSize.height() / sceneSize.width();
    const int count = static_cast<int>(std::min<qsizetype>(mostFrames, story.size()));
    qreal top = 0;
    for (int first = 0; first < count; first += columns) {
        qreal lowest = top + frameHeight;
        for (int i = first; i < std::min(count, first + columns); ++i) {
            const command::Step& step = story.at(i);
            Frame frame;
            frame.moment = tellingMoment(story, i);
            frame.picture = QRectF((i - first) * (frameWidth + gap), top, frameWidth, frameHeight);
            frame.number = StripTexts::tr("%1 of %2").arg(i + 1).arg(story.size());
            frame.time = visibleText(step.timeLabel);
            frame.lines
                = wrappedText(visibleText(step.caption), captionFont(), frameWidth, mostLines);
            frame.caption = QRectF(frame.picture.left(), frame.picture.bottom() + 6, frameWidth,
                lineHeight * static_cast<qreal>(1 + frame.lines.size()));
            lowest = std::max(lowest, frame.caption.bottom());
            strip.frames.append(frame);
        }
        top = lowest + gap;
    }
    if (story.size() > count) {
        strip.more = explain::counted(story.size() - count, StripTexts::tr("and %1 more step"),
            StripTexts::tr("and %1 more steps"));
        strip.moreRect = QRectF(0, top, width, lineHeight);
        top += lineHeight + gap;
    }
    strip.size = QSizeF(width, std::max(1.0, top - gap));
    return strip;
}

void paintFilmStrip(QPainter& painter, const FilmStrip& strip, const Theme& theme)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const StoryRoutes routes(strip.scene, strip.story);
    for (const FilmStrip::Frame& frame : strip.frames) {
        painter.setPen(QPen(theme.border, 1.5));
        painter.setBrush(theme.window);
        painter.drawRoundedRect(frame.picture, 8, 8);
        painter.save();
        painter.translate(frame.picture.topLeft());
        const qreal scale = frame.picture.width() / FilmStrip::sceneSize.width();
        painter.scale(scale, scale);
        paintCards(painter, strip.scene, theme);
        paintStory(painter, strip.scene, sceneAt(routes, frame.moment), theme);
        painter.restore();

        QRectF line = frame.caption;
        line.setHeight(FilmStrip::lineHeight);
        drawLine(painter, line, textFont(16, QFont::DemiBold), theme.accent, frame.number);
        drawLine(painter, line, fixedFont(15), theme.mutedText, frame.time, Qt::AlignRight);
        for (const QString& text : frame.lines) {
            line.translate(0, FilmStrip::lineHeight);
            drawLine(painter, line, captionFont(), theme.text, text);
        }
    }
    drawLine(painter, strip.moreRect, captionFont(), theme.mutedText, strip.more);
}

} // namespace slotscope::ui
