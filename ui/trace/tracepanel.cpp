// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/trace/tracepanel.h"

#include "core/command/traceformat.h"
#include "ui/models/hopmodel.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

TracePanel::TracePanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new HopModel(this))
{
    m_model->setTheme(Theme::of(palette()));
    m_table = new QTableView(this);
    m_table->setObjectName(u"hopTable"_s);
    m_table->setAccessibleName(tr("Hops of the command"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(24);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(HopModel::Answer, QHeaderView::Stretch);
    header->setMinimumSectionSize(28);
    header->resizeSection(HopModel::Number, 30);
    header->resizeSection(HopModel::Node, 166);
    header->resizeSection(HopModel::Question, 116);
    header->resizeSection(HopModel::Wait, 62);
    header->resizeSection(HopModel::Micros, 56);
    connect(m_table, &QTableView::clicked, this,
        [this](const QModelIndex& index) { Q_EMIT hopClicked(index.row()); });

    m_raw = new QPlainTextEdit(this);
    m_raw->setObjectName(u"rawTrace"_s);
    m_raw->setAccessibleName(tr("The trace as text"));
    m_raw->setReadOnly(true);
    m_raw->setFrameShape(QFrame::NoFrame);
    m_raw->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_raw->setFont(fixedFont(12));
    m_raw->setTabChangesFocus(true);

    auto* tabs = new QTabWidget(this);
    tabs->setDocumentMode(true);
    tabs->addTab(m_table, tr("Hops"));
    tabs->addTab(m_raw, tr("Raw"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(tabs);
}

void TracePanel::setTrace(const command::Trace& trace)
{
    m_model->setTrace(trace);
    const bool waited = std::any_of(trace.hops.begin(), trace.hops.end(),
        [](const command::Hop& hop) { return hop.waitMicros > 0; });
    m_table->setColumnHidden(HopModel::Wait, !waited);
    m_raw->setPlainText(command::toText(trace).left(100'000));
}

void TracePanel::setCurrentHop(int hop)
{
    m_model->setCurrentHop(hop);
}

void TracePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_model->setTheme(Theme::of(palette()));
    QWidget::changeEvent(event);
}

} // namespace slotscope::ui
