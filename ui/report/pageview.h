// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QImage>
#include <QPixmap>
#include <QScrollArea>

namespace slotscope::ui {

class PageStack;

/// The pages of a document below each other, as wide as there is room. A drag takes the page out.
class PageView final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PageView)
public:
    explicit PageView(QWidget* parent = nullptr);

    /// What was scrolled to stays.
    void setPages(const QList<QImage>& pages);
    const QList<QImage>& pages() const { return m_pages; }

Q_SIGNALS:
    /// The user pulls a page away with the mouse.
    void dragged(int page);
    /// In parts of the page's width and height.
    void clicked(int page, const QPointF& at, Qt::KeyboardModifiers modifiers);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QList<QImage> m_pages;
    PageStack* m_stack = nullptr;
};

} // namespace slotscope::ui
