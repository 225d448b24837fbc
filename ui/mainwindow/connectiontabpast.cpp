// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What a connection tab knows of what happened, and its recording.

#include "core/profile/profilejson.h"
#include "ui/console/consolepanel.h"
#include "ui/mainwindow/clusterpage.h"
#include "ui/mainwindow/connectiontab.h"
#include "ui/mainwindow/findingsactions.h"
#include "ui/mainwindow/inspector.h"
#include "ui/mainwindow/metricslink.h"
#include "ui/mainwindow/recordinglink.h"

#include <QCoreApplication>
#include <QInputDialog>
#include <QLineEdit>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int longestNote = 500;

} // namespace

capture::Capture ConnectionTab::known() const
{
    capture::Capture known;
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
        known.topology = page->topology();
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
    if (m_clusterPage)
        m_clusterPage->inspector()->addNote(note.at, note.text);
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
    dialog->setLabelText(tr("A note for %1:").arg(at.toString(u"HH:mm:ss'Z'"_s)));
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
