// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QRectF>
#include <QString>

#include <functional>

class QWidget;

namespace slotscope::ui {

/// Something that a painted view shows, in words.
struct AccessiblePart
{
    QString name;
    QRectF place { 0, 0, 1, 1 }; ///< the share of the view that it takes, 0 to 1
    friend bool operator==(const AccessiblePart&, const AccessiblePart&) = default;
};

/// Lets a screen reader find the parts of `view`, which paints them itself, as the items of a list.
/// `parts` is asked when somebody wants to know, and costs nothing otherwise; whatever it uses must
/// outlive the view.
void describeParts(QWidget* view, std::function<QList<AccessiblePart>()> parts);

} // namespace slotscope::ui
