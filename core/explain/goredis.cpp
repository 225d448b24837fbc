// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/goredis.h"

#include "core/explain/codestring.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct GoRedis
{
    Q_DECLARE_TR_FUNCTIONS(GoRedis)
};

} // namespace

GoFields goRedisAccess(bool tls, const QString& user, bool withPassword)
{
    GoFields fields;
    if (!user.isEmpty())
        fields.append({ QStringLiteral("Username"), codeString(CodeLanguage::Go, user) });
    if (withPassword)
        fields.append(
            { QStringLiteral("Password"), QStringLiteral("os.Getenv(\"REDIS_PASSWORD\")") });
    if (tls)
        fields.append({ QStringLiteral("TLSConfig"), QStringLiteral("&tls.Config{}") });
    return fields;
}

QString goCall(const QString& head, const GoFields& fields)
{
    qsizetype widest = 0;
    for (const auto& [name, value] : fields)
        widest = qMax(widest, name.size());
    QString code = head % u'\n';
    for (const auto& [name, value] : fields) {
        code += QStringLiteral("\t") % name % u':' % QString(widest - name.size() + 1, u' ') % value
            % QStringLiteral(",\n");
    }
    return code % QStringLiteral("})\n");
}

QString clusterModeNote()
{
    return GoRedis::tr("Since go-redis v9.8.0, IsClusterMode: true in UniversalOptions makes it a "
                       "cluster client, too.");
}

GoRedisCode goRedisCode(const QString& endpoint, bool tls, const QString& user, bool withPassword)
{
    const GoFields fields
        = GoFields { { QStringLiteral("Addrs"),
              QStringLiteral("[]string{") % codeString(CodeLanguage::Go, endpoint) % u'}' } }
        + goRedisAccess(tls, user, withPassword);
    GoRedisCode code;
    code.wrong = goCall(
        QStringLiteral("client := redis.NewUniversalClient(&redis.UniversalOptions{"), fields);
    code.right
        = goCall(QStringLiteral("client := redis.NewClusterClient(&redis.ClusterOptions{"), fields);
    return code;
}

} // namespace slotscope::explain
