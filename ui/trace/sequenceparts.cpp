// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/trace/sequenceparts.h"

#include "ui/trace/sequencewidget.h"

namespace slotscope::ui {
using namespace Qt::StringLiterals;

// This computer has a head too.
int SequenceParts::heads() const
{
    return static_cast<int>(m_view->geometryOfStory().lines.size()) + 1;
}

int SequenceParts::count() const
{
    return m_view->story().isEmpty()
        ? 0
        : heads() + static_cast<int>(m_view->geometryOfStory().rows.size());
}

AccessiblePart SequenceParts::part(PartIndex index) const
{
    return index.part < heads() ? head(index.part - 1) : message(index.part - heads());
}

AccessiblePart SequenceParts::head(int line) const
{
    AccessiblePart part;
    part.role = QAccessible::ColumnHeader;
    if (line < 0) {
        part.name = SequenceWidget::tr("this computer");
        return part;
    }
    const Lifeline& lifeline = m_view->geometryOfStory().lines.at(line);
    QStringList texts { lifeline.label, lifeline.address, lifeline.note.text() };
    texts.removeAll(QString());
    part.name = texts.join(u", "_s);
    return part;
}

// What stands in the row, with who says it to whom for the arrow. The caption is the player's.
AccessiblePart SequenceParts::message(int row) const
{
    const SequenceRow& shown = m_view->geometryOfStory().rows.at(row);
    QString name
        = shown.asking ? SequenceWidget::tr("ASKING, then %1").arg(shown.text) : shown.text;
    if (shown.line >= 0) {
        const QString node = m_view->geometryOfStory().lines.at(shown.line).label;
        switch (shown.kind) {
        case command::StepKind::Ask:
            name = SequenceWidget::tr("this computer to %1: %2").arg(node, name);
            break;
        case command::StepKind::ConnectFailed:
            name = SequenceWidget::tr("this computer did not reach %1: %2").arg(node, name);
            break;
        case command::StepKind::OutcomeUnknown:
            name = SequenceWidget::tr("nothing came back from %1: %2").arg(node, name);
            break;
        case command::StepKind::Wait:
            name = SequenceWidget::tr("waiting for %1: %2").arg(node, name);
            break;
        default:
            name = SequenceWidget::tr("%1 to this computer: %2").arg(node, name);
            break;
        }
    }
    if (!shown.detail.isEmpty())
        name += u"; "_s + shown.detail;
    return { name, QAccessible::ListItem, shown.step == m_view->frame().step,
        SequenceWidget::tr("Show this step") };
}

QRectF SequenceParts::place(PartIndex index) const
{
    const SequenceGeometry& geometry = m_view->geometryOfStory();
    return index.part < heads()
        ? m_view->placeOnScreen(geometry.headRect(index.part - 1), true)
        : m_view->placeOnScreen(geometry.rows.at(index.part - heads()).rect, false);
}

PartIndex SequenceParts::current() const
{
    const int step = m_view->frame().step;
    return { step >= 0 && step < m_view->story().size() ? heads() + step : -1, -1 };
}

void SequenceParts::press(PartIndex index)
{
    if (index.part >= heads())
        Q_EMIT m_view->stepClicked(m_view->geometryOfStory().rows.at(index.part - heads()).step);
}

} // namespace slotscope::ui
