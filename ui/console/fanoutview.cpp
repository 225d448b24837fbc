// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/fanoutview.h"

#include "core/command/fanoutformat.h"
#include "core/explain/redirects.h"
#include "core/explain/wording.h"
#include "core/resp/replyformat.h"
#include "core/resp/replytext.h"
#include "ui/console/fanoutmodel.h"
#include "ui/console/replyview.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using command::FanOutOutcome;
using command::FanOutTarget;

namespace {

constexpr int mostRows = 8;

QLabel* label(const QString& name, qreal size, QWidget* parent)
{
    auto* result = new QLabel(parent);
    result->setObjectName(name);
    result->setTextFormat(Qt::PlainText);
    result->setFont(textFont(size));
    result->setWordWrap(true);
    result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return result;
}

/// What became of the rows that have ended.
struct Ends
{
    int done = 0;
    int failed = 0;
    int unknown = 0;
};

Ends endsOf(const command::FanOut& fanOut)
{
    Ends ends;
    for (const command::FanOutRow& row : fanOut.rows) {
        if (!row.trace.isComplete())
            continue;
        const QString state = command::rowState(row);
        ++(state == u"done"_s ? ends.done : state == u"unknown"_s ? ends.unknown : ends.failed);
    }
    return ends;
}

/// "4 OK, 1 failed"
QString toText(const Ends& ends)
{
    QString text = FanOutView::tr("%1 OK").arg(ends.done);
    if (ends.failed > 0)
        text += u", "_s + FanOutView::tr("%1 failed").arg(ends.failed);
    if (ends.unknown > 0)
        text += u", "_s + FanOutView::tr("outcome of %1 unknown").arg(ends.unknown);
    return text;
}

Ends endsOf(const command::Pipeline& pipeline)
{
    Ends ends;
    for (const command::PipelineResult& result : pipeline.results) {
        ++(result.outcome == command::TraceOutcome::Reply                 ? ends.done
                : result.outcome == command::TraceOutcome::OutcomeUnknown ? ends.unknown
                                                                          : ends.failed);
    }
    return ends;
}

QStringList toTexts(const command::PipelineCounts& counts)
{
    QStringList texts;
    if (counts.moved > 0)
        texts.append(FanOutView::tr("%1 MOVED followed").arg(counts.moved));
    if (counts.asked > 0)
        texts.append(FanOutView::tr("%1 ASK followed").arg(counts.asked));
    if (counts.retried > 0)
        texts.append(FanOutView::tr("%1 sent again after a wait").arg(counts.retried));
    return texts;
}

} // namespace

QString fanOutSummary(const command::FanOut& fanOut)
{
    const auto [done, failed, unknown] = endsOf(fanOut);
    const auto all = static_cast<int>(fanOut.rows.size());
    const bool isSplit = fanOut.target == FanOutTarget::Slots;
    if (!fanOut.isComplete()) {
        return isSplit
            ? FanOutView::tr("%1 of %2 parts have ended").arg(done + failed + unknown).arg(all)
            : FanOutView::tr("%1 of %2 nodes have answered").arg(done + failed + unknown).arg(all);
    }
    QString text = isSplit
        ? explain::counted(all, FanOutView::tr("%1 part"), FanOutView::tr("%1 parts"))
        : explain::counted(all, FanOutView::tr("%1 node"), FanOutView::tr("%1 nodes"));
    text += u": "_s + toText({ done, failed, unknown });
    if (const int rest = all - done - failed - unknown; rest > 0)
        text += u", "_s + FanOutView::tr("%1 not sent").arg(rest);
    return text;
}

QString FanOutView::nameOf(FanOutTarget target)
{
    switch (target) {
    case FanOutTarget::Primaries:
        return tr("every primary");
    case FanOutTarget::Replicas:
        return tr("every replica");
    case FanOutTarget::Nodes:
        return tr("every node");
    case FanOutTarget::Slots:
        return tr("split by slot");
    }
    return {};
}

FanOutView::FanOutView(quint64 ticket, FanOutTarget target, QWidget* parent)
    : QFrame(parent)
    , m_ticket(ticket)
    , m_model(new FanOutModel(this))
{
    build(nameOf(target));
}

FanOutView::FanOutView(quint64 ticket, QWidget* parent)
    : QFrame(parent)
    , m_ticket(ticket)
    , m_model(new FanOutModel(this))
{
    m_model->setIsPipeline(true);
    build(tr("one pipeline"));
    m_table->setAccessibleName(tr("Replies to the commands"));
}

void FanOutView::build(const QString& title)
{
    m_head = label(u"fanOutHead"_s, 12, this);
    m_head->setText(title);
    m_choice = label(u"fanOutChoice"_s, 12, this);
    m_choice->hide();
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(u"pipelineProgress"_s);
    m_progress->setAccessibleName(tr("Commands that have ended"));
    m_progress->setFixedWidth(160);
    m_progress->setTextVisible(false);
    m_progress->hide();
    m_together = label(u"fanOutTogether"_s, 13, this);
    m_together->setFont(fixedFont(13));
    m_together->hide();
    m_cancel = new QToolButton(this);
    m_cancel->setObjectName(u"cancelFanOutButton"_s);
    m_cancel->setText(tr("Cancel"));
    m_table = new QTableView(this);
    m_table->setObjectName(u"fanOutTable"_s);
    m_table->setAccessibleName(tr("Replies of the nodes"));
    m_table->setToolTip(tr("A click plays all of them together in the picture, a double click this "
                           "one alone"));
    m_table->setModel(m_model);
    m_table->installEventFilter(this);
    m_table->setFont(textFont(13));
    makeQuiet(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(FanOutModel::Answer, QHeaderView::Stretch);
    m_reply = new ReplyView(this);
    m_reply->setObjectName(u"fanOutReply"_s);
    m_reply->hide();

    auto* head = new QHBoxLayout;
    head->addWidget(m_head, 1);
    head->addWidget(m_progress);
    head->addWidget(m_cancel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 6, 10, 8);
    layout->setSpacing(5);
    layout->addLayout(head);
    layout->addWidget(m_choice);
    layout->addWidget(m_together);
    layout->addWidget(m_table);
    layout->addWidget(m_reply);

    connect(m_cancel, &QToolButton::clicked, this, [this] { Q_EMIT cancelRequested(m_ticket); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &FanOutView::showRow);
    connect(m_table, &QTableView::clicked, this, &FanOutView::replay);
    connect(m_table, &QTableView::doubleClicked, this, &FanOutView::replayRow);
    fit();
    applyTheme();
}

const command::FanOut& FanOutView::fanOut() const
{
    return m_model->fanOut();
}

void FanOutView::setFanOut(const command::FanOut& fanOut)
{
    const bool wasSent = !fanOut.rows.isEmpty();
    showFanOut(fanOut,
        nameOf(fanOut.target)
            + (wasSent ? QString(u"  ·  "_s + fanOutSummary(fanOut)) : QString()));
}

void FanOutView::setProgress(const command::PipelineProgress& progress)
{
    const auto most = static_cast<qsizetype>(std::numeric_limits<int>::max());
    m_progress->setRange(0, static_cast<int>(std::min(most, progress.total)));
    m_progress->setValue(static_cast<int>(std::min(most, progress.counts.done)));
    showCommands({}, progress.traces, progress.total,
        QStringList { tr("one pipeline"),
            tr("%1 of %2 commands have ended").arg(progress.counts.done).arg(progress.total) }
            + toTexts(progress.counts));
}

void FanOutView::setPipeline(const command::Pipeline& pipeline)
{
    command::FanOut fanOut;
    const qsizetype all = pipeline.results.size();
    const Ends ends = endsOf(pipeline);
    fanOut.outcome = ends.done == all ? FanOutOutcome::Done
        : ends.done > 0               ? FanOutOutcome::Partial
                                      : FanOutOutcome::Failed;
    fanOut.detail = pipeline.detail;
    fanOut.totalMicros = pipeline.totalMicros;
    QStringList head { tr("one pipeline"),
        explain::counted(all, tr("%1 command"), tr("%1 commands")) + u": "_s + toText(ends) };
    head += toTexts(pipeline.counts);
    if (pipeline.detail.isEmpty())
        head.append(explain::duration(pipeline.totalMicros));
    showCommands(fanOut, pipeline.traces, all, head);
}

// As the rows of a fan-out: they are under way together too.
void FanOutView::showCommands(command::FanOut fanOut, const QList<command::TracedCommand>& traces,
    qsizetype all, const QStringList& head)
{
    QList<int> numbers;
    for (const command::TracedCommand& command : traces) {
        command::FanOutRow row;
        row.trace = command.trace;
        fanOut.rows.append(row);
        numbers.append(command.index);
    }
    m_model->setCommands(fanOut, numbers, all);
    m_progress->setVisible(!fanOut.isComplete());
    m_choice->setVisible(traces.size() < all);
    m_choice->setText(
        tr("Showing %1 of %2: a sample, and the first that were redirected, waited or "
           "failed.")
            .arg(traces.size())
            .arg(all));
    tell(head.join(u"  ·  "_s));
}

void FanOutView::showFanOut(const command::FanOut& fanOut, const QString& head)
{
    m_model->setFanOut(fanOut);
    tell(head);
}

void FanOutView::tell(const QString& head)
{
    const command::FanOut& fanOut = m_model->fanOut();
    m_head->setText(head);
    QStringList lines;
    if (fanOut.aggregate) {
        const QString value = resp::toDisplayText(*fanOut.aggregate, 6, 200);
        lines.append(fanOut.partial ? tr("Together (some nodes are missing): %1").arg(value)
                                    : tr("Together: %1").arg(value));
    }
    if (!fanOut.detail.isEmpty())
        lines.append(visibleText(fanOut.detail));
    m_together->setText(lines.join(u'\n'));
    m_together->setVisible(!lines.isEmpty());
    m_cancel->setVisible(!fanOut.isComplete());
    m_table->setVisible(!fanOut.rows.isEmpty());
    fit();
}

void FanOutView::fit()
{
    const int rows = qMin(mostRows, m_model->rowCount());
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
        + rows * m_table->verticalHeader()->defaultSectionSize() + 2 * m_table->frameWidth());
}

void FanOutView::showRow()
{
    const int row = m_table->currentIndex().row();
    if (row < 0 || row >= fanOut().rows.size())
        return;
    const command::Trace trace = fanOut().rows.at(row).trace;
    m_reply->setVisible(trace.isComplete() && !trace.reply.isNull());
    m_reply->setReply(trace.reply);
    m_reply->setView(trace.reply.size() > 0 ? ReplyView::Tree : ReplyView::Text);
}

// Until it has ended the picture follows it anyway.
void FanOutView::replay()
{
    if (fanOut().isComplete())
        Q_EMIT chosen(m_ticket);
}

void FanOutView::replayRow()
{
    const command::Trace trace = fanOut().rows.value(m_table->currentIndex().row()).trace;
    if (!trace.hops.isEmpty())
        Q_EMIT rowChosen(trace);
}

bool FanOutView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)
            && m_table->currentIndex().isValid()) {
            key->modifiers() & Qt::ShiftModifier ? replayRow() : replay();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void FanOutView::paintEvent(QPaintEvent*)
{
    paintFrame(this, Theme::of(palette()).border);
}

void FanOutView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_head)
        applyTheme();
    QFrame::changeEvent(event);
}

void FanOutView::applyTheme()
{
    QPalette own = m_head->palette();
    own.setColor(QPalette::WindowText, Theme::of(palette()).mutedText);
    m_head->setPalette(own);
    m_choice->setPalette(own);
}

} // namespace slotscope::ui
