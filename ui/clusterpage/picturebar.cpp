// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/clusterpage/picturebar.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QToolButton>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

PictureBar::PictureBar(QWidget* parent)
    : QWidget(parent)
{
    m_views = new QComboBox(this);
    m_views->setObjectName(u"viewBox"_s);
    m_views->setFont(textFont(12));
    m_views->setAccessibleName(tr("Whose view of the cluster is shown"));
    m_views->setToolTip(tr("Each node has a view of its own; all together is what most agree on"));
    m_views->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_views->addItem(tr("All views"));
    m_views->setEnabled(false);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 2, 10, 0);
    layout->setSpacing(4);
    layout->addWidget(m_views);
    m_filter = addButton({}, u"filterChip"_s, tr("Shows all shards again (Esc)"));
    m_filter->hide();
    layout->addStretch(1);
    m_zoomOut = addButton(tr("−"), u"zoomOut"_s, tr("Zoom out (−)"));
    m_fit = addButton(tr("Fit"), u"zoomFit"_s, tr("The whole picture (0 or F)"));
    QToolButton* zoomIn = addButton(tr("+"), u"zoomIn"_s, tr("Zoom in (+, or Ctrl and the wheel)"));
    connect(m_views, &QComboBox::currentIndexChanged, this, &PictureBar::viewChosen);
    connect(m_filter, &QToolButton::clicked, this, &PictureBar::filterCleared);
    connect(m_zoomOut, &QToolButton::clicked, this, &PictureBar::zoomOutRequested);
    connect(m_fit, &QToolButton::clicked, this, &PictureBar::fitRequested);
    connect(zoomIn, &QToolButton::clicked, this, &PictureBar::zoomInRequested);
    setFit(true);
}

QToolButton* PictureBar::addButton(const QString& text, const QString& name, const QString& toolTip)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setText(text);
    button->setFont(textFont(12));
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    button->setAutoRaise(true);
    layout()->addWidget(button);
    return button;
}

void PictureBar::setViews(const QList<cluster::NodeId>& nodes, const cluster::Topology& topology)
{
    struct Entry
    {
        QString text;
        QByteArray id;
    };
    QList<Entry> entries;
    for (const cluster::NodeId& id : nodes) {
        const cluster::Node* node = topology.nodeById(id);
        if (!node)
            continue;
        const QString label = topology.labelOf(*node);
        const QString address = node->address.toString();
        const QString name = label == address ? address : QString(label + u' ' + address);
        entries.append({ tr("As %1 sees it").arg(visibleText(name)), id.toByteArray() });
    }
    std::sort(entries.begin(), entries.end(),
        [](const Entry& a, const Entry& b) { return a.text < b.text; });
    bool isSame = m_views->count() == entries.size() + 1;
    for (qsizetype i = 0; isSame && i < entries.size(); ++i) {
        const int row = static_cast<int>(i) + 1;
        isSame = m_views->itemText(row) == entries.at(i).text
            && m_views->itemData(row).toByteArray() == entries.at(i).id;
    }
    if (isSame)
        return;
    const QByteArray chosen = chosenView().toByteArray();
    {
        const QSignalBlocker blocker(m_views);
        m_views->clear();
        m_views->addItem(tr("All views"));
        for (const Entry& entry : std::as_const(entries))
            m_views->addItem(entry.text, entry.id);
        m_views->setCurrentIndex(chosen.isEmpty() ? 0 : std::max(0, m_views->findData(chosen)));
    }
    m_views->setEnabled(entries.size() > 1 || m_views->currentIndex() > 0);
    if (!chosen.isEmpty() && m_views->currentIndex() == 0)
        Q_EMIT viewChosen(); // its node does not tell a view any more
}

cluster::NodeId PictureBar::chosenView() const
{
    return cluster::NodeId(m_views->currentData().toByteArray());
}

void PictureBar::setFilter(const QString& shard)
{
    m_filter->setVisible(!shard.isEmpty());
    m_filter->setText(tr("Only %1  ✕").arg(shard));
    m_filter->setAccessibleName(tr("Only %1: shows all shards again (Esc)").arg(shard));
}

void PictureBar::setFit(bool isFit)
{
    m_fit->setEnabled(!isFit);
    m_zoomOut->setEnabled(!isFit);
}

} // namespace slotscope::ui
