// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/inspector/nodedetails.h"

#include "core/cluster/slottext.h"
#include "core/explain/errors.h"
#include "ui/inspector/rawreplies.h"
#include "ui/metrics/nodemetricsview.h"
#include "ui/theme/nodetext.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

using Rows = QList<std::pair<QString, QString>>;

constexpr qsizetype longestWord = 48;
constexpr int besideNames = 14;

QString linkText(const cluster::Topology& topology, const cluster::Node& node)
{
    if (node.link == cluster::LinkState::Unknown)
        return {};
    const cluster::Node* witness = topology.nodeById(topology.data().answeredBy);
    const QString link = cluster::linkName(node.link);
    if (node.myself || !witness)
        return link;
    return NodeDetails::tr("%1, as %2 sees it").arg(link, topology.labelOf(*witness));
}

QString silenceText(const session::Silence& silence)
{
    return silence.error ? NodeDetails::tr("got no answer: %1")
                               .arg(visibleText(explain::errorReason(*silence.error)))
                         : NodeDetails::tr("was not told its view");
}

/// What must be seen without scrolling.
QString subtitleOf(const cluster::Node& node)
{
    const QString words = roleWord(node.role) % u", "_s % healthWord(node.health);
    return visibleText(
        node.address.isDialable() ? QString(words % u", "_s % node.address.toString()) : words);
}

Rows rowsOf(const cluster::Topology& topology, const cluster::Node& node)
{
    Rows rows;
    const auto add = [&rows](const QString& name, const QString& value) {
        if (!value.isEmpty())
            rows.append({ name, visibleText(value) });
    };
    add(NodeDetails::tr("Role"), roleWord(node.role));
    add(NodeDetails::tr("Health"), healthWord(node.health));
    add(NodeDetails::tr("Address"),
        node.address.isDialable() ? node.address.toString() : QString());
    add(NodeDetails::tr("IP"), node.ip);
    add(NodeDetails::tr("Host name"), node.hostname);
    if (node.port)
        add(NodeDetails::tr("Port"), QString::number(node.port));
    if (node.tlsPort)
        add(NodeDetails::tr("TLS port"), QString::number(*node.tlsPort));
    if (node.busPort)
        add(NodeDetails::tr("Bus port"), QString::number(*node.busPort));
    add(NodeDetails::tr("Node id"), node.id.toString());
    if (const cluster::Node* primary = topology.nodeById(node.primaryId)) {
        add(NodeDetails::tr("Replicates"),
            QString(topology.labelOf(*primary) + u"  "_s + primary->address.toString()));
    } else {
        add(NodeDetails::tr("Replicates"), node.primaryId.toString());
    }
    if (node.configEpoch)
        add(NodeDetails::tr("Config epoch"), QString::number(*node.configEpoch));
    add(NodeDetails::tr("Flags"), node.flags.join(u", "_s));
    add(NodeDetails::tr("Link"), linkText(topology, node));
    const int owned = cluster::slotCount(node.ranges);
    if (owned > 0) {
        add(NodeDetails::tr("Slots"),
            NodeDetails::tr("%1 (%2): %3")
                .arg(countText(owned), shareText(owned), cluster::rangesText(node.ranges, 24)));
    }
    QStringList moving;
    for (const cluster::OpenSlot& open : node.migrating)
        moving << NodeDetails::tr("%1 to %2").arg(open.slot.number()).arg(open.peer.shortText());
    add(NodeDetails::tr("Migrating"), moving.mid(0, 50).join(u", "_s));
    moving.clear();
    for (const cluster::OpenSlot& open : node.importing)
        moving << NodeDetails::tr("%1 from %2").arg(open.slot.number()).arg(open.peer.shortText());
    add(NodeDetails::tr("Importing"), moving.mid(0, 50).join(u", "_s));
    return rows;
}

} // namespace

NodeDetails::NodeDetails(QWidget* parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* sheet = new QWidget;
    m_title = new QLabel(sheet);
    m_title->setObjectName(u"nodeTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(textFont(15, QFont::DemiBold));
    m_title->setWordWrap(true);
    m_subtitle = new QLabel(sheet);
    m_subtitle->setObjectName(u"nodeSubtitle"_s);
    m_subtitle->setTextFormat(Qt::PlainText);
    m_subtitle->setForegroundRole(QPalette::PlaceholderText);
    m_subtitle->setWordWrap(true);
    m_form = new QFormLayout;
    m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setHorizontalSpacing(0); // it is forgotten when the form looks which row is too long
    m_form->setVerticalSpacing(5);
    m_metrics = new NodeMetricsView(sheet);
    m_metrics->hide();
    m_raw = new QPushButton(tr("What it &answered…"), sheet);
    m_raw->setObjectName(u"rawReplies"_s);
    m_raw->hide();
    connect(m_raw, &QPushButton::clicked, this, &NodeDetails::showReplies);
    auto* layout = new QVBoxLayout(sheet);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(10);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle);
    layout->addWidget(m_raw, 0, Qt::AlignLeft);
    layout->addWidget(m_metrics);
    layout->addLayout(m_form);
    layout->addStretch(1);
    setWidget(sheet);
    fill();
}

void NodeDetails::setTopology(const cluster::Topology& topology)
{
    m_topology = topology;
    fill();
    Q_EMIT shownNodeChanged();
}

void NodeDetails::setNode(const cluster::NodeId& id, const net::Endpoint& address)
{
    m_id = id;
    m_address = address;
    fill();
    Q_EMIT shownNodeChanged();
}

const cluster::Node* NodeDetails::node() const
{
    return m_id.isNull() ? m_topology.nodeByAddress(m_address) : m_topology.nodeById(m_id);
}

void NodeDetails::setSilences(const QHash<cluster::NodeId, session::Silence>& silences)
{
    if (m_silences == silences)
        return;
    m_silences = silences;
    fill();
}

void NodeDetails::setAnswers(const QList<capture::NodeAnswers>& answers)
{
    m_answers = answers;
    m_raw->setVisible(this->answers() != nullptr);
}

const capture::NodeAnswers* NodeDetails::answers() const
{
    const cluster::Node* shown = node();
    for (const capture::NodeAnswers& answers : m_answers) {
        if (shown != nullptr && !answers.replies.isEmpty()
            && (answers.id.isNull() ? answers.address == shown->address : answers.id == shown->id))
            return &answers;
    }
    return nullptr;
}

void NodeDetails::setStale(bool stale)
{
    if (std::exchange(m_isStale, stale) != stale)
        setInkOfRows();
}

// By role, which follows the theme.
void NodeDetails::setInkOfRows()
{
    const QPalette::ColorRole ink = m_isStale ? QPalette::PlaceholderText : QPalette::WindowText;
    m_title->setForegroundRole(ink);
    for (int row = 0; row < m_form->rowCount(); ++row)
        m_form->itemAt(row, QFormLayout::FieldRole)->widget()->setForegroundRole(ink);
}

void NodeDetails::showReplies()
{
    const capture::NodeAnswers* shown = answers();
    if (shown == nullptr)
        return;
    auto* dialog = new RawReplies(m_title->text(), shown->replies, this);
    dialog->setObjectName(u"rawRepliesDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void NodeDetails::fill()
{
    Rows rows;
    QString subtitle;
    if (m_id.isNull() && !m_address.isDialable()) {
        m_title->clear();
        subtitle = tr("Click a node in the picture to see its details here.");
    } else if (const cluster::Node* shown = node()) {
        m_title->setText(visibleText(m_topology.labelOf(*shown)));
        subtitle = subtitleOf(*shown);
        rows = rowsOf(m_topology, *shown);
        const auto silence = m_silences.constFind(shown->id);
        if (silence != m_silences.constEnd()) {
            const QString what = silenceText(*silence);
            subtitle += tr(", no answer");
            rows.insert(std::min<qsizetype>(2, rows.size()), { tr("This computer"), what });
        }
    } else {
        m_title->setText(tr("The node %1 is not known any more.")
                             .arg(m_id.isNull() ? m_address.toString() : m_id.shortText()));
    }
    m_title->setVisible(!m_title->text().isEmpty());
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
    m_raw->setVisible(answers() != nullptr);
    // A refresh every two seconds must not take a selection away.
    if (rows == m_shown)
        return;
    m_shown = rows;
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    for (const auto& [name, value] : rows)
        addRow(name, value);
    setInkOfRows();
}

void NodeDetails::addRow(const QString& name, const QString& value)
{
    auto* label = new QLabel(name);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setContentsMargins(0, 0, besideNames, 0);
    label->setMinimumWidth(m_metrics->nameWidth() + besideNames);
    auto* text = new QLabel;
    text->setTextFormat(Qt::PlainText);
    text->setText(value);
    // A node id is one long word: it goes below its name rather than being cut.
    const bool isWord = !value.contains(u' ') && value.size() <= longestWord;
    text->setWordWrap(!isWord);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_form->addRow(label, text);
}

} // namespace slotscope::ui
