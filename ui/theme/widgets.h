// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLabel>
#include <QString>

class QColor;
class QFont;
class QTableView;

namespace slotscope::ui {

// How the panels set up widgets of Qt, all in the same way.

/// A label that shows plain text, whatever a server has put into it.
QLabel* plainLabel(QWidget* parent, const QString& name);
/// The same with as many lines as the text needs.
QLabel* wrappingLabel(QWidget* parent, const QString& name = {});
/// The same for what one may want to copy.
QLabel* sentenceLabel(QWidget* parent, const QString& name, const QFont& font);
/// The same for what is read at length: the keyboard selects in it, too.
QLabel* readingLabel(QWidget* parent, const QString& name, const QFont& font);
/// The colour of a label's text, until its palette is set again.
void setInk(QLabel* label, const QColor& color);
/// A table to be read: no grid, no frame, no numbers of rows; rows are selected, Tab leaves it.
void makeQuiet(QTableView* table);
/// The ground of a card and the line around it. For paintEvent().
void paintFrame(QWidget* card, const QColor& line, qreal width = 1);

} // namespace slotscope::ui
