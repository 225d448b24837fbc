// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/resp/reply.h"
#include "ui/console/lineview.h"

namespace slotscope::ui {

/// The bytes of a scalar reply, sixteen to a line.
class HexView final : public LineView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HexView)
public:
    explicit HexView(QWidget* parent = nullptr);

    /// An aggregate has no bytes of its own: a line says so.
    void setReply(const resp::Reply& reply);

    qsizetype lineCount() const override;
    QString lineText(qsizetype line) const override;

protected:
    void paintLine(QPainter& painter, qsizetype line, const QRect& rect) const override;

private:
    resp::Reply m_reply; ///< keeps m_bytes alive
    QByteArray m_number; ///< the bytes of an integer
    QByteArrayView m_bytes;
};

} // namespace slotscope::ui
