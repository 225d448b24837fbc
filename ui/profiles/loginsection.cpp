// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/shellwords.h"
#include "ui/profiles/profilesections.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

using profile::AuthenticationKind;
using profile::SecretSource;

namespace {

template <typename Kind>
void addChoice(QComboBox* box, const QString& text, Kind kind)
{
    box->addItem(text, static_cast<int>(kind));
}

template <typename Kind>
void choose(QComboBox* box, Kind kind)
{
    box->setCurrentIndex(box->findData(static_cast<int>(kind)));
}

/// A line whose quotes are not closed yet is one word.
QStringList wordsOf(const QString& line)
{
    const auto words = profile::splitWords(line);
    return words ? *words : QStringList { line };
}

} // namespace

SecretSourceField::SecretSourceField(QWidget* parent)
    : QWidget(parent)
{
    m_kind = new QComboBox(this);
    m_kind->setObjectName(u"secretSource"_s);
    m_kind->setAccessibleName(tr("Where it comes from"));
    addChoice(m_kind, tr("Ask each time"), SecretSource::Kind::Ask);
    addChoice(m_kind, tr("Keep it in the keychain"), SecretSource::Kind::Keychain);
    addChoice(m_kind, tr("An environment variable"), SecretSource::Kind::Environment);
    addChoice(m_kind, tr("What a command prints"), SecretSource::Kind::Command);
    m_detail = new QLineEdit(this);
    m_detail->setObjectName(u"secretDetail"_s);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_kind);
    layout->addWidget(m_detail, 1);
    layout->addStretch();
    setFocusProxy(m_kind);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SecretSourceField::showKind);
    connect(m_kind, &QComboBox::activated, this, &SecretSourceField::edited);
    connect(m_detail, &QLineEdit::textEdited, this, &SecretSourceField::edited);
    showKind();
}

void SecretSourceField::showKind()
{
    const auto kind = static_cast<SecretSource::Kind>(m_kind->currentData().toInt());
    const bool isVariable = kind == SecretSource::Kind::Environment;
    m_detail->setVisible(isVariable || kind == SecretSource::Kind::Command);
    m_detail->setPlaceholderText(isVariable ? u"REDIS_PASSWORD"_s : u"pass show redis/orders"_s);
    m_detail->setAccessibleName(isVariable ? tr("Name of the variable") : tr("Command"));
}

void SecretSourceField::setSource(const SecretSource& source)
{
    choose(m_kind, source.kind);
    m_detail->setText(source.kind == SecretSource::Kind::Command
            ? profile::joinWords(source.command)
            : source.variable);
    showKind();
}

SecretSource SecretSourceField::source() const
{
    SecretSource source;
    source.kind = static_cast<SecretSource::Kind>(m_kind->currentData().toInt());
    if (source.kind == SecretSource::Kind::Environment)
        source.variable = m_detail->text().trimmed();
    else if (source.kind == SecretSource::Kind::Command)
        source.command = wordsOf(m_detail->text());
    return source;
}

LoginSection::LoginSection(QWidget* parent)
    : QWidget(parent)
{
    m_kind = new QComboBox(this);
    m_kind->setObjectName(u"loginKind"_s);
    addChoice(m_kind, tr("No log-in"), AuthenticationKind::None);
    addChoice(m_kind, tr("Password of the default user"), AuthenticationKind::Password);
    addChoice(m_kind, tr("ACL user and password"), AuthenticationKind::AclUser);
    addChoice(m_kind, tr("IAM, ElastiCache"), AuthenticationKind::IamElastiCache);
    addChoice(m_kind, tr("IAM, ElastiCache serverless"), AuthenticationKind::IamServerless);
    addChoice(m_kind, tr("IAM, MemoryDB"), AuthenticationKind::IamMemoryDb);
    const auto line = [this](const QString& name, const QString& placeholder) {
        auto* edit = new QLineEdit(this);
        edit->setObjectName(name);
        edit->setPlaceholderText(placeholder);
        connect(edit, &QLineEdit::textEdited, this, &LoginSection::edited);
        return edit;
    };
    m_user = line(u"loginUser"_s, tr("name of the ACL user"));
    m_password = line(u"loginPassword"_s, tr("never written into a file"));
    m_password->setEchoMode(QLineEdit::Password);
    m_source = new SecretSourceField(this);
    m_cacheName = line(u"iamCache"_s, tr("of the replication group or the serverless cache"));
    m_region = line(u"iamRegion"_s, u"us-east-1"_s);
    m_awsProfile = line(u"awsProfile"_s, tr("as the environment says"));
    m_about = new QLabel(tr("A token of 15 minutes is signed with your AWS credentials for each "
                            "connection: from the environment, ~/.aws, credential_process, or "
                            "what the AWS command line exports. It is shown nowhere."),
        this);
    m_about->setWordWrap(true);

    m_layout = new QFormLayout(this);
    m_layout->addRow(tr("&How"), m_kind);
    m_layout->addRow(tr("&User"), m_user);
    m_layout->addRow(tr("&Password"), m_password);
    m_layout->addRow(tr("&Kept"), m_source);
    m_layout->addRow(tr("Cache na&me"), m_cacheName);
    m_layout->addRow(tr("&Region"), m_region);
    m_layout->addRow(tr("&AWS profile"), m_awsProfile);
    m_layout->addRow(m_about);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &LoginSection::showKind);
    connect(m_kind, &QComboBox::activated, this, &LoginSection::edited);
    connect(m_kind, &QComboBox::activated, this, [this] {
        if (kind() != AuthenticationKind::None)
            return;
        m_user->clear();
        m_password->clear();
    });
    connect(m_user, &QLineEdit::textEdited, this, [this] {
        if (kind() == AuthenticationKind::None)
            choose(m_kind, AuthenticationKind::AclUser);
    });
    connect(m_password, &QLineEdit::textEdited, this, [this] {
        if (kind() == AuthenticationKind::None)
            choose(m_kind, AuthenticationKind::Password);
    });
    connect(m_source, &SecretSourceField::edited, this, &LoginSection::edited);
    connect(m_source, &SecretSourceField::edited, this, &LoginSection::showKind);
    showKind();
}

AuthenticationKind LoginSection::kind() const
{
    return static_cast<AuthenticationKind>(m_kind->currentData().toInt());
}

void LoginSection::showKind()
{
    const bool isIam = profile::Authentication { kind(), {}, {}, {}, {} }.isIam();
    const bool hasPassword
        = kind() == AuthenticationKind::Password || kind() == AuthenticationKind::AclUser;
    const SecretSource::Kind source = m_source->source().kind;
    const bool isTyped
        = source == SecretSource::Kind::Ask || source == SecretSource::Kind::Keychain;
    const auto setShown = [this](QWidget* field, bool shown) {
        field->setVisible(shown);
        if (QWidget* label = m_layout->labelForField(field))
            label->setVisible(shown);
    };
    // Without a log-in, too: what is typed there makes one.
    const bool isNone = kind() == AuthenticationKind::None;
    setShown(m_user, isIam || isNone || kind() == AuthenticationKind::AclUser);
    setShown(m_password, isNone || (hasPassword && isTyped));
    setShown(m_source, hasPassword);
    setShown(m_cacheName, isIam);
    setShown(m_region, isIam);
    setShown(m_awsProfile, isIam);
    m_about->setVisible(isIam);
}

void LoginSection::setProfile(const profile::Profile& profile)
{
    choose(m_kind, profile.authentication.kind);
    m_user->setText(profile.authentication.user);
    m_source->setSource(profile.secret);
    m_cacheName->setText(profile.authentication.cacheName);
    m_region->setText(profile.authentication.region);
    m_awsProfile->setText(profile.authentication.awsProfile);
    m_password->clear();
    showKind();
}

void LoginSection::writeTo(profile::Profile* profile) const
{
    profile::Authentication& to = profile->authentication;
    to.kind = kind();
    const bool isIam = to.isIam();
    const bool hasUser = isIam || to.kind == AuthenticationKind::AclUser;
    to.user = hasUser ? m_user->text().trimmed() : QString();
    to.cacheName = isIam ? m_cacheName->text().trimmed() : QString();
    to.region = isIam ? m_region->text().trimmed() : QString();
    to.awsProfile = isIam ? m_awsProfile->text().trimmed() : QString();
    profile->secret = m_source->source();
}

profile::Secret LoginSection::password() const
{
    return profile::Secret(m_password->text());
}

void LoginSection::setPassword(const profile::Secret& password)
{
    m_password->setText(password.reveal());
}

} // namespace slotscope::ui
