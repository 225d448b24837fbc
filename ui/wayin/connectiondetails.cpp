// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/wayin/connectiondetails.h"

#include "core/doctor/tlstext.h"
#include "core/explain/clocks.h"
#include "core/explain/topology.h"
#include "core/net/clock.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"
#include "ui/wayin/waysmodel.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Outcome = doctor::GuessFinding::Outcome;

namespace {

constexpr int columnGap = 14;

QLabel* makeLabel(QWidget* parent, const QString& name, const QFont& font)
{
    QLabel* label = readingLabel(parent, name, font);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

void setShown(QLabel* label, const QString& text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

QString encryptionText(const net::TlsOptions& tls)
{
    if (!tls.enabled)
        return ConnectionDetails::tr("Nothing is encrypted: TLS is off.");
    if (tls.insecure) {
        return ConnectionDetails::tr("Encrypted, but nothing is verified: nothing proves that the "
                                     "servers are who they say they are.");
    }
    return tls.caFile.isEmpty()
        ? ConnectionDetails::tr(
            "Encrypted, and verified against the authorities that this computer trusts.")
        : ConnectionDetails::tr("Encrypted, and verified against the authorities in %1.")
              .arg(visibleText(tls.caFile));
}

/// Every node that is known, and whatever else a connection is open to (the endpoint itself).
QList<WaysModel::Row> rowsOf(const ConnectionFacts& facts)
{
    QList<WaysModel::Row> rows;
    QList<net::DialInfo> left = facts.open.ways;
    for (const cluster::Node& node : facts.topology.nodes()) {
        if (!node.address.isDialable())
            continue;
        const QString label = facts.topology.labelOf(node);
        const QString address = node.address.toString();
        WaysModel::Row row { label == address ? address : QString(label + u"  "_s + address), {} };
        for (qsizetype i = 0; i < left.size(); ++i) {
            if (left.at(i).announced == node.address) {
                row.way = left.takeAt(i);
                break;
            }
        }
        rows.append(row);
    }
    // A primary, then its replicas: that is how the labels sort.
    std::stable_sort(rows.begin(), rows.end(),
        [](const WaysModel::Row& a, const WaysModel::Row& b) { return a.node < b.node; });
    for (qsizetype i = left.size(); i-- > 0;)
        rows.prepend({ left.at(i).announced.toString(), left.at(i) });
    return rows;
}

} // namespace

ConnectionDetails::ConnectionDetails(QWidget* parent)
    : QDialog(parent)
    , m_model(new WaysModel(this))
{
    setObjectName(u"connectionDetails"_s);
    setWindowTitle(tr("About this connection"));
    m_title = makeLabel(this, u"detailsTitle"_s, textFont(17, QFont::DemiBold));
    m_way = makeLabel(this, u"detailsWay"_s, textFont(13));
    m_guess = new QVBoxLayout;
    m_guess->setSpacing(4);
    m_clock = makeLabel(this, u"detailsClock"_s, textFont(13));
    m_encryption = makeLabel(this, u"detailsEncryption"_s, textFont(13));

    m_table = new QTableView(this);
    m_table->setObjectName(u"detailsTable"_s);
    m_table->setAccessibleName(tr("How each node is reached"));
    m_table->setModel(m_model);
    makeQuiet(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTextElideMode(Qt::ElideMiddle);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->verticalHeader()->setDefaultSectionSize(QFontMetrics(m_table->font()).height() + 10);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &ConnectionDetails::showChain);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &ConnectionDetails::showChain);

    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(buildChain());
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({ 200, 220 });

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_way);
    layout->addLayout(m_guess);
    layout->addWidget(m_clock);
    layout->addWidget(m_encryption);
    layout->addWidget(splitter, 1);
    layout->addWidget(buildButtons());
    resize(980, 620);
    applyTheme();
    m_table->setFocus();
    // Its age is part of what is told of the clock.
    auto* aging = new QTimer(this);
    aging->start(10s);
    connect(aging, &QTimer::timeout, this, &ConnectionDetails::showClock);
}

ConnectionDetails::~ConnectionDetails() = default;

QWidget* ConnectionDetails::buildChain()
{
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(tr("The certificates of the chosen node"));
    auto* sheet = new QWidget;
    m_chainTitle = makeLabel(sheet, u"detailsChainTitle"_s, textFont(14, QFont::DemiBold));
    m_chain = makeLabel(sheet, u"detailsChain"_s, textFont(13));
    auto* layout = new QVBoxLayout(sheet);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(6);
    layout->addWidget(m_chainTitle);
    layout->addWidget(m_chain);
    layout->addStretch(1);
    scroll->setWidget(sheet);
    return scroll;
}

QWidget* ConnectionDetails::buildButtons()
{
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    m_message = makeLabel(bar, u"detailsMessage"_s, textFont(13));
    layout->addWidget(m_message, 1);
    const auto add = [bar, layout](const QString& text, const QString& name) {
        auto* button = new QPushButton(text, bar);
        button->setObjectName(name);
        button->setAutoDefault(false);
        layout->addWidget(button);
        return button;
    };
    QPushButton* copy = add(tr("C&opy as text"), u"detailsCopy"_s);
    QPushButton* close = add(tr("Close"), u"detailsClose"_s);
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(text());
        m_message->setText(tr("Copied."));
    });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    return bar;
}

void ConnectionDetails::setFacts(const ConnectionFacts& facts)
{
    // Columns are as wide as what they first have to show: nobody was reached before that.
    const bool isFirst = m_facts.open.ways.isEmpty();
    const bool isOtherGuess = facts.guess != m_facts.guess;
    m_facts = facts;
    m_title->setText(visibleText(facts.endpoint));
    QStringList way;
    if (!facts.way.isEmpty())
        way << tr("Reached %1.").arg(visibleText(facts.way));
    if (!facts.login.isEmpty())
        way << visibleText(facts.login);
    setShown(m_way, way.join(u' '));
    if (isOtherGuess)
        showGuess();
    showClock();
    m_encryption->setText(encryptionText(facts.tls));
    m_model->setRows(rowsOf(facts));
    for (const int column : { WaysModel::Protocol, WaysModel::Cipher, WaysModel::Name,
             WaysModel::Verified, WaysModel::Until })
        m_table->setColumnHidden(column, !facts.tls.enabled);
    if (isFirst) {
        // All but the last that is shown, which has what the others leave.
        const int last = facts.tls.enabled ? WaysModel::Until : WaysModel::Reached;
        for (int column = 0; column < last; ++column) {
            m_table->resizeColumnToContents(column);
            m_table->setColumnWidth(column, m_table->columnWidth(column) + columnGap);
        }
        m_table->setColumnWidth(
            WaysModel::Node, qMin(m_table->columnWidth(WaysModel::Node), width() / 3));
    }
    if (isFirst || !m_table->currentIndex().isValid())
        chooseFirst();
    showChain();
    applyTheme();
}

/// The first that has something to show. A table that has the keyboard begins on its first row by
/// itself, whatever is there.
void ConnectionDetails::chooseFirst()
{
    const int current = m_table->currentIndex().row();
    if (current >= 0 && m_model->rowAt(current).way)
        return m_table->selectRow(current);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->rowAt(row).way)
            return m_table->selectRow(row);
    }
}

void ConnectionDetails::showClock()
{
    const std::optional<net::ToldClock>& clock = m_facts.open.clock;
    if (!clock)
        return setShown(m_clock, {});
    const net::ClockSkew& skew = clock->skew;
    QStringList sentences {
        explain::clocksCompared({}, skew.aheadMicros, skew.withinMicros),
        tr("Measured %1.").arg(explain::age((net::monotonicNanos() - clock->atNanos) / 1'000'000)),
        explain::skewRefusesTokens(skew.aheadMicros),
    };
    sentences.removeAll(QString());
    setShown(m_clock, sentences.join(u' '));
}

void ConnectionDetails::showGuess()
{
    qDeleteAll(m_findings);
    m_findings.clear();
    for (const doctor::GuessFinding& finding : m_facts.guess) {
        QLabel* label = makeLabel(this, u"detailsGuess"_s,
            textFont(13, finding.outcome == Outcome::Otherwise ? QFont::DemiBold : QFont::Normal));
        label->setText(visibleText(doctor::markedSentence(finding)));
        m_guess->addWidget(label);
        m_findings.append(label);
    }
}

QString ConnectionDetails::chainText(const net::TlsInfo& tls) const
{
    QStringList lines { doctor::tlsSentence(tls) };
    int number = 0;
    for (const QString& sentence : doctor::chainSentences(tls, QDateTime::currentDateTimeUtc()))
        lines << QString::number(++number) + u". "_s + sentence;
    return lines.join(u'\n');
}

void ConnectionDetails::showChain()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid() || index.row() >= m_model->rowCount()) {
        m_chainTitle->setText({});
        m_chain->setText(tr("Nothing is connected."));
        return;
    }
    const WaysModel::Row& row = m_model->rowAt(index.row());
    m_chainTitle->setText(visibleText(row.node));
    if (!row.way && m_facts.open.ways.isEmpty()) {
        m_chain->setText(tr("No connection to any node is open now. Slotscope connects when it "
                            "asks a node something."));
    } else if (!row.way) {
        m_chain->setText(tr("No connection to this node is open now. Slotscope connects when it "
                            "asks the node something."));
    } else if (row.way->tls.protocol.isEmpty()) {
        m_chain->setText(tr("Connected to %1, without TLS.").arg(row.way->dialled.toString()));
    } else {
        m_chain->setText(chainText(row.way->tls));
    }
}

QString ConnectionDetails::text() const
{
    QStringList lines { m_title->text(), m_way->text() };
    for (const QLabel* finding : m_findings)
        lines << finding->text();
    lines << m_clock->text() << m_encryption->text();
    for (int i = 0; i < m_model->rowCount(); ++i) {
        const WaysModel::Row& row = m_model->rowAt(i);
        if (!row.way) {
            lines << QString(visibleText(row.node) + u": "_s + tr("no open connection"));
            continue;
        }
        lines << QString(visibleText(row.node) + u": "_s + row.way->dialled.toString());
        const QString chain = row.way->tls.protocol.isEmpty() ? QString() : chainText(row.way->tls);
        for (const QString& line : chain.split(u'\n', Qt::SkipEmptyParts))
            lines << QString(u"    "_s + line);
    }
    lines.removeAll(QString());
    return lines.join(u'\n') + u'\n';
}

void ConnectionDetails::changeEvent(QEvent* event)
{
    // The children hear of it after their parent; what they are given now would be overwritten.
    if (event->type() == QEvent::PaletteChange && m_message)
        QMetaObject::invokeMethod(this, &ConnectionDetails::applyTheme, Qt::QueuedConnection);
    QDialog::changeEvent(event);
}

void ConnectionDetails::applyTheme()
{
    const Theme theme = Theme::of(palette());
    setInk(m_way, theme.mutedText);
    setInk(m_message, theme.mutedText);
    const bool isSkewed = m_facts.open.clock
        && !explain::skewRefusesTokens(m_facts.open.clock->skew.aheadMicros).isEmpty();
    setInk(m_clock, isSkewed ? theme.danger : theme.mutedText);
    setInk(m_encryption, m_facts.tls.insecure ? theme.danger : theme.mutedText);
    for (qsizetype i = 0; i < m_findings.size(); ++i) {
        const Outcome outcome = m_facts.guess.at(i).outcome;
        setInk(m_findings.at(i),
            outcome == Outcome::Otherwise     ? theme.danger
                : outcome == Outcome::NotTold ? theme.mutedText
                                              : theme.text);
    }
}

} // namespace slotscope::ui
