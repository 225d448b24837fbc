// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/runcolumn.h"

#include "core/explain/redirects.h"
#include "core/resp/replyformat.h"
#include "ui/console/behaviourbar.h"
#include "ui/console/chipstrip.h"
#include "ui/console/replyview.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using command::TraceOutcome;

namespace {

constexpr int mostLines = 40;
constexpr qsizetype mostCharacters = 4000;

} // namespace

ReplyText replyTextOf(const command::Trace& trace)
{
    ReplyText result;
    const QString node = trace.hops.isEmpty() ? QString() : trace.hops.last().nodeLabel;
    switch (trace.outcome) {
    case TraceOutcome::Running:
        return result;
    case TraceOutcome::RedirectNotFollowed:
        result.note = explain::plainClientStops();
        break;
    case TraceOutcome::OutcomeUnknown:
        result.note = explain::outcomeUnknown(node);
        break;
    default:
        break;
    }
    const bool hasReply = trace.outcome == TraceOutcome::Reply
        || trace.outcome == TraceOutcome::Error
        || trace.outcome == TraceOutcome::RedirectNotFollowed || !trace.reply.isNull();
    result.wrong = trace.outcome != TraceOutcome::Reply;
    if (!hasReply) {
        result.text = trace.detail.isEmpty() ? command::traceOutcomeName(trace.outcome)
                                             : trace.detail.left(mostCharacters);
        return result;
    }
    QString text = resp::toDisplayText(trace.reply, mostLines + 1);
    const qsizetype lines = text.count(u'\n') + 1;
    bool cut = false;
    if (lines > mostLines) {
        text = text.section(u'\n', 0, mostLines - 1);
        cut = true;
    }
    if (text.size() > mostCharacters) {
        text = text.left(mostCharacters) + u'…';
        cut = true;
    }
    result.text = text;
    result.isCut = cut;
    if (cut) {
        result.note = RunColumn::tr("The reply is longer than this: only its beginning is shown "
                                    "here.");
    } else if (trace.outcome != TraceOutcome::Error && result.note.isEmpty()) {
        result.note = trace.detail;
    }
    return result;
}

RunColumn::RunColumn(quint64 ticket, const command::Behaviour& behaviour, QWidget* parent)
    : QFrame(parent)
    , m_ticket(ticket)
{
    m_behaviour = new QLabel(BehaviourBar::nameOf(behaviour), this);
    m_behaviour->setTextFormat(Qt::PlainText);
    m_behaviour->setFont(textFont(12));
    m_chips = new ChipStrip(this);
    m_chips->setObjectName(u"chipStrip"_s);
    m_cancel = new QToolButton(this);
    m_cancel->setText(tr("Cancel"));
    m_cancel->setObjectName(u"cancelRunButton"_s);
    m_proceed = new QPushButton(this);
    m_proceed->setObjectName(u"proceedButton"_s);
    m_proceed->setAutoDefault(false);
    m_proceed->hide();
    m_look = new QToolButton(this);
    m_look->setText(tr("Look into"));
    m_look->setObjectName(u"lookButton"_s);
    m_look->setToolTip(tr("Show the reply as text, JSON or bytes; copy or save it"));
    m_look->setAutoRaise(true);
    m_look->setFont(textFont(12));
    m_look->hide();
    m_reply = new QLabel(this);
    m_reply->setObjectName(u"replyLabel"_s);
    m_reply->setTextFormat(Qt::PlainText);
    m_reply->setFont(fixedFont(13));
    m_reply->setWordWrap(true);
    m_reply->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_reply->setFocusPolicy(Qt::ClickFocus);
    m_reply->hide();
    m_note = new QLabel(this);
    m_note->setObjectName(u"replyNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setFont(textFont(12));
    m_note->setWordWrap(true);
    m_note->hide();

    auto* head = new QHBoxLayout;
    head->addStrut(m_look->sizeHint().height()); // the paths of two columns stand in one line
    head->addWidget(m_behaviour);
    head->addStretch(1);
    head->addWidget(m_look);
    head->addWidget(m_cancel);
    auto* layout = new QVBoxLayout(this);
    m_layout = layout;
    layout->setContentsMargins(10, 6, 10, 8);
    layout->setSpacing(5);
    layout->addLayout(head);
    layout->addWidget(m_chips);
    layout->addWidget(m_proceed, 0, Qt::AlignLeft);
    layout->addWidget(m_reply);
    layout->addWidget(m_note);
    layout->addStretch(1);

    connect(m_cancel, &QToolButton::clicked, this, [this] { Q_EMIT cancelRequested(m_ticket); });
    connect(m_proceed, &QPushButton::clicked, this, [this] {
        m_proceed->hide(); // once for each pause
        Q_EMIT proceedRequested(m_ticket);
    });
    connect(m_look, &QToolButton::clicked, this, &RunColumn::openView);
    connect(m_chips, &ChipStrip::clicked, this, [this] { Q_EMIT chosen(m_ticket); });
    applyTheme();
}

void RunColumn::setTrace(const command::Trace& trace)
{
    m_trace = trace;
    m_chips->setPath(chipsOf(trace));
    m_chips->setVisible(!trace.hops.isEmpty() || trace.isComplete());
    m_cancel->setVisible(!trace.isComplete());
    if (trace.isPaused && !trace.hops.isEmpty()) {
        const command::Hop& hop = trace.hops.last();
        const bool isRedirect
            = hop.outcome == command::HopOutcome::Moved || hop.outcome == command::HopOutcome::Ask;
        m_proceed->setText(isRedirect
                ? tr("Next step: send to %1").arg(visibleText(hop.targetLabel))
                : tr("Next step: try again"));
    }
    m_proceed->setVisible(trace.isPaused);
    showReply();
    applyTheme();
    Q_EMIT traceChanged(m_trace);
}

void RunColumn::showReply()
{
    const ReplyText reply = replyTextOf(m_trace);
    m_wrong = reply.wrong;
    const bool hasElements = m_trace.reply.size() > 0;
    const bool isLookedInto = m_trace.isComplete() && (hasElements || reply.isCut);
    if (isLookedInto)
        openView();
    m_look->setVisible(!isLookedInto && m_trace.isComplete() && !m_trace.reply.isNull());
    m_reply->setText(isLookedInto ? QString() : reply.text);
    m_reply->setVisible(!m_reply->text().isEmpty());
    // A view has all of it.
    m_note->setText(isLookedInto && reply.isCut ? m_trace.detail : reply.note);
    m_note->setVisible(!m_note->text().isEmpty());
}

void RunColumn::openView()
{
    if (!m_view) {
        m_view = new ReplyView(this);
        m_view->setObjectName(u"replyView"_s);
        m_layout->insertWidget(m_layout->indexOf(m_reply) + 1, m_view);
    }
    m_view->setReply(m_trace.reply);
    m_view->setView(m_trace.reply.size() > 0 ? ReplyView::Tree : ReplyView::Text);
    m_view->show();
    m_reply->hide();
    m_look->hide();
}

int RunColumn::pathTop() const
{
    return m_chips->y();
}

void RunColumn::setChosen(bool chosen)
{
    m_chosen = chosen;
    update();
}

void RunColumn::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(palette());
    paintFrame(this, m_chosen ? theme.accent : theme.border, m_chosen ? 2 : 1);
}

void RunColumn::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT chosen(m_ticket);
    QFrame::mouseReleaseEvent(event);
}

void RunColumn::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
    QFrame::changeEvent(event);
}

void RunColumn::applyTheme()
{
    const Theme theme = Theme::of(palette());
    const auto paint = [](QLabel* label, const QColor& color) {
        QPalette own = label->palette();
        own.setColor(QPalette::WindowText, color);
        label->setPalette(own);
    };
    paint(m_behaviour, theme.mutedText);
    paint(m_note, m_wrong ? theme.text : theme.mutedText);
    paint(m_reply, m_wrong ? theme.danger : theme.text);
}

} // namespace slotscope::ui
