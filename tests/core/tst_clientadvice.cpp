// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clientadvice.h"
#include "core/explain/codestring.h"

#include <QJsonObject>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace doctor;
using cluster::Kind;
using explain::CodeLanguage;
using explain::codeString;

class ClientAdviceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void goRedisComesFirst();
    void everyClientIsThere();
    void shares();
    void tokens();
    void tokensInTheCode();
    void mapRefused();
    void replica();
    void snippetsNameTheEndpoint_data();
    void snippetsNameTheEndpoint();
    void nothingEscapes();
    void strings_data();
    void strings();
    void standalone();
    void sentinel();
    void json();

private:
    static ClientTarget target()
    {
        ClientTarget target;
        target.endpoint = { u"redis.example.net"_s, 6380 };
        target.movedShare = 2.0 / 3;
        return target;
    }
    static ClientAdvice adviceOf(const QString& name, const ClientTarget& target)
    {
        for (const ClientAdvice& advice : clientAdvice(target)) {
            if (advice.name == name)
                return advice;
        }
        return {};
    }
};

void ClientAdviceTest::goRedisComesFirst()
{
    const ClientAdvice advice = clientAdvice(target()).value(0);
    QCOMPARE(advice.name, u"go-redis"_s);
    QCOMPARE(advice.versions, u">= 9.8.0"_s);
    QCOMPARE(advice.mode, ClientMode::Plain);
    QCOMPARE(advice.movedShare, 2.0 / 3);
    QCOMPARE(advice.whatHappens,
        u"NewUniversalClient with one address makes a single-server client: your program receives "
        "MOVED for 66 % of the slots."_s);
    QCOMPARE(advice.wrongCode,
        u"client := redis.NewUniversalClient(&redis.UniversalOptions{\n"
        "\tAddrs: []string{\"redis.example.net:6380\"},\n"
        "})\n"_s);
    QCOMPARE(advice.snippet,
        u"client := redis.NewUniversalClient(&redis.UniversalOptions{\n"
        "\tAddrs:         []string{\"redis.example.net:6380\"},\n"
        "\tIsClusterMode: true,\n"
        "})\n"_s);
    // IsClusterMode is not in older ones.
    const ClientAdvice older = clientAdvice(target()).value(1);
    QVERIFY(older.name.startsWith(u"go-redis"_s));
    QVERIFY(older.snippet.contains(u"NewClusterClient"_s));
    QVERIFY(!older.snippet.contains(u"IsClusterMode"_s));
}

void ClientAdviceTest::everyClientIsThere()
{
    QStringList names;
    const QList<ClientAdvice> all = clientAdvice(target());
    for (const ClientAdvice& advice : all) {
        QVERIFY2(!names.contains(advice.name), qPrintable(advice.name));
        names << advice.name;
        QVERIFY2(!advice.snippet.isEmpty(), qPrintable(advice.name));
        QVERIFY2(advice.snippet.endsWith(u'\n'), qPrintable(advice.name));
        QVERIFY2(advice.snippet != advice.wrongCode, qPrintable(advice.name));
        QVERIFY2(!advice.language.isEmpty(), qPrintable(advice.name));
        // What works as it is has nothing wrong about it.
        QCOMPARE(advice.wrongCode.isEmpty(), advice.mode == ClientMode::Cluster);
        QCOMPARE(*advice.movedShare > 0, advice.mode == ClientMode::Plain);
        QCOMPARE(advice.whatHappens.contains(u"66 %"_s), advice.mode == ClientMode::Plain);
    }
    for (const QString& name : { u"redis-py"_s, u"ioredis"_s, u"node-redis"_s, u"Jedis"_s,
             u"Lettuce"_s, u"Redisson"_s, u"StackExchange.Redis"_s, u"rueidis"_s, u"valkey-glide"_s,
             u"redis-rs"_s, u"redis-rb"_s, u"phpredis"_s, u"Predis"_s, u"redis-cli"_s })
        QVERIFY2(names.contains(name), qPrintable(name));
}

void ClientAdviceTest::shares()
{
    const auto sentence = [](std::optional<double> share) {
        ClientTarget known = target();
        known.movedShare = share;
        return clientAdvice(known).first().whatHappens;
    };
    QVERIFY(sentence(0.004).contains(u"less than 1 %"_s));
    QVERIFY(sentence(0.999).contains(u"99 %"_s));
    QVERIFY(sentence(1).contains(u"every slot"_s));
    QVERIFY(sentence(0).contains(u"as long as"_s)); // one shard: it works, today
    QVERIFY(!sentence({}).contains(u'%'));
    ClientTarget unknown = target();
    unknown.movedShare.reset();
    QVERIFY(!clientAdvice(unknown).first().movedShare);
    QCOMPARE(adviceOf(u"rueidis"_s, unknown).movedShare, 0);
}

/// A token is no password that stands in the environment for good.
void ClientAdviceTest::tokens()
{
    ClientTarget byToken = target();
    byToken.user = u"iam-user"_s;
    byToken.withPassword = true;
    for (const ClientAdvice& advice : clientAdvice(byToken))
        QVERIFY(!advice.whatHappens.contains(u"IAM"_s));
    byToken.byToken = true;
    for (const ClientAdvice& advice : clientAdvice(byToken)) {
        QVERIFY2(advice.whatHappens.contains(u"IAM token"_s), qPrintable(advice.name));
        QVERIFY2(advice.whatHappens.contains(u"token provider"_s), qPrintable(advice.name));
    }
    QVERIFY(adviceOf(u"redis-py"_s, byToken).whatHappens.contains(u"credential_provider"_s));
    QVERIFY(adviceOf(u"Redisson"_s, byToken).whatHappens.contains(u"setCredentialsResolver"_s));
    QVERIFY(adviceOf(u"ioredis"_s, byToken).whatHappens.contains(u"no token provider"_s));
}

/// Where the client has a way to ask for a token, the code goes it, and no password stands in it.
void ClientAdviceTest::tokensInTheCode()
{
    ClientTarget byToken = target();
    byToken.user = u"iam-user"_s;
    byToken.tls = true;
    byToken.withPassword = true;
    byToken.byToken = true;
    byToken.cacheName = u"orders"_s;
    byToken.region = u"us-east-1"_s;
    const QHash<QString, QString> hooks { { u"go-redis"_s, u"CredentialsProviderContext"_s },
        { u"go-redis (before 9.8.0)"_s, u"CredentialsProviderContext"_s },
        { u"rueidis"_s, u"AuthCredentialsFn"_s }, { u"redis-py"_s, u"credential_provider="_s },
        { u"node-redis"_s, u"async-credentials-provider"_s },
        { u"valkey-glide"_s, u"iamConfig: { clusterName: \"orders\""_s },
        { u"Jedis"_s, u".credentialsProvider("_s },
        { u"Lettuce"_s, u"RedisCredentialsProvider.from("_s },
        { u"Redisson"_s, u".setCredentialsResolver("_s } };
    int found = 0;
    for (const ClientAdvice& advice : clientAdvice(byToken)) {
        const QByteArray why = advice.name.toUtf8() + ":\n" + advice.snippet.toUtf8();
        QVERIFY2(advice.snippet.contains(u"iam-user"_s), why.constData());
        if (!hooks.contains(advice.name)) {
            QVERIFY2(advice.snippet.contains(u"REDIS_PASSWORD"_s), why.constData());
            continue;
        }
        ++found;
        QVERIFY2(advice.snippet.contains(hooks.value(advice.name)), why.constData());
        QVERIFY2(!advice.snippet.contains(u"REDIS_PASSWORD"_s), why.constData());
    }
    QCOMPARE(found, hooks.size());
    QCOMPARE(clientAdvice(byToken).first().snippet,
        u"// newToken: a pre-signed request, good for 15 minutes (AWS, \"Authenticating with "
        u"IAM\").\n"
        "credentials := func(ctx context.Context) (string, string, error) {\n"
        "\ttoken, err := newToken(ctx)\n"
        "\treturn \"iam-user\", token, err\n"
        "}\n"
        "client := redis.NewClusterClient(&redis.ClusterOptions{\n"
        "\tAddrs:                      []string{\"redis.example.net:6380\"},\n"
        "\tCredentialsProviderContext: credentials,\n"
        "\tTLSConfig:                  &tls.Config{},\n"
        "})\n"_s);
    // Without the cache's name valkey-glide cannot be told whom to sign for.
    byToken.cacheName.clear();
    QVERIFY(!adviceOf(u"valkey-glide"_s, byToken).snippet.contains(u"iamConfig"_s));
}

/// What a user may not run ends some clients before their first command.
void ClientAdviceTest::mapRefused()
{
    ClientTarget refused = target();
    refused.unavailable = QStringList { u"CLUSTER SLOTS"_s };
    QVERIFY(adviceOf(u"go-redis"_s, refused)
                .whatHappens.contains(u"CLUSTER SLOTS, which is refused"_s));
    QVERIFY(!adviceOf(u"Lettuce"_s, refused).whatHappens.contains(u"refused"_s));
    QVERIFY(!adviceOf(u"redis-cli"_s, refused).whatHappens.contains(u"refused"_s));
    refused.unavailable = QStringList { u"CLUSTER NODES"_s };
    QVERIFY(
        adviceOf(u"Lettuce"_s, refused).whatHappens.contains(u"CLUSTER NODES, which is refused"_s));
    QVERIFY(!adviceOf(u"go-redis"_s, refused).whatHappens.contains(u"refused"_s));
    refused.unavailable = QStringList { u"SCAN"_s };
    for (const ClientAdvice& advice : clientAdvice(refused))
        QVERIFY2(!advice.whatHappens.contains(u"refused"_s), qPrintable(advice.name));
}

void ClientAdviceTest::replica()
{
    ClientTarget replica = target();
    replica.isReplica = true;
    replica.movedShare.reset();
    QCOMPARE(clientAdvice(replica).first().movedShare, 1);
    QVERIFY(clientAdvice(replica).first().whatHappens.contains(u"replica"_s));
    QCOMPARE(adviceOf(u"valkey-glide"_s, replica).mode, ClientMode::Fails);
    QCOMPARE(adviceOf(u"StackExchange.Redis"_s, replica).mode, ClientMode::Cluster);
}

void ClientAdviceTest::snippetsNameTheEndpoint_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<bool>("tls");
    QTest::addColumn<QString>("user");
    QTest::addColumn<bool>("withPassword");
    for (const Kind kind : { Kind::Cluster, Kind::Standalone, Kind::Sentinel }) {
        const QString name = cluster::kindName(kind);
        QTest::newRow(qPrintable(name)) << kind << false << QString() << false;
        QTest::newRow(qPrintable(name + u", TLS")) << kind << true << QString() << false;
        QTest::newRow(qPrintable(name + u", password")) << kind << false << QString() << true;
        QTest::newRow(qPrintable(name + u", TLS, user")) << kind << true << u"alice"_s << true;
        // A user without a password does not exist for a client.
        QTest::newRow(qPrintable(name + u", user alone")) << kind << false << u"alice"_s << false;
    }
}

void ClientAdviceTest::snippetsNameTheEndpoint()
{
    QFETCH(Kind, kind);
    QFETCH(bool, tls);
    QFETCH(QString, user);
    QFETCH(bool, withPassword);
    ClientTarget known = target();
    known.kind = kind;
    known.tls = tls;
    known.user = user;
    known.withPassword = withPassword;
    known.sentinelMaster = u"mymaster"_s;
    static const QRegularExpression tlsWords(
        u"TLSConfig|ssl=True|tls: (true|\\{\\})|useTLS: true|ssl: true|rediss://|tls://|\"tls\"|"
        "\\.ssl\\(true\\)|withSsl\\(true\\)|Ssl = true|--tls|\\[\"verify_peer\" => true\\]"_s);
    for (const ClientAdvice& advice : clientAdvice(known)) {
        const QByteArray why = advice.name.toUtf8() + ":\n" + advice.snippet.toUtf8();
        QVERIFY2(advice.snippet.contains(u"redis.example.net"_s), why.constData());
        QVERIFY2(advice.snippet.contains(u"6380"_s), why.constData());
        QVERIFY2(advice.snippet.contains(tlsWords) == tls, why.constData());
        // A sentinel is asked for an address; users are the data's business.
        const bool asksForAddress = kind == Kind::Sentinel && advice.name == u"redis-cli";
        QVERIFY2(advice.snippet.contains(u"alice"_s) == (!user.isEmpty() && !asksForAddress),
            why.constData());
        QVERIFY2(advice.snippet.contains(u"REDIS_PASSWORD"_s)
                == ((withPassword || !user.isEmpty()) && !asksForAddress),
            why.constData());
        if (kind == Kind::Sentinel)
            QVERIFY2(advice.snippet.contains(u"mymaster"_s), why.constData());
    }
}

// Whoever announces a host or types a user may put anything into it.
void ClientAdviceTest::nothingEscapes()
{
    const QString evil = u"x\"; evil(`#{evil}${evil}$evil'\\\n\u202e%1"_s;
    for (const auto& [kind, byToken] : QList<std::pair<Kind, bool>> { { Kind::Cluster, false },
             { Kind::Cluster, true }, { Kind::Standalone, false }, { Kind::Standalone, true },
             { Kind::Sentinel, false }, { Kind::Sentinel, true } }) {
        ClientTarget known = target();
        known.kind = kind;
        known.byToken = byToken;
        known.cacheName = known.region = evil;
        known.tls = true;
        known.endpoint.host = evil;
        known.user = evil;
        known.sentinelMaster = evil;
        ClientTarget tame = known;
        tame.endpoint.host = tame.user = tame.sentinelMaster = u"x"_s;
        tame.cacheName = tame.region = u"x"_s;
        const QList<ClientAdvice> tameAdvice = clientAdvice(tame);
        const QList<ClientAdvice> advice = clientAdvice(known);
        QCOMPARE(advice.size(), tameAdvice.size());
        for (qsizetype i = 0; i < advice.size(); ++i) {
            for (const QString& code : { advice.at(i).snippet, advice.at(i).wrongCode }) {
                const QByteArray why = advice.at(i).name.toUtf8() + ":\n" + code.toUtf8();
                QVERIFY2(!code.contains(u'\u202e'), why.constData());
                // Literals taken out, it is the same code.
                const bool isShell = advice.at(i).language == u"shell";
                const auto bare = [isShell](QString text) {
                    static const QRegularExpression literal(uR"("(\\.|[^"\\])*")"_s);
                    static const QRegularExpression word(uR"(\$'(\\.|[^'\\])*'|(?<= )x(?=\s))"_s);
                    return text.replace(isShell ? word : literal, u"LITERAL"_s);
                };
                const QString other = code == advice.at(i).snippet ? tameAdvice.at(i).snippet
                                                                   : tameAdvice.at(i).wrongCode;
                QCOMPARE(bare(code), bare(other));
            }
        }
    }
}

void ClientAdviceTest::strings_data()
{
    QTest::addColumn<CodeLanguage>("language");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* name, CodeLanguage language, const QString& text,
                         const QString& code) { QTest::newRow(name) << language << text << code; };
    row("go", CodeLanguage::Go, u"a\"\\\n\u0001\u202eé"_s, uR"("a\"\\\n\u0001\u202eé")"_s);
    row("go, astral", CodeLanguage::Go, u"\U000e0001"_s, uR"("\U000e0001")"_s);
    row("python", CodeLanguage::Python, u"{x}\u0001"_s, uR"("{x}\u0001")"_s);
    row("javascript", CodeLanguage::JavaScript, u"${x}`\U000e0001"_s, uR"("${x}`\u{e0001}")"_s);
    row("java", CodeLanguage::Java, u"\u0001\u202e\U000e0001\\u000a"_s,
        uR"("\001\u202e\udb40\udc01\\u000a")"_s);
    row("csharp", CodeLanguage::CSharp, u"{0}\u202e"_s, uR"("{0}\u202e")"_s);
    row("rust", CodeLanguage::Rust, u"{}\u202e"_s, uR"("{}\u{202e}")"_s);
    row("ruby", CodeLanguage::Ruby, u"#{x} #$x \u202e"_s, uR"("\#{x} \#$x \u{202e}")"_s);
    row("php", CodeLanguage::Php, u"$x {$x} \u202e"_s, uR"("\$x {\$x} \u{202e}")"_s);
    row("shell, plain", CodeLanguage::Shell, u"redis.example.net"_s, u"redis.example.net"_s);
    row("shell, empty", CodeLanguage::Shell, QString(), u"''"_s);
    row("shell, quotes", CodeLanguage::Shell, u"a b$x`'"_s, uR"('a b$x`'\''')"_s);
    row("shell, control", CodeLanguage::Shell, u"a'\\\n\u202e"_s, uR"($'a\'\\\n\u202e')"_s);
}

void ClientAdviceTest::strings()
{
    QFETCH(CodeLanguage, language);
    QFETCH(QString, text);
    QFETCH(QString, code);
    QCOMPARE(codeString(language, text), code);
}

void ClientAdviceTest::standalone()
{
    ClientTarget alone = target();
    alone.kind = Kind::Standalone;
    for (const ClientAdvice& advice : clientAdvice(alone)) {
        QCOMPARE(advice.mode, ClientMode::Plain);
        QCOMPARE(advice.movedShare, 0);
        QVERIFY2(advice.whatHappens.contains(u"is right"_s), qPrintable(advice.name));
        QVERIFY2(!advice.snippet.contains(u"luster"_s), qPrintable(advice.snippet));
    }
    const ClientAdvice go = clientAdvice(alone).first();
    QVERIFY(go.wrongCode.contains(u"IsClusterMode"_s));
    QVERIFY(go.whatHappens.contains(u"would fail"_s));
    QVERIFY(adviceOf(u"rueidis"_s, alone).wrongCode.isEmpty());
    QVERIFY(adviceOf(u"redis-cli"_s, alone).wrongCode.isEmpty()); // -c does no harm
}

void ClientAdviceTest::sentinel()
{
    ClientTarget sentinel = target();
    sentinel.kind = Kind::Sentinel;
    sentinel.sentinelMaster = u"mymaster"_s;
    const ClientAdvice go = clientAdvice(sentinel).first();
    QCOMPARE(go.mode, ClientMode::Fails);
    QVERIFY(go.whatHappens.contains(u"mymaster"_s));
    QVERIFY(go.snippet.contains(u"NewFailoverClient"_s));
    QVERIFY(adviceOf(u"valkey-glide"_s, sentinel).snippet.isEmpty()); // none is known: left out
}

void ClientAdviceTest::json()
{
    const QJsonObject first = toJson(clientAdvice(target())).first().toObject();
    QCOMPARE(first.value(u"name"_s).toString(), u"go-redis"_s);
    QCOMPARE(first.value(u"versions"_s).toString(), u">= 9.8.0"_s);
    QCOMPARE(first.value(u"mode"_s).toString(), u"plain"_s);
    QCOMPARE(first.value(u"language"_s).toString(), u"go"_s);
    QCOMPARE(first.value(u"moved_share"_s).toDouble(), 2.0 / 3);
    for (const QString& field : { u"what_happens"_s, u"snippet"_s, u"wrong"_s })
        QVERIFY2(first.value(field).isString(), qPrintable(field));
    ClientTarget unknown = target();
    unknown.movedShare.reset();
    QVERIFY(toJson(clientAdvice(unknown)).first().toObject().value(u"moved_share"_s).isNull());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::ClientAdviceTest)
#include "tst_clientadvice.moc"
