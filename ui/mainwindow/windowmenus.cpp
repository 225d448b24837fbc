// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/windowmenus.h"

#include "ui/mainwindow/captureactions.h"
#include "ui/trace/storyplayer.h"

#include <QCoreApplication>
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
void add(QMenu* menu, const QString& text, const QKeySequence& key, Receiver* receiver,
    Function function)
{
    QAction* action = menu->addAction(text);
    action->setShortcut(key);
    QObject::connect(action, &QAction::triggered, receiver, function);
}

} // namespace

void fillMenus(QMenuBar* bar, const MenuParts& parts)
{
    QMenu* file = bar->addMenu(tr("&File"));
    add(file, tr("Go to the &endpoint field"), QKeySequence(u"Ctrl+L"_s), parts.window,
        parts.goToEndpoint);
    file->addSeparator();
    add(file, tr("&Copy picture, and save it as PNG"), QKeySequence(u"Ctrl+Shift+C"_s),
        parts.captures, &CaptureActions::copyPicture);
    add(file, tr("Save picture as S&VG…"), {}, parts.captures, &CaptureActions::askForSvg);
    add(file, tr("&Folder for pictures…"), {}, parts.captures, &CaptureActions::askForFolder);
    file->addSeparator();
    add(file, tr("&Save capture…"), QKeySequence::Save, parts.window, parts.saveCapture);
    add(file, tr("&Open capture…"), QKeySequence::Open, parts.captures,
        &CaptureActions::askForOpen);
    file->addSeparator();
    add(file, tr("&Quit"), QKeySequence(u"Ctrl+Q"_s), parts.window, &QWidget::close);

    bar->addMenu(parts.profiles);

    QMenu* view = bar->addMenu(tr("&View"));
    add(view, tr("&Refresh"), QKeySequence(u"F5"_s), parts.window, parts.refresh);
    add(view, tr("Go to the c&ommand line"), QKeySequence(u"Ctrl+K"_s), parts.window,
        parts.goToCommand);
    view->addMenu(parts.themes);

    QMenu* replay = bar->addMenu(tr("&Replay"));
    add(replay, tr("&Play or pause"), QKeySequence(u"Alt+P"_s), parts.player, &StoryPlayer::toggle);
    add(replay, tr("Step &forward"), QKeySequence(u"Alt+Right"_s), parts.player,
        &StoryPlayer::stepForward);
    add(replay, tr("Step &back"), QKeySequence(u"Alt+Left"_s), parts.player,
        &StoryPlayer::stepBack);
    add(replay, tr("From the &start"), QKeySequence(u"Alt+Home"_s), parts.player,
        &StoryPlayer::replay);

    bar->addMenu(parts.sandbox);
}

} // namespace slotscope::ui
