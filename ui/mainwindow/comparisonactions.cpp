// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/comparisonactions.h"

#include "core/capture/capturefile.h"
#include "ui/mainwindow/captureactions.h"
#include "ui/report/background.h"
#include "ui/report/comparisonview.h"

#include <QDialog>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

ComparisonActions::ComparisonActions(CaptureActions* captures, QWidget* window)
    : QObject(window)
    , m_captures(captures)
    , m_window(window)
{ }

void ComparisonActions::askForFiles()
{
    const bool isOpen = !m_captures->content().capture.topology.isEmpty();
    auto* dialog = new QFileDialog(m_window,
        isOpen ? tr("Choose two captures, or one to compare with what is open")
               : tr("Choose two captures"),
        m_captures->folder(), tr("Slotscope captures (*.slotscope);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &ComparisonActions::compare);
    dialog->open();
}

void ComparisonActions::compare(const QStringList& files)
{
    const capture::Capture shown = m_captures->content().capture;
    if (files.isEmpty() || files.size() > 2 || (files.size() == 1 && shown.topology.isEmpty())) {
        Q_EMIT message(tr("Two captures are compared, or one with what is open."));
        return;
    }
    using Read = support::Result<QList<capture::Capture>>;
    inBackground<Read>(
        this,
        [files]() -> Read {
            QList<capture::Capture> captures;
            for (const QString& file : files) {
                const auto capture = capture::readCapture(file);
                if (!capture)
                    return capture.error();
                captures.append(*capture);
            }
            return captures;
        },
        [this, shown](const Read& read) {
            if (read)
                show(read->first(), read->size() == 2 ? read->last() : shown);
            else
                Q_EMIT failed(read.error());
        });
}

void ComparisonActions::show(const capture::Capture& one, const capture::Capture& other)
{
    const bool isInOrder = one.savedAt <= other.savedAt;
    auto* dialog = new QDialog(m_window);
    dialog->setObjectName(u"comparisonDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->resize(1100, 720);
    auto* view = new ComparisonView(isInOrder ? one : other, isInOrder ? other : one, dialog);
    dialog->setWindowTitle(view->title());
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(10, 0, 10, 10);
    buttons->addStretch(1);
    const auto add = [&](const QString& text, auto* receiver, auto reaction) {
        auto* button = new QPushButton(text, dialog);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, receiver, reaction);
        buttons->addWidget(button);
    };
    add(tr("Copy as &Markdown"), view, &ComparisonView::copyMarkdown);
    add(tr("Copy as &text"), view, &ComparisonView::copyText);
    add(tr("Close"), dialog, &QDialog::reject);
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(view, 1);
    layout->addLayout(buttons);
    dialog->show();
}

} // namespace slotscope::ui
