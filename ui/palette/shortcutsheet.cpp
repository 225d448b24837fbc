// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/palette/shortcutsheet.h"

#include "ui/palette/paletteitems.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

QStringList keysOf(const QAction* action)
{
    QStringList keys;
    for (const QKeySequence& sequence : action->shortcuts())
        keys.append(sequence.toString(QKeySequence::NativeText));
    return keys;
}

void collect(const QList<QAction*>& actions, QList<ShortcutGroup::Row>* rows)
{
    for (const QAction* action : actions) {
        if (const QMenu* menu = action->menu()) {
            QList<ShortcutGroup::Row> inside;
            collect(menu->actions(), &inside);
            if (inside.size() < 4) {
                rows->append(inside);
            } else {
                // Ctrl+1 to Ctrl+9 are one thing.
                const QString keys
                    = inside.first().keys.first() + u" … "_s + inside.last().keys.first();
                rows->append({ { keys }, plainActionText(action->text()) });
            }
        } else if (!action->shortcuts().isEmpty()) {
            rows->append({ keysOf(action), plainActionText(action->text()) });
        }
    }
}

QString key(const char* text)
{
    return QKeySequence(QString::fromLatin1(text)).toString(QKeySequence::NativeText);
}

/// Keys that the panels take themselves, while they have the focus.
class PanelKeys
{
    Q_DECLARE_TR_FUNCTIONS(PanelKeys)
public:
    static QList<ShortcutGroup> groups();
};

QList<ShortcutGroup> PanelKeys::groups()
{
    const QString arrows = u"← ↑ → ↓"_s;
    return {
        { tr("Picture"),
            { { { arrows }, tr("From card to card") },
                { { key("Return") }, tr("Show the card's first node") },
                { { key("Ctrl+Return") }, tr("Only this shard, or all again") },
                { { key("+"), key("-") }, tr("Closer; farther") },
                { { key("0"), key("F") }, tr("The whole picture") },
                { { key("Escape") }, tr("All shards, the whole picture") } } },
        { tr("Ribbon"),
            { { { key("Left"), key("Right") }, tr("From range to range") },
                { { key("Home"), key("End") }, tr("The first range; the last") },
                { { key("PgUp"), key("PgDown") }, tr("A sixteenth of all slots") },
                { { key("Return"), key("Space") }, tr("Only the range's shard, or all again") } } },
        { tr("List of shards"),
            { { { key("Space") }, tr("Only this shard, or all again") },
                { { key("Return") }, tr("Show the shard's primary") } } },
        { tr("Replay, outside text fields"),
            { { { key("Space") }, tr("Play or pause") }, { { key(".") }, tr("One step forward") },
                { { key(",") }, tr("One step back") },
                { { key("Up"), key("Down") }, tr("From message to message, in the sequence") },
                { { key("Ctrl+C") }, tr("Copy the sequence as text") } } },
        { tr("Slot map"),
            { { { arrows, key("PgUp"), key("PgDown") }, tr("From slot to slot") },
                { { key("Home"), key("End") }, tr("Ends of the row; of the map with Ctrl") },
                { { key("Return"), key("Shift+Return") }, tr("Select the slot; up to the slot") },
                { { key("Ctrl+Return") }, tr("Only the slot's shard, or all again") },
                { { key("Escape") }, tr("Select nothing") } } },
        { tr("List of keys"),
            { { { key("Up"), key("Down") }, tr("From key to key; with Shift several") },
                { { key("Return") }, tr("Ask about the key in the console") },
                { { key("Ctrl+A"), key("Ctrl+C") }, tr("Select all; copy") } } },
        { tr("Command line"),
            { { { key("Return") }, tr("Run") },
                { { key("Ctrl+Return") }, tr("Compare a plain client with a cluster client") },
                { { key("Tab") }, tr("Complete") },
                { { key("Up"), key("Down") }, tr("Commands of the past; among suggestions") },
                { { key("Ctrl+R") }, tr("Search the commands of the past") },
                { { key("Escape") }, tr("Close the suggestions") },
                { { key("Ctrl+L") }, tr("Empty the list of what was run") } } },
        { tr("Replies"),
            { { { key("Return") }, tr("Replay the path, or all rows of a fan-out together") },
                { { key("Shift+Return") }, tr("Replay one row of a fan-out") },
                { { key("Up"), key("Down") }, tr("From line to line; Ctrl+C copies one") },
                { { key("Left"), key("Right") }, tr("Fold; unfold") },
                { { key("Ctrl+F") }, tr("Search in the reply") } } },
    };
}

QLabel* keyCap(const QString& text, QWidget* parent)
{
    auto* cap = new QLabel(text, parent);
    cap->setTextFormat(Qt::PlainText);
    cap->setFont(fixedFont(12));
    cap->setFrameShape(QFrame::StyledPanel);
    cap->setAutoFillBackground(true);
    cap->setBackgroundRole(QPalette::Base);
    cap->setMargin(2);
    cap->setAlignment(Qt::AlignCenter);
    return cap;
}

QWidget* groupWidget(const ShortcutGroup& group, QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(5);
    auto* title = new QLabel(group.title, box);
    title->setTextFormat(Qt::PlainText);
    title->setFont(textFont(14, QFont::DemiBold));
    grid->addWidget(title, 0, 0, 1, 2);
    int line = 1;
    for (const ShortcutGroup::Row& row : group.rows) {
        auto* caps = new QHBoxLayout;
        caps->setSpacing(4);
        for (const QString& text : row.keys)
            caps->addWidget(keyCap(text, box));
        caps->addStretch(1);
        auto* text = new QLabel(row.text, box);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        grid->addLayout(caps, line, 0, Qt::AlignTop);
        grid->addWidget(text, line, 1);
        ++line;
    }
    grid->setColumnMinimumWidth(0, 184);
    grid->setColumnStretch(1, 1);
    return box;
}

} // namespace

QList<ShortcutGroup> shortcutGroups(const QMenuBar* bar)
{
    QList<ShortcutGroup> groups;
    for (const QAction* menu : bar->actions()) {
        ShortcutGroup group { plainActionText(menu->text()), {} };
        if (menu->menu())
            collect(menu->menu()->actions(), &group.rows);
        if (!group.rows.isEmpty())
            groups.append(group);
    }
    return groups + PanelKeys::groups();
}

ShortcutSheet::ShortcutSheet(const QList<ShortcutGroup>& groups, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(u"shortcutSheet"_s);
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* sheet = new QWidget(this);
    auto* columns = new QHBoxLayout(sheet);
    columns->setSpacing(36);
    // Two columns of about the same length.
    qsizetype all = 0;
    for (const ShortcutGroup& group : groups)
        all += group.rows.size() + 2;
    qsizetype lines = 0;
    auto* column = new QVBoxLayout;
    columns->addLayout(column, 1);
    for (const ShortcutGroup& group : groups) {
        const qsizetype size = group.rows.size() + 2;
        if (lines > 0 && columns->count() == 1 && 2 * (lines + size / 2) > all) {
            column->addStretch(1);
            column = new QVBoxLayout;
            columns->addLayout(column, 1);
        }
        column->addWidget(groupWidget(group, sheet));
        lines += size;
    }
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(windowTitle());
    scroll->setWidgetResizable(true);
    scroll->setWidget(sheet);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    const QSize size(980, 660);
    resize(size.boundedTo(parent ? parent->window()->size() : size));
}

} // namespace slotscope::ui
