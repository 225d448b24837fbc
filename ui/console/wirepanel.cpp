// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/wirepanel.h"

#include "core/explain/redirects.h"
#include "core/explain/wording.h"
#include "ui/console/lineparts.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using session::WireEntry;

QString wireLine(const WireEntry& entry)
{
    QString text = entry.at.toString(u"HH:mm:ss.zzz'Z'"_s);
    switch (entry.kind) {
    case WireEntry::Kind::Sent:
        text += u"  > "_s;
        break;
    case WireEntry::Kind::Received:
        text += u"  < "_s;
        break;
    case WireEntry::Kind::Pushed:
        text += u"  ! "_s;
        break;
    case WireEntry::Kind::Closed:
        text += u"  x "_s;
        break;
    }
    text += visibleText(entry.node) + u"  "_s;
    if (entry.micros >= 0)
        text += explain::duration(entry.micros) + u"  "_s;
    if (entry.bytes >= 0)
        text += explain::counted(entry.bytes, WirePanel::tr("%1 byte"), WirePanel::tr("%1 bytes"))
            + u"  "_s;
    return text + visibleText(entry.text);
}

WireLines::WireLines(QWidget* parent)
    : LineView(parent)
{
    describeParts(this, std::make_unique<LineParts>(this));
    setAccessibleName(tr("What was sent and received"));
    setFont(fixedFont(12));
}

void WireLines::add(const QList<WireEntry>& entries)
{
    m_entries.insert(m_entries.end(), entries.begin(), entries.end());
    const qsizetype extra = std::max<qsizetype>(0, lineCount() - session::WireLog::mostEntries);
    m_entries.erase(m_entries.begin(), m_entries.begin() + extra);
    linesAdded(extra);
}

void WireLines::clear()
{
    m_entries.clear();
    linesChanged();
}

void WireLines::setEmptyText(const QString& text)
{
    m_emptyText = text;
    viewport()->update();
}

void WireLines::paintEvent(QPaintEvent* event)
{
    LineView::paintEvent(event);
    if (lineCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setFont(textFont(12));
    painter.setPen(Theme::of(palette()).mutedText);
    painter.drawText(viewport()->rect().adjusted(12, 12, -12, -12),
        int(Qt::AlignCenter) | Qt::TextWordWrap, m_emptyText);
}

QString WireLines::lineText(qsizetype line) const
{
    return wireLine(m_entries[size_t(line)]);
}

void WireLines::paintLine(QPainter& painter, qsizetype line, const QRect& rect) const
{
    const Theme theme = Theme::of(palette());
    const WireEntry::Kind kind = m_entries[size_t(line)].kind;
    painter.setPen(kind == WireEntry::Kind::Sent ? theme.text
            : kind == WireEntry::Kind::Closed    ? theme.warning
                                                 : theme.mutedText);
    painter.drawText(rect, static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine),
        elidedText(lineText(line), font(), rect.width()));
}

WirePanel::WirePanel(QWidget* parent)
    : QWidget(parent)
{
    m_record = new QCheckBox(tr("Record &what is sent and received"), this);
    m_record->setObjectName(u"recordWireBox"_s);
    m_record->setToolTip(tr("Secrets are never recorded. The newest %1 entries are kept, until "
                            "this connection ends.")
                             .arg(session::WireLog::mostEntries));
    m_totals = new QLabel(this);
    m_totals->setObjectName(u"wireTotals"_s);
    m_totals->setTextFormat(Qt::PlainText);
    m_totals->setFont(textFont(12));
    auto* copyButton = new QToolButton(this);
    copyButton->setText(tr("Copy"));
    auto* clearButton = new QToolButton(this);
    clearButton->setText(tr("Clear"));
    for (QToolButton* button : { copyButton, clearButton })
        button->setAutoRaise(true);
    m_lines = new WireLines(this);
    m_lines->setObjectName(u"wireLines"_s);
    m_lines->setFilling();
    auto* head = new QHBoxLayout;
    head->addWidget(m_record);
    head->addWidget(m_totals, 1);
    head->addWidget(copyButton);
    head->addWidget(clearButton);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 2, 4, 6);
    layout->setSpacing(3);
    layout->addLayout(head);
    layout->addWidget(m_lines, 1);
    connect(m_record, &QCheckBox::toggled, this, &WirePanel::recordingChanged);
    connect(m_record, &QCheckBox::toggled, this, &WirePanel::tellWhyEmpty);
    tellWhyEmpty();
    connect(copyButton, &QToolButton::clicked, this, &WirePanel::copy);
    connect(clearButton, &QToolButton::clicked, this, [this] {
        m_lines->clear();
        m_totals->clear();
        Q_EMIT clearRequested();
    });
}

void WirePanel::tellWhyEmpty()
{
    m_lines->setEmptyText(m_record->isChecked()
            ? tr("Nothing was sent or received since.")
            : tr("Nothing is recorded. What is sent and received stands here once it is."));
}

void WirePanel::add(const QList<WireEntry>& entries, const session::WireTotals& totals)
{
    if (!entries.isEmpty())
        m_lines->add(entries);
    const QLocale locale;
    m_totals->setText(
        tr("%1, %2 sent; %3")
            .arg(explain::counted(totals.commands, tr("%1 command"), tr("%1 commands")),
                locale.formattedDataSize(totals.bytesSent),
                explain::counted(totals.replies, tr("%1 reply"), tr("%1 replies"))));
}

void WirePanel::reset()
{
    m_record->setChecked(false);
    m_lines->clear();
    m_totals->clear();
}

void WirePanel::copy()
{
    QStringList lines;
    for (qsizetype i = 0; i < m_lines->lineCount(); ++i)
        lines.append(m_lines->lineText(i));
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace slotscope::ui
