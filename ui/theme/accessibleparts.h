// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAccessible>
#include <QHashFunctions>
#include <QRectF>
#include <QString>

#include <memory>
#include <optional>

class QWidget;

namespace slotscope::ui {

/// Something that a painted view shows, in words.
struct AccessiblePart
{
    QString name;
    QAccessible::Role role = QAccessible::ListItem;
    bool isSelected = false;
    QString action = {}; ///< what press() does; empty: nothing
    std::optional<bool> isOpen = std::nullopt; ///< of one that can be folded
};

/// Which part: one of the view's own, or one within that.
struct PartIndex
{
    int part = -1;
    int inner = -1; ///< -1: the view's own

    bool isValid() const { return part >= 0; }
    friend bool operator==(const PartIndex&, const PartIndex&) = default;
    friend size_t qHash(PartIndex index, size_t seed = 0)
    {
        return qHashMulti(seed, index.part, index.inner);
    }
};

/// What a view shows, told piece by piece when somebody wants to know; costs nothing otherwise, and
/// little with thousands of parts.
class AccessibleParts
{
public:
    AccessibleParts() = default;
    virtual ~AccessibleParts();
    Q_DISABLE_COPY_MOVE(AccessibleParts)

    virtual int count() const = 0;
    /// Of the parts within a part; none.
    virtual int innerCount(int part) const;
    virtual AccessiblePart part(PartIndex index) const = 0;
    /// In the view's coordinates, also where that is out of sight; empty: it has no place.
    virtual QRectF place(PartIndex index) const = 0;
    /// Where the view's keyboard stands; not valid: on the view as a whole.
    virtual PartIndex current() const;
    /// Does what a click on the part does; nothing to one that names no action.
    virtual void press(PartIndex index);
};

/// Lets a screen reader find the parts of `view`, which paints them itself, as the items of a list.
/// Comes first in the constructor of the view's own class: before somebody may have asked what it
/// is. Whatever `parts` uses must outlive the view, or be it. Whoever listens is told of the
/// current part when the view gets the focus.
void describeParts(QWidget* view, std::unique_ptr<AccessibleParts> parts);

/// The keyboard moved within the view, or what it stands on became another: tells whoever listens,
/// if the view has the focus.
void tellCurrentPart(QWidget* view);

} // namespace slotscope::ui
