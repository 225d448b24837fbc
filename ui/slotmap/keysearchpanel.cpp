// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/keysearchpanel.h"

#include "core/explain/errors.h"
#include "ui/slotmap/keyfile.h"
#include "ui/slotmap/keylistview.h"
#include "ui/slotmap/scanstrip.h"
#include "ui/slotmap/slotcalculator.h"
#include "ui/slotmap/slottexts.h"
#include "ui/theme/nodetext.h"
#include "ui/theme/savequestion.h"
#include "ui/theme/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <limits>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

using ShardState = command::ShardScan::State;

namespace {

constexpr std::chrono::milliseconds filterDelay { 80 }; // while typing
constexpr std::chrono::milliseconds tellInterval { 500 };
constexpr qsizetype mostFailures = 4; // told in the summary; the strip has them all

QString count(qint64 number)
{
    return number <= std::numeric_limits<int>::max() ? countText(int(number))
                                                     : QString::number(number);
}

} // namespace

KeySearchPanel::KeySearchPanel(QWidget* parent)
    : QWidget(parent)
{
    build();
    m_second = new QTimer(this);
    m_second->setInterval(tellInterval);
    connect(m_second, &QTimer::timeout, this, &KeySearchPanel::tellProgress);
    m_filterDelay = new QTimer(this);
    m_filterDelay->setSingleShot(true);
    m_filterDelay->setInterval(filterDelay);
    connect(m_filterDelay, &QTimer::timeout, this, &KeySearchPanel::filter);
    connect(m_pattern, &QLineEdit::returnPressed, this, [this] {
        if (m_state == State::Idle)
            onFindClicked();
    });
    connect(m_find, &QPushButton::clicked, this, &KeySearchPanel::onFindClicked);
    connect(m_pause, &QPushButton::clicked, this, &KeySearchPanel::onPauseClicked);
    connect(m_filter, &QLineEdit::textChanged, this, [this] { m_filterDelay->start(); });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (m_list->selectedCount() == 0 && m_list->rows().size() > 0) {
            m_list->setCurrentRow(0);
            m_list->setCurrentRow(m_list->rows().size() - 1, true);
        }
        m_list->copySelected();
    });
    connect(m_save, &QPushButton::clicked, this, &KeySearchPanel::askForFile);
    connect(m_list, &KeyListView::rowsChanged, this, &KeySearchPanel::tell);
    connect(m_list, &KeyListView::commandSuggested, this, &KeySearchPanel::commandSuggested);
    connect(m_list, &KeyListView::slotSuggested, this, &KeySearchPanel::slotSuggested);
    connect(m_list, &KeyListView::copied, this, [this](qsizetype copied, qsizetype selected) {
        m_shown->setText(copied == selected ? tr("Copied %1").arg(keysText(copied))
                                            : tr("Copied the first %1 of %2; Save writes all")
                                                  .arg(count(copied), keysText(selected)));
    });
    reset();
}

void KeySearchPanel::build()
{
    m_pattern = new QLineEdit(this);
    m_pattern->setObjectName(u"keyPattern"_s);
    m_pattern->setAccessibleName(tr("Pattern of keys"));
    m_pattern->setPlaceholderText(tr("Pattern, such as user:*"));
    m_pattern->setToolTip(
        tr("Nothing: every key. * any characters, ? one, [ab] one of these. In quotes as redis-cli "
           "takes it: \"a\\x00*\"."));
    m_type = new QComboBox(this);
    m_type->setObjectName(u"keyType"_s);
    m_type->setAccessibleName(tr("Type of keys"));
    m_type->addItem(tr("Any type"));
    for (const char* type : { "string", "hash", "list", "set", "zset", "stream" })
        m_type->addItem(QLatin1String(type), QByteArray(type));
    m_find = new QPushButton(this);
    m_find->setObjectName(u"keyFind"_s);
    m_pause = new QPushButton(this);
    m_pause->setObjectName(u"keyPause"_s);
    m_strip = new ScanStrip(this);
    m_strip->setObjectName(u"scanStrip"_s);
    m_summary = wrappingLabel(this, u"scanSummary"_s);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(u"keyFilter"_s);
    m_filter->setAccessibleName(tr("Filter of what was found"));
    m_filter->setPlaceholderText(tr("Filter: contains…"));
    m_filter->setClearButtonEnabled(true);
    m_shown = plainLabel(this, u"keysShown"_s);
    m_shown->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_shown->setForegroundRole(QPalette::PlaceholderText);
    m_copy = new QPushButton(tr("Copy"), this);
    m_copy->setObjectName(u"keyCopy"_s);
    m_copy->setToolTip(tr("Copies the selected keys, or all that are shown, one a line"));
    m_save = new QPushButton(tr("Save…"), this);
    m_save->setObjectName(u"keySave"_s);
    m_save->setToolTip(tr("Writes all keys that are shown into a file, one a line"));
    m_list = new KeyListView(this);
    m_list->setObjectName(u"foundKeys"_s);

    auto* first = new QHBoxLayout;
    first->addWidget(m_pattern, 1);
    first->addWidget(m_type);
    first->addWidget(m_find);
    first->addWidget(m_pause);
    auto* third = new QHBoxLayout;
    third->addWidget(m_filter, 1);
    third->addWidget(m_copy);
    third->addWidget(m_save);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(6);
    layout->addLayout(first);
    layout->addWidget(m_strip);
    layout->addWidget(m_summary);
    layout->addLayout(third);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_shown);
}

void KeySearchPanel::setTopology(const cluster::Topology& topology)
{
    m_topology = topology;
    m_list->setTopology(topology);
}

void KeySearchPanel::setLive(bool live)
{
    if (m_live == live)
        return;
    m_live = live;
    if (!live && m_state != State::Idle) {
        m_state = State::Idle;
        Q_EMIT cancelRequested(m_ticket); // the session may go on, behind a moment of the past
        tellEnd(false, false);
    }
    updateControls();
}

void KeySearchPanel::reset()
{
    ++m_ticket; // what still comes of an old scan is of no interest
    m_state = State::Idle;
    m_progress = {};
    m_second->stop();
    m_list->clear();
    m_list->setPlaceholder(
        tr("Finds keys by pattern with SCAN on every primary, a thousand at a time. KEYS is never "
           "sent."));
    m_strip->hide();
    m_summary->hide();
    updateControls();
}

void KeySearchPanel::onFindClicked()
{
    if (m_state == State::Running || m_state == State::Paused) {
        m_state = State::Cancelling;
        updateControls();
        Q_EMIT cancelRequested(m_ticket);
        return;
    }
    if (!m_live || m_state != State::Idle || m_file)
        return;
    command::KeyScanOptions options;
    const auto pattern = bytesFromText(m_pattern->text());
    if (!pattern) {
        m_summary->setText(pattern.error().detail);
        m_summary->show();
        return;
    }
    if (*pattern != "*")
        options.match = *pattern;
    options.type = m_type->currentData().toByteArray();
    m_list->clear();
    m_list->setCommand(options.type == "string" ? "GET" : "TYPE");
    m_list->setPlaceholder(tr("Scanning…"));
    m_progress = {};
    m_strip->setProgress(m_progress, m_topology);
    m_strip->show();
    m_summary->show();
    m_state = State::Running;
    m_elapsedBefore = 0;
    m_clock.start();
    m_second->start();
    updateControls();
    tellProgress();
    Q_EMIT searchRequested(++m_ticket, options);
}

void KeySearchPanel::onPauseClicked()
{
    if (m_state == State::Running) {
        m_elapsedBefore += m_clock.elapsed();
        m_state = State::Paused;
        Q_EMIT pauseRequested(m_ticket);
    } else if (m_state == State::Paused) {
        m_clock.start();
        m_state = State::Running;
        Q_EMIT resumeRequested(m_ticket);
    }
    updateControls();
    tellProgress();
}

void KeySearchPanel::takeKeys(
    quint64 ticket, const command::KeyBatch& keys, const command::KeyScanProgress& progress)
{
    if (ticket != m_ticket || m_state == State::Idle)
        return;
    m_progress = progress;
    m_strip->setProgress(progress, m_topology);
    if (!keys.isEmpty())
        m_list->append(keys);
    tellProgress();
}

void KeySearchPanel::finish(quint64 ticket, bool complete, const command::KeyScanProgress& progress)
{
    if (ticket != m_ticket || m_state == State::Idle)
        return;
    m_progress = progress;
    m_strip->setProgress(progress, m_topology);
    const bool wasCancelled = m_state == State::Cancelling;
    if (m_state != State::Paused)
        m_elapsedBefore += m_clock.elapsed();
    m_state = State::Idle;
    tellEnd(complete, wasCancelled);
    updateControls();
}

QString KeySearchPanel::elapsedText() const
{
    const qint64 ms = m_elapsedBefore
        + (m_state == State::Running || m_state == State::Cancelling ? m_clock.elapsed() : 0);
    return tr("%1 s").arg(static_cast<double>(ms) / 1000, 0, 'f', 1);
}

void KeySearchPanel::tellProgress()
{
    if (m_state == State::Idle)
        return;
    int done = 0;
    QStringList troubles;
    for (const command::ShardScan& shard : std::as_const(m_progress.shards)) {
        done += shard.state == ShardState::Done;
        if (shard.state == ShardState::Failed || shard.state == ShardState::Waiting)
            troubles.append(scanText(shard));
    }
    QString text = tr("%1 found, %2 of %3 primaries done, %4")
                       .arg(keysText(m_progress.keys), QString::number(done),
                           QString::number(m_progress.shards.size()), elapsedText());
    if (m_state == State::Paused)
        text = tr("Paused. %1").arg(text);
    if (!troubles.isEmpty())
        text += u'\n' + troubles.mid(0, mostFailures).join(u'\n');
    m_summary->setText(text);
}

void KeySearchPanel::tellEnd(bool complete, bool wasCancelled)
{
    m_second->stop();
    m_list->setPlaceholder(tr("No key was found."));
    const QString found = tr("%1 in %2").arg(keysText(m_progress.keys), elapsedText());
    if (complete) {
        m_summary->setText(tr("Complete: %1, every primary was scanned to its end.").arg(found));
        return;
    }
    QStringList reasons;
    for (const command::ShardScan& shard : std::as_const(m_progress.shards)) {
        if (shard.state == ShardState::Failed)
            reasons.append(scanText(shard));
    }
    if (const qsizetype more = reasons.size() - mostFailures; more > 0) {
        reasons.resize(mostFailures);
        reasons.append(tr("and %1 more").arg(more));
    }
    if (wasCancelled)
        reasons.prepend(tr("it was cancelled"));
    else if (!m_live)
        reasons.prepend(tr("the connection was closed"));
    else if (m_progress.keys >= command::KeyScanOptions().mostKeys)
        reasons.prepend(tr("there are more keys than this list takes"));
    if (const int uncovered = cluster::slotCount(m_topology.uncovered()))
        reasons.append(unownedText(uncovered));
    if (reasons.isEmpty())
        reasons.append(tr("slots were moving, or the map could not be refreshed at the end; keys "
                          "may be missing"));
    m_summary->setText(tr("Incomplete: %1. %2.").arg(found, reasons.join(u"; "_s)));
}

void KeySearchPanel::updateControls()
{
    const bool running = m_state != State::Idle;
    m_find->setText(running ? tr("Cancel") : tr("Find"));
    m_find->setEnabled(m_live && m_state != State::Cancelling && !m_file);
    m_find->setToolTip(m_live ? QString() : tr("There is no connection."));
    m_pause->setVisible(running);
    m_pause->setText(m_state == State::Paused ? tr("Go on") : tr("Pause"));
    m_pause->setEnabled(m_state != State::Cancelling);
    m_pattern->setEnabled(!running);
    m_type->setEnabled(!running);
    tell();
}

void KeySearchPanel::filter()
{
    m_list->setFilter(m_filter->text().toUtf8());
}

void KeySearchPanel::tell()
{
    const KeyRows& rows = m_list->rows();
    const bool any = rows.store().size() > 0;
    m_filter->setEnabled(any && !m_file);
    m_copy->setEnabled(rows.size() > 0);
    m_save->setEnabled(rows.size() > 0 && m_state == State::Idle && !m_file);
    if (!any)
        m_shown->setText({});
    else if (rows.filter().isEmpty())
        m_shown->setText(
            tr("%1. A double click puts a command into the console.").arg(keysText(rows.size())));
    else
        m_shown->setText(
            tr("Found in %1 of %2").arg(count(rows.size()), keysText(rows.store().size())));
}

void KeySearchPanel::askForFile()
{
    askWhereToSave(this, { tr("Save keys"), u"keys.txt"_s, tr("Text (*.txt);;All files (*)") },
        [this](const QString& file) { save(file); });
}

void KeySearchPanel::save(const QString& file)
{
    if (m_state != State::Idle || m_file)
        return;
    m_file = new KeyFile(m_list->rows(), file, this);
    connect(m_file, &KeyFile::finished, this,
        [this](qsizetype written, const std::optional<support::Error>& error) {
            m_file->deleteLater();
            m_file = nullptr;
            updateControls();
            m_shown->setText(error ? explain::errorSentence(*error)
                                   : tr("Saved %1, one a line").arg(keysText(written)));
        });
    updateControls();
    m_file->start();
}

} // namespace slotscope::ui
