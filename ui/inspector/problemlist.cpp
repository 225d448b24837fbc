// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/inspector/problemlist.h"

#include "core/health/headline.h"
#include "ui/inspector/problemcard.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

ProblemList::ProblemList(QWidget* parent)
    : QWidget(parent)
{
    m_summary = new QLabel(this);
    m_summary->setObjectName(u"checkSummary"_s);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setFont(textFont(12));
    m_summary->setWordWrap(true);
    m_ask = new QPushButton(tr("Ask every node"), this);
    m_ask->setObjectName(u"askEveryNode"_s);
    m_ask->setToolTip(tr("Asks each node how it is and what it thinks, and compares the answers"));
    m_cancel = new QPushButton(tr("Cancel"), this);
    m_cancel->setObjectName(u"cancelCheck"_s);
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(u"checkProgress"_s);
    m_progress->setAccessibleName(tr("Nodes that have answered"));
    m_progress->setFormat(tr("%v of %m nodes"));
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(u"problemScroll"_s);
    m_scroll->setAccessibleName(tr("Problems"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 6, 8, 4);
    bar->addWidget(m_summary, 1);
    bar->addWidget(m_progress, 1);
    bar->addWidget(m_ask);
    bar->addWidget(m_cancel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_scroll, 1);
    connect(m_ask, &QPushButton::clicked, this, [this] {
        showProgress(0, 0);
        Q_EMIT askRequested();
    });
    connect(m_cancel, &QPushButton::clicked, this, &ProblemList::cancelRequested);
    setLive(false);
    reset();
}

void ProblemList::reset()
{
    m_isFilled = false;
    m_findings.clear();
    m_topology = {};
    fill();
}

void ProblemList::setLive(bool live)
{
    m_ask->setEnabled(live);
    showDone(live ? tr("From what polling shows. Asking every node finds more.")
                  : tr("Nobody can be asked: there is no connection."));
}

void ProblemList::setPast(const cluster::Topology& topology)
{
    QStringList parts;
    if (topology.data().viewsAsked > 0)
        parts << tr("%1 then.").arg(health::answeredText(topology));
    parts << tr("The past cannot be asked.");
    m_ask->setEnabled(false);
    showDone(parts.join(u' '));
}

void ProblemList::setFindings(
    const QList<health::Finding>& findings, const cluster::Topology& topology)
{
    const bool isNew = !m_isFilled || findings != m_findings
        || topology.shards().size() != m_topology.shards().size();
    m_topology = topology;
    if (!isNew)
        return;
    m_findings = findings;
    m_isFilled = true;
    fill();
}

int ProblemList::problemCount() const
{
    return static_cast<int>(
        std::count_if(m_findings.begin(), m_findings.end(), [](const health::Finding& finding) {
            return finding.severity > health::Severity::Notice;
        }));
}

void ProblemList::showProgress(int settled, int asked)
{
    m_progress->setRange(0, asked); // none: busy
    m_progress->setValue(settled);
    m_progress->show();
    m_cancel->show();
    m_ask->hide();
    m_summary->hide();
}

void ProblemList::showDone(const QString& summary)
{
    m_summary->setText(summary);
    m_progress->hide();
    m_cancel->hide();
    m_ask->show();
    m_summary->show();
}

void ProblemList::fill()
{
    const int scrolled = m_scroll->widget() ? m_scroll->verticalScrollBar()->value() : 0;
    auto* sheet = new QWidget;
    auto* layout = new QVBoxLayout(sheet);
    layout->setContentsMargins(8, 4, 8, 8);
    layout->setSpacing(7);
    for (const health::Finding& finding : std::as_const(m_findings)) {
        auto* card = new ProblemCard(finding, m_topology, sheet);
        connect(card, &ProblemCard::shardHovered, this, &ProblemList::shardHovered);
        connect(card, &ProblemCard::nodeClicked, this, &ProblemList::nodeClicked);
        connect(card, &ProblemCard::slotClicked, this, &ProblemList::slotClicked);
        layout->addWidget(card);
    }
    if (m_findings.isEmpty()) {
        auto* nothing = new QLabel(
            m_isFilled ? tr("Nothing is wrong, as far as is known.") : QString(), sheet);
        nothing->setObjectName(u"noProblems"_s);
        nothing->setTextFormat(Qt::PlainText);
        nothing->setAlignment(Qt::AlignCenter);
        nothing->setContentsMargins(0, 24, 0, 0);
        nothing->setForegroundRole(QPalette::PlaceholderText);
        layout->addWidget(nothing);
    }
    layout->addStretch(1);
    m_scroll->setWidget(sheet); // deletes the one before
    m_scroll->verticalScrollBar()->setValue(scrolled);
}

void ProblemList::changeEvent(QEvent* event)
{
    // Not now: the cards' own palettes are on their way.
    if (event->type() == QEvent::PaletteChange && m_scroll)
        QMetaObject::invokeMethod(this, &ProblemList::fill, Qt::QueuedConnection);
    QWidget::changeEvent(event);
}

} // namespace slotscope::ui
