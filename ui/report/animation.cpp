// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/animation.h"

#include "ui/report/atomicfile.h"
#include "ui/report/filmstrip.h"
#include "ui/report/gifwriter.h"
#include "ui/report/incident.h"
#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/textflow.h"
#include "ui/topology/cardpainter.h"
#include "ui/topology/storypainter.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace slotscope::ui {

namespace {

constexpr QSizeF sceneSize { 880, 490 };
constexpr qreal margin = 14;
constexpr qreal textLine = 25; // of what a step tells
constexpr qreal numberWidth = 70; // before it
constexpr qreal footLine = 20;
constexpr int mostLines = 12; // of either: the rest is no caption
constexpr double longestSeconds = 30;
constexpr int restMilliseconds = 2500; // at the end
constexpr int mostCards = 6;
constexpr int mostColors = 255;

class Replay
{
public:
    Replay(const capture::Capture& capture, const command::Trace& trace,
        const AnimationOptions& options)
        : m_story(command::tellStory(trace))
        , m_theme(options.dark ? Theme::darkTheme() : Theme::light())
    {
        const cluster::Topology& map = trace.map.isEmpty() ? capture.topology : trace.map;
        const qreal room = sceneSize.width() - 2 * margin;
        for (int i = 0; i < m_story.size(); ++i) {
            m_texts.append(wrappedText(
                visibleText(m_story.at(i).caption), textFont(18), room - numberWidth, mostLines));
            m_textLines = std::max(m_textLines, m_texts.last().size());
        }
        m_foot = wrappedText(captionOf(capture), textFont(14), room, mostLines);
        m_size = QSizeF(sceneSize.width(),
            sceneSize.height() + textLine * static_cast<qreal>(m_textLines)
                + footLine * static_cast<qreal>(m_foot.size()) + 16);
        m_scene = TopologyGeometry::layout(involvedIn(m_story, map, mostCards),
            QRectF(QPointF(margin, 12), sceneSize - QSizeF(2 * margin, 24)), m_story);
        m_routes = StoryRoutes(m_scene, m_story);
    }

    bool isEmpty() const { return m_story.isEmpty(); }

    QByteArray encode(int width, double framesPerSecond, qsizetype mostBytes) const
    {
        const double length = command::storyLength(m_story);
        const double pace = std::max(1.0, length / longestSeconds);
        const int count = std::max(2, static_cast<int>(std::ceil(length / pace * framesPerSecond)));
        QList<QImage> samples;
        for (int i = 0; i < m_story.size() && i < 24; ++i)
            samples.append(frame(tellingMoment(m_story, i), width));
        GifWriter writer(samples.first().size(), paletteOf(samples, mostColors));
        const int milliseconds = static_cast<int>(std::lround(1000 / framesPerSecond));
        for (int i = 0; i < count; ++i) {
            const double seconds = length * i / (count - 1);
            const bool isLast = i + 1 == count;
            writer.add(frame(command::frameAt(m_story, seconds), width),
                isLast ? restMilliseconds : milliseconds);
            if (writer.size() > mostBytes)
                return {};
        }
        const QByteArray gif = writer.finish();
        return gif.size() > mostBytes ? QByteArray() : gif;
    }

private:
    QImage frame(const command::StoryFrame& moment, int width) const
    {
        const qreal scale = width / m_size.width();
        QImage image(
            width, static_cast<int>(std::ceil(m_size.height() * scale)), QImage::Format_RGB32);
        image.fill(m_theme.window);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setRenderHint(QPainter::TextAntialiasing);
        painter.scale(scale, scale);
        paintCards(painter, m_scene, m_theme);
        paintStory(painter, m_scene, sceneAt(m_routes, moment), m_theme);
        paintTexts(painter, moment);
        return image;
    }

    void paintTexts(QPainter& painter, const command::StoryFrame& moment) const
    {
        QRectF line(margin, sceneSize.height() + 4, m_size.width() - 2 * margin, textLine);
        if (moment.step >= 0 && moment.step < m_story.size()) {
            const QString number = QCoreApplication::translate("PictureTexts", "%1 of %2")
                                       .arg(moment.step + 1)
                                       .arg(m_story.size());
            drawLine(painter, line, textFont(18, QFont::DemiBold), m_theme.accent, number);
            line.setLeft(line.left() + numberWidth);
            for (const QString& text : m_texts.at(moment.step)) {
                drawLine(painter, line, textFont(18), m_theme.text, text);
                line.translate(0, textLine);
            }
        }
        const qreal height = footLine * static_cast<qreal>(m_foot.size());
        QRectF foot(margin, m_size.height() - 6 - height, m_size.width() - 2 * margin, footLine);
        for (const QString& text : m_foot) {
            drawLine(painter, foot, textFont(14), m_theme.mutedText, text);
            foot.translate(0, footLine);
        }
    }

    command::Storyboard m_story;
    QList<QStringList> m_texts; ///< of each step
    qsizetype m_textLines = 0; ///< of the longest of them
    QStringList m_foot; ///< the caption, whole: whether it is partial stands at its end
    QSizeF m_size;
    Theme m_theme;
    TopologyGeometry m_scene;
    StoryRoutes m_routes;
};

} // namespace

QByteArray animatedGif(
    const capture::Capture& capture, const command::Trace& trace, const AnimationOptions& options)
{
    const Replay replay(capture, trace, options);
    if (replay.isEmpty())
        return {};
    struct Try
    {
        double framesPerSecond;
        double scale;
    };
    for (const Try& attempt : { Try { 12.5, 1 }, Try { 5, 1 }, Try { 2, 1 }, Try { 2, 0.6 } }) {
        const int width
            = std::clamp(static_cast<int>(std::lround(options.width * attempt.scale)), 120, 2000);
        const QByteArray gif = replay.encode(width, attempt.framesPerSecond, options.mostBytes);
        if (!gif.isEmpty())
            return gif;
    }
    return {};
}

support::Result<support::Done> writeAnimation(const QString& file, const capture::Capture& capture,
    const command::Trace& trace, const AnimationOptions& options)
{
    const QByteArray gif = animatedGif(capture, trace, options);
    if (gif.isEmpty()) {
        return support::Error { support::ErrorCode::InvalidInput,
            QCoreApplication::translate("ReportTexts", "no animation can be made of this command"),
            {} };
    }
    return writeFiles({ { file, gif } });
}

} // namespace slotscope::ui
