// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAbstractScrollArea>

#include <optional>

namespace slotscope::ui {

/// Lines of one height, of which only those in sight are made and painted: a million cost no more
/// than ten. One of them is current, by mouse or keyboard. As high as its lines, up to a bound.
/// A subclass describes itself by LineParts, first in its constructor.
class LineView : public QAbstractScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LineView)
public:
    explicit LineView(QWidget* parent = nullptr);

    /// -1: none.
    qsizetype currentLine() const { return m_current; }
    /// Scrolls to it.
    void setCurrentLine(qsizetype line);
    int lineHeight() const;
    /// It takes the height that it is given, instead of that of its lines.
    void setFilling();

    virtual qsizetype lineCount() const = 0;
    /// One line as text, for readers of the screen and the clipboard.
    virtual QString lineText(qsizetype line) const = 0;
    /// Of a line that can be folded.
    virtual std::optional<bool> isOpen(qsizetype line) const;
    /// Makes it current and does what Enter does.
    void press(qsizetype line);

    qsizetype firstLineInSight() const;
    qsizetype linesInSight() const; ///< at most
    QRectF lineRect(qsizetype line) const; ///< in the widget's coordinates

Q_SIGNALS:
    void currentLineChanged(qsizetype line);

protected:
    virtual void paintLine(QPainter& painter, qsizetype line, const QRect& rect) const = 0;
    /// A click at `x`, or Enter (`x` < 0).
    virtual void activate(qsizetype line, int x);
    /// Left and Right on the keyboard.
    virtual void fold(qsizetype line, bool open);
    /// Lines came, went or became another text.
    void linesChanged();
    /// Lines came at the end, `gone` of the first ones made room. Whoever looks at the end goes on
    /// doing so; otherwise what one looks at stays where it is.
    void linesAdded(qsizetype gone);

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void tellCurrent();

    qsizetype m_current = -1;
    bool m_isFilling = false;
};

} // namespace slotscope::ui
