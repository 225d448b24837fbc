// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/awsfiles.h"
#include "core/profile/iamtoken.h"

#include <QObject>

namespace slotscope::profile {

class ToolRun;

/// Where they were found; the order is that of the search.
enum class CredentialSource {
    Environment,
    CredentialsFile,
    ConfigFile,
    CredentialProcess,
    AwsCli, ///< `aws configure export-credentials`: single sign-on, roles, MFA, containers
};

/// Credentials and where they come from, which may be shown; they themselves never.
struct FoundCredentials
{
    AwsCredentials credentials;
    CredentialSource source = CredentialSource::Environment;
    QString where; ///< the sentence for `source`, with its file or profile
    QString region; ///< what the same place says; empty: nothing
};

/// What `credential_process` and `aws configure export-credentials --format process` print:
/// Version 1, AccessKeyId, SecretAccessKey, SessionToken, Expiration. InvalidInput, without any of
/// it in the detail.
support::Result<AwsCredentials> parseProcessCredentials(const QByteArray& json);

/// Operation: finds AWS credentials in botocore's order, as far as it can be gone without AWS' own
/// software: environment (unless a profile is named), roles and single sign-on through the AWS
/// CLI, ~/.aws/credentials, credential_process, ~/.aws/config, and last the AWS CLI for whatever
/// else it knows. Nothing is stored. (botocore 1.43, credentials.py)
class CredentialSearch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CredentialSearch)
public:
    /// `profile`: of ~/.aws; empty: AWS_PROFILE or "default".
    explicit CredentialSearch(QString profile,
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment(),
        QObject* parent = nullptr);
    ~CredentialSearch() override;

    void start();
    /// finished() then tells Cancelled.
    void cancel();
    /// How long a program may take. For tests, which cannot wait the minute that it is otherwise.
    void setLimit(std::chrono::milliseconds limit) { m_limit = limit; }

Q_SIGNALS:
    /// Once, from the event loop. InvalidInput or ProcessFailed, with what was tried, when there
    /// are none.
    void finished(
        const slotscope::support::Result<slotscope::profile::FoundCredentials>& credentials);

private:
    bool useEnvironment();
    bool useKeys(const AwsSettings& settings, CredentialSource source, const QString& where);
    void runProcess(const QString& line);
    void runAwsCli();
    void run(const QStringList& command, CredentialSource source, const QString& where);
    void found(const AwsCredentials& credentials, CredentialSource source, const QString& where);
    void end(const support::Result<FoundCredentials>& result);

    const bool m_isNamed;
    const QString m_profile;
    const QProcessEnvironment m_environment;
    std::chrono::milliseconds m_limit { 60'000 };
    QString m_region;
    ToolRun* m_tool = nullptr;
    bool m_ended = false;
};

} // namespace slotscope::profile
