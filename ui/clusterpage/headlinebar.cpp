// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/clusterpage/headlinebar.h"

#include "ui/clusterpage/warninglines.h"
#include "ui/theme/connectiontext.h"
#include "ui/theme/drawing.h"
#include "ui/theme/severity.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"
#include "ui/wayin/nextsteps.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <utility>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int signSize = 20;

} // namespace

HeadlineBar::HeadlineBar(QWidget* parent)
    : QWidget(parent)
{
    m_sign = new QWidget(this);
    m_sign->setFixedSize(signSize, signSize);
    m_verdict = sentenceLabel(this, u"verdictLabel"_s, textFont(17, QFont::DemiBold));
    m_evidence = sentenceLabel(this, u"evidenceLabel"_s, textFont(13));
    m_evidence->setWordWrap(false);
    m_evidence->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_connection = sentenceLabel(this, u"connectionLabel"_s, textFont(13));
    m_warnings = new WarningLines(this);

    m_steps = new StepBar(this);

    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_sign, 0, Qt::AlignTop);
    top->addWidget(m_verdict, 1);
    top->addWidget(m_evidence, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 2, 10, 0);
    layout->setSpacing(2);
    layout->addLayout(top);
    // The buttons stand beside both lines: the picture needs the height.
    auto* lines = new QVBoxLayout;
    lines->setSpacing(2);
    lines->addWidget(m_connection);
    lines->addWidget(m_warnings);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(12);
    bottom->addLayout(lines, 1);
    bottom->addWidget(m_steps, 0, Qt::AlignRight | Qt::AlignTop);
    layout->addLayout(bottom);
    connect(m_steps, &StepBar::chosen, this, &HeadlineBar::stepChosen);

    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &HeadlineBar::tell);
}

void HeadlineBar::setTopology(const cluster::Topology& topology, const QString& how)
{
    m_topology = topology;
    m_how = how;
    // What is not live does not age on the screen.
    if (how.isEmpty())
        m_timer.start();
    else
        m_timer.stop();
    tell();
}

void HeadlineBar::setOffline(bool offline)
{
    if (std::exchange(m_isOffline, offline) != offline)
        tell();
}

void HeadlineBar::setMoment(const QString& moment)
{
    if (std::exchange(m_moment, moment) != moment)
        tell();
}

void HeadlineBar::setFindings(const QList<health::Finding>& findings)
{
    m_findings = findings;
    tell();
}

void HeadlineBar::setTls(const net::TlsOptions& tls)
{
    m_unsafe = tls.enabled && tls.insecure;
    m_wayIn.clear();
    if (tls.enabled)
        m_wayIn = tls.insecure ? tr("TLS, NOT VERIFIED") : tr("TLS verified");
    tell();
}

void HeadlineBar::setTrouble(const QString& sentence)
{
    m_trouble = sentence;
    tell();
}

QString HeadlineBar::connection() const
{
    const QString text = connectionText(m_topology);
    return m_wayIn.isEmpty() ? text : QString(text + u"  ·  "_s + m_wayIn);
}

void HeadlineBar::tell()
{
    const health::Severity before = m_headline.severity;
    m_headline = health::headlineOf(m_topology, m_findings, QDateTime::currentDateTimeUtc(), m_how);
    const QString said = m_headline.verdict;
    if (!m_moment.isEmpty())
        m_headline.verdict = tr("At %1: %2").arg(m_moment, said);
    m_verdict->setText(m_headline.verdict);
    showEvidence();
    m_connection->setText(
        m_unsafe ? QString(connectionText(m_topology) + u"  ·  "_s + tr("TLS")) : connection());

    QStringList warnings;
    if (!m_trouble.isEmpty())
        warnings << m_trouble;
    QStringList all = m_topology.data().warnings;
    all.removeAll(said); // said once is enough
    m_warnings->setWarnings(warnings + all);
    if (m_isOffline)
        m_steps->setSteps(stepsOffline(m_topology));
    else
        m_steps->setSteps(
            m_how.isEmpty() ? stepsFor(m_topology, !m_trouble.isEmpty()) : QList<NextStep>());

    const Theme theme = Theme::of(palette());
    setInk(m_verdict, m_headline.severity == health::Severity::Error ? theme.danger : theme.text);
    setInk(m_evidence, theme.mutedText);
    setInk(m_connection, theme.mutedText);
    m_warnings->setInk(theme.warning);
    if (m_headline.severity != before)
        update(m_sign->geometry());
}

/// Its age changes every second: for that the page is not laid out, and painted, anew.
void HeadlineBar::showEvidence()
{
    constexpr int spare = 40;
    m_evidence->setText(m_headline.evidence);
    // Its size hint never gets smaller than the size that it was given.
    const QSize needed = m_evidence->fontMetrics().size(0, m_headline.evidence);
    const QSize room = m_evidence->minimumSize();
    const bool fits = needed.height() == room.height() && needed.width() <= room.width()
        && needed.width() + 2 * spare >= room.width();
    if (!fits)
        m_evidence->setFixedSize(needed + QSize(spare, 0));
}

void HeadlineBar::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF sign(0, 0, signSize - 3, signSize - 3);
    sign.moveCenter(QRectF(m_sign->geometry()).center() + QPointF(0, 1));
    paintSeverity(painter, sign, m_headline.severity, theme);
}

void HeadlineBar::changeEvent(QEvent* event)
{
    // The children hear of it after their parent; what they are given now would be overwritten.
    if (event->type() == QEvent::PaletteChange && m_warnings)
        QMetaObject::invokeMethod(this, &HeadlineBar::tell, Qt::QueuedConnection);
    QWidget::changeEvent(event);
}

} // namespace slotscope::ui
