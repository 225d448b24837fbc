// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QPlainTextEdit>

namespace slotscope::ui {

/// A field of one line that keeps the line ends of what is pasted (CLUSTER NODES) and then shows a
/// few lines of it. Enter submits; typed text never holds a line end.
class EndpointField final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EndpointField)
public:
    explicit EndpointField(QWidget* parent = nullptr);

    QString text() const { return toPlainText(); }
    void setText(const QString& text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void submitted();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;

private:
    void fitHeight();
    int heightOfLines(int lines) const;
};

} // namespace slotscope::ui
