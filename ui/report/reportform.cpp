// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/reportform.h"

#include "core/support/bytes.h"
#include "ui/report/marktable.h"
#include "ui/report/redactionform.h"
#include "ui/theme/plaintext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>

#include <algorithm>
#include <array>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr std::array formats { ReportFormat::Png, ReportFormat::Svg, ReportFormat::Pdf,
    ReportFormat::Html, ReportFormat::Markdown, ReportFormat::Json, ReportFormat::Capture };

/// In the order of the boxes.
constexpr std::array parts { &ReportContents::time, &ReportContents::summary,
    &ReportContents::picture, &ReportContents::topology, &ReportContents::slotMap,
    &ReportContents::filmStrips, &ReportContents::sequences, &ReportContents::timeline,
    &ReportContents::findings, &ReportContents::nodeTable, &ReportContents::rawReplies };

/// The command and whom it visited: the two runs of a comparison can be told from each other.
QString traceTitle(const command::Trace& trace)
{
    constexpr qsizetype mostVisits = 4;
    QStringList words;
    for (const QByteArray& word : trace.argv)
        words.append(visibleText(support::toVisibleText(word, 40)));
    QStringList visits;
    for (const command::Hop& hop : trace.hops.first(std::min(mostVisits, trace.hops.size())))
        visits.append(visibleText(hop.nodeLabel));
    if (trace.hops.size() > mostVisits)
        visits.append(u"…"_s);
    const QString title = words.join(u' ').left(100);
    return visits.isEmpty() ? title : QString(title % u"  ·  "_s % visits.join(u" › "_s));
}

bool isPicture(ReportFormat format)
{
    return format == ReportFormat::Png || format == ReportFormat::Svg;
}

bool isWhole(ReportFormat format)
{
    return format == ReportFormat::Json || format == ReportFormat::Capture;
}

/// What would have no effect cannot be chosen, and tells why. Empty: it has one.
void setUsable(QWidget* widget, const QString& whyNot)
{
    widget->setEnabled(whyNot.isEmpty());
    widget->setToolTip(whyNot);
    widget->setAccessibleDescription(whyNot);
}

} // namespace

ReportForm::ReportForm(const ReportOrder& order, QWidget* parent)
    : QWidget(parent)
    , m_base(order)
{
    m_base.capture = {};
    m_format = new QComboBox(this);
    m_format->setObjectName(u"reportFormat"_s);
    for (const ReportFormat format : formats)
        m_format->addItem(formatTitle(format), static_cast<int>(format));
    m_format->setCurrentIndex(m_format->findData(static_cast<int>(order.format)));
    m_title = new QLineEdit(order.options.title, this);
    m_title->setObjectName(u"reportTitle"_s);
    m_title->setMaxLength(200);
    m_title->setPlaceholderText(tr("as usual"));
    m_note = new QPlainTextEdit(order.options.note, this);
    m_note->setObjectName(u"reportNote"_s);
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(m_note->fontMetrics().lineSpacing() * 3 + 14);
    m_note->setPlaceholderText(tr("A paragraph of yours"));
    m_colours = new QComboBox(this);
    m_colours->setObjectName(u"reportColours"_s);
    m_colours->addItem(tr("light"));
    m_colours->addItem(tr("dark"));
    m_colours->setCurrentIndex(order.options.dark ? 1 : 0);
    m_scale = new QComboBox(this);
    m_scale->setObjectName(u"reportScale"_s);
    for (int scale = 1; scale <= 3; ++scale)
        m_scale->addItem(tr("%1x").arg(scale), scale);
    m_scale->setCurrentIndex(m_scale->findData(order.options.scale));

    auto* head = new QFormLayout;
    head->addRow(tr("&Format"), m_format);
    head->addRow(tr("&Title"), m_title);
    head->addRow(tr("N&ote"), m_note);
    head->addRow(tr("&Colours"), m_colours);
    head->addRow(tr("Si&ze"), m_scale);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(head);
    layout->addWidget(makeContents());
    if (!order.capture.traces.isEmpty())
        layout->addWidget(makeTraces(order.capture.traces));
    auto* names = new QGroupBox(tr("Names"), this);
    auto* namesLayout = new QVBoxLayout(names);
    m_redaction = new RedactionForm(names);
    m_redaction->setOptions(order.redaction);
    namesLayout->addWidget(m_redaction);
    layout->addWidget(names);
    auto* marks = new QGroupBox(tr("Marks on the incident picture"), this);
    auto* marksLayout = new QVBoxLayout(marks);
    m_marks = new MarkTable(marks);
    m_marks->setMarks(order.capture.marks);
    marksLayout->addWidget(m_marks);
    layout->addWidget(marks);
    layout->addStretch(1);

    connect(m_format, &QComboBox::activated, this, [this] {
        showFormat();
        Q_EMIT changed();
    });
    connect(this, &ReportForm::changed, this, &ReportForm::showEffects);
    connect(m_title, &QLineEdit::textEdited, this, &ReportForm::changed);
    connect(m_note, &QPlainTextEdit::textChanged, this, &ReportForm::changed);
    connect(m_colours, &QComboBox::activated, this, &ReportForm::changed);
    connect(m_scale, &QComboBox::activated, this, &ReportForm::changed);
    connect(m_redaction, &RedactionForm::changed, this, &ReportForm::changed);
    connect(m_marks, &MarkTable::changed, this, &ReportForm::changed);
    showFormat();
}

QWidget* ReportForm::makeContents()
{
    auto* group = new QGroupBox(tr("Contents"), this);
    auto* layout = new QVBoxLayout(group);
    layout->setSpacing(2);
    const std::array titles { tr("Time of the capture"), tr("Summary"), tr("Incident picture"),
        tr("Topology"), tr("Slot map"), tr("Traces as film strips"),
        tr("Traces as sequence diagrams"), tr("Timeline of events"), tr("Findings"),
        tr("Table of nodes"), tr("Raw replies, as an appendix") };
    const std::array names { u"hasTime"_s, u"hasSummary"_s, u"hasPicture"_s, u"hasTopology"_s,
        u"hasSlotMap"_s, u"hasFilmStrips"_s, u"hasSequences"_s, u"hasTimeline"_s, u"hasFindings"_s,
        u"hasNodes"_s, u"hasRaw"_s };
    for (size_t i = 0; i < parts.size(); ++i) {
        auto* box = new QCheckBox(titles.at(i), group);
        box->setObjectName(names.at(i));
        layout->addWidget(box);
        m_contents.append(box);
        connect(box, &QCheckBox::clicked, this, [this] {
            m_isChosen = true;
            Q_EMIT changed();
        });
    }
    return group;
}

QWidget* ReportForm::makeTraces(const QList<command::Trace>& traces)
{
    auto* group = new QGroupBox(tr("Traces"), this);
    auto* layout = new QVBoxLayout(group);
    m_traces = new QListWidget(group);
    m_traces->setObjectName(u"reportTraces"_s);
    m_traces->setAccessibleName(tr("Which traces are in the report"));
    constexpr qsizetype usual = 10;
    for (qsizetype i = 0; i < traces.size(); ++i) {
        auto* item = new QListWidgetItem(traceTitle(traces.at(i)), m_traces);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(i + usual >= traces.size() ? Qt::Checked : Qt::Unchecked);
    }
    m_traces->setFixedHeight(m_traces->fontMetrics().lineSpacing() * 4 + 20);
    layout->addWidget(m_traces);
    connect(m_traces, &QListWidget::itemChanged, this, &ReportForm::changed);
    return group;
}

void ReportForm::setFormat(ReportFormat format)
{
    m_format->setCurrentIndex(m_format->findData(static_cast<int>(format)));
    showFormat();
}

/// Boxes say what is usual for the format until the user chooses.
void ReportForm::showFormat()
{
    const auto format = static_cast<ReportFormat>(m_format->currentData().toInt());
    const ReportContents usual = ReportContents::usual(format);
    for (size_t i = 0; i < parts.size() && !m_isChosen; ++i)
        m_contents.at(static_cast<qsizetype>(i))->setChecked(usual.*parts.at(i));
    showEffects();
}

ReportContents ReportForm::contents() const
{
    ReportContents contents;
    for (size_t i = 0; i < parts.size(); ++i)
        contents.*parts.at(i) = m_contents.at(static_cast<qsizetype>(i))->isChecked();
    return contents;
}

/// The incident picture and nothing else: it says by itself what a document has around it.
bool ReportForm::isPictureAlone() const
{
    ReportContents picture = ReportContents::usual(ReportFormat::Png);
    picture.time = contents().time;
    return contents() == picture && m_title->text().trimmed().isEmpty()
        && m_note->toPlainText().trimmed().isEmpty();
}

/// What the format cannot have, or always has, cannot be chosen; nor what belongs to contents that
/// are not.
void ReportForm::showEffects()
{
    const auto format = static_cast<ReportFormat>(m_format->currentData().toInt());
    const ReportContents chosen = contents();
    const QString whole = isWhole(format) ? tr("This format always holds everything.") : QString();
    for (size_t i = 0; i < parts.size(); ++i) {
        QString whyNot = whole;
        if (isPicture(format) && parts.at(i) == &ReportContents::rawReplies)
            whyNot = tr("Pages of answers are no picture.");
        if (isPicture(format) && parts.at(i) == &ReportContents::time && isPictureAlone())
            whyNot = tr("The incident picture always tells its time.");
        setUsable(m_contents.at(static_cast<qsizetype>(i)), whyNot);
    }
    const bool hasTraces = chosen.filmStrips || chosen.sequences;
    if (m_traces) {
        setUsable(m_traces,
            !whole.isEmpty() || hasTraces
                ? whole
                : tr("Neither film strips nor sequence diagrams are among the contents."));
    }
    setUsable(m_marks,
        !whole.isEmpty() || chosen.picture ? QString()
                                           : tr("The incident picture is not among the contents."));
    const QString asItIs
        = isWhole(format) ? tr("This format has data and nothing to look at.") : QString();
    setUsable(m_title, asItIs);
    setUsable(m_note, asItIs);
    setUsable(m_colours, asItIs);
    const bool hasPixels = format == ReportFormat::Png || format == ReportFormat::Markdown;
    setUsable(
        m_scale, hasPixels ? QString() : tr("Only PNG and Markdown have pictures of pixels."));
}

ReportOrder ReportForm::order() const
{
    ReportOrder order = m_base;
    order.format = static_cast<ReportFormat>(m_format->currentData().toInt());
    order.redaction = m_redaction->options();
    if (!m_redaction->keepsPseudonyms())
        order.pseudonyms.clear();
    order.capture.marks = m_marks->marks();
    order.options.title = m_title->text().trimmed();
    order.options.note = m_note->toPlainText().trimmed();
    order.options.dark = m_colours->currentIndex() == 1;
    order.options.scale = m_scale->currentData().toInt();
    if (m_isChosen)
        order.options.contents = contents();
    if (m_traces) {
        QList<int> traces;
        for (int i = 0; i < m_traces->count(); ++i) {
            if (m_traces->item(i)->checkState() == Qt::Checked)
                traces.append(i);
        }
        order.options.traces = traces;
    }
    return order;
}

} // namespace slotscope::ui
