// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/profilejson.h"

#include "core/profile/limits.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace slotscope::profile {

using namespace Qt::StringLiterals;

namespace {

template <typename T>
struct Word
{
    T value;
    QLatin1StringView name;
};

constexpr std::array environments {
    Word { Environment::None, ""_L1 },
    Word { Environment::Development, "development"_L1 },
    Word { Environment::Test, "test"_L1 },
    Word { Environment::Staging, "staging"_L1 },
    Word { Environment::Production, "production"_L1 },
};
constexpr std::array verifyNames {
    Word { VerifyName::Announced, "announced"_L1 },
    Word { VerifyName::Seed, "seed"_L1 },
    Word { VerifyName::Fixed, "fixed"_L1 },
};
constexpr std::array authenticationKinds {
    Word { AuthenticationKind::None, "none"_L1 },
    Word { AuthenticationKind::Password, "password"_L1 },
    Word { AuthenticationKind::AclUser, "acl"_L1 },
    Word { AuthenticationKind::IamElastiCache, "iam-elasticache"_L1 },
    Word { AuthenticationKind::IamServerless, "iam-serverless"_L1 },
    Word { AuthenticationKind::IamMemoryDb, "iam-memorydb"_L1 },
};
constexpr std::array secretKinds {
    Word { SecretSource::Kind::Ask, "ask"_L1 },
    Word { SecretSource::Kind::Keychain, "keychain"_L1 },
    Word { SecretSource::Kind::Environment, "environment"_L1 },
    Word { SecretSource::Kind::Command, "command"_L1 },
};
constexpr std::array wayKinds {
    Word { WayIn::Kind::Direct, "direct"_L1 },
    Word { WayIn::Kind::Socks, "socks"_L1 },
    Word { WayIn::Kind::Ssh, "ssh"_L1 },
};

constexpr std::array redactions {
    Word { Redaction::Usual, ""_L1 },
    Word { Redaction::None, "none"_L1 },
    Word { Redaction::Short, "short"_L1 },
    Word { Redaction::Pseudonym, "pseudonym"_L1 },
};

template <typename T, size_t n>
QString wordFor(const std::array<Word<T>, n>& words, T value)
{
    const auto found = std::find_if(
        words.begin(), words.end(), [value](const Word<T>& word) { return word.value == value; });
    return found == words.end() ? QString() : QString(found->name);
}

constexpr qsizetype longestShown = 80;

/// Reads the fields of one object, and notes what is of another type, out of its range, or a word
/// that nobody knows.
class Fields
{
public:
    Fields(QJsonObject object, QString prefix, QStringList& problems)
        : m_object(std::move(object))
        , m_prefix(std::move(prefix))
        , m_problems(problems)
    { }

    Fields inside(QLatin1StringView name) const
    {
        return { given(name, QJsonValue::Object).toObject(), m_prefix + name + u'.', m_problems };
    }
    QString text(QLatin1StringView name) const
    {
        return given(name, QJsonValue::String).toString();
    }
    bool isTrue(QLatin1StringView name) const { return given(name, QJsonValue::Bool).toBool(); }
    QStringList texts(QLatin1StringView name) const
    {
        QStringList result;
        const QJsonArray array = given(name, QJsonValue::Array).toArray();
        for (const QJsonValue& value : array) {
            if (value.isString())
                result.append(value.toString());
            else
                note(name, value);
        }
        return result;
    }
    std::optional<int> number(QLatin1StringView name, int least, int most) const
    {
        const QJsonValue value = given(name, QJsonValue::Double);
        if (!value.isDouble())
            return std::nullopt;
        const int number = value.toInt(least - 1);
        if (number >= least && number <= most)
            return number;
        note(name, value);
        return std::nullopt;
    }
    std::optional<std::chrono::milliseconds> milliseconds(QLatin1StringView name, int least) const
    {
        constexpr auto longest = static_cast<int>(longestTime.count());
        const std::optional<int> count = number(name, least, longest);
        return count ? std::optional(std::chrono::milliseconds(*count)) : std::nullopt;
    }
    template <typename T, size_t n>
    T word(QLatin1StringView name, const std::array<Word<T>, n>& words) const
    {
        const QJsonValue value = given(name, QJsonValue::String);
        if (!value.isString())
            return T {};
        const QString text = value.toString();
        const auto found = std::find_if(
            words.begin(), words.end(), [&text](const Word<T>& word) { return word.name == text; });
        if (found != words.end())
            return found->value;
        note(name, value);
        return T {};
    }

private:
    /// The value, where it is of this type; noted where it is of another one.
    QJsonValue given(QLatin1StringView name, QJsonValue::Type type) const
    {
        const QJsonValue value = m_object.value(name);
        if (value.type() == type)
            return value;
        if (!value.isUndefined() && !value.isNull())
            note(name, value);
        return {};
    }
    void note(QLatin1StringView name, const QJsonValue& value) const
    {
        QString text = value.toVariant().toString();
        if (value.isArray() || value.isObject())
            text = value.isArray() ? u"[...]"_s : u"{...}"_s;
        m_problems.append(m_prefix + name + u": "_s + text.left(longestShown));
    }

    QJsonObject m_object;
    QString m_prefix;
    QStringList& m_problems;
};

SecretSource secretFrom(const Fields& fields)
{
    return { fields.word("from"_L1, secretKinds), fields.text("variable"_L1),
        fields.texts("command"_L1) };
}

QJsonObject toJson(const SecretSource& source)
{
    return {
        { u"from"_s, wordFor(secretKinds, source.kind) },
        { u"variable"_s, source.variable },
        { u"command"_s, QJsonArray::fromStringList(source.command) },
    };
}

QJsonObject toJson(const Tls& tls)
{
    return {
        { u"enabled"_s, tls.enabled },
        { u"ca_file"_s, tls.caFile },
        { u"certificate_file"_s, tls.certificateFile },
        { u"key_file"_s, tls.keyFile },
        { u"pkcs12_file"_s, tls.pkcs12File },
        { u"verify"_s, wordFor(verifyNames, tls.verify) },
        { u"fixed_name"_s, tls.fixedName },
        { u"insecure"_s, tls.insecure },
    };
}

Tls tlsFrom(const Fields& fields)
{
    Tls tls;
    tls.enabled = fields.isTrue("enabled"_L1);
    tls.caFile = fields.text("ca_file"_L1);
    tls.certificateFile = fields.text("certificate_file"_L1);
    tls.keyFile = fields.text("key_file"_L1);
    tls.pkcs12File = fields.text("pkcs12_file"_L1);
    tls.verify = fields.word("verify"_L1, verifyNames);
    tls.fixedName = fields.text("fixed_name"_L1);
    tls.insecure = fields.isTrue("insecure"_L1);
    return tls;
}

QJsonObject toJson(const Authentication& authentication)
{
    return {
        { u"kind"_s, wordFor(authenticationKinds, authentication.kind) },
        { u"user"_s, authentication.user },
        { u"cache_name"_s, authentication.cacheName },
        { u"region"_s, authentication.region },
        { u"aws_profile"_s, authentication.awsProfile },
    };
}

Authentication authenticationFrom(const Fields& fields)
{
    Authentication authentication;
    authentication.kind = fields.word("kind"_L1, authenticationKinds);
    authentication.user = fields.text("user"_L1);
    authentication.cacheName = fields.text("cache_name"_L1);
    authentication.region = fields.text("region"_L1);
    authentication.awsProfile = fields.text("aws_profile"_L1);
    return authentication;
}

QJsonArray toJson(const QList<ShardNodes>& shards)
{
    QJsonArray array;
    for (const ShardNodes& shard : shards) {
        array.append(QJsonObject { { u"number"_s, shard.number },
            { u"nodes"_s, QJsonArray::fromStringList(shard.nodeIds) } });
    }
    return array;
}

/// What is not understood is left out: nothing is dialled another way for it.
QList<ShardNodes> shardsFrom(const QJsonArray& array)
{
    QList<ShardNodes> shards;
    for (const QJsonValue& value : array) {
        const QJsonArray nodes = value["nodes"_L1].toArray();
        ShardNodes shard { value["number"_L1].toInt(), {} };
        for (const QJsonValue& node : nodes) {
            if (const QString id = node.toString(); !id.isEmpty())
                shard.nodeIds.append(id);
        }
        if (shard.number > 0 && shard.number <= largestShardNumber && !shard.nodeIds.isEmpty())
            shards.append(shard);
    }
    return shards;
}

QJsonValue orNull(const std::optional<std::chrono::milliseconds>& time)
{
    return time ? QJsonValue(qint64(time->count())) : QJsonValue(QJsonValue::Null);
}

/// `now` over `raw`, where `now` differs from `before`; objects field by field.
QJsonObject merged(QJsonObject raw, const QJsonObject& before, const QJsonObject& now)
{
    for (auto field = now.begin(); field != now.end(); ++field) {
        const QString key = field.key();
        const QJsonValue old = before.value(key);
        if (field->isObject() && raw.value(key).isObject()) {
            raw.insert(key, merged(raw.value(key).toObject(), old.toObject(), field->toObject()));
        } else if (!raw.contains(key) || old != *field) {
            raw.insert(key, *field);
        }
    }
    return raw;
}

} // namespace

QString environmentName(Environment environment)
{
    return wordFor(environments, environment);
}

QString redactionName(Redaction redaction)
{
    return wordFor(redactions, redaction);
}

QJsonObject toJson(const Profile& profile)
{
    return {
        { u"id"_s, profile.id },
        { u"name"_s, profile.name },
        { u"group"_s, profile.group },
        { u"colour"_s, profile.colour },
        { u"environment"_s, wordFor(environments, profile.environment) },
        { u"endpoints"_s, QJsonArray::fromStringList(profile.endpoints) },
        { u"tls"_s, toJson(profile.tls) },
        { u"authentication"_s, toJson(profile.authentication) },
        { u"secret"_s, toJson(profile.secret) },
        { u"key_secret"_s, toJson(profile.keySecret) },
        { u"way_in"_s,
            QJsonObject { { u"kind"_s, wordFor(wayKinds, profile.wayIn.kind) },
                { u"address"_s, profile.wayIn.address } } },
        { u"address_map"_s, QJsonArray::fromStringList(profile.addressMap) },
        { u"timeout_ms"_s, orNull(profile.timeout) },
        { u"connect_timeout_ms"_s, orNull(profile.connectTimeout) },
        { u"resp"_s,
            profile.respVersion ? QJsonValue(*profile.respVersion) : QJsonValue(QJsonValue::Null) },
        { u"refresh_ms"_s, orNull(profile.refreshInterval) },
        { u"read_only"_s, profile.readOnly },
        { u"redaction"_s, redactionName(profile.redaction) },
        { u"shards"_s, toJson(profile.shards) },
    };
}

Profile profileFromJson(const QJsonObject& object)
{
    Profile profile;
    const Fields fields(object, {}, profile.problems);
    profile.id = fields.text("id"_L1);
    profile.name = fields.text("name"_L1);
    profile.group = fields.text("group"_L1);
    profile.colour = fields.text("colour"_L1);
    profile.environment = fields.word("environment"_L1, environments);
    profile.endpoints = fields.texts("endpoints"_L1);
    profile.tls = tlsFrom(fields.inside("tls"_L1));
    profile.authentication = authenticationFrom(fields.inside("authentication"_L1));
    profile.secret = secretFrom(fields.inside("secret"_L1));
    profile.keySecret = secretFrom(fields.inside("key_secret"_L1));
    const Fields way = fields.inside("way_in"_L1);
    profile.wayIn = { way.word("kind"_L1, wayKinds), way.text("address"_L1) };
    profile.addressMap = fields.texts("address_map"_L1);
    profile.timeout = fields.milliseconds("timeout_ms"_L1, 1);
    profile.connectTimeout = fields.milliseconds("connect_timeout_ms"_L1, 1);
    profile.respVersion = fields.number("resp"_L1, 2, 3);
    profile.refreshInterval = fields.milliseconds("refresh_ms"_L1, 0);
    profile.readOnly = fields.isTrue("read_only"_L1);
    profile.redaction = fields.word("redaction"_L1, redactions);
    profile.shards = shardsFrom(object.value("shards"_L1).toArray());
    return profile;
}

QJsonObject migratedFromVersion1(const QJsonObject& entry)
{
    QJsonObject now = entry;
    if (const QString endpoint = now.take("endpoint"_L1).toString(); !endpoint.isEmpty())
        now.insert("endpoints"_L1, QJsonArray { endpoint });
    // Version 1 did not know whether there was a password to a default user: it is asked for when
    // the server wants one.
    if (const QString user = now.take("user"_L1).toString(); !user.isEmpty())
        now.insert(
            "authentication"_L1, QJsonObject { { u"kind"_s, u"acl"_s }, { u"user"_s, user } });
    QJsonObject tls = now.value("tls"_L1).toObject();
    if (const QString name = tls.take("verify_name"_L1).toString(); !name.isEmpty()) {
        tls.insert("verify"_L1, u"fixed"_s);
        tls.insert("fixed_name"_L1, name);
    }
    if (!tls.isEmpty())
        now.insert("tls"_L1, tls);
    return now;
}

QJsonObject rewritten(const QJsonObject& entry, const Profile& before, const Profile& now)
{
    return merged(entry, toJson(before), toJson(now));
}

} // namespace slotscope::profile
