// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/clusterpage/warninglines.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostAtOnce = 2;

} // namespace

WarningLines::WarningLines(QWidget* parent)
    : QWidget(parent)
{
    m_text = sentenceLabel(this, u"warningsLabel"_s, textFont(13));
    m_more = new QToolButton(this);
    m_more->setObjectName(u"moreWarnings"_s);
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::StrongFocus);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_more, 0, Qt::AlignTop);
    connect(m_more, &QToolButton::clicked, this, [this] {
        m_showsAll = !m_showsAll;
        tell();
    });
    tell();
}

void WarningLines::setWarnings(const QStringList& warnings)
{
    if (m_warnings == warnings)
        return;
    m_warnings = warnings;
    tell();
}

void WarningLines::setInk(const QColor& color)
{
    ui::setInk(m_text, color);
}

void WarningLines::tell()
{
    const qsizetype others = m_warnings.size() - 1;
    const bool isLong = m_warnings.size() > mostAtOnce;
    m_text->setText((isLong && !m_showsAll ? m_warnings.mid(0, 1) : m_warnings).join(u'\n'));
    m_text->setToolTip(plainToolTip(m_warnings.join(u'\n')));
    m_more->setVisible(isLong);
    m_more->setText(m_showsAll ? tr("Fewer") : tr("%1 more").arg(others));
    m_more->setAccessibleName(
        m_showsAll ? tr("Show fewer warnings") : tr("Show %1 more warnings").arg(others));
    m_more->setToolTip(m_more->accessibleName());
    setVisible(!m_warnings.isEmpty());
}

} // namespace slotscope::ui
