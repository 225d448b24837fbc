// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/accessibleparts.h"

namespace slotscope::ui {

class SequenceWidget;

/// A sequence diagram in words: this computer and the nodes, then the messages in their order. The
/// current one is the message that the player shows.
class SequenceParts final : public AccessibleParts
{
public:
    explicit SequenceParts(SequenceWidget* view)
        : m_view(view)
    { }

    int count() const override;
    AccessiblePart part(PartIndex index) const override;
    QRectF place(PartIndex index) const override;
    PartIndex current() const override;
    void press(PartIndex index) override;

private:
    int heads() const;
    AccessiblePart head(int line) const;
    AccessiblePart message(int row) const;

    SequenceWidget* m_view = nullptr;
};

} // namespace slotscope::ui
