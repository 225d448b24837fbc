// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/resp/replyrows.h"
#include "ui/console/lineview.h"

namespace slotscope::ui {

/// A reply as a tree: a line for each element, aggregates can be closed. Holds the reply itself and
/// no copy of any element.
class ReplyTree final : public LineView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReplyTree)
public:
    explicit ReplyTree(QWidget* parent = nullptr);

    void setReply(const resp::Reply& reply);
    const resp::Reply& reply() const { return m_rows.reply(); }
    /// The value of the current line; the whole reply when there is none.
    resp::Reply currentValue() const;
    /// Makes the next (or previous) element current that contains the text; false: none does.
    bool find(const QString& text, bool forward);

    qsizetype lineCount() const override { return m_rows.size(); }
    QString lineText(qsizetype line) const override;
    std::optional<bool> isOpen(qsizetype line) const override;

protected:
    void paintLine(QPainter& painter, qsizetype line, const QRect& rect) const override;
    void activate(qsizetype line, int x) override;
    void fold(qsizetype line, bool open) override;

private:
    void toggle(qsizetype line);
    int indentOf(const resp::ReplyRows::Row& row) const;

    resp::ReplyRows m_rows;
    qint64 m_found = -1; ///< a node of the reply
};

} // namespace slotscope::ui
