// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/awscredentials.h"
#include "core/profile/shellwords.h"
#include "core/profile/toolrun.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace slotscope::profile;
using support::ErrorCode;
using support::Result;

/// The AWS credentials of a home folder of the test's own, and a PATH of its own.
class AwsCredentialsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void files();
    void words_data();
    void words();
    void processOutput_data();
    void processOutput();

    void fromTheEnvironment();
    void aNamedProfileGoesBeforeTheEnvironment();
    void fromTheCredentialsFile();
    void fromTheConfigFile();
    void fromOtherFiles();
    void fromACredentialProcess();
    void fromTheAwsCli_data();
    void fromTheAwsCli();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void endsASlowProcess();
    void boundsTheOutput();
    void canBeCancelled();
    void canBeDeleted();
    void endsWhatAToolHasStarted_data();
    void endsWhatAToolHasStarted();

private:
    void put(const QString& name, const QByteArray& text, bool executable = false) const;
    Result<FoundCredentials> search(
        const QString& profile = {}, std::chrono::milliseconds limit = std::chrono::minutes(1));
    QString path(const QString& name) const { return m_home->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_home;
    QProcessEnvironment m_environment;
};

void AwsCredentialsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(m_home->isValid());
    m_environment.clear();
    m_environment.insert(u"HOME"_s, m_home->path());
    m_environment.insert(u"PATH"_s, path(u"bin"_s) + u":/usr/bin:/bin"_s);
    QDir().mkpath(path(u"bin"_s));
    QDir().mkpath(path(u".aws"_s));
    // Not the aws of this computer, if it has one.
    put(u"bin/aws"_s, "#!/bin/sh\necho 'no aws here' >&2\nexit 9\n", true);
}

void AwsCredentialsTest::put(const QString& name, const QByteArray& text, bool executable) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    if (executable)
        QVERIFY(file.setPermissions(file.permissions() | QFileDevice::ExeOwner));
}

Result<FoundCredentials> AwsCredentialsTest::search(
    const QString& profile, std::chrono::milliseconds limit)
{
    CredentialSearch search(profile, m_environment);
    search.setLimit(limit);
    std::optional<Result<FoundCredentials>> result;
    int times = 0;
    connect(&search, &CredentialSearch::finished, this,
        [&](const Result<FoundCredentials>& credentials) {
            result = credentials;
            ++times;
        });
    search.start();
    const bool early = result.has_value();
    if (!QTest::qWaitFor([&] { return result.has_value(); }, 60'000) || early || times != 1)
        return support::Error { ErrorCode::ReplyTimeout, u"not once, from the loop"_s, {} };
    return *result;
}

void AwsCredentialsTest::files()
{
    const AwsProfiles config = parseAwsFile(R"(
# a comment
[default]
region = eu-west-1
s3 =
    max_concurrent_requests = 20
    region = nested
[profile work]
Region=us-east-1 ; behind a blank
credential_process = "/opt/my tool" --for 'a ; b'
[profile "two words"]
aws_access_key_id=AKIA#1
[sso-session corp]
sso_start_url = https://corp.example
[profile empty]
not understood
)",
        true);
    QCOMPARE(config.size(), 4);
    QCOMPARE(config.value(u"default"_s).value(u"region"_s), u"eu-west-1"_s);
    QCOMPARE(config.value(u"work"_s).value(u"region"_s), u"us-east-1"_s);
    QCOMPARE(config.value(u"work"_s).value(u"credential_process"_s),
        u"\"/opt/my tool\" --for 'a ; b'"_s);
    QCOMPARE(config.value(u"two words"_s).value(u"aws_access_key_id"_s), u"AKIA#1"_s);
    QVERIFY(config.contains(u"empty"_s));
    const AwsProfiles credentials = parseAwsFile("[work]\r\naws_access_key_id = A\r\n", false);
    QCOMPARE(credentials.value(u"work"_s).value(u"aws_access_key_id"_s), u"A"_s);
}

void AwsCredentialsTest::words_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("words"); // joined with |; "error" for none
    QTest::newRow("plain") << u" a  bc\td "_s << u"a|bc|d"_s;
    QTest::newRow("empty") << u"  "_s << u""_s;
    QTest::newRow("single quotes") << u"'a b' '' c'd'e"_s << u"a b||cde"_s;
    QTest::newRow("double quotes") << uR"("a \"b\" \\ \n $HOME")"_s << uR"(a "b" \ \n $HOME)"_s;
    QTest::newRow("backslash") << uR"(a\ b \'c)"_s << u"a b|'c"_s;
    QTest::newRow("no end") << u"a 'b"_s << u"error"_s;
    QTest::newRow("backslash at the end") << u"a \\"_s << u"error"_s;
}

void AwsCredentialsTest::words()
{
    QFETCH(QString, line);
    const auto words = splitWords(line);
    QTEST(words ? words->join(u'|') : u"error"_s, "words");
}

void AwsCredentialsTest::processOutput_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("good");
    QTest::newRow("whole") << R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"sssh",
        "SessionToken":"T","Expiration":"2030-01-01T00:00:00+00:00"})"_ba
                           << true;
    QTest::newRow("without a session")
        << R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"sssh"})"_ba << true;
    QTest::newRow("version 2") << R"({"Version":2,"AccessKeyId":"A","SecretAccessKey":"sssh"})"_ba
                               << false;
    QTest::newRow("no key") << R"({"Version":1,"SecretAccessKey":"sssh"})"_ba << false;
    QTest::newRow("no secret") << R"({"Version":1,"AccessKeyId":"A"})"_ba << false;
    QTest::newRow("no time")
        << R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"sssh","Expiration":"sssh"})"_ba
        << false;
    QTest::newRow("no JSON") << "sssh"_ba << false;
    QTest::newRow("nothing") << ""_ba << false;
}

void AwsCredentialsTest::processOutput()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, good);
    const auto credentials = parseProcessCredentials(json);
    QCOMPARE(credentials.hasValue(), good);
    if (good)
        QCOMPARE(credentials->secretAccessKey.reveal(), u"sssh"_s);
    else
        QVERIFY(!credentials.error().detail.contains(u"sssh"_s));
}

void AwsCredentialsTest::fromTheEnvironment()
{
    m_environment.insert(u"AWS_ACCESS_KEY_ID"_s, u"A"_s);
    m_environment.insert(u"AWS_SECRET_ACCESS_KEY"_s, u"sssh"_s);
    m_environment.insert(u"AWS_SESSION_TOKEN"_s, u"token"_s);
    m_environment.insert(u"AWS_REGION"_s, u"eu-west-3"_s);
    const auto found = search();
    QVERIFY(found.hasValue());
    QCOMPARE(found->source, CredentialSource::Environment);
    QCOMPARE(found->credentials.accessKeyId, u"A"_s);
    QCOMPARE(found->credentials.secretAccessKey.reveal(), u"sssh"_s);
    QCOMPARE(found->credentials.sessionToken.reveal(), u"token"_s);
    QCOMPARE(found->region, u"eu-west-3"_s);
    QVERIFY(!found->where.isEmpty());
    QVERIFY(!found->where.contains(u"sssh"_s));
}

void AwsCredentialsTest::aNamedProfileGoesBeforeTheEnvironment()
{
    m_environment.insert(u"AWS_ACCESS_KEY_ID"_s, u"A"_s);
    m_environment.insert(u"AWS_SECRET_ACCESS_KEY"_s, u"sssh"_s);
    put(u".aws/credentials"_s, "[work]\naws_access_key_id=B\naws_secret_access_key=hush\n");
    QCOMPARE(search(u"work"_s)->credentials.accessKeyId, u"B"_s);
    // AWS_PROFILE does not: so botocore has it.
    m_environment.insert(u"AWS_PROFILE"_s, u"work"_s);
    QCOMPARE(search()->credentials.accessKeyId, u"A"_s);
    m_environment.remove(u"AWS_ACCESS_KEY_ID"_s);
    QCOMPARE(search()->credentials.accessKeyId, u"B"_s);
}

void AwsCredentialsTest::fromTheCredentialsFile()
{
    put(u".aws/credentials"_s,
        "[default]\naws_access_key_id = A\naws_secret_access_key = s/+=\naws_session_token = T\n");
    put(u".aws/config"_s,
        "[default]\nregion = ap-south-1\naws_access_key_id=C\naws_secret_access_key=c\n");
    const auto found = search();
    QVERIFY(found.hasValue());
    QCOMPARE(found->source, CredentialSource::CredentialsFile);
    QCOMPARE(found->credentials.accessKeyId, u"A"_s);
    QCOMPARE(found->credentials.secretAccessKey.reveal(), u"s/+="_s);
    QCOMPARE(found->credentials.sessionToken.reveal(), u"T"_s);
    QCOMPARE(found->region, u"ap-south-1"_s);
    QVERIFY(found->where.contains(path(u".aws/credentials"_s)));
}

void AwsCredentialsTest::fromTheConfigFile()
{
    put(u".aws/config"_s, "[profile work]\naws_access_key_id=C\naws_secret_access_key=c\n");
    const auto found = search(u"work"_s);
    QVERIFY(found.hasValue());
    QCOMPARE(found->source, CredentialSource::ConfigFile);
    QCOMPARE(found->credentials.accessKeyId, u"C"_s);
}

void AwsCredentialsTest::fromOtherFiles()
{
    put(u"elsewhere"_s, "[default]\naws_access_key_id=E\naws_secret_access_key=e\n");
    m_environment.insert(u"AWS_SHARED_CREDENTIALS_FILE"_s, path(u"elsewhere"_s));
    QCOMPARE(search()->credentials.accessKeyId, u"E"_s);
}

void AwsCredentialsTest::fromACredentialProcess()
{
    put(u"my tool"_s,
        "#!/bin/sh\n[ \"$1\" = 'two words' ] || exit 3\n"
        "echo '{\"Version\": 1, \"AccessKeyId\": \"P\", \"SecretAccessKey\": \"sssh\", "
        "\"SessionToken\": \"T\", \"Expiration\": \"2030-01-01T00:00:00Z\"}'\n",
        true);
    put(u".aws/config"_s,
        "[profile tool]\ncredential_process = \"" + path(u"my tool"_s).toUtf8()
            + "\" 'two words'\n");
    const auto found = search(u"tool"_s);
    QVERIFY2(found.hasValue(), found ? "" : qPrintable(found.error().detail));
    QCOMPARE(found->source, CredentialSource::CredentialProcess);
    QCOMPARE(found->credentials.accessKeyId, u"P"_s);
    QCOMPARE(found->credentials.expires, QDateTime({ 2030, 1, 1 }, { 0, 0 }, Qt::UTC));
    QVERIFY(found->where.contains(u"my tool"_s));
}

void AwsCredentialsTest::fromTheAwsCli_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::newRow("single sign-on") << "sso_session = corp\n"_ba;
    // The keys of a profile that takes a role are those of its source.
    QTest::newRow("role") << "role_arn = arn:x\naws_access_key_id=C\naws_secret_access_key=c\n"_ba;
    QTest::newRow("nothing") << "region = us-east-1\n"_ba;
}

void AwsCredentialsTest::fromTheAwsCli()
{
    QFETCH(QByteArray, settings);
    put(u"bin/aws"_s,
        "#!/bin/sh\n[ \"$*\" = 'configure export-credentials --profile work --format process' ] "
        "|| exit 2\n"
        "echo '{\"Version\":1,\"AccessKeyId\":\"W\",\"SecretAccessKey\":\"sssh\"}'\n",
        true);
    put(u".aws/config"_s, "[profile work]\n" + settings);
    const auto found = search(u"work"_s);
    QVERIFY2(found.hasValue(), found ? "" : qPrintable(found.error().detail));
    QCOMPARE(found->source, CredentialSource::AwsCli);
    QCOMPARE(found->credentials.accessKeyId, u"W"_s);
}

void AwsCredentialsTest::saysWhatIsMissing_data()
{
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("word");
    QTest::newRow("no such profile")
        << u"nobody"_s << ""_ba << ErrorCode::InvalidInput << u"nobody"_s;
    QTest::newRow("nothing at all")
        << u""_s << ""_ba << ErrorCode::ProcessFailed << u"no aws here"_s;
    QTest::newRow("AWS CLI 1") << u""_s << ""_ba << ErrorCode::ProcessFailed << u"Version 2"_s;
    QTest::newRow("no such program")
        << u"work"_s << "[profile work]\ncredential_process = /nowhere/tool\n"_ba
        << ErrorCode::ProcessFailed << u"/nowhere/tool"_s;
    QTest::newRow("fails") << u"work"_s << "[profile work]\ncredential_process = false\n"_ba
                           << ErrorCode::ProcessFailed << u"status 1"_s;
    QTest::newRow("prints nonsense")
        << u"work"_s << "[profile work]\ncredential_process = echo sssh\n"_ba
        << ErrorCode::InvalidInput << u"JSON"_s;
    QTest::newRow("bad quotes") << u"work"_s << "[profile work]\ncredential_process = 'x\n"_ba
                                << ErrorCode::InvalidInput << u"quote"_s;
}

void AwsCredentialsTest::saysWhatIsMissing()
{
    QFETCH(QString, profile);
    QFETCH(QByteArray, config);
    QFETCH(ErrorCode, code);
    QFETCH(QString, word);
    put(u".aws/config"_s, config);
    const auto found = search(profile);
    QVERIFY(!found);
    QCOMPARE(found.error().code, code);
    QVERIFY2(found.error().detail.contains(word), qPrintable(found.error().detail));
    QVERIFY(!found.error().detail.contains(u"sssh"_s));
}

void AwsCredentialsTest::endsASlowProcess()
{
    put(u".aws/config"_s, "[profile work]\ncredential_process = sleep 1000\n");
    const auto found = search(u"work"_s, std::chrono::milliseconds(50));
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::ProcessFailed);
    QVERIFY(found.error().detail.contains(u"in time"_s));
}

void AwsCredentialsTest::boundsTheOutput()
{
    put(u".aws/config"_s, "[profile work]\ncredential_process = cat /dev/zero\n");
    const auto found = search(u"work"_s);
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::LimitExceeded);
}

void AwsCredentialsTest::canBeCancelled()
{
    ToolRun run({ u"sleep"_s, { u"1000"_s } });
    std::optional<Result<QByteArray>> result;
    connect(&run, &ToolRun::finished, this,
        [&result](const Result<QByteArray>& output) { result = output; });
    run.start();
    run.cancel();
    QVERIFY(!result);
    QTRY_VERIFY(result);
    QCOMPARE(result->error().code, ErrorCode::Cancelled);
}

void AwsCredentialsTest::canBeDeleted()
{
    auto run = std::make_unique<ToolRun>(Tool { u"sleep"_s, { u"1000"_s } });
    QSignalSpy spy(run.get(), &QObject::destroyed);
    run->start();
    run.reset();
    QCOMPARE(spy.size(), 1);
}

void AwsCredentialsTest::endsWhatAToolHasStarted_data()
{
    QTest::addColumn<QString>("by");
    QTest::newRow("cancelled") << u"cancel"_s;
    QTest::newRow("deleted") << u"delete"_s;
    QTest::newRow("prints too much") << u"output"_s;
}

void AwsCredentialsTest::endsWhatAToolHasStarted()
{
    QFETCH(QString, by);
    const QString told = path(u"child"_s);
    // The number is whole when it is there under its name.
    put(u"tool"_s,
        "#!/bin/sh\nsleep 1000 &\necho $! >\"$1.part\" && mv \"$1.part\" \"$1\"\n"
        "while [ ! -e \"$1.go\" ]; do sleep 0.01; done\n[ \"$2\" = output ] && echo too much\n"
        "wait\n",
        true);
    Tool tool { path(u"tool"_s), { told, by } };
    tool.largestOutput = 4;
    auto run = std::make_unique<ToolRun>(tool);
    run->start();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(told), 60'000);
    QFile file(told);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString child = u"/proc/%1/cwd"_s.arg(file.readAll().trimmed().toInt());
    const auto runs = [&child] { return QFileInfo(child).symLinkTarget().startsWith(u'/'); };
    QVERIFY(runs());
    put(u"child.go"_s, "");
    if (by == "cancel"_L1)
        run->cancel();
    else if (by == "delete"_L1)
        run.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!runs(), 10'000);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::AwsCredentialsTest)
#include "tst_awscredentials.moc"
