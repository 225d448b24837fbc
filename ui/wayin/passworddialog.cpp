// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/wayin/passworddialog.h"

#include "ui/theme/theme.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

PasswordDialog::PasswordDialog(
    const QString& endpoint, const QString& user, const QString& message, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Password"));
    setMinimumWidth(440);
    auto* title = new QLabel(tr("Log in to %1").arg(endpoint), this);
    title->setTextFormat(Qt::PlainText);
    title->setFont(textFont(16, QFont::DemiBold));
    title->setWordWrap(true);
    auto* why = new QLabel(message, this);
    why->setObjectName(u"passwordMessage"_s);
    why->setTextFormat(Qt::PlainText);
    why->setWordWrap(true);

    m_user = new QLineEdit(user, this);
    m_user->setObjectName(u"userField"_s);
    m_user->setPlaceholderText(tr("default"));
    m_password = new QLineEdit(this);
    m_password->setObjectName(u"passwordField"_s);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("never in a file"));
    auto* form = new QFormLayout;
    form->addRow(tr("&User"), m_user);
    form->addRow(tr("&Password"), m_password);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Log in"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::accepted, this, &PasswordDialog::onAccepted);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 14);
    layout->setSpacing(12);
    layout->addWidget(title);
    layout->addWidget(why);
    layout->addLayout(form);
    layout->addWidget(buttons);
    m_password->setFocus();
}

void PasswordDialog::onAccepted()
{
    const QString password = m_password->text();
    m_password->clear();
    Q_EMIT credentialsGiven(m_user->text().trimmed(), password);
}

} // namespace slotscope::ui
