// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/awscredentials.h"

#include "core/explain/credentials.h"
#include "core/explain/tools.h"
#include "core/profile/shellwords.h"
#include "core/profile/toolrun.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;
using support::invalidInput;
using support::Result;

namespace {

/// Settings that only AWS' own software can turn into credentials.
bool needsAwsCli(const AwsSettings& settings)
{
    static const QStringList names { u"role_arn"_s, u"sso_session"_s, u"sso_start_url"_s,
        u"login_session"_s, u"web_identity_token_file"_s };
    return std::any_of(names.begin(), names.end(),
        [&settings](const QString& name) { return settings.contains(name); });
}

} // namespace

Result<AwsCredentials> parseProcessCredentials(const QByteArray& json)
{
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError)
        return invalidInput(explain::printsNoJson());
    if (object.value("Version"_L1).toInt() != 1)
        return invalidInput(explain::printsOtherVersion());
    AwsCredentials credentials;
    credentials.accessKeyId = object.value("AccessKeyId"_L1).toString();
    credentials.secretAccessKey = Secret(object.value("SecretAccessKey"_L1).toString());
    credentials.sessionToken = Secret(object.value("SessionToken"_L1).toString());
    if (credentials.accessKeyId.isEmpty() || credentials.secretAccessKey.isEmpty())
        return invalidInput(explain::printsNoKeys());
    if (const QString expires = object.value("Expiration"_L1).toString(); !expires.isEmpty()) {
        credentials.expires = QDateTime::fromString(expires, Qt::ISODateWithMs).toUTC();
        if (!credentials.expires.isValid())
            return invalidInput(explain::printsNoTime());
    }
    return credentials;
}

CredentialSearch::CredentialSearch(
    QString profile, QProcessEnvironment environment, QObject* parent)
    : QObject(parent)
    , m_isNamed(!profile.isEmpty())
    , m_profile(awsProfileName(profile, environment))
    , m_environment(std::move(environment))
{ }

CredentialSearch::~CredentialSearch() = default;

void CredentialSearch::start()
{
    const QString credentialsFile = awsCredentialsFile(m_environment);
    const QString configFile = awsConfigFile(m_environment);
    const AwsProfiles credentials = readAwsFile(credentialsFile, false);
    const AwsProfiles config = readAwsFile(configFile, true);
    const AwsSettings ofCredentials = credentials.value(m_profile);
    const AwsSettings ofConfig = config.value(m_profile);
    m_region = m_environment.value(u"AWS_REGION"_s);
    for (const QString& other : { m_environment.value(u"AWS_DEFAULT_REGION"_s),
             ofConfig.value(u"region"_s), ofCredentials.value(u"region"_s) }) {
        if (m_region.isEmpty())
            m_region = other;
    }

    if (!m_isNamed && useEnvironment())
        return;
    if (m_profile != "default"_L1 && !credentials.contains(m_profile)
        && !config.contains(m_profile)) {
        end(invalidInput(explain::noAwsProfile(m_profile, credentialsFile, configFile)));
        return;
    }
    if (needsAwsCli(ofConfig) || needsAwsCli(ofCredentials)) {
        runAwsCli();
        return;
    }
    if (useKeys(ofCredentials, CredentialSource::CredentialsFile,
            explain::awsCredentialsFromFile(m_profile, credentialsFile)))
        return;
    const QString process
        = ofCredentials.value(u"credential_process"_s, ofConfig.value(u"credential_process"_s));
    if (!process.isEmpty()) {
        runProcess(process);
        return;
    }
    if (useKeys(ofConfig, CredentialSource::ConfigFile,
            explain::awsCredentialsFromFile(m_profile, configFile)))
        return;
    runAwsCli();
}

void CredentialSearch::cancel()
{
    end(Error { ErrorCode::Cancelled, {}, {} });
}

bool CredentialSearch::useEnvironment()
{
    AwsCredentials credentials;
    credentials.accessKeyId = m_environment.value(u"AWS_ACCESS_KEY_ID"_s);
    credentials.secretAccessKey = Secret(m_environment.value(u"AWS_SECRET_ACCESS_KEY"_s));
    credentials.sessionToken = Secret(m_environment.value(u"AWS_SESSION_TOKEN"_s));
    if (credentials.accessKeyId.isEmpty() || credentials.secretAccessKey.isEmpty())
        return false;
    found(credentials, CredentialSource::Environment, explain::awsCredentialsFromEnvironment());
    return true;
}

bool CredentialSearch::useKeys(
    const AwsSettings& settings, CredentialSource source, const QString& where)
{
    AwsCredentials credentials;
    credentials.accessKeyId = settings.value(u"aws_access_key_id"_s);
    credentials.secretAccessKey = Secret(settings.value(u"aws_secret_access_key"_s));
    credentials.sessionToken = Secret(settings.value(u"aws_session_token"_s));
    if (credentials.accessKeyId.isEmpty() || credentials.secretAccessKey.isEmpty())
        return false;
    found(credentials, source, where);
    return true;
}

void CredentialSearch::runProcess(const QString& line)
{
    const Result<QStringList> words = splitWords(line);
    if (!words || words->isEmpty()) {
        end(invalidInput(explain::credentialProcessIsBad(
            m_profile, words ? explain::lineIsEmpty() : words.error().detail)));
        return;
    }
    run(*words, CredentialSource::CredentialProcess,
        explain::awsCredentialsFromProcess(m_profile, words->first()));
}

void CredentialSearch::runAwsCli()
{
    run({ u"aws"_s, u"configure"_s, u"export-credentials"_s, u"--profile"_s, m_profile,
            u"--format"_s, u"process"_s },
        CredentialSource::AwsCli, explain::awsCredentialsFromCli(m_profile));
}

void CredentialSearch::run(
    const QStringList& command, CredentialSource source, const QString& where)
{
    Tool tool;
    tool.program = command.first();
    tool.arguments = command.mid(1);
    tool.environment = m_environment;
    tool.limit = m_limit;
    m_tool = new ToolRun(std::move(tool), this);
    connect(m_tool, &ToolRun::finished, this,
        [this, source, where, program = command.first()](const Result<QByteArray>& output) {
            if (!output) {
                Error error = output.error();
                if (source == CredentialSource::AwsCli)
                    error.detail += u' ' + explain::awsCliHint();
                end(error);
                return;
            }
            const Result<AwsCredentials> credentials = parseProcessCredentials(*output);
            if (credentials)
                found(*credentials, source, where);
            else
                end(invalidInput(program + u": "_s + credentials.error().detail));
        });
    m_tool->start();
}

void CredentialSearch::found(
    const AwsCredentials& credentials, CredentialSource source, const QString& where)
{
    end(FoundCredentials { credentials, source, where, m_region });
}

void CredentialSearch::end(const Result<FoundCredentials>& result)
{
    if (m_ended)
        return;
    m_ended = true;
    // Perhaps from inside its signal.
    if (m_tool) {
        m_tool->disconnect(this);
        m_tool->cancel();
        m_tool->deleteLater();
    }
    QMetaObject::invokeMethod(
        this, [this, result] { Q_EMIT finished(result); }, Qt::QueuedConnection);
}

} // namespace slotscope::profile
