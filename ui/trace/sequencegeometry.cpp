// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/trace/sequencegeometry.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/textflow.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

using command::Step;
using command::StepKind;

constexpr qreal margin = 8;
constexpr qreal headWidth = 106;
constexpr qreal headBox = 32;
constexpr qreal noteLine = 14;
constexpr qreal firstGap = 190; // from this computer to the first node, at least
constexpr qreal widestFirstGap = 380;
constexpr qreal textWidthWanted = 290; // a MOVED with an IPv4 address
constexpr qreal gap = headWidth + 5;
constexpr qreal textHeight = 17;
constexpr qreal detailHeight = 14;
constexpr qreal noteHeight = 22;
constexpr int mostNoteLines = 8;
constexpr qreal space = 7; // between rows

// The translation context.
struct SequenceTexts
{
    Q_DECLARE_TR_FUNCTIONS(SequenceTexts)
};

bool isNote(StepKind kind)
{
    switch (kind) {
    case StepKind::Resolve:
    case StepKind::MapRewrite:
    case StepKind::MapLocked:
    case StepKind::PlainStop:
    case StepKind::End:
        return true;
    default:
        return false;
    }
}

bool isOutward(StepKind kind)
{
    return kind == StepKind::Ask || kind == StepKind::ConnectFailed;
}

QString textOf(const Step& step)
{
    switch (step.kind) {
    case StepKind::MapRewrite:
        return SequenceTexts::tr("its map: %1").arg(step.mapLine);
    case StepKind::MapLocked:
        return SequenceTexts::tr("its map stays: %1").arg(step.mapLine);
    case StepKind::Resolve:
    case StepKind::PlainStop:
    case StepKind::End:
        return step.caption;
    case StepKind::Wait:
        return step.bead;
    case StepKind::ConnectFailed:
        return step.raw.isEmpty() ? SequenceTexts::tr("no connection") : step.raw;
    case StepKind::OutcomeUnknown:
        return step.raw.isEmpty() ? SequenceTexts::tr("no reply: outcome unknown")
                                  : SequenceTexts::tr("outcome unknown: %1").arg(step.raw);
    default:
        return step.raw.isEmpty() ? step.bead : step.raw;
    }
}

QString detailOf(const Step& step)
{
    return step.kind == StepKind::End ? step.ghost : step.timeLabel;
}

class Layouter
{
public:
    Layouter(const command::Storyboard& story, qreal width, const RedirectNotes& notes)
        : m_story(story)
        , m_width(width)
        , m_notes(notes)
    { }

    SequenceGeometry layout()
    {
        placeLines();
        m_geometry.headHeight = m_geometry.headRect(-1).height() + 2 * margin;
        qreal y = m_geometry.headHeight;
        for (int i = 0; i < m_story.size(); ++i)
            y = placeRow(i, y) + space;
        m_geometry.size.setHeight(y + margin);
        findActivities();
        return m_geometry;
    }

private:
    int lineOf(const Step& step)
    {
        const auto known
            = step.nodeId.isNull() ? m_byAddress.constFind(step.address) : m_byAddress.cend();
        if (known != m_byAddress.cend())
            return *known;
        if (const auto byId = m_byId.constFind(step.nodeId);
            !step.nodeId.isNull() && byId != m_byId.cend())
            return *byId;
        const auto next = static_cast<int>(m_geometry.lines.size());
        if (!step.nodeId.isNull())
            m_byId.insert(step.nodeId, next);
        m_byAddress.insert(step.address, next);
        Lifeline line;
        const QString address = visibleText(step.address.toString());
        line.label = step.nodeLabel.isEmpty() ? address : visibleText(step.nodeLabel);
        if (line.label != address)
            line.address = address;
        line.id = step.nodeId;
        line.endpoint = step.address;
        for (const RedirectNote& note : m_notes) {
            if (note.isAbout(line.id, line.endpoint))
                line.note = note;
        }
        m_geometry.hasNotes = m_geometry.hasNotes || !line.note.text().isEmpty();
        m_geometry.lines.append(line);
        return static_cast<int>(m_geometry.lines.size()) - 1;
    }

    void placeLines()
    {
        for (const Step& step : m_story)
            m_lineOfStep.append(isNote(step.kind) || step.hop < 0 ? -1 : lineOf(step));
        m_geometry.computerX = margin + headWidth / 2;
        const auto more = static_cast<qreal>(std::max<qsizetype>(0, m_geometry.lines.size() - 1));
        const qreal room = m_width - m_geometry.computerX - headWidth / 2 - margin;
        const qreal first = std::clamp(room - more * gap, firstGap, widestFirstGap);
        const qreal step = more > 0 ? std::clamp((room - first) / more, gap, 2 * gap) : gap;
        for (qsizetype i = 0; i < m_geometry.lines.size(); ++i)
            m_geometry.lines[i].x = m_geometry.computerX + first + static_cast<qreal>(i) * step;
        const qreal right
            = m_geometry.lines.isEmpty() ? m_geometry.computerX : m_geometry.lines.constLast().x;
        m_geometry.size.setWidth(std::max(m_width, right + headWidth / 2 + margin));
    }

    qreal placeRow(int index, qreal top)
    {
        const Step& step = m_story.at(index);
        SequenceRow row;
        row.step = index;
        row.kind = step.kind;
        row.line = m_lineOfStep.at(index);
        row.asking = step.asking && step.kind == StepKind::Ask;
        row.text = visibleText(textOf(step));
        row.detail = visibleText(detailOf(step));
        const qreal left = m_geometry.computerX + 12;
        qreal bottom = top;
        if (row.line < 0) {
            const qreal right = std::max(left + firstGap, m_width - margin);
            row.lines = wrappedText(row.text, noteFont(row.kind), right - left, mostNoteLines);
            const auto more = static_cast<qreal>(std::max<qsizetype>(1, row.lines.size()) - 1);
            const qreal height = noteHeight + more * noteStep;
            const qreal below = row.detail.isEmpty() ? 0 : detailHeight + 3;
            row.textRect = QRectF(left, top, right - left, height + below);
            row.detailRect = QRectF(left, top + height, right - left, detailHeight);
            row.y = top + noteHeight / 2;
            bottom = row.textRect.bottom();
        } else {
            const qreal x = m_geometry.lines.at(row.line).x;
            // A raw answer may pass its node's line; there is nothing else in the row.
            const qreal end = std::max(
                x - 12, std::min(left + textWidthWanted, m_geometry.size.width() - margin));
            row.textRect = QRectF(left, top, end - left, textHeight);
            // A broken end has a sign.
            const bool isBroken
                = step.kind == StepKind::ConnectFailed || step.kind == StepKind::OutcomeUnknown;
            row.y = top + textHeight + (isBroken ? 9 : 3);
            row.detailRect = QRectF(left, row.y + 2, end - left, detailHeight);
            bottom = row.detail.isEmpty() ? row.y + 4 : row.detailRect.bottom();
            const bool outward = isOutward(step.kind);
            row.from = outward ? m_geometry.computerX : x;
            row.to = outward ? x : m_geometry.computerX;
            if (step.kind == StepKind::ConnectFailed)
                row.to = row.from + (x - m_geometry.computerX) * 0.72;
            else if (step.kind == StepKind::OutcomeUnknown)
                row.to = row.from - (x - m_geometry.computerX) * 0.3;
            else if (step.kind == StepKind::Wait) {
                row.from = row.to = x; // a clock, and all texts beside it
                bottom = row.y;
            }
        }
        row.rect = QRectF(0, top - space / 2, m_geometry.size.width(), bottom - top + space);
        m_geometry.rows.append(row);
        return bottom;
    }

    void findActivities()
    {
        QHash<std::pair<int, int>, int> lastOfVisit;
        for (int i = 0; i < m_story.size(); ++i) {
            if (m_geometry.rows.at(i).line >= 0)
                lastOfVisit.insert({ m_story.at(i).trace, m_story.at(i).hop }, i);
        }
        for (int i = 0; i < m_story.size(); ++i) {
            const SequenceRow& first = m_geometry.rows.at(i);
            if (m_story.at(i).kind != StepKind::Ask || first.line < 0)
                continue;
            const int last = lastOfVisit.value({ m_story.at(i).trace, m_story.at(i).hop }, i);
            const qreal bottom = last == i ? first.y + space : m_geometry.rows.at(last).y;
            m_geometry.activities.append({ first.line, i, first.y, bottom });
        }
    }

    const command::Storyboard& m_story;
    const qreal m_width;
    const RedirectNotes& m_notes;
    QList<int> m_lineOfStep;
    QHash<cluster::NodeId, int> m_byId;
    QHash<net::Endpoint, int> m_byAddress;
    SequenceGeometry m_geometry;
};

} // namespace

SequenceGeometry SequenceGeometry::layout(
    const command::Storyboard& story, qreal width, const RedirectNotes& notes)
{
    return Layouter(story, width, notes).layout();
}

QFont noteFont(StepKind kind)
{
    if (kind == StepKind::MapRewrite || kind == StepKind::MapLocked)
        return fixedFont(12);
    return textFont(12, kind == StepKind::PlainStop ? QFont::DemiBold : QFont::Normal);
}

QRectF SequenceGeometry::headRect(int line) const
{
    const qreal x = line < 0 ? computerX : lines.at(line).x;
    return { x - headWidth / 2, margin / 2, headWidth, headBox + (hasNotes ? noteLine : 0) };
}

int SequenceGeometry::rowAt(QPointF position) const
{
    const auto row = std::find_if(rows.begin(), rows.end(),
        [&position](const SequenceRow& one) { return one.rect.contains(position); });
    return row == rows.end() ? -1 : static_cast<int>(row - rows.begin());
}

int SequenceGeometry::lineAt(qreal x) const
{
    for (int i = 0; i < lines.size(); ++i) {
        if (headRect(i).left() <= x && x <= headRect(i).right())
            return i;
    }
    return -1;
}

QString sequenceText(const command::Storyboard& story)
{
    const QString computer = SequenceTexts::tr("this computer");
    QStringList lines;
    for (const Step& step : story) {
        const QString text = visibleText(textOf(step));
        QString line;
        if (isNote(step.kind) || step.hop < 0) {
            line = computer + u": "_s + text;
        } else {
            QString node = step.nodeLabel;
            if (step.address != net::Endpoint() && node != step.address.toString())
                node += u" ("_s + step.address.toString() + u')';
            const QString arrow = step.kind == StepKind::Ask ? u" -> "_s
                : step.kind == StepKind::ConnectFailed       ? u" -x "_s
                : step.kind == StepKind::OutcomeUnknown      ? u" ?- "_s
                : step.kind == StepKind::Wait                ? u" .. "_s
                : step.kind == StepKind::AskReply            ? u" <-- "_s
                                                             : u" <- "_s;
            line = computer + arrow + visibleText(node) + u": "_s
                + (step.asking && step.kind == StepKind::Ask ? u"ASKING + "_s : QString()) + text;
        }
        const QString detail = visibleText(detailOf(step));
        if (!detail.isEmpty())
            line += u"  ["_s + detail + u']';
        lines.append(line);
    }
    return lines.join(u'\n');
}

} // namespace slotscope::ui
