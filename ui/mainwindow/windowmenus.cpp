// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/windowmenus.h"

#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/console/consolepanel.h"
#include "ui/incident/captureactions.h"
#include "ui/incident/comparisonactions.h"
#include "ui/incident/viewpictures.h"
#include "ui/mainwindow/connectionmenu.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/trace/storyplayer.h"

#include <QActionGroup>
#include <QApplication>
#include <QMenu>
#include <QMenuBar>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct WindowMenus
{
    Q_DECLARE_TR_FUNCTIONS(WindowMenus)
};

template <typename Receiver, typename Function>
QAction* add(QMenu* menu, const QString& text, const QList<QKeySequence>& keys, Receiver* receiver,
    Function function)
{
    QAction* action = menu->addAction(text);
    action->setShortcuts(keys);
    QObject::connect(action, &QAction::triggered, receiver, function);
    return action;
}

/// How long the nodes have to answer for a capture.
void addDeadlines(QMenu* file, CaptureActions* captures)
{
    QMenu* menu = file->addMenu(WindowMenus::tr("T&ime that nodes have for a capture"));
    auto* group = new QActionGroup(menu);
    for (const int seconds : { 1, 2, 3, 5, 10, 30 }) {
        // A digit leads to one of them.
        const QString text = seconds < 10 ? WindowMenus::tr("&%1 s") : WindowMenus::tr("%1 s");
        QAction* action = menu->addAction(text.arg(seconds));
        action->setCheckable(true);
        action->setData(seconds);
        action->setObjectName(u"deadline%1Action"_s.arg(seconds));
        group->addAction(action);
    }
    QObject::connect(menu, &QMenu::aboutToShow, captures, [group, captures] {
        for (QAction* action : group->actions())
            action->setChecked(
                captures->deadline() == std::chrono::seconds(action->data().toInt()));
    });
    QObject::connect(group, &QActionGroup::triggered, captures,
        [captures](QAction* action) { captures->chooseSeconds(action->data().toInt()); });
}

void fillFile(QMenu* file, const MenuParts& parts)
{
    ConnectionTabs* tabs = parts.tabs;
    add(file, WindowMenus::tr("New &window"), { QKeySequence::New }, parts.window, parts.newWindow);
    add(file, WindowMenus::tr("New &tab"), { u"Ctrl+T"_s }, tabs, [tabs] { tabs->addNew(); });
    add(file, WindowMenus::tr("&Close tab"), { u"Ctrl+W"_s }, tabs,
        [tabs] { tabs->close(tabs->currentIndex()); });
    add(file, WindowMenus::tr("Go to the &endpoint field"), { u"Alt+D"_s, u"Ctrl+Shift+L"_s }, tabs,
        [tabs] { tabs->current()->focusEndpoint(); });
    file->addSeparator();
    add(file, WindowMenus::tr("C&apture: ask every node, copy the picture, save both"),
        { u"Ctrl+Shift+C"_s }, parts.captures, &CaptureActions::capture);
    add(file, WindowMenus::tr("&Report…"), { u"Ctrl+Shift+R"_s }, parts.captures,
        &CaptureActions::report);
    add(file, WindowMenus::tr("&Folder for captures and pictures…"), {}, parts.captures,
        &CaptureActions::askForFolder);
    addDeadlines(file, parts.captures);
    file->addSeparator();
    add(file, WindowMenus::tr("Write a &note for this moment…"), { u"Ctrl+M"_s }, tabs,
        [tabs] { tabs->current()->askForNote(); });
    add(file, WindowMenus::tr("&Save capture…"), { QKeySequence::Save }, parts.captures,
        &CaptureActions::askForSave);
    add(file, WindowMenus::tr("&Open capture…"), { QKeySequence::Open }, parts.captures,
        &CaptureActions::askForOpen);
    add(file, WindowMenus::tr("Co&mpare captures…"), {}, parts.comparisons,
        &ComparisonActions::askForFiles);
    file->addSeparator();
    add(file, WindowMenus::tr("&Quit"), { u"Ctrl+Q"_s }, qApp, &QApplication::closeAllWindows);
}

void fillEdit(QMenu* edit, ViewPictures* pictures)
{
    using View = ViewPictures::View;
    const QList<std::pair<QString, View>> views {
        { WindowMenus::tr("&Topology"), View::Topology },
        { WindowMenus::tr("&Slot map"), View::SlotMap },
        { WindowMenus::tr("&Film strip of the shown trace"), View::FilmStrip },
        { WindowMenus::tr("Se&quence of the shown trace"), View::Sequence },
    };
    QMenu* copy = edit->addMenu(WindowMenus::tr("&Copy as picture"));
    QMenu* save = edit->addMenu(WindowMenus::tr("&Save as picture"));
    for (const auto& [title, view] : views) {
        add(copy, title, {}, pictures, [pictures, view = view] { pictures->copy(view); });
        add(save, title + u'…', {}, pictures,
            [pictures, view = view] { pictures->askToSave(view); });
    }
    add(edit, WindowMenus::tr("Save &replay of the shown trace as animation…"), {}, pictures,
        &ViewPictures::askToSaveReplay);
}

void fillView(QMenu* view, const MenuParts& parts)
{
    ConnectionTabs* tabs = parts.tabs;
    add(view, WindowMenus::tr("&Refresh"), { u"F5"_s }, tabs,
        [tabs] { tabs->current()->refresh(); });
    add(view, WindowMenus::tr("Go to the c&ommand line"), { u"/"_s }, tabs, [tabs] {
        if (const ClusterPage* page = tabs->current()->shownCluster())
            page->console()->focusInput();
    });
    add(view, WindowMenus::tr("C&lear the console"), { u"Ctrl+L"_s }, tabs, [tabs] {
        if (const ClusterPage* page = tabs->current()->shownCluster())
            page->console()->clear();
    });
    add(view, WindowMenus::tr("&Go to a node, slot or key…"), { u"G"_s, u"Ctrl+G"_s }, parts.window,
        parts.goToPlace);
    view->addSeparator();
    add(view, WindowMenus::tr("&Next tab"), { u"Ctrl+Tab"_s, u"Ctrl+PgDown"_s }, tabs,
        [tabs] { tabs->goToNext(1); });
    add(view, WindowMenus::tr("&Previous tab"), { u"Ctrl+Shift+Tab"_s, u"Ctrl+PgUp"_s }, tabs,
        [tabs] { tabs->goToNext(-1); });
    QMenu* numbers = view->addMenu(WindowMenus::tr("Go to &tab"));
    for (int number = 1; number <= 9; ++number) {
        add(numbers,
            number == 9 ? WindowMenus::tr("&9: the last one")
                        : WindowMenus::tr("Tab &%1").arg(number),
            { u"Ctrl+%1"_s.arg(number) }, tabs, [tabs, number] { tabs->goToNumber(number); });
    }
    view->addSeparator();
    view->addMenu(parts.metrics);
    view->addMenu(parts.recording);
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
    add(replay, WindowMenus::tr("&Play or pause"), { u"Alt+P"_s }, tabs,
        toPlayer(&StoryPlayer::toggle));
    add(replay, WindowMenus::tr("Step &forward"), { u"Alt+Right"_s }, tabs,
        toPlayer(&StoryPlayer::stepForward));
    add(replay, WindowMenus::tr("Step &back"), { u"Alt+Left"_s }, tabs,
        toPlayer(&StoryPlayer::stepBack));
    add(replay, WindowMenus::tr("From the &start"), { u"Alt+Home"_s }, tabs,
        toPlayer(&StoryPlayer::replay));
    QObject::connect(replay, &QMenu::aboutToShow, tabs, [replay, tabs] {
        const ClusterPage* page = tabs->current()->shownCluster();
        for (QAction* action : replay->actions())
            action->setEnabled(page && !page->player()->isEmpty());
    });
    // Their keys work again with the next trace, whether or not the menu is opened before.
    QObject::connect(replay, &QMenu::aboutToHide, replay, [replay] {
        for (QAction* action : replay->actions())
            action->setEnabled(true);
    });
}

} // namespace

void fillMenus(QMenuBar* bar, const MenuParts& parts)
{
    fillFile(bar->addMenu(WindowMenus::tr("&File")), parts);
    fillEdit(bar->addMenu(WindowMenus::tr("Ed&it")), parts.pictures);
    bar->addMenu(new ConnectionMenu(parts.tabs, bar));
    bar->addMenu(parts.profiles);
    fillView(bar->addMenu(WindowMenus::tr("&View")), parts);
    fillReplay(bar->addMenu(WindowMenus::tr("&Replay")), parts.tabs);
    bar->addMenu(parts.sandbox);
    QMenu* help = bar->addMenu(WindowMenus::tr("&Help"));
    add(help, WindowMenus::tr("Command &palette…"), { u"Ctrl+K"_s }, parts.window,
        parts.openPalette);
    add(help, WindowMenus::tr("&Keyboard shortcuts"), { u"Ctrl+/"_s, u"F1"_s }, parts.window,
        parts.showShortcuts);
}

} // namespace slotscope::ui
