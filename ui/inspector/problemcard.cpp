// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/inspector/problemcard.h"

#include "core/cluster/slottext.h"
#include "core/explain/wording.h"
#include "ui/inspector/flowlayout.h"
#include "ui/theme/drawing.h"
#include "ui/theme/nodetext.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/severity.h"
#include "ui/theme/widgets.h"

#include <QEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int mostLinks = 12;
constexpr int margin = 10;
constexpr int signSize = 15;
constexpr const char* shardProperty = "shard";

/// A disc with an i.
void paintNoteSign(
    QPainter& painter, const QPointF& centre, qreal size, const QColor& color, const QColor& mark)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(centre, size / 2, size / 2);
    painter.setBrush(mark);
    painter.drawEllipse(centre - QPointF(0, size * 0.25), size * 0.09, size * 0.09);
    painter.drawRect(
        QRectF(centre.x() - size * 0.07, centre.y() - size * 0.08, size * 0.14, size * 0.36));
}

QLabel* makeText(const QString& text, const QFont& font)
{
    QLabel* label = sentenceLabel(nullptr, {}, font);
    label->setText(text);
    return label;
}

} // namespace

ProblemCard::ProblemCard(
    const health::Finding& finding, const cluster::Topology& topology, QWidget* parent)
    : QFrame(parent)
    , m_severity(finding.severity)
{
    setAccessibleName(severityWord(finding.severity) + u": "_s + finding.title);
    auto* word = makeText(severityWord(finding.severity), textFont(11.5, QFont::DemiBold));
    word->setObjectName(u"problemSeverity"_s);
    word->setIndent(signSize + 5);
    const Theme theme = Theme::of(palette());
    setInk(word, severityColor(finding.severity, theme));
    auto* title = makeText(finding.title, textFont(13.5, QFont::DemiBold));
    title->setObjectName(u"problemTitle"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(margin + 6, margin - 2, margin, margin);
    layout->setSpacing(4);
    layout->addWidget(word);
    layout->addWidget(title);
    if (!finding.detail.isEmpty()) {
        auto* detail = makeText(withoutOptions(finding.detail), textFont(12.5));
        detail->setObjectName(u"problemDetail"_s);
        layout->addWidget(detail);
    }
    if (QWidget* links = makeLinks(finding, topology))
        layout->addWidget(links);
}

QWidget* ProblemCard::makeLinks(const health::Finding& finding, const cluster::Topology& topology)
{
    if (finding.nodes.isEmpty() && finding.ranges.isEmpty())
        return nullptr;
    auto* box = new QWidget;
    auto* flow = new FlowLayout(box, 4);
    int count = 0;
    for (const cluster::NodeId& id : finding.nodes) {
        if (++count > mostLinks)
            break;
        const cluster::Node* node = topology.nodeById(id);
        const QString address = node ? node->address.toString() : QString();
        QWidget* link
            = makeLink(visibleText(topology.labelOf(id)), address, topology.shardIndexOf(id));
        connect(static_cast<QToolButton*>(link), &QToolButton::clicked, this,
            [this, id] { Q_EMIT nodeClicked(id); });
        flow->addWidget(link);
    }
    for (const cluster::SlotRange& range : finding.ranges) {
        if (++count > mostLinks)
            break;
        const cluster::Node* owner = topology.ownerOf(range.first);
        const QString text = cluster::toText(range);
        QWidget* link
            = makeLink(range.size() == 1 ? tr("slot %1").arg(text) : tr("slots %1").arg(text),
                explain::counted(range.size(), tr("%1 slot"), tr("%1 slots")),
                owner ? topology.shardIndexOf(owner->id) : -1);
        connect(static_cast<QToolButton*>(link), &QToolButton::clicked, this,
            [this, slot = range.first.number()] { Q_EMIT slotClicked(slot); });
        flow->addWidget(link);
    }
    const auto left = finding.nodes.size() + finding.ranges.size() - mostLinks;
    if (left > 0)
        flow->addWidget(makeText(tr("and %1 more").arg(left), textFont(12)));
    return box;
}

QWidget* ProblemCard::makeLink(const QString& text, const QString& toolTip, int shard)
{
    auto* link = new QToolButton;
    link->setObjectName(u"problemLink"_s);
    link->setText(text);
    link->setToolTip(plainToolTip(toolTip));
    link->setFont(textFont(12, QFont::DemiBold));
    link->setCursor(Qt::PointingHandCursor);
    link->setFocusPolicy(Qt::TabFocus);
    link->setAccessibleName(tr("Show %1").arg(text));
    link->setProperty(shardProperty, shard);
    link->installEventFilter(this);
    return link;
}

bool ProblemCard::eventFilter(QObject* watched, QEvent* event)
{
    const QVariant shard = watched->property(shardProperty);
    if (shard.isValid()) {
        if (event->type() == QEvent::Enter || event->type() == QEvent::FocusIn)
            Q_EMIT shardHovered(shard.toInt());
        else if (event->type() == QEvent::Leave || event->type() == QEvent::FocusOut)
            Q_EMIT shardHovered(-1);
    }
    return QFrame::eventFilter(watched, event);
}

void ProblemCard::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(palette());
    const QColor color = severityColor(m_severity, theme);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(theme.border);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(all, 6, 6);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(QRectF(1.5, 6, 3, all.height() - 11), 1.5, 1.5);
    const auto* word = findChild<QLabel*>(u"problemSeverity"_s);
    const QPointF centre(word->x() + signSize / 2.0, word->y() + word->height() / 2.0);
    if (m_severity == health::Severity::Error)
        paintDownSign(painter, centre, signSize - 1, color, theme.surface);
    else if (m_severity == health::Severity::Warning)
        paintWarningSign(painter, centre, signSize, color, theme.surface);
    else
        paintNoteSign(painter, centre, signSize - 1, color, theme.surface);
}

} // namespace slotscope::ui
