// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "ui/report/comparisonpainter.h"

#include <QWidget>

namespace slotscope::ui {

/// Who owned what before and after, as two ribbons; slots with another owner are hatched. Tells
/// both owners of the slot under the pointer.
class ComparisonRibbons final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ComparisonRibbons)
public:
    ComparisonRibbons(const cluster::Topology& before, const cluster::Topology& after,
        const cluster::SlotRanges& changed, const ComparisonTexts& texts,
        QWidget* parent = nullptr);

    /// Slots to put a frame around; none: no frame.
    void setChosen(const slotscope::cluster::SlotRanges& ranges);
    QString tellSlot(int slot) const; ///< "Slot 7: S01 before, S03 after"

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void place();

    cluster::Topology m_before;
    cluster::Topology m_after;
    cluster::SlotRanges m_changed;
    cluster::SlotRanges m_chosen;
    ComparisonTexts m_texts;
    ComparisonGeometry m_geometry;
};

} // namespace slotscope::ui
