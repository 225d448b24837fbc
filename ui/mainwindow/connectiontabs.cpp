// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/connectiontabs.h"

#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/console/consolepanel.h"
#include "ui/console/entrylist.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QTabBar>
#include <QUrl>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestTitle = 40;

/// Short, and without the & that would underline what comes after it.
QString shortTitle(const QString& title)
{
    QString text = visibleText(title);
    if (text.size() > longestTitle)
        text = text.left(longestTitle - 1) + u'…';
    return text.replace(u'&', u"&&"_s);
}

/// The first file of this computer that is dragged; empty without one.
QString draggedFile(const QMimeData* data)
{
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile())
            return url.toLocalFile();
    }
    return {};
}

} // namespace

ConnectionTabs::ConnectionTabs(session::IoThread& io, net::ConnectionOptions base, QWidget* parent)
    : QTabWidget(parent)
    , m_io(io)
    , m_base(std::move(base))
{
    setObjectName(u"connectionTabs"_s);
    setAccessibleName(tr("Connections"));
    setDocumentMode(true);
    setAcceptDrops(true);
    setTabsClosable(true);
    setMovable(true);
    setTabBarAutoHide(true);
    tabBar()->setAccessibleName(tr("Connections"));
    connect(this, &QTabWidget::tabCloseRequested, this, &ConnectionTabs::close);
    connect(this, &QTabWidget::currentChanged, this, &ConnectionTabs::currentStateChanged);
}

// Tab would come to the hidden bar of a lonely tab, and go no further.
void ConnectionTabs::tabInserted(int)
{
    tabBar()->setFocusPolicy(count() > 1 ? Qt::TabFocus : Qt::NoFocus);
}

void ConnectionTabs::tabRemoved(int index)
{
    tabInserted(index);
}

/// Whatever has the focus in here asks its parents, and so this, where Tab goes.
bool ConnectionTabs::focusNextPrevChild(bool next)
{
    if (const ClusterPage* page = current() ? current()->shownCluster() : nullptr)
        page->console()->entries()->orderForTab();
    return QTabWidget::focusNextPrevChild(next);
}

ConnectionTab* ConnectionTabs::current() const
{
    return tabAt(currentIndex());
}

ConnectionTab* ConnectionTabs::tabAt(int index) const
{
    return qobject_cast<ConnectionTab*>(widget(index));
}

void ConnectionTabs::setHistoryFile(const QString& file)
{
    m_historyFile = file;
    for (int i = 0; i < count(); ++i)
        tabAt(i)->setHistoryFile(file);
}

ConnectionTab* ConnectionTabs::addNew()
{
    auto* tab = new ConnectionTab(m_io, m_base, this);
    tab->setHistoryFile(m_historyFile);
    connect(tab, &ConnectionTab::changed, this, [this, tab] {
        nameTab(tab);
        if (tab == current())
            Q_EMIT currentStateChanged();
    });
    const int index = insertTab(currentIndex() + 1, tab, QString());
    nameTab(tab);
    Q_EMIT tabAdded(tab);
    setCurrentIndex(index);
    tab->focusEndpoint();
    return tab;
}

ConnectionTab* ConnectionTabs::unusedOne()
{
    ConnectionTab* tab = current();
    return tab && tab->isUnused() ? tab : addNew();
}

void ConnectionTabs::close(int index)
{
    ConnectionTab* tab = tabAt(index);
    if (!tab)
        return;
    if (count() == 1) {
        if (tab->isUnused()) {
            Q_EMIT lastClosed();
            return;
        }
        addNew();
    }
    removeTab(indexOf(tab));
    delete tab;
}

void ConnectionTabs::goToNumber(int number)
{
    const int index = number == 9 ? count() - 1 : number - 1;
    if (index < count())
        setCurrentIndex(index);
}

void ConnectionTabs::goToNext(int step)
{
    setCurrentIndex((currentIndex() + step + count()) % count());
}

void ConnectionTabs::dragEnterEvent(QDragEnterEvent* event)
{
    if (!draggedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ConnectionTabs::dropEvent(QDropEvent* event)
{
    const QString file = draggedFile(event->mimeData());
    if (file.isEmpty())
        return;
    event->acceptProposedAction();
    Q_EMIT fileDropped(file);
}

void ConnectionTabs::changeEvent(QEvent* event)
{
    QTabWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        for (int i = 0; i < count(); ++i) {
            tabBar()->setTabData(i, {}); // its icon has the colours of before
            nameTab(tabAt(i));
        }
    }
}

void ConnectionTabs::nameTab(ConnectionTab* tab)
{
    const int index = indexOf(tab);
    if (index < 0)
        return;
    const TabMark mark = tab->title().isEmpty() ? TabMark() : tab->mark();
    const QString look = mark.colour + QString::number(static_cast<int>(mark.environment));
    if (tabBar()->tabData(index).toString() != look) {
        tabBar()->setTabData(index, look);
        setTabIcon(index, mark.icon(Theme::of(palette())));
    }
    const QString text = shortTitle(tab->title().isEmpty() ? tr("New connection") : tab->title());
    // Setting one lays everything out and paints it anew, and this comes with every refresh.
    if (text == QTabWidget::tabText(index))
        return;
    setTabText(index, text);
    setTabToolTip(index, plainToolTip(tab->title()));
}

} // namespace slotscope::ui
