// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/emptytext.h"

#include <QAbstractItemModel>
#include <QAbstractItemView>
#include <QVBoxLayout>

namespace slotscope::ui {

EmptyText::EmptyText(const QString& text, QAbstractItemView* view)
    : QLabel(text, view->viewport())
    , m_view(view)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setAlignment(Qt::AlignCenter);
    setForegroundRole(QPalette::PlaceholderText);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* layout = new QVBoxLayout(view->viewport());
    layout->addWidget(this);
    if (view->model())
        watch();
    look();
}

void EmptyText::setModel(QAbstractItemModel* model)
{
    if (m_view->model())
        m_view->model()->disconnect(this);
    m_view->setModel(model);
    watch();
    look();
}

void EmptyText::watch()
{
    const QAbstractItemModel* model = m_view->model();
    connect(model, &QAbstractItemModel::rowsInserted, this, &EmptyText::look);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &EmptyText::look);
    connect(model, &QAbstractItemModel::modelReset, this, &EmptyText::look);
}

void EmptyText::look()
{
    setVisible(!m_view->model() || m_view->model()->rowCount() == 0);
}

} // namespace slotscope::ui
