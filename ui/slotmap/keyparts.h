// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/accessibleparts.h"

namespace slotscope::ui {

class KeyListView;

/// A list of keys in words: a part for each row on screen, however many there are.
class KeyParts final : public AccessibleParts
{
public:
    explicit KeyParts(KeyListView* view)
        : m_view(view)
    { }

    int count() const override;
    AccessiblePart part(PartIndex index) const override;
    QRectF place(PartIndex index) const override;
    PartIndex current() const override;
    void press(PartIndex index) override;

private:
    KeyListView* m_view = nullptr;
};

} // namespace slotscope::ui
