// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/redaction.h"

#include <QWidget>

#include <array>

class QCheckBox;
class QComboBox;

namespace slotscope::ui {

/// How the names of each kind are written: all alike, or each in its own way.
class RedactionForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RedactionForm)
public:
    explicit RedactionForm(QWidget* parent = nullptr);

    void setOptions(const capture::RedactionOptions& options);
    capture::RedactionOptions options() const;
    /// The same pseudonyms as in this user's other reports.
    bool keepsPseudonyms() const;

Q_SIGNALS:
    /// By the user.
    void changed();

private:
    static constexpr int kinds = 6;

    void onPreset(int index);
    void showPreset();

    QComboBox* m_preset = nullptr;
    std::array<QComboBox*, kinds> m_boxes {};
    QCheckBox* m_keep = nullptr;
};

} // namespace slotscope::ui
