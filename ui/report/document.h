// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/report/figures.h"
#include "ui/report/report.h"

#include <QStringList>

#include <variant>

namespace slotscope::ui {

// A report as values: what it says, in its order, without places, colours and a format. Every text
// is one line that is safe to draw; it still has to be escaped for what it is written in.

struct Paragraph
{
    QString text;
    bool isStrong = false;
};

struct Table
{
    QStringList head; ///< empty: pairs of a name and what it says
    QList<QStringList> rows; ///< as many cells as `head`, or two
};

/// What a server answered, line by line.
struct RawText
{
    QString title;
    QStringList lines;
};

using Block = std::variant<Paragraph, Figure, Table, RawText>;

struct Section
{
    QString title;
    QList<Block> blocks;
};

struct Document
{
    QString title;
    QString caption; ///< cluster, UTC time, whose view, partial or not
    Theme theme;
    QList<Section> sections; ///< none is empty

    /// The same document, whatever it becomes.
    static Document of(const capture::Capture& capture, const ReportOptions& options,
        const ReportContents& contents);
    /// Its figures, in their order.
    QList<Figure> figures() const;
};

} // namespace slotscope::ui
