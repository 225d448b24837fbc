// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/wayin/clientadviceview.h"

#include "ui/theme/codeblock.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using doctor::ClientMode;

namespace {

/// A sign, the library, and what becomes of it.
QString rowText(const doctor::ClientAdvice& client)
{
    if (client.mode == ClientMode::Fails)
        return ClientAdviceView::tr("✗ %1: fails").arg(client.name);
    return client.mode == ClientMode::Plain && client.movedShare.value_or(1) > 0
        ? ClientAdviceView::tr("✗ %1: shows MOVED").arg(client.name)
        : ClientAdviceView::tr("✓ %1: works").arg(client.name);
}

} // namespace

ClientAdviceView::ClientAdviceView(QWidget* parent)
    : QWidget(parent)
{
    m_instead = readingLabel(this, u"noClientsLabel"_s, textFont(14));
    m_instead->setAlignment(Qt::AlignCenter);
    m_instead->setForegroundRole(QPalette::PlaceholderText);
    m_instead->setMargin(24);

    m_list = new QListWidget(this);
    m_list->setObjectName(u"clientList"_s);
    m_list->setAccessibleName(tr("Client libraries"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSpacing(2);
    m_list->setUniformItemSizes(true);
    m_list->setFixedWidth(
        QFontMetrics(m_list->font()).horizontalAdvance(u"✗ StackExchange.Redis: shows MOVED"_s)
        + 36);

    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* sheet = new QWidget;
    m_name = readingLabel(sheet, u"clientName"_s, textFont(17, QFont::DemiBold));
    m_happens = readingLabel(sheet, u"clientHappens"_s, textFont(14));
    m_wrong = new CodeBlock(CodeBlock::Verdict::Wrong, sheet);
    m_wrong->setObjectName(u"clientWrongCode"_s);
    m_right = new CodeBlock(CodeBlock::Verdict::Right, sheet);
    m_right->setObjectName(u"clientRightCode"_s);
    auto* sheetLayout = new QVBoxLayout(sheet);
    sheetLayout->setContentsMargins(16, 12, 12, 12);
    sheetLayout->setSpacing(10);
    for (QWidget* part : QList<QWidget*> { m_name, m_happens, m_wrong, m_right })
        sheetLayout->addWidget(part);
    sheetLayout->addStretch(1);
    scroll->setWidget(sheet);

    auto* clients = new QWidget(this);
    m_measured = readingLabel(clients, u"clientsMeasured"_s, textFont(13));
    m_measured->setContentsMargins(4, 8, 4, 8);
    m_measured->hide();
    auto* column = new QVBoxLayout(clients);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_measured);
    auto* line = new QHBoxLayout;
    column->addLayout(line, 1);
    line->setSpacing(0);
    line->addWidget(m_list);
    line->addWidget(scroll, 1);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_instead);
    m_pages->addWidget(clients);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    connect(m_list, &QListWidget::currentRowChanged, this, &ClientAdviceView::showClient);
}

void ClientAdviceView::setAdvice(const QList<doctor::ClientAdvice>& advice, const QString& instead)
{
    m_instead->setText(instead);
    m_pages->setCurrentIndex(advice.isEmpty() ? 0 : 1);
    const int row = m_list->currentRow();
    const QString chosen = row >= 0 && row < m_advice.size() ? m_advice.at(row).name : QString();
    m_advice = advice;
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        for (const doctor::ClientAdvice& client : advice)
            m_list->addItem(rowText(client));
    }
    m_list->setCurrentRow(0);
    choose(chosen);
}

void ClientAdviceView::setMeasured(const QString& text)
{
    m_measured->setText(text);
    m_measured->setVisible(!text.isEmpty());
}

void ClientAdviceView::choose(const QString& name)
{
    for (int i = 0; i < m_advice.size(); ++i) {
        if (m_advice.at(i).name == name)
            m_list->setCurrentRow(i);
    }
}

void ClientAdviceView::showClient(int row)
{
    if (row < 0 || row >= m_advice.size())
        return;
    const doctor::ClientAdvice& client = m_advice.at(row);
    m_name->setText(client.name);
    m_happens->setText(visibleText(client.whatHappens));
    m_wrong->setVisible(!client.wrongCode.isEmpty());
    m_wrong->setCode(tr("Not this"), client.wrongCode);
    m_right->setVisible(!client.snippet.isEmpty());
    m_right->setCode(client.versions.isEmpty()
            ? tr("Write this")
            : tr("Write this (%1 %2)").arg(client.name, client.versions),
        client.snippet);
}

} // namespace slotscope::ui
