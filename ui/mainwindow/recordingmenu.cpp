// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/recordingmenu.h"

#include <QActionGroup>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 megabyte = 1024 * 1024;
constexpr int hoursPerDay = 24;

int hoursOf(const capture::RecorderOptions& options)
{
    return static_cast<int>(options.limits.age.count() / 3600);
}

int megabytesOf(const capture::RecorderOptions& options)
{
    return static_cast<int>(options.limits.bytes / megabyte);
}

int daysOf(const capture::AbandonedLimits& limits)
{
    return static_cast<int>(limits.age.count() / hoursPerDay);
}

int megabytesOf(const capture::AbandonedLimits& limits)
{
    return static_cast<int>(limits.bytes / megabyte);
}

} // namespace

RecordingMenu::RecordingMenu(const QString& folder, QWidget* parent)
    : QMenu(tr("Recor&ding"), parent)
{
    m_options.folder = folder;
    setEnabled(!folder.isEmpty());
    m_on = addAction(tr("&Record what happens"));
    m_on->setObjectName(u"recordingAction"_s);
    m_on->setCheckable(true);
    addSection(tr("Deleted when its tab or the window is closed"));
    addSection(tr("Keep the last"));
    m_hours = new QActionGroup(this);
    addChoices(
        this, m_hours, { 1, 6, 24 },
        [](int hours) { return hours == 1 ? tr("&1 hour") : tr("%1 hours").arg(hours); },
        u"recordingHours%1"_s);
    addSection(tr("For each connection at most"));
    m_megabytes = new QActionGroup(this);
    addChoices(
        this, m_megabytes, { 50, 100, 500 }, [](int size) { return tr("%1 MB").arg(size); },
        u"recordingMegabytes%1"_s);
    addSeparator();
    m_withArguments = addAction(tr("With the &arguments and replies of the console"));
    m_withArguments->setObjectName(u"recordingArguments"_s);
    m_withArguments->setCheckable(true);
    addAbandonedMenu();
    mark();
    connect(this, &QMenu::triggered, this, &RecordingMenu::onTriggered);
}

void RecordingMenu::addAbandonedMenu()
{
    QMenu* menu = addMenu(tr("Left by a &program that was killed"));
    menu->addSection(tr("Keep for"));
    m_abandonedDays = new QActionGroup(this);
    addChoices(
        menu, m_abandonedDays, { 1, 7, 30 },
        [](int days) { return days == 1 ? tr("&1 day") : tr("%1 days").arg(days); },
        u"abandonedDays%1"_s);
    const QString together = tr("All together at most");
    menu->addSection(together);
    // Titles of sections do not widen a menu.
    constexpr int roomBeside = 40;
    menu->setMinimumWidth(menu->fontMetrics().horizontalAdvance(together) + roomBeside);
    m_abandonedMegabytes = new QActionGroup(this);
    addChoices(
        menu, m_abandonedMegabytes, { 100, 500, 2000 },
        [](int size) { return tr("%1 MB").arg(size); }, u"abandonedMegabytes%1"_s);
}

void RecordingMenu::addChoices(QMenu* menu, QActionGroup* group, const QList<int>& values,
    const std::function<QString(int)>& text, const QString& name)
{
    for (const int value : values) {
        QAction* action = menu->addAction(text(value));
        action->setCheckable(true);
        action->setData(value);
        action->setObjectName(name.arg(value));
        group->addAction(action);
    }
}

void RecordingMenu::mark()
{
    m_on->setChecked(m_options.isOn);
    m_withArguments->setChecked(m_options.withArguments);
    const auto check = [](const QActionGroup* group, int value) {
        for (QAction* action : group->actions())
            action->setChecked(action->data().toInt() == value);
    };
    check(m_hours, hoursOf(m_options));
    check(m_megabytes, megabytesOf(m_options));
    check(m_abandonedDays, daysOf(m_abandoned));
    check(m_abandonedMegabytes, megabytesOf(m_abandoned));
}

void RecordingMenu::onTriggered()
{
    const auto chosen
        = [](const QActionGroup* group) { return group->checkedAction()->data().toInt(); };
    m_options.isOn = m_on->isChecked();
    m_options.withArguments = m_withArguments->isChecked();
    m_options.limits.age = std::chrono::hours(chosen(m_hours));
    m_options.limits.bytes = chosen(m_megabytes) * megabyte;
    m_abandoned.age = std::chrono::hours(chosen(m_abandonedDays) * hoursPerDay);
    m_abandoned.bytes = chosen(m_abandonedMegabytes) * megabyte;
    Q_EMIT optionsChanged(m_options);
}

QVariantMap RecordingMenu::state() const
{
    return { { u"on"_s, m_options.isOn }, { u"hours"_s, hoursOf(m_options) },
        { u"megabytes"_s, megabytesOf(m_options) }, { u"arguments"_s, m_options.withArguments },
        { u"abandonedDays"_s, daysOf(m_abandoned) },
        { u"abandonedMegabytes"_s, megabytesOf(m_abandoned) } };
}

void RecordingMenu::setState(const QVariantMap& state)
{
    const auto knows = [](const QActionGroup* group, int value) {
        const QList<QAction*> actions = group->actions();
        return std::any_of(actions.begin(), actions.end(),
            [value](const QAction* action) { return action->data().toInt() == value; });
    };
    m_options.isOn = state.value(u"on"_s, m_options.isOn).toBool();
    m_options.withArguments = state.value(u"arguments"_s, m_options.withArguments).toBool();
    if (const int hours = state.value(u"hours"_s).toInt(); knows(m_hours, hours))
        m_options.limits.age = std::chrono::hours(hours);
    if (const int megabytes = state.value(u"megabytes"_s).toInt(); knows(m_megabytes, megabytes))
        m_options.limits.bytes = megabytes * megabyte;
    if (const int days = state.value(u"abandonedDays"_s).toInt(); knows(m_abandonedDays, days))
        m_abandoned.age = std::chrono::hours(days * hoursPerDay);
    const int abandoned = state.value(u"abandonedMegabytes"_s).toInt();
    if (knows(m_abandonedMegabytes, abandoned))
        m_abandoned.bytes = abandoned * megabyte;
    mark();
}

} // namespace slotscope::ui
