// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/inspector/rawreplies.h"

#include "core/explain/errors.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

/// Line by line: what is no text must not show as if it were.
QString shownText(const QByteArray& text)
{
    QStringList lines;
    for (const QByteArray& line : text.split('\n'))
        lines.append(visibleText(QString::fromUtf8(line.endsWith('\r') ? line.chopped(1) : line)));
    return lines.join(u'\n');
}

} // namespace

RawReplies::RawReplies(
    const QString& node, const QList<capture::RawReply>& replies, QWidget* parent)
    : QDialog(parent)
    , m_replies(replies)
{
    setWindowTitle(tr("What %1 answered").arg(node));
    resize(760, 520);
    m_commands = new QComboBox(this);
    m_commands->setObjectName(u"rawCommands"_s);
    m_commands->setAccessibleName(tr("Command"));
    for (const capture::RawReply& reply : m_replies)
        m_commands->addItem(visibleText(reply.command));
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(u"rawText"_s);
    m_text->setAccessibleName(tr("Reply"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(fixedFont(12));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_commands, &QComboBox::currentIndexChanged, this, &RawReplies::show);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_commands);
    layout->addWidget(m_text, 1);
    layout->addWidget(buttons);
    show(0);
}

void RawReplies::show(int index)
{
    if (index < 0 || index >= m_replies.size())
        return;
    const capture::RawReply& reply = m_replies.at(index);
    m_text->setPlainText(reply.error
            ? tr("Not available: %1").arg(visibleText(explain::errorSentence(*reply.error)))
            : shownText(reply.text));
}

} // namespace slotscope::ui
