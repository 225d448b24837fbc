// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/accessibleparts.h"

namespace slotscope::ui {

class TopologyView;

/// The picture in words: a part for each card, in it one for each of its nodes. The current one is
/// where the arrow keys stand, the selected one the shard that all others made way for.
class TopologyParts final : public AccessibleParts
{
public:
    explicit TopologyParts(TopologyView* view)
        : m_view(view)
    { }

    int count() const override;
    int innerCount(int part) const override;
    AccessiblePart part(PartIndex index) const override;
    QRectF place(PartIndex index) const override;
    PartIndex current() const override;
    void press(PartIndex index) override;

private:
    TopologyView* m_view = nullptr;
};

} // namespace slotscope::ui
