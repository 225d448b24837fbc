// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profile.h"
#include "core/profile/secret.h"

#include <QDateTime>
#include <QList>
#include <QPair>

namespace slotscope::profile {

/// Of AWS. The session token is empty for a user's own keys.
struct AwsCredentials
{
    QString accessKeyId;
    Secret secretAccessKey;
    Secret sessionToken;
    QDateTime expires; ///< UTC; invalid: not known

    friend bool operator==(const AwsCredentials&, const AwsCredentials&) = default;
};

/// A GET of `/` to sign in its query.
struct PresignRequest
{
    QString host;
    QList<QPair<QString, QString>> parameters;
    QString service;
    QString region;
    QDateTime time;
    std::chrono::seconds lifetime { 900 };
};

/// The URL without its scheme, `HOST/?...&X-Amz-Signature=...`: AWS signature version 4, in the
/// query, with `host` as the only signed header. Parameters are sorted. (AWS, "Signature Version 4
/// for API requests"; tested with the vectors of awslabs/aws-c-auth.)
QString presigned(const PresignRequest& request, const AwsCredentials& credentials);

/// A token in the place of a password. It names the cache and not a node: all of them take it.
struct IamToken
{
    Secret token;
    QDateTime expires; ///< UTC: for a new AUTH; a connection that is authenticated stays
};

/// What the server accepts at most. (ElastiCache user guide, "Authenticating with IAM")
constexpr std::chrono::seconds iamTokenLifetime = std::chrono::minutes(15);

/// Temporary credentials that are good for longer than any that AWS makes (36 hours,
/// GetSessionToken) tell that this computer's clock is behind: a sentence about it, else nothing.
/// Those that expired already are makeIamToken()'s.
QString doubtOfClock(const AwsCredentials& credentials, const QDateTime& now);

/// A new token for a profile's authentication, which is one of the IAM kinds; InvalidInput when it
/// is not, when something is missing, or when the credentials have expired.
support::Result<IamToken> makeIamToken(
    const Authentication& authentication, const AwsCredentials& credentials, const QDateTime& now);

} // namespace slotscope::profile
