// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/startpage.h"

#include "core/explain/topology.h"
#include "ui/theme/logo.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

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
    layout->addStretch(3);

    connect(sandbox, &QPushButton::clicked, this, &StartPage::sandboxRequested);
    connect(capture, &QPushButton::clicked, this, &StartPage::captureRequested);
}

} // namespace slotscope::ui
