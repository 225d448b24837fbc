// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLabel>

class QAbstractItemModel;
class QAbstractItemView;

namespace slotscope::ui {

/// What a view says in its middle as long as its model has no rows. A child of the view; the model
/// may be replaced after that only through setModel() here.
class EmptyText final : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EmptyText)
public:
    EmptyText(const QString& text, QAbstractItemView* view);

    void setModel(QAbstractItemModel* model);

private:
    void watch();
    void look();

    QAbstractItemView* m_view = nullptr;
};

} // namespace slotscope::ui
