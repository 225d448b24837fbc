// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/connection/startpage.h"

#include "core/capture/abandoned.h"
#include "core/capture/history.h"
#include "core/explain/topology.h"
#include "ui/theme/logo.h"
#include "ui/theme/theme.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

StartPage::StartPage(QWidget* parent)
    : QWidget(parent)
{
    auto* icon = new QLabel(this);
    icon->setPixmap(logoPixmap(72, devicePixelRatioF()));
    icon->setAlignment(Qt::AlignCenter);
    auto* title = new QLabel(explain::startPage(), this);
    title->setObjectName(u"startLabel"_s);
    title->setTextFormat(Qt::PlainText);
    title->setFont(textFont(18));
    title->setAlignment(Qt::AlignCenter);
    title->setWordWrap(true);
    auto* sandbox = new QPushButton(tr("Try a sandbox"), this);
    sandbox->setObjectName(u"sandboxButton"_s);
    sandbox->setToolTip(tr("Starts a real cluster of six servers on this computer, in a temporary "
                           "folder; it ends with this window"));
    auto* capture = new QPushButton(tr("Open a capture"), this);
    capture->setObjectName(u"openCaptureButton"_s);

    for (QPushButton* button : { sandbox, capture }) {
        button->setMinimumSize(150, 34);
    }
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(10);
    buttons->addStretch(1);
    buttons->addWidget(sandbox);
    buttons->addWidget(capture);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(icon);
    layout->addSpacing(10);
    layout->addWidget(title);
    layout->addSpacing(14);
    layout->addLayout(buttons);
    layout->addSpacing(18);
    m_recordings = new QVBoxLayout;
    m_recordings->setSpacing(6);
    layout->addLayout(m_recordings);
    layout->addStretch(3);

    m_glance = new QTimer(this);
    m_glance->setSingleShot(true);
    m_glance->setInterval(1000);
    connect(m_glance, &QTimer::timeout, this, [this] {
        if (!isVisible())
            return;
        for (const QString& file : std::exchange(m_unseen, {}))
            capture::setOffered(file);
    });
    connect(sandbox, &QPushButton::clicked, this, &StartPage::sandboxRequested);
    connect(capture, &QPushButton::clicked, this, &StartPage::captureRequested);
}

void StartPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_glance->start();
}

void StartPage::offerRecordings(const QStringList& files)
{
    constexpr int most = 3;
    int offered = 0;
    int more = 0;
    // Their names begin with their times: the newest first.
    for (auto file = files.crbegin(); file != files.crend(); ++file) {
        const auto history = capture::History::open(*file);
        if (!history || !history->from().isValid())
            continue;
        if (offered < most) {
            addRecording(*file, *history);
            ++offered;
        } else {
            ++more;
        }
        m_unseen.append(*file);
    }
    if (isVisible())
        m_glance->start();
    if (more == 0)
        return;
    auto* text = new QLabel(this);
    text->setObjectName(u"moreRecordings"_s);
    text->setTextFormat(Qt::PlainText);
    text->setAlignment(Qt::AlignHCenter);
    text->setText(tr("Older recordings of that kind: %1, in %2.")
                      .arg(more)
                      .arg(QDir::toNativeSeparators(QFileInfo(files.first()).path())));
    m_recordings->addWidget(text);
}

void StartPage::addRecording(const QString& file, const capture::History& history)
{
    auto* row = new QWidget(this);
    row->setObjectName(u"abandonedRecording"_s);
    auto* text = new QLabel(row);
    text->setTextFormat(Qt::PlainText);
    text->setText(tr("Slotscope ended unexpectedly. The recording of %1 to %2 was kept.")
                      .arg(history.from().toString(u"yyyy-MM-dd HH:mm'Z'"_s),
                          history.to().toString(u"HH:mm'Z'"_s)));
    auto* open = new QPushButton(tr("Open it"), row);
    open->setObjectName(u"openRecording"_s);
    auto* remove = new QPushButton(tr("Delete it"), row);
    remove->setObjectName(u"deleteRecording"_s);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    line->addStretch(1);
    line->addWidget(text);
    line->addWidget(open);
    line->addWidget(remove);
    line->addStretch(1);
    m_recordings->addWidget(row);
    connect(open, &QPushButton::clicked, this, [this, file] { Q_EMIT openRequested(file); });
    connect(remove, &QPushButton::clicked, row, [row, file] {
        capture::discardRecording(file);
        row->deleteLater();
    });
}

} // namespace slotscope::ui
