// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/replyview.h"

#include "core/resp/replyformat.h"
#include "core/resp/replytext.h"
#include "core/support/savefile.h"
#include "ui/console/hexview.h"
#include "ui/console/replytree.h"
#include "ui/theme/background.h"
#include "ui/theme/savequestion.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSaveFile>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <limits>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostText = 400'000; ///< characters that a text widget is given
constexpr qsizetype mostTaken = std::numeric_limits<int>::max() / 8; ///< saved
constexpr qsizetype mostCopied = 16 * 1024 * 1024; ///< bytes for the clipboard

/// In the form of a view.
QByteArray contentOf(const resp::Reply& value, ReplyView::View view)
{
    switch (view) {
    case ReplyView::Json:
        return resp::toReadableJson(value, mostTaken).text.toUtf8();
    case ReplyView::Hex:
        if (!value.isAggregate() && !value.text().isEmpty())
            return value.toByteArray();
        break;
    case ReplyView::Text:
        if (!value.isAggregate())
            return resp::toReadableText(value, mostTaken).text.toUtf8();
        break;
    case ReplyView::Tree:
        break;
    }
    return resp::toDisplayText(value, std::numeric_limits<int>::max() - 1, mostTaken).toUtf8();
}

QToolButton* button(const QString& text, const QString& name, QWidget* parent)
{
    auto* result = new QToolButton(parent);
    result->setText(text);
    result->setObjectName(name);
    result->setAutoRaise(true);
    result->setFont(textFont(12));
    return result;
}

} // namespace

ReplyView::ReplyView(QWidget* parent)
    : QWidget(parent)
{
    m_tree = new ReplyTree(this);
    m_tree->setObjectName(u"replyTree"_s);
    m_hex = new HexView(this);
    m_hex->setObjectName(u"replyHex"_s);
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(u"replyText"_s);
    m_text->setAccessibleName(tr("Reply as text"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFont(fixedFont(13));
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_text->setFixedHeight(240);
    m_stack = new QStackedWidget(this);
    for (QWidget* page : std::initializer_list<QWidget*> { m_tree, m_text, m_hex })
        m_stack->addWidget(page);
    m_what = new QLabel(this);
    m_what->setObjectName(u"replySummary"_s);
    m_what->setTextFormat(Qt::PlainText);
    m_what->setFont(textFont(12));
    build();
    connect(m_tree, &LineView::currentLineChanged, this, &ReplyView::showCurrent);
}

void ReplyView::build()
{
    auto* bar = new QHBoxLayout;
    bar->setSpacing(2);
    bar->addWidget(m_what, 1);
    m_choice = new QButtonGroup(this);
    const std::pair<View, QString> choices[] = {
        { Tree, tr("Tree") },
        { Text, tr("Text") },
        { Json, tr("JSON") },
        { Hex, tr("Hex") },
    };
    for (const auto& [view, text] : choices) {
        QToolButton* one = button(text, u"view%1"_s.arg(view), this);
        one->setCheckable(true);
        one->setAccessibleName(tr("Show the reply as %1").arg(text));
        m_choice->addButton(one, view);
        bar->addWidget(one);
    }
    m_choice->button(Tree)->setChecked(true);
    m_search = new QLineEdit(this);
    m_search->setObjectName(u"replySearch"_s);
    m_search->setPlaceholderText(tr("Find"));
    m_search->setAccessibleName(tr("Find in the reply"));
    m_search->setToolTip(tr("Enter finds the next, Shift+Enter the previous"));
    m_search->setFont(textFont(12));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(150);
    bar->addSpacing(6);
    bar->addWidget(m_search);
    QToolButton* copyButton = button(tr("Copy"), u"copyReplyButton"_s, this);
    copyButton->setToolTip(tr("Copy what is shown: the current element, or the whole reply"));
    QToolButton* saveButton = button(tr("Save…"), u"saveReplyButton"_s, this);
    saveButton->setToolTip(tr("Save it to a file, in the form that is shown"));
    bar->addWidget(copyButton);
    bar->addWidget(saveButton);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    layout->addLayout(bar);
    layout->addWidget(m_stack);

    connect(m_choice, &QButtonGroup::idClicked, this, [this] { showCurrent(); });
    connect(m_search, &QLineEdit::returnPressed, this,
        [this] { find(!(QApplication::keyboardModifiers() & Qt::ShiftModifier)); });
    connect(copyButton, &QToolButton::clicked, this, &ReplyView::copy);
    connect(saveButton, &QToolButton::clicked, this, &ReplyView::save);
    auto* shortcut = new QShortcut(QKeySequence::Find, this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this,
        [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
}

void ReplyView::setReply(const resp::Reply& reply)
{
    m_reply = reply;
    m_tree->setReply(reply);
    showCurrent();
}

void ReplyView::setView(View view)
{
    m_choice->button(view)->setChecked(true);
    showCurrent();
}

ReplyView::View ReplyView::view() const
{
    return static_cast<View>(m_choice->checkedId());
}

void ReplyView::showCurrent()
{
    const resp::Reply value = m_tree->currentValue();
    QString what = resp::summaryLine(m_reply, 40);
    if (m_reply.isAggregate() && m_tree->currentLine() >= 0 && view() != Tree)
        what = tr("element in line %1").arg(m_tree->currentLine() + 1);
    switch (view()) {
    case Tree:
        m_stack->setCurrentWidget(m_tree);
        break;
    case Text:
    case Json: {
        const resp::BoundedText text = view() == Text ? resp::toReadableText(value, mostText)
                                                      : resp::toReadableJson(value, mostText);
        m_text->setPlainText(text.text);
        if (text.isCut)
            what += tr(" (only the beginning is shown)");
        m_stack->setCurrentWidget(m_text);
        break;
    }
    case Hex:
        m_hex->setReply(value);
        m_stack->setCurrentWidget(m_hex);
        break;
    }
    m_what->setText(what);
    m_stack->setFixedHeight(m_stack->currentWidget()->maximumHeight());
}

void ReplyView::find(bool forward)
{
    const QString wanted = m_search->text();
    if (wanted.isEmpty())
        return;
    bool found = false;
    if (view() == Text || view() == Json) {
        const auto flags = forward ? QTextDocument::FindFlags() : QTextDocument::FindBackward;
        found = m_text->find(wanted, flags);
        if (!found) { // once more from the other end
            m_text->moveCursor(forward ? QTextCursor::Start : QTextCursor::End);
            found = m_text->find(wanted, flags);
        }
    } else {
        found = m_tree->find(wanted, forward);
        if (view() == Hex)
            showCurrent();
    }
    m_what->setText(found ? resp::summaryLine(m_reply, 40) : tr("not found: %1").arg(wanted));
}

QByteArray ReplyView::content() const
{
    return contentOf(m_tree->currentValue(), view());
}

// Writing down a million elements takes seconds: not in the window's thread.

void ReplyView::copy()
{
    if (view() != Hex) {
        m_what->setText(tr("Copying…"));
        inBackground<QByteArray>(
            this,
            [value = m_tree->currentValue(), shown = view()] { return contentOf(value, shown); },
            [this](const QByteArray& bytes) {
                QApplication::clipboard()->setText(QString::fromUtf8(bytes.left(mostCopied)));
                m_what->setText(bytes.size() > mostCopied
                        ? tr("Copied the first %1 MB; Save takes all of it").arg(mostCopied >> 20)
                        : tr("Copied"));
            });
        return;
    }
    // Bytes are no text: what is seen of them is.
    QStringList lines;
    constexpr qsizetype most = 65'536;
    for (qsizetype line = 0; line < qMin(most, m_hex->lineCount()); ++line)
        lines.append(m_hex->lineText(line));
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

void ReplyView::save()
{
    const QString name = view() == Json ? u"reply.json"_s
        : view() == Hex                 ? u"reply.bin"_s
                                        : u"reply.txt"_s;
    const auto write = [this, value = m_tree->currentValue(), shown = view()](const QString& path) {
        m_what->setText(tr("Saving…"));
        // What went wrong, or nothing.
        inBackground<QString>(
            this,
            [value, shown, path] {
                QSaveFile file(path);
                const bool done = file.open(QIODevice::WriteOnly)
                    && support::commit(file, contentOf(value, shown));
                return done ? QString() : file.errorString();
            },
            [this, path](const QString& trouble) {
                m_what->setText(trouble.isEmpty() ? tr("Saved to %1").arg(path)
                                                  : tr("Not saved: %1").arg(trouble));
            });
    };
    askWhereToSave(this, { tr("Save the reply"), name, tr("All files (*)") }, write);
}

} // namespace slotscope::ui
