// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/streamview.h"

#include "core/support/bytes.h"
#include "ui/console/lineparts.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using command::StreamMessage;
using command::StreamState;

StreamLines::StreamLines(QWidget* parent)
    : LineView(parent)
{
    describeParts(this, std::make_unique<LineParts>(this));
    setAccessibleName(tr("Messages"));
}

void StreamLines::add(const QList<StreamMessage>& messages)
{
    m_messages.insert(m_messages.end(), messages.begin(), messages.end());
    const auto extra = std::max<qsizetype>(0, qsizetype(m_messages.size()) - mostMessages);
    m_messages.erase(m_messages.begin(), m_messages.begin() + extra);
    m_forgotten += extra;
    linesAdded(extra);
}

qsizetype StreamLines::lineCount() const
{
    return qsizetype(m_messages.size());
}

QString StreamLines::lineText(qsizetype line) const
{
    const StreamMessage& message = m_messages[size_t(line)];
    if (message.kind == "monitor")
        return support::toVisibleText(message.payload, 500);
    QString text = QString::number(double(message.micros) / 1e6, 'f', 3) + u"s  "_s
        + support::toVisibleText(message.kind, 20) + u' '
        + support::toVisibleText(message.channel, 80);
    if (!message.pattern.isEmpty())
        text += u" ("_s + support::toVisibleText(message.pattern, 80) + u')';
    return message.payload.isEmpty()
        ? text
        : QString(text + u"  "_s + support::toQuotedText(message.payload, 500));
}

void StreamLines::paintLine(QPainter& painter, qsizetype line, const QRect& rect) const
{
    const Theme theme = Theme::of(palette());
    const bool isMessage = m_messages[size_t(line)].kind.endsWith("message")
        || m_messages[size_t(line)].kind == "monitor";
    painter.setPen(isMessage ? theme.text : theme.mutedText);
    painter.drawText(rect, static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine),
        elidedText(lineText(line), font(), rect.width()));
}

StreamView::StreamView(quint64 ticket, QWidget* parent)
    : QFrame(parent)
    , m_ticket(ticket)
{
    m_head = new QLabel(this);
    m_head->setObjectName(u"streamHead"_s);
    m_head->setTextFormat(Qt::PlainText);
    m_head->setFont(textFont(13));
    m_head->setWordWrap(true);
    m_stop = new QPushButton(tr("Stop"), this);
    m_stop->setObjectName(u"stopStreamButton"_s);
    m_stop->setAutoDefault(false);
    m_lines = new StreamLines(this);
    m_lines->setObjectName(u"streamLines"_s);
    auto* head = new QHBoxLayout;
    head->addWidget(m_head, 1);
    head->addWidget(m_stop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 6, 10, 8);
    layout->setSpacing(5);
    layout->addLayout(head);
    layout->addWidget(m_lines);
    connect(m_stop, &QPushButton::clicked, this, [this] { Q_EMIT stopRequested(m_ticket); });
    tell();
}

void StreamView::setState(const StreamState& state)
{
    m_state = state;
    m_isRunning
        = state.kind != StreamState::Kind::Refused && state.kind != StreamState::Kind::Cancelled;
    m_stop->setVisible(m_isRunning);
    tell();
}

void StreamView::add(const command::StreamBatch& batch)
{
    m_messages += batch.messages.size();
    m_dropped += batch.dropped;
    m_lines->add(batch.messages);
    tell();
}

void StreamView::tell()
{
    QString text;
    switch (m_state.kind) {
    case StreamState::Kind::Connecting:
        text = tr("Connecting");
        break;
    case StreamState::Kind::Streaming:
        text = tr("Runs until it is stopped");
        break;
    case StreamState::Kind::Lost:
        text = tr("Lost: %1 Tries again.").arg(visibleText(m_state.detail));
        break;
    case StreamState::Kind::Refused:
        text = tr("Refused: %1").arg(visibleText(m_state.detail));
        break;
    case StreamState::Kind::Cancelled:
        text = tr("Stopped");
        break;
    }
    if (!m_state.nodeLabel.isEmpty())
        text = visibleText(m_state.nodeLabel) + u"  ·  "_s + text;
    text += u"  ·  "_s + (m_messages == 1 ? tr("1 message") : tr("%1 messages").arg(m_messages));
    if (m_lines->forgotten() > 0)
        text += u", "_s + tr("the newest %1 are shown").arg(StreamLines::mostMessages);
    if (m_dropped > 0)
        text += u", "_s + tr("%1 more came too fast and were dropped").arg(m_dropped);
    if (m_state.gaps > 0)
        text += u", "_s
            + (m_state.gaps == 1 ? tr("1 gap: messages may be missing")
                                 : tr("%1 gaps: messages may be missing").arg(m_state.gaps));
    m_head->setText(text);
}

void StreamView::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(palette());
    paintFrame(this, m_isRunning ? theme.accent : theme.border);
}

} // namespace slotscope::ui
