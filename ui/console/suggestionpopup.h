// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/completion.h"

#include <QFrame>

class QTreeWidget;

namespace slotscope::ui {

/// A list of suggestions over the window, near the field that they are for. Never takes the focus:
/// whoever shows it moves the choice.
class SuggestionPopup final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SuggestionPopup)
public:
    /// Becomes a child of the field's window when it is first shown.
    explicit SuggestionPopup(QWidget* field);

    /// Shows them with the first one chosen; none hides it.
    void suggest(const QList<command::Candidate>& candidates);
    /// Moves the choice, round the ends.
    void step(int by);
    /// Empty when it is not shown.
    QString choice() const;

Q_SIGNALS:
    void clicked(const QString& text);

private:
    void place();

    QWidget* m_field = nullptr;
    QTreeWidget* m_list = nullptr;
};

} // namespace slotscope::ui
