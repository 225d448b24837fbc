// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/accessibleparts.h"

namespace slotscope::ui {

class LineView;

/// Lines in words: a part for each of those in sight, however many there are. The selected one is
/// the current line; pressing a line is a click into it, and Enter.
class LineParts final : public AccessibleParts
{
public:
    explicit LineParts(LineView* view)
        : m_view(view)
    { }

    int count() const override;
    AccessiblePart part(PartIndex index) const override;
    QRectF place(PartIndex index) const override;
    PartIndex current() const override;
    void press(PartIndex index) override;

private:
    LineView* m_view = nullptr;
};

} // namespace slotscope::ui
