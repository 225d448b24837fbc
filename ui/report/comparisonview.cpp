// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/comparisonview.h"

#include "core/explain/comparison.h"
#include "ui/report/comparisonmodel.h"
#include "ui/report/comparisonribbons.h"
#include "ui/report/sidebysidemodel.h"
#include "ui/theme/nodetext.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/timetext.h"
#include "ui/theme/widgets.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using capture::Comparison;
using capture::DifferenceKind;

namespace {

QString captionOf(const Comparison::Side& side, bool isBefore)
{
    const QString time
        = side.at.isValid() ? dayAndClockText(side.at) : ComparisonView::tr("time unknown");
    QString text = explain::sideSummary(isBefore, time, side.nodes, side.shards, side.served);
    if (side.redaction != u"none"_s)
        text += ComparisonView::tr(", redacted: %1").arg(visibleText(side.redaction));
    return text;
}

ComparisonTexts textsOf(const Comparison& comparison)
{
    const int changed = cluster::slotCount(comparison.changedSlots);
    QString legend;
    if (changed > 0)
        legend = ComparisonView::tr("Slots with another owner: %1 (%2)")
                     .arg(countText(changed), shareText(changed));
    else if (comparison.isSameCluster)
        legend = ComparisonView::tr("Every slot has the owner that it had.");
    return { captionOf(comparison.before, true), captionOf(comparison.after, false), legend };
}

/// As high as their texts, but no line sticks to the header.
void giveRowsRoom(QTableView* table)
{
    constexpr int around = 10;
    table->verticalHeader()->setMinimumSectionSize(table->fontMetrics().height() + around);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
}

} // namespace

ComparedCaptures ComparedCaptures::of(const capture::Capture& before, const capture::Capture& after)
{
    return { capture::compare(before, after), before.topology,
        capture::labelledAs(before.topology, after.topology) };
}

ComparisonView::ComparisonView(const ComparedCaptures& compared, QWidget* parent)
    : QWidget(parent)
    , m_comparison(compared.comparison)
{
    m_ribbons = new ComparisonRibbons(
        compared.before, compared.after, m_comparison.changedSlots, textsOf(m_comparison), this);
    m_ribbons->setObjectName(u"comparisonRibbons"_s);
    auto* tabs = new QTabWidget(this);
    tabs->setObjectName(u"comparisonTabs"_s);
    tabs->addTab(makeDifferences(), tr("&Differences (%1)").arg(m_comparison.differences.size()));
    tabs->addTab(makeSideBySide(), tr("&Side by side (%1)").arg(m_comparison.rows.size()));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 10);
    layout->setSpacing(8);
    if (!m_comparison.caveats.isEmpty())
        layout->addWidget(makeCaveats());
    layout->addWidget(m_ribbons);
    layout->addWidget(tabs, 1);
    layout->addLayout(makeButtons());
}

QWidget* ComparisonView::makeDifferences()
{
    auto* page = new QWidget(this);
    m_model = new ComparisonModel(m_comparison.differences, this);
    m_model->setTheme(Theme::of(palette()));
    m_filter = new ComparisonFilter(m_model, this);
    makeTable();
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(makeFilterBar());
    layout->addWidget(m_table, 1);
    if (m_comparison.differences.isEmpty()) {
        QLabel* nothing = wrappingLabel(this, u"nothingChanged"_s);
        nothing->setText(explain::nothingChanged());
        nothing->setForegroundRole(QPalette::PlaceholderText);
        layout->addWidget(nothing);
    }
    return page;
}

QWidget* ComparisonView::makeSideBySide()
{
    auto* page = new QWidget(this);
    m_rows = new SideBySideModel(m_comparison.rows, this);
    m_rows->setTheme(Theme::of(palette()));
    auto* filter = new SideBySideFilter(m_rows, this);
    auto* only
        = new QCheckBox(tr("&Only what is different (%1)").arg(m_rows->changedCount()), page);
    only->setObjectName(u"sideBySideChanged"_s);
    connect(only, &QCheckBox::toggled, filter, &SideBySideFilter::setChangedOnly);
    auto* table = new QTableView(page);
    table->setObjectName(u"sideBySideTable"_s);
    table->setAccessibleName(tr("Both captures side by side"));
    table->setModel(filter);
    makeQuiet(table);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setWordWrap(true);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    giveRowsRoom(table);
    QHeaderView* header = table->horizontalHeader();
    header->resizeSection(SideBySideModel::Sign, 28);
    header->resizeSection(SideBySideModel::About, 76);
    header->resizeSection(SideBySideModel::What, 190);
    header->setSectionResizeMode(SideBySideModel::Before, QHeaderView::Stretch);
    header->setSectionResizeMode(SideBySideModel::After, QHeaderView::Stretch);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(only);
    layout->addWidget(table, 1);
    return page;
}

QHBoxLayout* ComparisonView::makeButtons()
{
    auto* markdown = new QPushButton(tr("Copy as &Markdown"), this);
    markdown->setObjectName(u"copyComparisonMarkdown"_s);
    markdown->setAutoDefault(false);
    connect(markdown, &QPushButton::clicked, this, &ComparisonView::copyMarkdown);
    auto* text = new QPushButton(tr("Copy as &text"), this);
    text->setObjectName(u"copyComparisonText"_s);
    text->setAutoDefault(false);
    connect(text, &QPushButton::clicked, this, &ComparisonView::copyText);
    m_buttons = new QHBoxLayout;
    m_buttons->addStretch(1);
    m_buttons->addWidget(markdown);
    m_buttons->addWidget(text);
    return m_buttons;
}

void ComparisonView::addButton(QPushButton* button)
{
    m_buttons->addWidget(button);
}

QString ComparisonView::title() const
{
    return visibleText(explain::comparisonTitle(m_comparison.name));
}

QWidget* ComparisonView::makeCaveats()
{
    QLabel* label = sentenceLabel(this, u"comparisonCaveats"_s, textFont(13, QFont::DemiBold));
    QStringList lines;
    for (const QString& caveat : m_comparison.caveats)
        lines.append(u"\u26a0 "_s + visibleText(caveat));
    label->setText(lines.join(u'\n'));
    return label;
}

QWidget* ComparisonView::makeFilterBar()
{
    auto* bar = new QWidget(this);
    m_kinds = new QComboBox(bar);
    m_kinds->setObjectName(u"comparisonKinds"_s);
    m_kinds->setAccessibleName(tr("Which differences are shown"));
    m_kinds->addItem(tr("All (%1)").arg(m_comparison.differences.size()));
    for (int i = 0; i < capture::differenceKindCount; ++i) {
        const auto kind = static_cast<DifferenceKind>(i);
        const auto count
            = std::count_if(m_comparison.differences.begin(), m_comparison.differences.end(),
                [kind](const capture::Difference& difference) { return difference.kind == kind; });
        if (count > 0)
            m_kinds->addItem(tr("%1 (%2)").arg(differenceTitle(kind)).arg(count), i);
    }
    connect(m_kinds, &QComboBox::currentIndexChanged, this, [this] {
        const QVariant kind = m_kinds->currentData();
        m_filter->setKind(kind.isValid() ? std::optional(static_cast<DifferenceKind>(kind.toInt()))
                                         : std::nullopt);
    });
    auto* problems = new QCheckBox(tr("&Errors and warnings only"), bar);
    problems->setObjectName(u"comparisonProblems"_s);
    connect(problems, &QCheckBox::toggled, m_filter, &ComparisonFilter::setProblemsOnly);
    auto* label = new QLabel(tr("Sho&w:"), bar);
    label->setBuddy(m_kinds);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_kinds);
    layout->addWidget(problems);
    layout->addStretch(1);
    return bar;
}

void ComparisonView::makeTable()
{
    m_table = new QTableView(this);
    m_table->setObjectName(u"comparisonTable"_s);
    m_table->setAccessibleName(tr("Differences"));
    m_table->setModel(m_filter);
    makeQuiet(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWordWrap(true);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    giveRowsRoom(m_table);
    QHeaderView* header = m_table->horizontalHeader();
    header->resizeSection(ComparisonModel::Severity, 84);
    header->resizeSection(ComparisonModel::About, 96);
    header->setSectionResizeMode(ComparisonModel::What, QHeaderView::Stretch);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &ComparisonView::onCurrentChanged);
}

void ComparisonView::onCurrentChanged()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    m_ribbons->setChosen(rows.isEmpty()
            ? cluster::SlotRanges()
            : m_model->differenceAt(m_filter->mapToSource(rows.front()).row()).ranges);
}

void ComparisonView::copyMarkdown() const
{
    QGuiApplication::clipboard()->setText(capture::toMarkdown(m_comparison));
}

void ComparisonView::copyText() const
{
    QGuiApplication::clipboard()->setText(capture::toText(m_comparison));
}

void ComparisonView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_model != nullptr)
        m_model->setTheme(Theme::of(palette()));
    if (event->type() == QEvent::PaletteChange && m_rows != nullptr)
        m_rows->setTheme(Theme::of(palette()));
    QWidget::changeEvent(event);
}

} // namespace slotscope::ui
