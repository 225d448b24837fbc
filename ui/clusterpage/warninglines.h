// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace slotscope::ui {

/// What is missing, a line each. Of more than two only the first is shown, so that the picture
/// below keeps its room, with a button for the others. Not there while there is nothing to say.
class WarningLines final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WarningLines)
public:
    explicit WarningLines(QWidget* parent = nullptr);

    /// Sentences, the most important first. Whether all are shown stays as the user chose.
    void setWarnings(const QStringList& warnings);
    void setInk(const QColor& color);

private:
    void tell();

    QStringList m_warnings;
    bool m_showsAll = false;
    QLabel* m_text = nullptr;
    QToolButton* m_more = nullptr;
};

} // namespace slotscope::ui
