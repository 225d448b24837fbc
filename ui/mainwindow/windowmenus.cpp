// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/windowmenus.h"

#include "ui/console/consolepanel.h"
#include "ui/mainwindow/captureactions.h"
#include "ui/mainwindow/clusterpage.h"
#include "ui/mainwindow/connectionmenu.h"
#include "ui/mainwindow/connectiontab.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/trace/storyplayer.h"

#include <QApplication>
#include <QMenu>
#include <QMenuBar>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("slotscope::ui::MainWindow", text);
}

template <typename Receiver, typename Function>
QAction* add(QMenu* menu, const QString& text, const QList<QKeySequence>& keys, Receiver* receiver,
    Function function)
{
    QAction* action = menu->addAction(text);
    action->setShortcuts(keys);
    QObject::connect(action, &QAction::triggered, receiver, function);
    return action;
}

void fillFile(QMenu* file, const MenuParts& parts)
{
    ConnectionTabs* tabs = parts.tabs;
    add(file, tr("New &window"), { QKeySequence::New }, parts.window, parts.newWindow);
    add(file, tr("New &tab"), { u"Ctrl+T"_s }, tabs, [tabs] { tabs->addNew(); });
    add(file, tr("&Close tab"), { u"Ctrl+W"_s }, tabs,
        [tabs] { tabs->close(tabs->currentIndex()); });
    add(file, tr("Go to the &endpoint field"), { u"Alt+D"_s, u"Ctrl+Shift+L"_s }, tabs,
        [tabs] { tabs->current()->focusEndpoint(); });
    file->addSeparator();
    add(file, tr("Copy &picture, and save it as PNG"), { u"Ctrl+Shift+C"_s }, parts.captures,
        &CaptureActions::copyPicture);
    add(file, tr("Save picture as S&VG…"), {}, parts.captures, &CaptureActions::askForSvg);
    add(file, tr("&Folder for pictures…"), {}, parts.captures, &CaptureActions::askForFolder);
    file->addSeparator();
    add(file, tr("&Save capture…"), { QKeySequence::Save }, tabs,
        [tabs, captures = parts.captures] {
            const ClusterPage* page = tabs->current()->shownCluster();
            captures->askForSave(page ? page->console()->traces() : QList<command::Trace>());
        });
    add(file, tr("&Open capture…"), { QKeySequence::Open }, parts.captures,
        &CaptureActions::askForOpen);
    file->addSeparator();
    add(file, tr("&Quit"), { u"Ctrl+Q"_s }, qApp, &QApplication::closeAllWindows);
}

void fillView(QMenu* view, const MenuParts& parts)
{
    ConnectionTabs* tabs = parts.tabs;
    add(view, tr("&Refresh"), { u"F5"_s }, tabs, [tabs] { tabs->current()->refresh(); });
    add(view, tr("Go to the c&ommand line"), { u"/"_s }, tabs, [tabs] {
        if (const ClusterPage* page = tabs->current()->shownCluster())
            page->console()->focusInput();
    });
    add(view, tr("C&lear the console"), { u"Ctrl+L"_s }, tabs, [tabs] {
        if (const ClusterPage* page = tabs->current()->shownCluster())
            page->console()->clear();
    });
    add(view, tr("&Go to a node, slot or key…"), { u"G"_s, u"Ctrl+G"_s }, parts.window,
        parts.goToPlace);
    view->addSeparator();
    add(view, tr("&Next tab"), { u"Ctrl+Tab"_s, u"Ctrl+PgDown"_s }, tabs,
        [tabs] { tabs->goToNext(1); });
    add(view, tr("&Previous tab"), { u"Ctrl+Shift+Tab"_s, u"Ctrl+PgUp"_s }, tabs,
        [tabs] { tabs->goToNext(-1); });
    QMenu* numbers = view->addMenu(tr("Go to &tab"));
    for (int number = 1; number <= 9; ++number) {
        add(numbers, number == 9 ? tr("&9: the last one") : tr("Tab &%1").arg(number),
            { u"Ctrl+%1"_s.arg(number) }, tabs, [tabs, number] { tabs->goToNumber(number); });
    }
    view->addSeparator();
    view->addMenu(parts.metrics);
    view->addMenu(parts.themes);
    view->addMenu(parts.sizes);
    view->addAction(parts.reducedMotion);
}

void fillReplay(QMenu* replay, ConnectionTabs* tabs)
{
    const auto toPlayer = [tabs](void (StoryPlayer::*function)()) {
        return [tabs, function] {
            if (const ClusterPage* page = tabs->current()->shownCluster())
                (page->player()->*function)();
        };
    };
    add(replay, tr("&Play or pause"), { u"Alt+P"_s }, tabs, toPlayer(&StoryPlayer::toggle));
    add(replay, tr("Step &forward"), { u"Alt+Right"_s }, tabs, toPlayer(&StoryPlayer::stepForward));
    add(replay, tr("Step &back"), { u"Alt+Left"_s }, tabs, toPlayer(&StoryPlayer::stepBack));
    add(replay, tr("From the &start"), { u"Alt+Home"_s }, tabs, toPlayer(&StoryPlayer::replay));
}

} // namespace

void fillMenus(QMenuBar* bar, const MenuParts& parts)
{
    fillFile(bar->addMenu(tr("&File")), parts);
    bar->addMenu(new ConnectionMenu(parts.tabs, bar));
    bar->addMenu(parts.profiles);
    fillView(bar->addMenu(tr("&View")), parts);
    fillReplay(bar->addMenu(tr("&Replay")), parts.tabs);
    bar->addMenu(parts.sandbox);
    QMenu* help = bar->addMenu(tr("&Help"));
    add(help, tr("Command &palette…"), { u"Ctrl+K"_s }, parts.window, parts.openPalette);
    add(help, tr("&Keyboard shortcuts"), { u"Ctrl+/"_s, u"F1"_s }, parts.window,
        parts.showShortcuts);
}

} // namespace slotscope::ui
