// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/connectionmenu.h"

#include "core/explain/writeguard.h"
#include "ui/connection/connectiontab.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/theme/plaintext.h"

#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

ConnectionMenu::ConnectionMenu(ConnectionTabs* tabs, QWidget* parent)
    : QMenu(tr("&Connection"), parent)
    , m_tabs(tabs)
{
    QAction* test = addAction(tr("&Test this endpoint…"));
    test->setObjectName(u"testEndpointAction"_s);
    test->setShortcut(u"Ctrl+Shift+D"_s);
    connect(test, &QAction::triggered, tabs, [tabs] { tabs->current()->testEndpoint(); });
    m_details = addAction(tr("&About this connection…"));
    m_details->setObjectName(u"connectionDetailsAction"_s);
    m_details->setShortcut(u"Ctrl+I"_s);
    connect(m_details, &QAction::triggered, tabs, [tabs] { tabs->current()->showDetails(); });
    addSeparator();
    m_readOnly = addAction(explain::slotscopeIsReadOnly());
    m_readOnly->setObjectName(u"readOnlyAction"_s);
    m_readOnly->setCheckable(true);
    connect(m_readOnly, &QAction::triggered, this, &ConnectionMenu::onReadOnly);
    connect(tabs, &ConnectionTabs::currentStateChanged, this, &ConnectionMenu::showState);
    showState();
}

void ConnectionMenu::showState()
{
    const ConnectionTab* tab = m_tabs->current();
    const bool isOpen = tab && tab->session();
    m_details->setEnabled(isOpen && tab->isConnected());
    m_readOnly->setEnabled(isOpen);
    m_readOnly->setChecked(isOpen && tab->config()->readOnly);
}

void ConnectionMenu::onReadOnly(bool readOnly)
{
    ConnectionTab* tab = m_tabs->current();
    if (readOnly || !tab->mark().isProduction()) {
        tab->setReadOnly(readOnly);
        return;
    }
    m_readOnly->setChecked(true); // until the answer
    askToWrite(tab);
}

void ConnectionMenu::askToWrite(ConnectionTab* tab)
{
    auto* box = new QMessageBox(parentWidget()->window()); // a menu is a window too
    box->setObjectName(u"writeToProduction"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Question);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(tr("Production"));
    box->setText(tr("Let Slotscope write to %1?").arg(visibleText(tab->title())));
    box->setInformativeText(tr("Its profile says that this is production. As long as this "
                               "connection is open, commands that write will be sent."));
    QPushButton* write = box->addButton(tr("Let it &write"), QMessageBox::AcceptRole);
    QPushButton* stay = box->addButton(tr("&Stay read-only"), QMessageBox::RejectRole);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    // Another connection may be in that tab by then.
    connect(write, &QPushButton::clicked, this,
        [tab = QPointer(tab), session = QPointer(tab->session())] {
            if (tab && session && tab->session() == session)
                tab->setReadOnly(false);
        });
    box->open();
}

} // namespace slotscope::ui
