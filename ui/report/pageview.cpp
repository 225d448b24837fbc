// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/pageview.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QResizeEvent>

#include <algorithm>
#include <optional>

namespace slotscope::ui {

namespace {

constexpr int gap = 10;

} // namespace

/// The widget that is scrolled.
class PageStack final : public QWidget
{
public:
    explicit PageStack(PageView* view)
        : m_view(view)
    {
        setCursor(Qt::OpenHandCursor);
        setAccessibleName(PageView::tr("What is in the file"));
    }

    void layOut(int width)
    {
        m_width = std::max(width - 2 * gap, 1);
        m_scaled.clear();
        m_rects.clear();
        int y = gap;
        for (const QImage& page : m_view->pages()) {
            const int height = page.width() > 0 ? m_width * page.height() / page.width() : 0;
            m_rects.append(QRect(gap, y, m_width, height));
            y += height + gap;
        }
        m_scaled.resize(m_rects.size());
        resize(m_width + 2 * gap, y);
        update();
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QPainter painter(this);
        const Theme theme = Theme::of(palette());
        painter.fillRect(event->rect(), theme.sunken);
        for (qsizetype i = 0; i < m_rects.size(); ++i) {
            const QRect& rect = m_rects.at(i);
            if (!rect.intersects(event->rect()))
                continue;
            QPixmap& scaled = m_scaled[i];
            if (scaled.isNull()) {
                const qreal ratio = devicePixelRatioF();
                scaled = QPixmap::fromImage(m_view->pages().at(i).scaled(
                    rect.size() * ratio, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
                scaled.setDevicePixelRatio(ratio);
            }
            painter.drawPixmap(rect.topLeft(), scaled);
            painter.setPen(theme.border);
            painter.drawRect(rect.adjusted(-1, -1, 0, 0));
        }
    }
    void mousePressEvent(QMouseEvent* event) override
    {
        m_pressed = event->button() == Qt::LeftButton ? std::optional(event->pos()) : std::nullopt;
    }
    void mouseMoveEvent(QMouseEvent* event) override
    {
        if (!m_pressed
            || (event->pos() - *m_pressed).manhattanLength() < QApplication::startDragDistance())
            return;
        const int page = pageAt(*m_pressed);
        m_pressed.reset();
        if (page >= 0)
            Q_EMIT m_view->dragged(page);
    }
    void mouseReleaseEvent(QMouseEvent* event) override
    {
        if (!m_pressed || event->button() != Qt::LeftButton)
            return;
        m_pressed.reset();
        const int page = pageAt(event->pos());
        if (page < 0)
            return;
        const QRectF rect = m_rects.at(page);
        const QPointF at = event->position() - rect.topLeft();
        Q_EMIT m_view->clicked(
            page, { at.x() / rect.width(), at.y() / rect.height() }, event->modifiers());
    }

private:
    int pageAt(const QPoint& position) const
    {
        for (int i = 0; i < m_rects.size(); ++i) {
            if (m_rects.at(i).contains(position))
                return i;
        }
        return -1;
    }

    PageView* const m_view;
    int m_width = 1;
    QList<QRect> m_rects;
    QList<QPixmap> m_scaled; ///< made when they are first seen
    std::optional<QPoint> m_pressed;
};

PageView::PageView(QWidget* parent)
    : QScrollArea(parent)
{
    m_stack = new PageStack(this);
    setWidget(m_stack);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // else it would come and go with the width
    setFrameShape(QFrame::NoFrame);
}

void PageView::setPages(const QList<QImage>& pages)
{
    m_pages = pages;
    m_stack->layOut(viewport()->width());
}

void PageView::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    m_stack->layOut(viewport()->width());
}

} // namespace slotscope::ui
