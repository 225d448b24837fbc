// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/incident/capturenotice.h"

#include "ui/report/incident.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

CaptureNotice::CaptureNotice(QWidget* parent)
    : QToolBar(parent)
{
    setObjectName(u"captureNotice"_s);
    setWindowTitle(tr("The last capture"));
    setAccessibleName(windowTitle());
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);

    auto* content = new QWidget(this);
    m_headline = plainLabel(content, u"captureHeadline"_s);
    m_headline->setFont(textFont(14, QFont::DemiBold));
    m_headline->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_headline->installEventFilter(this);
    m_files = plainLabel(content, u"captureFiles"_s);
    m_files->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_trouble = plainLabel(content, u"captureTrouble"_s);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    auto* texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(m_headline);
    texts->addWidget(m_files);
    texts->addWidget(m_trouble);
    auto* layout = new QHBoxLayout(content);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->addLayout(texts, 1);
    const auto add = [&](const QString& text, const QString& name, auto wish) {
        auto* button = new QPushButton(text, content);
        button->setObjectName(name);
        connect(button, &QPushButton::clicked, this, wish);
        layout->addWidget(button);
        return button;
    };
    add(tr("Report…"), u"noticeReport"_s, &CaptureNotice::reportRequested);
    add(tr("Show in folder"), u"noticeFolder"_s, &CaptureNotice::folderRequested);
    add(tr("Copy as Markdown"), u"noticeMarkdown"_s, &CaptureNotice::markdownRequested);
    add(tr("Delete files"), u"noticeDelete"_s, &CaptureNotice::deletionRequested);
    add(tr("Close"), u"noticeClose"_s, &QWidget::hide);
    addWidget(content);
    toggleViewAction()->setVisible(false);
}

void CaptureNotice::say(const QString& headline, const QString& captureFile,
    const QString& pictureFile, const QString& redaction)
{
    const QString copied = tr("Picture copied: %1").arg(visibleText(headline));
    m_headline->setAccessibleName(copied);
    m_headline->setToolTip(plainToolTip(copied));
    fitHeadline();
    // What was hidden first: the name may be cut.
    m_files->setText(redactionText(redaction) + u"  ·  "_s
        + tr("%1 and .png").arg(visibleText(QFileInfo(captureFile).fileName())));
    m_files->setToolTip(plainToolTip(visibleText(captureFile) + u'\n' + visibleText(pictureFile)));
    m_trouble->clear();
    m_trouble->hide();
    show();
}

void CaptureNotice::addTrouble(const QString& sentence)
{
    const QString line = u"\u26a0 "_s + visibleText(sentence);
    m_trouble->setText(m_trouble->text().isEmpty() ? line : m_trouble->text() + u'\n' + line);
    m_trouble->show();
}

void CaptureNotice::fitHeadline()
{
    m_headline->setText(
        elidedText(m_headline->accessibleName(), m_headline->font(), m_headline->width()));
}

bool CaptureNotice::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_headline && event->type() == QEvent::Resize)
        fitHeadline();
    return QToolBar::eventFilter(watched, event);
}

void CaptureNotice::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QToolBar::keyPressEvent(event);
}

} // namespace slotscope::ui
