// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/profiles/profilesections.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

using profile::VerifyName;

TlsSection::TlsSection(QWidget* parent)
    : QWidget(parent)
{
    m_layout = new QFormLayout(this);
    m_enabled = new QCheckBox(tr("Connect wit&h TLS"), this);
    m_enabled->setObjectName(u"tlsEnabled"_s);
    m_layout->addRow(m_enabled);
    m_reason = wrappingLabel(this, u"tlsReason"_s);
    m_reason->hide();
    m_layout->addRow(m_reason);
    m_caFile = addFile(tr("Tr&ust"), u"tlsCa"_s, tr("the system's authorities"));
    m_verify = new QComboBox(this);
    m_verify->setObjectName(u"tlsVerify"_s);
    m_verify->addItem(tr("The name each node announces"), static_cast<int>(VerifyName::Announced));
    m_verify->addItem(tr("Always the endpoint's name"), static_cast<int>(VerifyName::Seed));
    m_verify->addItem(tr("Always this name:"), static_cast<int>(VerifyName::Fixed));
    m_fixedName = new QLineEdit(this);
    m_fixedName->setObjectName(u"tlsFixedName"_s);
    m_fixedName->setAccessibleName(tr("Name to verify"));
    m_fixedName->setPlaceholderText(u"redis.example.com"_s);
    auto* verify = new QHBoxLayout;
    verify->addWidget(m_verify);
    verify->addWidget(m_fixedName, 1);
    m_realName = new QPushButton(tr("The real na&me"), this);
    m_realName->setObjectName(u"tlsRealName"_s);
    m_realName->setToolTip(tr("Asks DNS which name the endpoint's stands for (a CNAME in front of "
                              "an ElastiCache name), and has that verified"));
    m_realName->setAccessibleDescription(m_realName->toolTip());
    verify->addWidget(m_realName);
    verify->addStretch();
    m_layout->addRow(tr("Verif&y"), verify);
    if (auto* text = qobject_cast<QLabel*>(m_layout->labelForField(verify)))
        text->setBuddy(m_verify);
    m_nameNote = wrappingLabel(this, u"tlsNameNote"_s);
    m_nameNote->hide();
    m_layout->addRow(QString(), m_nameNote);
    m_certificateFile = addFile(tr("Client certi&ficate"), u"tlsCertificate"_s, tr("none"));
    m_keyFile = addFile(tr("Its &key"), u"tlsKey"_s, tr("PEM"));
    m_pkcs12File
        = addFile(tr("or &PKCS#12"), u"tlsPkcs12"_s, tr("certificate and key in one file"));
    m_keySource = new SecretSourceField(this);
    m_layout->addRow(tr("P&assphrase"), m_keySource);
    m_insecure = new QCheckBox(tr("Ve&rify nothing"), this);
    m_insecure->setObjectName(u"tlsInsecure"_s);
    m_layout->addRow(m_insecure);
    m_warning = new QLabel(tr("Anybody on the way can then read and change what is sent, the "
                              "password too. The window says so all the time."),
        this);
    m_warning->setObjectName(u"tlsWarning"_s);
    m_warning->setWordWrap(true);
    m_layout->addRow(m_warning);

    connect(m_enabled, &QCheckBox::clicked, this, [this](bool checked) { m_wished = checked; });
    for (QCheckBox* box : { m_enabled, m_insecure }) {
        connect(box, &QCheckBox::toggled, this, &TlsSection::showEnabled);
        connect(box, &QCheckBox::clicked, this, &TlsSection::edited);
    }
    connect(m_verify, &QComboBox::currentIndexChanged, this, &TlsSection::showEnabled);
    connect(m_verify, &QComboBox::activated, this, &TlsSection::edited);
    connect(m_fixedName, &QLineEdit::textEdited, this, &TlsSection::edited);
    connect(m_realName, &QPushButton::clicked, this, &TlsSection::realNameWanted);
    connect(m_keySource, &SecretSourceField::edited, this, &TlsSection::edited);
    showEnabled();
}

QLineEdit* TlsSection::addFile(
    const QString& label, const QString& name, const QString& placeholder)
{
    auto* edit = new QLineEdit(this);
    edit->setObjectName(name);
    edit->setPlaceholderText(placeholder);
    auto* browse = new QToolButton(this);
    browse->setText(u"…"_s);
    browse->setAccessibleName(tr("Choose a file"));
    browse->setToolTip(tr("Choose a file"));
    auto* row = new QHBoxLayout;
    row->addWidget(edit, 1);
    row->addWidget(browse);
    m_layout->addRow(label, row);
    if (auto* text = qobject_cast<QLabel*>(m_layout->labelForField(row)))
        text->setBuddy(edit);
    connect(edit, &QLineEdit::textEdited, this, &TlsSection::edited);
    connect(browse, &QToolButton::clicked, this, [this, edit] {
        auto* dialog = new QFileDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this, edit](const QString& file) {
            edit->setText(file);
            Q_EMIT edited();
        });
        dialog->open();
    });
    return edit;
}

void TlsSection::showEnabled()
{
    const bool on = m_enabled->isChecked();
    for (QWidget* field : std::initializer_list<QWidget*> { m_caFile, m_verify, m_realName,
             m_certificateFile, m_keyFile, m_pkcs12File, m_keySource, m_insecure })
        field->setEnabled(on);
    const auto browses = findChildren<QToolButton*>();
    for (QToolButton* browse : browses)
        browse->setEnabled(on);
    m_fixedName->setEnabled(on);
    m_fixedName->setVisible(m_verify->currentData().toInt() == static_cast<int>(VerifyName::Fixed));
    m_warning->setVisible(on && m_insecure->isChecked());
}

void TlsSection::setProfile(const profile::Profile& profile)
{
    const profile::Tls& tls = profile.tls;
    m_wished = tls.enabled;
    m_enabled->setChecked(m_wished || !m_enabled->isEnabledTo(this));
    m_caFile->setText(tls.caFile);
    m_verify->setCurrentIndex(m_verify->findData(static_cast<int>(tls.verify)));
    m_fixedName->setText(tls.fixedName);
    m_certificateFile->setText(tls.certificateFile);
    m_keyFile->setText(tls.keyFile);
    m_pkcs12File->setText(tls.pkcs12File);
    m_keySource->setSource(profile.keySecret);
    m_insecure->setChecked(tls.insecure);
    setNameNote({});
    showEnabled();
}

void TlsSection::setSaidBy(const QString& endpoint)
{
    m_enabled->setEnabled(endpoint.isEmpty());
    m_enabled->setChecked(m_wished || !endpoint.isEmpty());
    m_reason->setText(
        tr("%1 says TLS. Only with redis:// in front of a name is it connected to in plain text.")
            .arg(visibleText(endpoint)));
    m_reason->setVisible(!endpoint.isEmpty());
    m_enabled->setAccessibleDescription(endpoint.isEmpty() ? QString() : m_reason->text());
}

void TlsSection::verifyAlways(const QString& name)
{
    m_verify->setCurrentIndex(m_verify->findData(static_cast<int>(VerifyName::Fixed)));
    m_fixedName->setText(name);
    Q_EMIT edited();
}

void TlsSection::setNameNote(const QString& text)
{
    m_nameNote->setText(text);
    m_nameNote->setVisible(!text.isEmpty());
}

void TlsSection::writeTo(profile::Profile* profile) const
{
    profile::Tls& tls = profile->tls;
    tls.enabled = m_enabled->isChecked();
    tls.caFile = m_caFile->text().trimmed();
    tls.verify = static_cast<VerifyName>(m_verify->currentData().toInt());
    tls.fixedName = tls.verify == VerifyName::Fixed ? m_fixedName->text().trimmed() : QString();
    tls.certificateFile = m_certificateFile->text().trimmed();
    tls.keyFile = m_keyFile->text().trimmed();
    tls.pkcs12File = m_pkcs12File->text().trimmed();
    tls.insecure = m_insecure->isChecked();
    profile->keySecret = m_keySource->source();
}

} // namespace slotscope::ui
