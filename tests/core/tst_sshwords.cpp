// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/sshtunnel.h"
#include "core/net/sshwords.h"

#include <QRegularExpression>
#include <QTest>

using namespace slotscope;
using namespace Qt::StringLiterals;
using net::SshWords;

class TestSshWords final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void wordsAreNotTheRecord()
    {
        SshWords words;
        words.take("OpenSSH banner\r\ndebug1: Connecting to 10.0.0.9 port 22.\n"
                   "Authenticated to 10.0.0.9 ([10.0.0.9]:22) using \"publickey\".\n\n"
                   "Connection to 10.0.0.9 closed by remote host.\n"
                   "Transferred: sent 3704, received 3344 bytes, in 4.3 seconds\n"
                   "Bytes per second: sent 863.1, received 779.2\n");
        QCOMPARE(words.last(), u"OpenSSH banner; Connection to 10.0.0.9 closed by remote host."_s);
        words.take("one\ntwo\nthr");
        QCOMPARE(words.last(),
            u"one; two; thr"_s); // what has not ended, too, and no more than three
        words.take("ee\ndebug2: ha");
        QCOMPARE(words.last(), u"one; two; three"_s);
        words.forgetWords();
        QVERIFY(words.last().isEmpty());
    }

    void aComplaintIsOfItsConnection()
    {
        SshWords words;
        const net::Endpoint one { u"10.0.0.1"_s, 6379 };
        const net::Endpoint two { u"Node-2.example"_s, 6379 };
        const net::Endpoint six { u"FD00:0::2"_s, 6379 };
        words.take("debug2: channel 3: dynamic request: socks5 host 10.0.0.1 port 6379 command 1\n"
                   "debug2: channel 4: dynamic request: socks5 host node-2.example port 6379 com");
        words.take("mand 1\n"
                   "debug2: channel 5: dynamic request: socks5 host fd00::2 port 6379 command 1\n"
                   "channel 4: open failed: connect failed: Name or service not known\n"
                   "channel 3: open failed: connect failed: Connection refused\n"
                   "debug2: channel 5: open confirm rwindow 2097152 rmax 32768\n"
                   "channel 5: open failed: too late\n");
        QCOMPARE(words.complaint(one), u"connect failed: Connection refused"_s);
        QCOMPARE(words.complaint(two), u"connect failed: Name or service not known"_s);
        QVERIFY(words.complaint(six).isEmpty());
        QVERIFY(words.complaint({ one.host, 6380 }).isEmpty());
        QVERIFY(words.hasReached(six));
        QVERIFY(!words.hasReached(one) && !words.hasReached(two));
        // Tried again.
        words.take(
            "debug2: channel 3: dynamic request: socks5 host 10.0.0.1 port 6379 command 1\n");
        QVERIFY(words.complaint(one).isEmpty());
        words.take("channel 3: open failed: administratively prohibited: open failed\n");
        QCOMPARE(words.complaint(one), u"administratively prohibited: open failed"_s);
    }

    void variablesAreHiddenByWhatTheyHold()
    {
        qputenv("SLOTSCOPE_TEST_ONE", "tiger");
        qputenv("SLOTSCOPE_TEST_TWO", "tiger");
        qputenv("SLOTSCOPE_TEST_EMPTY", "");
        net::SshOptions options;
        options.hide({});
        QVERIFY(options.secretVariables.isEmpty());
        options.hide(u"tiger"_s);
        options.secretVariables.sort();
        QCOMPARE(options.secretVariables,
            (QStringList { u"SLOTSCOPE_TEST_ONE"_s, u"SLOTSCOPE_TEST_TWO"_s }));
    }

    void garbageIsBounded()
    {
        SshWords words;
        const QByteArray noise(1'000'000, '\x1b');
        for (int i = 0; i < 20; ++i)
            words.take(noise);
        words.take("\nchannel : open failed: x\nchannel 99999999999: open failed: y\nchannel 1:\n"
                   "debug2: channel 1: dynamic request: socks5 host \nchannel 1: open failed: z\n");
        QVERIFY(words.last().size() < 700);
        QVERIFY(!words.last().contains(u'\x1b'));
    }
};

QTEST_GUILESS_MAIN(TestSshWords)
#include "tst_sshwords.moc"
