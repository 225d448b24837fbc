// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What a connection tab knows of what happened, and its recording.

#include "core/explain/topology.h"
#include "core/profile/profilejson.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/clusterpage/findingsactions.h"
#include "ui/connection/connectiontab.h"
#include "ui/connection/messagepage.h"
#include "ui/connection/startpage.h"
#include "ui/console/consolepanel.h"
#include "ui/inspector/inspector.h"
#include "ui/links/metricslink.h"
#include "ui/links/recordinglink.h"
#include "ui/links/timetravel.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/timetext.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QInputDialog>
#include <QLineEdit>
#include <QStackedWidget>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int longestNote = 500;

} // namespace

capture::Capture ConnectionTab::known() const
{
    capture::Capture known;
    if (const Moment* past = m_travel ? m_travel->shown() : nullptr) {
        known = past->capture;
        known.findings = past->findings;
        known.toolVersion = QCoreApplication::applicationVersion();
        known.utcOffsetSeconds = known.savedAt.toLocalTime().offsetFromUtc();
        known.name = m_opened ? m_opened->name : m_mark.profileName;
        known.environment
            = m_opened ? m_opened->environment : profile::environmentName(m_mark.environment);
        if (m_opened)
            known.redaction = m_opened->redaction;
        return known;
    }
    if (m_opened) {
        known = *m_opened;
        m_recording->fillNotes(&known);
        return known;
    }
    const QDateTime now = QDateTime::currentDateTime();
    known.savedAt = now.toUTC();
    known.utcOffsetSeconds = now.offsetFromUtc();
    known.toolVersion = QCoreApplication::applicationVersion();
    known.name = m_mark.profileName;
    known.environment = profile::environmentName(m_mark.environment);
    m_recording->fill(&known);
    if (const ClusterPage* page = shownCluster()) {
        known.topology = page->liveTopology();
        known.traces = page->console()->traces();
        known.findings = page->findings()->findings();
    }
    return known;
}

QString ConnectionTab::recordingFile() const
{
    return m_recording->recorder()->file();
}

void ConnectionTab::setRecorderOptions(const capture::RecorderOptions& options)
{
    m_recording->setOptions(options);
    tellMetrics();
}

/// A recording has no holes because its tab is hidden.
void ConnectionTab::tellMetrics()
{
    if (m_metrics)
        m_metrics->setAlways(m_recording->isRecording());
}

void ConnectionTab::addNote(const capture::Note& note)
{
    m_recording->addNote(note);
    if (m_clusterPage) {
        m_clusterPage->inspector()->addNote(note.at, note.text);
        m_travel->addNote(note);
    }
}

void ConnectionTab::leaveOpen()
{
    endSession();
    m_config.reset();
    m_opened.reset();
    m_recording->forget();
    m_mark = {};
    clusterPage()->reset();
    m_clusterPage->console()->clear();
    m_travel->reset();
}

void ConnectionTab::openFile(const QString& file)
{
    leaveOpen();
    const QString name = visibleText(QFileInfo(file).fileName());
    messagePage()->showProgress(tr("Opening %1…").arg(name));
    showPage(m_messagePage);
    setTitle(name);
    m_travel->open(file);
}

void ConnectionTab::showOpened(const OpenedHistory& history)
{
    const capture::Capture& capture = history.end.capture;
    m_opened = capture;
    m_recording->forget(capture.notes);
    for (const command::Trace& trace : capture.traces)
        m_clusterPage->console()->showRecorded(trace);
    showPage(m_clusterPage);
    const QDateTime shown = capture.topology.data().capturedAt;
    const QDateTime when = (shown.isValid() ? shown : capture.savedAt).toUTC();
    const QString captured = explain::capturedAt(dayAndClockText(when));
    setTitle(capture.name.isEmpty() ? captured : visibleText(capture.name) + u", "_s + captured);
    Q_EMIT clusterShown();
}

void ConnectionTab::offerRecordings(const QStringList& files)
{
    m_startPage->offerRecordings(files);
}

void ConnectionTab::askForNote()
{
    if (!shownCluster())
        return;
    // The moment is when the user wanted to write, not when the line was finished.
    const QDateTime at = QDateTime::currentDateTimeUtc();
    auto* dialog = new QInputDialog(this);
    dialog->setObjectName(u"noteDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setInputMode(QInputDialog::TextInput);
    dialog->setWindowTitle(tr("Note"));
    dialog->setLabelText(tr("A note for %1:").arg(clockText(at)));
    dialog->setOkButtonText(tr("Add"));
    dialog->resize(440, dialog->sizeHint().height());
    if (auto* field = dialog->findChild<QLineEdit*>())
        field->setMaxLength(longestNote);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, at](const QString& text) {
        if (const QString line = text.simplified(); !line.isEmpty())
            addNote({ at, line });
    });
    dialog->open();
}

} // namespace slotscope::ui
