// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/connectionmenu.h"

#include "ui/mainwindow/connectiontab.h"
#include "ui/mainwindow/connectiontabs.h"

namespace slotscope::ui {
using namespace Qt::StringLiterals;

ConnectionMenu::ConnectionMenu(ConnectionTabs* tabs, QWidget* parent)
    : QMenu(tr("&Connection"), parent)
{
    QAction* test = addAction(tr("&Test this endpoint…"));
    test->setObjectName(u"testEndpointAction"_s);
    test->setShortcut(u"Ctrl+Shift+D"_s);
    connect(test, &QAction::triggered, tabs, [tabs] { tabs->current()->testEndpoint(); });
}

} // namespace slotscope::ui
