// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/recordingmenu.h"

#include <QActionGroup>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 megabyte = 1024 * 1024;

int hoursOf(const capture::RecorderOptions& options)
{
    return static_cast<int>(options.limits.age.count() / 3600);
}

int megabytesOf(const capture::RecorderOptions& options)
{
    return static_cast<int>(options.limits.bytes / megabyte);
}

} // namespace

RecordingMenu::RecordingMenu(const QString& folder, QWidget* parent)
    : QMenu(tr("Re&cording"), parent)
{
    m_options.folder = folder;
    setEnabled(!folder.isEmpty());
    m_on = addAction(tr("&Record what happens"));
    m_on->setObjectName(u"recordingAction"_s);
    m_on->setCheckable(true);
    addSection(tr("Keep the last"));
    m_hours = new QActionGroup(this);
    addChoices(
        m_hours, { 1, 6, 24 }, hoursOf(m_options),
        [](int hours) { return hours == 1 ? tr("&1 hour") : tr("%1 hours").arg(hours); },
        u"recordingHours%1"_s);
    addSection(tr("For each connection at most"));
    m_megabytes = new QActionGroup(this);
    addChoices(
        m_megabytes, { 50, 100, 500 }, megabytesOf(m_options),
        [](int megabytes) { return tr("%1 MB").arg(megabytes); }, u"recordingMegabytes%1"_s);
    addSeparator();
    m_withArguments = addAction(tr("With the &arguments and replies of the console"));
    m_withArguments->setObjectName(u"recordingArguments"_s);
    m_withArguments->setCheckable(true);
    mark();
    connect(this, &QMenu::triggered, this, &RecordingMenu::onTriggered);
}

void RecordingMenu::addChoices(QActionGroup* group, const QList<int>& values, int wanted,
    const std::function<QString(int)>& text, const QString& name)
{
    for (const int value : values) {
        QAction* action = addAction(text(value));
        action->setCheckable(true);
        action->setData(value);
        action->setObjectName(name.arg(value));
        action->setChecked(value == wanted);
        group->addAction(action);
    }
}

void RecordingMenu::mark()
{
    m_on->setChecked(m_options.isOn);
    m_withArguments->setChecked(m_options.withArguments);
    for (QAction* action : m_hours->actions()) {
        if (action->data().toInt() == hoursOf(m_options))
            action->setChecked(true);
    }
    for (QAction* action : m_megabytes->actions()) {
        if (action->data().toInt() == megabytesOf(m_options))
            action->setChecked(true);
    }
}

void RecordingMenu::onTriggered()
{
    m_options.isOn = m_on->isChecked();
    m_options.withArguments = m_withArguments->isChecked();
    m_options.limits.age = std::chrono::hours(m_hours->checkedAction()->data().toInt());
    m_options.limits.bytes = m_megabytes->checkedAction()->data().toInt() * megabyte;
    Q_EMIT optionsChanged(m_options);
}

QVariantMap RecordingMenu::state() const
{
    return { { u"on"_s, m_options.isOn }, { u"hours"_s, hoursOf(m_options) },
        { u"megabytes"_s, megabytesOf(m_options) }, { u"arguments"_s, m_options.withArguments } };
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
    mark();
}

} // namespace slotscope::ui
