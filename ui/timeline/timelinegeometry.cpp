// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/timeline/timelinegeometry.h"

#include <algorithm>
#include <array>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr qreal side = 10; ///< room for half a handle
constexpr qreal textWidth = 64;
constexpr qreal textHeight = 14;
/// How far apart the times of the scale may be, in seconds.
constexpr std::array<qint64, 14> steps { 1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 10800,
    21600, 86400 };

bool isEarlier(const TimelineMark& mark, const QDateTime& time)
{
    return mark.at < time;
}

void addScale(TimelineGeometry* geometry)
{
    const qint64 span = geometry->from.msecsTo(geometry->to);
    const auto most = std::max<qint64>(1, qint64((geometry->right - geometry->left) / 90));
    const auto* step = std::find_if(steps.begin(), steps.end(),
        [&](qint64 seconds) { return span / (seconds * 1000) <= most; });
    const qint64 millis = (step == steps.end() ? steps.back() : *step) * 1000;
    const QString format = millis < 60'000 ? u"HH:mm:ss'Z'"_s : u"HH:mm'Z'"_s;
    const qint64 first = (geometry->from.toMSecsSinceEpoch() + millis - 1) / millis * millis;
    const qint64 end = geometry->to.toMSecsSinceEpoch();
    for (qint64 at = first; at <= end; at += millis) {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(at, Qt::UTC);
        const qreal x = geometry->xOf(time);
        const QRectF rect(
            x - textWidth / 2, geometry->bounds.bottom() - textHeight, textWidth, textHeight);
        if (rect.left() >= geometry->bounds.left() && rect.right() <= geometry->bounds.right())
            geometry->scaleTexts.append({ rect, time.toString(format), x });
    }
}

} // namespace

TimelineGeometry TimelineGeometry::layout(const QDateTime& from, const QDateTime& to,
    const QList<TimelineMark>& marks, const QRectF& bounds)
{
    TimelineGeometry geometry;
    geometry.bounds = bounds;
    geometry.left = bounds.left() + side;
    geometry.right = bounds.right() - side;
    geometry.line = bounds.top() + (bounds.height() - textHeight) / 2;
    geometry.from = from;
    geometry.to = to;
    if (geometry.isEmpty())
        return geometry;
    const auto begin = std::lower_bound(marks.cbegin(), marks.cend(), from, isEarlier);
    for (auto mark = begin; mark != marks.cend() && mark->at <= to; ++mark) {
        const qsizetype index = mark - marks.cbegin();
        const qreal x = geometry.xOf(mark->at);
        if (!geometry.signs.isEmpty() && x - geometry.signs.last().x < signWidth) {
            Sign& sign = geometry.signs.last();
            sign.kind = std::max(sign.kind, mark->kind);
            sign.last = index;
        } else {
            geometry.signs.append({ x, mark->kind, index, index });
        }
    }
    for (qsizetype i = 0; i < marks.size(); ++i) {
        const TimelineMark& mark = marks.at(i);
        if (mark.until.isValid() && mark.at < mark.until && mark.at < to && mark.until > from)
            geometry.gaps.append({ geometry.xOf(mark.at), geometry.xOf(mark.until), i });
    }
    addScale(&geometry);
    return geometry;
}

qreal TimelineGeometry::xOf(const QDateTime& time) const
{
    if (isEmpty())
        return right;
    const qreal part = qreal(from.msecsTo(time)) / qreal(from.msecsTo(to));
    return left + std::clamp(part, 0.0, 1.0) * (right - left);
}

QDateTime TimelineGeometry::timeAt(qreal x) const
{
    if (isEmpty())
        return to;
    const qreal part = std::clamp((x - left) / (right - left), 0.0, 1.0);
    return from.addMSecs(qRound64(part * qreal(from.msecsTo(to))));
}

std::optional<TimelineGeometry::Sign> TimelineGeometry::signAt(const QPointF& position) const
{
    std::optional<Sign> nearest;
    for (const Sign& sign : signs) {
        const qreal distance = std::abs(sign.x - position.x());
        if (distance <= signWidth && (!nearest || distance < std::abs(nearest->x - position.x())))
            nearest = sign;
    }
    return nearest;
}

const TimelineGeometry::Gap* TimelineGeometry::gapAt(qreal x) const
{
    const auto gap = std::find_if(gaps.cbegin(), gaps.cend(),
        [x](const Gap& candidate) { return candidate.left <= x && x <= candidate.right; });
    return gap == gaps.cend() ? nullptr : &*gap;
}

std::optional<QDateTime> markBefore(const QList<TimelineMark>& marks, const QDateTime& time)
{
    const auto next = std::lower_bound(marks.cbegin(), marks.cend(), time, isEarlier);
    return next == marks.cbegin() ? std::nullopt : std::optional(std::prev(next)->at);
}

std::optional<QDateTime> markAfter(const QList<TimelineMark>& marks, const QDateTime& time)
{
    const auto next = std::lower_bound(marks.cbegin(), marks.cend(), time.addMSecs(1), isEarlier);
    return next == marks.cend() ? std::nullopt : std::optional(next->at);
}

const TimelineMark* gapAt(const QList<TimelineMark>& marks, const QDateTime& time)
{
    const auto gap = std::find_if(marks.cbegin(), marks.cend(), [&time](const TimelineMark& mark) {
        return mark.until.isValid() && mark.at < time && time < mark.until;
    });
    return gap == marks.cend() ? nullptr : &*gap;
}

} // namespace slotscope::ui
