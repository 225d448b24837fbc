// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/errors.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using slotscope::support::Error;
using slotscope::support::ErrorCode;

namespace slotscope::tests {
namespace {

const QList<ErrorCode> allCodes {
    ErrorCode::InvalidInput,
    ErrorCode::ResolveFailed,
    ErrorCode::ConnectionRefused,
    ErrorCode::ConnectTimeout,
    ErrorCode::ConnectFailed,
    ErrorCode::TlsFailed,
    ErrorCode::TlsOutOfTime,
    ErrorCode::TlsNotSpoken,
    ErrorCode::TlsExpected,
    ErrorCode::ProxyUnreachable,
    ErrorCode::ProxyRefused,
    ErrorCode::TunnelFailed,
    ErrorCode::TlsClientRefused,
    ErrorCode::NotRedis,
    ErrorCode::NoReply,
    ErrorCode::AuthRequired,
    ErrorCode::AuthFailed,
    ErrorCode::TokenRefused,
    ErrorCode::NoPermission,
    ErrorCode::CommandUnavailable,
    ErrorCode::Loading,
    ErrorCode::ServerError,
    ErrorCode::ProtocolError,
    ErrorCode::LimitExceeded,
    ErrorCode::ConnectionLost,
    ErrorCode::ReplyTimeout,
    ErrorCode::Cancelled,
    ErrorCode::WrongNode,
    ErrorCode::NotOurSandbox,
    ErrorCode::FileError,
    ErrorCode::FileDamaged,
    ErrorCode::NotPossible,
    ErrorCode::ProcessFailed,
};

/// These are not about an address.
const QSet<ErrorCode> local { ErrorCode::InvalidInput, ErrorCode::Cancelled, ErrorCode::FileError,
    ErrorCode::FileDamaged, ErrorCode::NotPossible, ErrorCode::ProcessFailed };

} // namespace

class TestExplainErrors final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void everyCode_data();
    void everyCode();
    void theyDiffer();
    void hostileDetail();
    void sentences();
};

void TestExplainErrors::everyCode_data()
{
    QTest::addColumn<ErrorCode>("code");
    for (const ErrorCode code : allCodes)
        QTest::addRow("%d", int(code)) << code;
}

void TestExplainErrors::everyCode()
{
    QFETCH(ErrorCode, code);
    const Error error { code, {}, u"10.0.0.1:7001"_s };
    for (const QString& detail : { QString(), u"the detail"_s }) {
        for (const QString& address : { QString(), u"10.0.0.1:7001"_s }) {
            const QString sentence = explain::errorSentence({ code, detail, address });
            QVERIFY(!sentence.isEmpty());
            QVERIFY2(!sentence.contains(u'%'), qPrintable(sentence));
            QVERIFY2(!sentence.contains(u"()"), qPrintable(sentence));
            QVERIFY2(!detail.isEmpty() || sentence.endsWith(u'.'), qPrintable(sentence));
            if (address.isEmpty() || local.contains(code))
                continue;
            const bool isName = code == ErrorCode::ResolveFailed && detail.isEmpty();
            QVERIFY2(
                sentence.contains(isName ? u"name 10.0.0.1 is"_s : address), qPrintable(sentence));
        }
    }
    QVERIFY(!explain::errorReason(error).isEmpty());
    QVERIFY(!explain::errorReason(error).endsWith(u'.'));
    const QString remedy = explain::errorRemedy(error);
    // Who was stopped knows, and the other two say it in their sentence.
    const bool isTold = code == ErrorCode::Cancelled || code == ErrorCode::NoCredentials
        || code == ErrorCode::FileDamaged || code == ErrorCode::NotPossible;
    QVERIFY(isTold || !remedy.isEmpty());
    QVERIFY(remedy.isEmpty() || remedy.endsWith(u'.'));
}

void TestExplainErrors::theyDiffer()
{
    QSet<QString> sentences;
    for (const ErrorCode code : allCodes)
        sentences.insert(explain::errorSentence({ code, {}, u"h:1"_s }));
    QCOMPARE(sentences.size(), allCodes.size());
}

void TestExplainErrors::hostileDetail()
{
    // A server's text may look like a place for another argument.
    const QString sentence
        = explain::errorSentence({ ErrorCode::ServerError, u"ERR %1 %2 %L1"_s, u"h%1:1"_s });
    QCOMPARE(sentence, u"h%1:1 answered with an error: ERR %1 %2 %L1"_s);
    QVERIFY(explain::errorSentence({ ErrorCode::ConnectionLost, u"%1"_s, u"h%2:1"_s })
                .contains(u"h%2:1"));
}

void TestExplainErrors::sentences()
{
    QCOMPARE(explain::errorSentence({ ErrorCode::ConnectionRefused, {}, u"127.0.0.1:7001"_s }),
        u"Connection refused by 127.0.0.1:7001. Nothing listens there."_s);
    QCOMPARE(explain::errorSentence({ ErrorCode::ConnectionLost, u"reset"_s, u"h:1"_s }),
        u"The connection to h:1 was lost (reset)."_s);
    QVERIFY(explain::errorRemedy({ ErrorCode::AuthRequired, {}, {} }).contains(u"--password-file"));
    QVERIFY(explain::errorRemedy({ ErrorCode::TlsExpected, {}, {} }).contains(u"rediss://"));
    QVERIFY(explain::errorRemedy({ ErrorCode::TlsFailed, {}, {} }).contains(u"--ca"));
    for (const auto& [line, words] : QList<std::pair<QString, QString>> {
             { u"DENIED Redis is running in protected mode"_s, u"SSH"_s },
             { u"ERR max number of clients reached"_s, u"maxclients"_s },
             { u"ERR whatever"_s, u"log"_s } }) {
        QVERIFY(explain::errorRemedy({ ErrorCode::ServerError, line, {} }).contains(words));
    }
    QVERIFY(explain::errorRemedy({ ErrorCode::TlsOutOfTime, {}, {} }).contains(u"clock"));
    QVERIFY(explain::errorSentence({ ErrorCode::NoReply, u"AUTH"_s, u"h:1"_s }).contains(u"AUTH"));
}

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::support::ErrorCode)

QTEST_GUILESS_MAIN(slotscope::tests::TestExplainErrors)
#include "tst_explainerrors.moc"
