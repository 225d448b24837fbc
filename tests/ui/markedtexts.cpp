// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/markedtexts.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QRegularExpression>
#include <QSet>
#include <QSpinBox>
#include <QTabBar>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

constexpr QChar open = u'«';
constexpr QChar close = u'»';
constexpr int mostRows = 40;
constexpr int mostParts = 400;

/// In the order in which they are taken out.
const QList<QRegularExpression>& notOurs()
{
    static const QList<QRegularExpression> all {
        QRegularExpression(uR"(<[a-z/][^<>]*>)"_s), // around plain text in a tooltip
        QRegularExpression(uR"(\b[0-9a-f]{7,40}\b)"_s), // ids of nodes, digests
        QRegularExpression(uR"((?:[\w.-]+)?/[\w./ -]+)"_s), // paths
        QRegularExpression(uR"(\b[\w-]+\.(?:json|slotscope|png|ini|md)\b)"_s),
        QRegularExpression(uR"(\bS\d+(?:/\d+)?\b)"_s), // shards and their replicas
        QRegularExpression(uR"(\b[A-Z][A-Z0-9_-]+\b)"_s), // commands, the words of replies
        QRegularExpression(uR"(\b(?:Slotscope|Redis|Valkey|Sentinel|ElastiCache|MemoryDB)\b)"_s),
    };
    return all;
}

QString whereIs(const QObject* object)
{
    QString name;
    for (const QObject* one = object; one && name.count(u'/') < 3; one = one->parent()) {
        name.prepend(u'/'
            + (one->objectName().isEmpty() ? QString::fromLatin1(one->metaObject()->className())
                                           : one->objectName()));
    }
    return name;
}

class Collector
{
public:
    void take(const QObject* of, const char* what, const QString& text)
    {
        if (!text.isEmpty())
            m_found.append({ whereIs(of) + u' ' + QString::fromLatin1(what), text });
    }

    void takeAction(const QAction* action)
    {
        take(action, "text", action->text());
        take(action, "tooltip", action->toolTip());
        take(action, "status", action->statusTip());
    }

    void takeWidget(QWidget* widget)
    {
        take(widget, "tooltip", widget->toolTip());
        take(widget, "name", widget->accessibleName());
        take(widget, "description", widget->accessibleDescription());
        take(widget, "status", widget->statusTip());
        take(widget, "title", widget->windowTitle());
        for (const QAction* action : widget->actions())
            takeAction(action);
        if (const auto* label = qobject_cast<QLabel*>(widget))
            take(label, "label", label->text());
        else if (const auto* button = qobject_cast<QAbstractButton*>(widget))
            take(button, "button", button->text());
        else if (const auto* group = qobject_cast<QGroupBox*>(widget))
            take(group, "group", group->title());
        else if (const auto* menu = qobject_cast<QMenu*>(widget))
            take(menu, "menu", menu->title());
        else if (const auto* line = qobject_cast<QLineEdit*>(widget))
            take(line, "hint", line->placeholderText());
        else if (const auto* text = qobject_cast<QPlainTextEdit*>(widget))
            take(text, "hint", text->placeholderText());
        else if (const auto* bar = qobject_cast<QProgressBar*>(widget))
            take(bar, "progress", bar->text());
        else if (const auto* box = qobject_cast<QSpinBox*>(widget))
            take(box, "spin", box->prefix() + box->suffix() + box->specialValueText());
        else if (const auto* choice = qobject_cast<QComboBox*>(widget))
            takeChoices(choice);
        else if (const auto* tabs = qobject_cast<QTabBar*>(widget))
            takeTabs(tabs);
        else if (const auto* view = qobject_cast<QAbstractItemView*>(widget); view && view->model())
            takeModel(view, view->model(), {}, 0);
    }

    void takeParts(const QWidget* of, QAccessibleInterface* parent, int depth)
    {
        for (int i = 0; parent && depth < 3 && i < qMin(parent->childCount(), mostParts); ++i) {
            QAccessibleInterface* part = parent->child(i);
            if (!part || part->object())
                continue;
            take(of, "part", part->text(QAccessible::Name));
            take(of, "part's description", part->text(QAccessible::Description));
            take(of, "part's value", part->text(QAccessible::Value));
            takeParts(of, part, depth + 1);
        }
    }

    QList<FoundText> found() const { return m_found; }

private:
    void takeChoices(const QComboBox* box)
    {
        for (int i = 0; i < box->count(); ++i) {
            take(box, "choice", box->itemText(i));
            take(box, "choice's tooltip", box->itemData(i, Qt::ToolTipRole).toString());
        }
    }

    void takeTabs(const QTabBar* tabs)
    {
        for (int i = 0; i < tabs->count(); ++i) {
            take(tabs, "tab", tabs->tabText(i));
            take(tabs, "tab's tooltip", tabs->tabToolTip(i));
            take(tabs, "tab's name", tabs->accessibleTabName(i));
        }
    }

    void takeModel(
        const QWidget* view, const QAbstractItemModel* model, const QModelIndex& parent, int depth)
    {
        const int columns = model->columnCount(parent);
        constexpr std::array roles { Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole };
        for (int column = 0; depth == 0 && column < columns; ++column) {
            for (const Qt::ItemDataRole role : roles)
                take(view, "header", model->headerData(column, Qt::Horizontal, role).toString());
        }
        for (int row = 0; row < qMin(model->rowCount(parent), mostRows); ++row) {
            for (int column = 0; column < columns; ++column) {
                const QModelIndex index = model->index(row, column, parent);
                for (const Qt::ItemDataRole role : roles)
                    take(view, "cell", index.data(role).toString());
            }
            if (depth < 3)
                takeModel(view, model, model->index(row, 0, parent), depth + 1);
        }
    }

    QList<FoundText> m_found;
};

} // namespace

QString MarkingTranslator::translate(
    const char* /*context*/, const char* source, const char* /*disambiguation*/, int /*n*/) const
{
    QString text = QString::fromUtf8(source);
    static const QRegularExpression place(uR"((%L?\d))"_s);
    text.replace(place, u"»\\1«"_s); // what is put there has to have marks of its own
    const bool isSentence = text.endsWith(u'.');
    if (isSentence)
        text.chop(1);
    return open + text + close + (isSentence ? u"."_s : QString());
}

QString notTranslated(const QString& text, const QList<QRegularExpression>& known)
{
    QString rest;
    int depth = 0;
    for (const QChar c : text) {
        if (c == open)
            ++depth;
        else if (c == close)
            depth = qMax(0, depth - 1);
        rest += depth == 0 && c != close ? c : u' ';
    }
    static const QRegularExpression words(uR"(\p{L}{2,})"_s);
    if (!words.match(rest).hasMatch())
        return {};
    rest.replace(u"&quot;"_s, u"\""_s).replace(u"&lt;"_s, u"<"_s).replace(u"&gt;"_s, u">"_s);
    for (const QRegularExpression& pattern : known + notOurs())
        rest.replace(pattern, u" "_s);
    return words.match(rest).hasMatch() ? rest.simplified() : QString();
}

QList<FoundText> textsIn(QWidget* root)
{
    Collector collector;
    const QList<QWidget*> widgets = QList { root } + root->findChildren<QWidget*>();
    for (QWidget* widget : widgets) {
        collector.takeWidget(widget);
        collector.takeParts(widget, QAccessible::queryAccessibleInterface(widget), 0);
    }
    for (const QAction* action : root->findChildren<QAction*>())
        collector.takeAction(action);
    return collector.found();
}

QString notTranslatedIn(QWidget* root, const QList<QRegularExpression>& known)
{
    QStringList wrong;
    QSet<QString> seen;
    for (const FoundText& found : textsIn(root)) {
        if (seen.contains(found.text))
            continue;
        seen.insert(found.text);
        const QString rest = notTranslated(found.text, known);
        if (!rest.isEmpty())
            wrong.append(u"%1: “%2” of “%3”"_s.arg(found.where, rest, found.text.left(200)));
    }
    wrong.removeDuplicates();
    return wrong.join(u'\n');
}

} // namespace slotscope::tests
