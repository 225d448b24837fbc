// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/trace/tracepanel.h"

#include "core/command/traceformat.h"
#include "ui/models/hopmodel.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"
#include "ui/trace/sequencewidget.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// Of the raw text: a reply may have a million elements.
constexpr int mostRawLines = 2000;
constexpr qsizetype mostRawText = 100'000;

} // namespace

TracePanel::TracePanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new HopModel(this))
{
    m_model->setTheme(Theme::of(palette()));
    m_table = new QTableView(this);
    m_table->setObjectName(u"hopTable"_s);
    m_table->setAccessibleName(tr("Hops of the command"));
    m_table->setModel(m_model);
    makeQuiet(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->setDefaultSectionSize(24);
    QHeaderView* header = m_table->horizontalHeader();
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

    m_sequence = new SequenceWidget(this);
    m_sequence->setObjectName(u"sequence"_s);
    connect(m_sequence, &SequenceWidget::stepClicked, this, &TracePanel::stepClicked);

    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_sequence, tr("Sequence"));
    m_tabs->addTab(m_table, tr("Hops"));
    m_tabs->addTab(m_raw, tr("Raw"));
    auto* copyButton = new QToolButton(this);
    copyButton->setObjectName(u"copyTraceButton"_s);
    copyButton->setText(tr("Copy"));
    copyButton->setToolTip(tr("Copy what is shown here as text"));
    copyButton->setAccessibleName(copyButton->toolTip());
    copyButton->setAutoRaise(true);
    connect(copyButton, &QToolButton::clicked, this, &TracePanel::copy);
    m_tabs->setCornerWidget(copyButton);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
}

void TracePanel::copy()
{
    if (m_tabs->currentWidget() == m_sequence)
        m_sequence->copy();
    else
        QGuiApplication::clipboard()->setText(m_raw->toPlainText());
}

void TracePanel::setStory(const command::Storyboard& story)
{
    m_story = story;
    m_sequence->setStory(story);
}

void TracePanel::setFrame(const command::StoryFrame& frame)
{
    m_sequence->setFrame(frame);
    const bool shown = frame.step >= 0 && frame.step < m_story.size();
    m_model->setCurrentHop(shown ? m_story.at(frame.step).hop : -1);
}

void TracePanel::setRedirectNotes(const RedirectNotes& notes)
{
    m_sequence->setRedirectNotes(notes);
}

void TracePanel::setTrace(const command::Trace& trace)
{
    m_model->setTrace(trace);
    const bool waited = std::any_of(trace.hops.begin(), trace.hops.end(),
        [](const command::Hop& hop) { return hop.waitMicros > 0; });
    m_table->setColumnHidden(HopModel::Wait, !waited);
    m_tabs->setTabVisible(1, true);
    m_raw->setPlainText(command::toText(trace, mostRawLines, mostRawText).left(mostRawText));
}

void TracePanel::setTraces(const QList<command::Trace>& traces)
{
    m_model->setTrace({});
    m_tabs->setTabVisible(1, false);
    QString text;
    for (const command::Trace& trace : traces) {
        text += command::toText(trace, mostRawLines, mostRawText) + u'\n';
        if (text.size() > mostRawText)
            break;
    }
    m_raw->setPlainText(text.left(mostRawText));
}

void TracePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_model->setTheme(Theme::of(palette()));
    QWidget::changeEvent(event);
}

} // namespace slotscope::ui
