// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/connection/endpointbar.h"

#include "ui/connection/endpointfield.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

EndpointBar::EndpointBar(QWidget* parent)
    : QWidget(parent)
{
    m_field = new EndpointField(this);
    m_field->setObjectName(u"endpointField"_s);
    m_field->setAccessibleName(tr("Endpoint"));
    m_field->setPlaceholderText(tr("host:port, a URL, a MOVED error, or CLUSTER NODES output"));
    auto* label = new QLabel(tr("&Endpoint"), this);
    label->setBuddy(m_field);
    m_button = new QPushButton(this);
    m_button->setObjectName(u"connectButton"_s);
    m_button->setAutoDefault(false);
    m_message = new QLabel(this);
    m_message->setObjectName(u"endpointMessage"_s);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->hide();

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(10, 8, 10, 6);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(4);
    layout->addWidget(label, 0, 0, Qt::AlignTop);
    layout->addWidget(m_field, 0, 1);
    layout->addWidget(m_button, 0, 2, Qt::AlignTop);
    layout->addWidget(m_message, 1, 1, 1, 2);
    layout->setColumnStretch(1, 1);
    // The label stands beside the first line of a field that may have several.
    label->setFixedHeight(m_field->minimumSizeHint().height());
    m_button->setFixedHeight(m_field->minimumSizeHint().height());

    connect(m_field, &EndpointField::submitted, this, [this] { Q_EMIT submitted(text()); });
    connect(m_field, &QPlainTextEdit::textChanged, this, [this] { setMessage({}); });
    connect(m_button, &QPushButton::clicked, this, &EndpointBar::onButton);
    setConnecting(false);
    applyTheme();
}

QString EndpointBar::text() const
{
    return m_field->text();
}

void EndpointBar::setText(const QString& text)
{
    m_field->setText(text);
}

void EndpointBar::setMessage(const QString& message)
{
    m_message->setText(withoutOptions(message));
    m_message->setVisible(!message.isEmpty());
}

void EndpointBar::setConnecting(bool connecting)
{
    m_connecting = connecting;
    m_button->setText(connecting ? tr("Cancel") : tr("Open"));
    m_button->setToolTip(connecting ? tr("Stop connecting (Esc)") : tr("Open it (Enter)"));
}

void EndpointBar::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void EndpointBar::onButton()
{
    if (m_connecting)
        Q_EMIT cancelRequested();
    else
        Q_EMIT submitted(text());
}

void EndpointBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
    QWidget::changeEvent(event);
}

void EndpointBar::applyTheme()
{
    if (m_message)
        setInk(m_message, Theme::of(palette()).danger);
}

} // namespace slotscope::ui
