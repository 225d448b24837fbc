// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/keyslot.h"
#include "core/command/keyextraction.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using command::Argv;
using command::CommandKind;
using command::extractKeys;
using command::KeyInfo;

class KeyExtractionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void asServersSay_data();
    void asServersSay();
    void keys_data();
    void keys();
    void streaming_data();
    void streaming();
    void flags();
    void slot();
    void crossSlot();
    void whichKeyIsWhere();
    void tagsThatJoin_data();
    void tagsThatJoin();
    void channels();
    void unknown();
    void knownCommands();
    void hostileCounts();
};

// The newest servers' word, with the exceptions that a client must know better.
void KeyExtractionTest::asServersSay_data()
{
    QTest::addColumn<Argv>("argv");
    QTest::addColumn<QList<QByteArray>>("keys");

    QFile file(QFINDTESTDATA("../data/command_getkeys.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray cases = QJsonDocument::fromJson(file.readAll()).object()[u"cases"].toArray();
    QVERIFY(cases.size() >= 30);
    for (const QJsonValue& one : cases) {
        Argv argv;
        for (const QJsonValue& argument : one[u"command"].toArray())
            argv.append(argument.toString().toUtf8());
        QList<QByteArray> keys;
        for (const QString& server : { u"valkey-8.1.1"_s, u"redis-8.0.2"_s, u"redis-6.2.14"_s }) {
            for (const QJsonValue& result : one[u"results"].toArray()) {
                if (!keys.isEmpty() || !result[u"servers"].toArray().contains(server))
                    continue;
                for (const QJsonValue& key : result[u"getkeys"].toArray())
                    keys.append(key.toString().toUtf8());
            }
        }
        if (argv.first() == "SPUBLISH")
            keys = { "c" }; // no key, but it routes as one
        if (argv == Argv { "MSET", "a" })
            keys = { "a" }; // too short for the server; here a line that is being typed
        QTest::newRow(argv.join(' ').constData()) << argv << keys;
    }
}

void KeyExtractionTest::asServersSay()
{
    QFETCH(Argv, argv);
    QFETCH(QList<QByteArray>, keys);
    QCOMPARE(extractKeys(argv).keys, keys);
}

void KeyExtractionTest::keys_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("keys");

    const auto row = [](const char* line, const char* keys) {
        QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(keys);
    };
    row("get k", "k");
    row("GeT k", "k");
    row("GET", "");
    row("SET k v NX GET", "k");
    row("PING", "");
    row("DEL a b c", "a b c");
    row("BLPOP a b 0", "a b");
    row("BLPOP a", "");
    row("BLMOVE a b LEFT RIGHT 0", "a b");
    row("LMPOP 2 a b LEFT", "a b");
    row("EVAL s 0 x", "");
    row("EVAL s -1 x", "");
    row("EVAL s two a b", "");
    row("EVALSHA sha 1 k a", "k");
    row("FCALL_RO f 2 a b", "a b");
    row("ZUNIONSTORE d 2 a b WEIGHTS 1 2", "d a b");
    row("ZINTERCARD 2 a b LIMIT 1", "a b");
    row("ZRANGESTORE d s 0 -1", "d s");
    row("OBJECT ENCODING k", "k");
    row("OBJECT HELP", "");
    row("OBJECT", "");
    row("object|encoding x k", "");
    row("MEMORY USAGE k", "k");
    row("MEMORY DOCTOR", "");
    row("XGROUP CREATE s g $", "s");
    row("XINFO CONSUMERS s g", "s");
    row("XREAD COUNT 2 STREAMS a b 0 0", "a b");
    row("XREAD BLOCK 0 STREAMS s $", "s");
    row("XREADGROUP GROUP g streams STREAMS k >", "k");
    row("XREAD COUNT 2", "");
    row("SORT k", "k");
    row("SORT k BY w_* GET # LIMIT 0 5 STORE d", "k d");
    row("SORT k GET store", "k");
    row("SORT k STORE a STORE b", "k b");
    row("SORT_RO k BY w_*", "k");
    row("GEORADIUS g 0 0 1 m STORE a STOREDIST b", "g b");
    row("GEORADIUSBYMEMBER g m 1 km STOREDIST d", "g d");
    row("GEOSEARCHSTORE d s FROMMEMBER m BYRADIUS 1 m", "d s");
    row("MIGRATE h 6379 k 0 10", "k");
    row("MIGRATE h 6379 k 0 10 COPY KEYS a", "k");
    row("MIGRATE h 6379 \"\" 0 10 COPY REPLACE AUTH keys KEYS a b", "a b");
    row("MIGRATE h 6379 \"\" 0 10 AUTH2 u keys KEYS a", "a");
    row("LCS a b LEN", "a b");
    row("STRALGO LCS KEYS a b", "a b");
    row("BITOP NOT d s", "d s");
    row("PFCOUNT a b", "a b");
    row("RESTORE-ASKING k 0 x", "k");
    row("DEBUG OBJECT k", "k");
    row("DEBUG SLEEP 0", "");
    row("SPUBLISH channel message", "channel");
    row("PUBLISH channel message", "");
    row("WATCH a b", "a b");
    row("CLUSTER KEYSLOT k", "");
    row("COMMAND GETKEYS GET k", "");
    row("HEXPIRE h 10 FIELDS 1 f", "h");
    row("HGETEX h EX 10 FIELDS 1 f", "h");
    row("MSETEX 2 a 1 b 2 EX 10", "a b");
    row("VADD v VALUES 2 1 1 e", "v");
    row("DELIFEQ k v", "k");
    row("CLUSTERSCAN 0-{06S}-0", "0-{06S}-0");
    row("JSON.SET j $ 1", "j");
    row("JSON.MGET a b $", "a b");
    row("JSON.MSET a $ 1 b $ 2", "a b");
    row("TS.MADD a 1 1 b 1 2", "a b");
    row("CMS.MERGE d 2 a b", "d a b");
    row("FT.SEARCH index *", "");
}

void KeyExtractionTest::keys()
{
    QFETCH(QString, line);
    QFETCH(QString, keys);
    const auto argv = command::splitLine(line);
    QVERIFY(argv);
    const KeyInfo info = extractKeys(*argv);
    QCOMPARE(QString::fromLatin1(info.keys.join(' ')), keys);
    QCOMPARE(info.positions.size(), info.keys.size());
    for (int i = 0; i < info.positions.size(); ++i)
        QCOMPARE(argv->at(info.positions.at(i)), info.keys.at(i));
    QCOMPARE(info.slot.has_value(), !keys.isEmpty());
}

void KeyExtractionTest::streaming_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char* name : { "SUBSCRIBE", "psubscribe", "SSUBSCRIBE", "UNSUBSCRIBE",
             "PUNSUBSCRIBE", "SUNSUBSCRIBE", "MONITOR", "SYNC", "PSYNC" })
        QTest::newRow(name) << QByteArray(name);
}

void KeyExtractionTest::streaming()
{
    QFETCH(QByteArray, name);
    const KeyInfo info = extractKeys({ name, "a", "b" });
    QVERIFY(info.known);
    QCOMPARE(info.kind, CommandKind::Streaming);
    QCOMPARE(info.keys.size(), name.toLower() == "ssubscribe" || name == "SUNSUBSCRIBE" ? 2 : 0);
}

void KeyExtractionTest::flags()
{
    QVERIFY(extractKeys({ "GET", "k" }).readOnly);
    QVERIFY(!extractKeys({ "GET", "k" }).write);
    QVERIFY(extractKeys({ "SET", "k", "v" }).write);
    QVERIFY(!extractKeys({ "SET", "k", "v" }).readOnly);
    QVERIFY(extractKeys({ "OBJECT", "ENCODING", "k" }).readOnly);
    QVERIFY(extractKeys({ "XGROUP", "CREATE", "s", "g", "$" }).write);
    QVERIFY(!extractKeys({ "EVAL", "s", "0" }).write);
    QVERIFY(!extractKeys({ "EVAL", "s", "0" }).readOnly);
    QVERIFY(extractKeys({ "BLPOP", "k", "0" }).blocking);
    QVERIFY(extractKeys({ "WAIT", "0", "0" }).blocking);
    QVERIFY(!extractKeys({ "LPOP", "k" }).blocking);
    QCOMPARE(extractKeys({ "GET", "k" }).kind, CommandKind::Ordinary);
}

void KeyExtractionTest::slot()
{
    QCOMPARE(extractKeys({ "GET", "user:2935" }).slot, cluster::Slot(1738));
    QCOMPARE(extractKeys({ "GET", "" }).slot, cluster::Slot(0));
    QVERIFY(!extractKeys({ "PING" }).slot);
}

void KeyExtractionTest::crossSlot()
{
    QVERIFY(extractKeys({ "MGET", "a", "b" }).crossSlot);
    QVERIFY(!extractKeys({ "MGET", "{t}a", "{t}b" }).crossSlot);
    QVERIFY(!extractKeys({ "MGET", "a", "a" }).crossSlot);
    QCOMPARE(extractKeys({ "MGET", "a", "b" }).slot, cluster::keySlot("a"));
}

void KeyExtractionTest::whichKeyIsWhere()
{
    const KeyInfo apart = extractKeys({ "MGET", "user:1:name", "user:1:nick" });
    QCOMPARE(apart.slots,
        (QList<cluster::Slot> {
            cluster::keySlot("user:1:name"), cluster::keySlot("user:1:nick") }));
    const QString sentence = command::crossSlotSentence(apart.keys);
    for (const cluster::Slot slot : apart.slots)
        QVERIFY2(sentence.contains(QString::number(slot.number())), qPrintable(sentence));
    QVERIFY(sentence.contains(u"\"user:1:nick\" is in slot"));
    QVERIFY2(sentence.contains(u"\"{user:1}:name\""), qPrintable(sentence));
    QVERIFY(!command::crossSlotSentence({ "a", "b" }).contains(u"%"));

    Argv many { "DEL" };
    for (int i = 0; i < 1000; ++i)
        many.append(QByteArray(100, 'k') + QByteArray::number(i) + '\n');
    const QString bounded = command::crossSlotSentence(extractKeys(many).keys);
    QVERIFY(bounded.contains(u"1000 keys"));
    QVERIFY(bounded.size() < 1000);
    QVERIFY(!bounded.contains(u'\n'));
}

void KeyExtractionTest::tagsThatJoin_data()
{
    QTest::addColumn<QList<QByteArray>>("keys");
    QTest::addColumn<QByteArray>("tag");
    const auto row = [](const char* name, const QList<QByteArray>& keys, const QByteArray& tag) {
        QTest::newRow(name) << keys << tag;
    };
    row("common start", { "user:1:name", "user:1:nick" }, "user:1");
    row("up to the separator", { "user:15", "user:17", "user:18" }, "user");
    row("nothing in common", { "a:1", "b:1" }, "");
    row("no separator", { "abc", "abd" }, "");
    row("empty start", { ":a", ":b" }, "");
    row("braces", { "x{1:a", "x{1:b" }, "");
    row("tagged already", { "{a}:1", "{b}:1" }, "");
    row("one inside the other", { "a:b", "a:b:c" }, "a");
    row("one key", { "a:b" }, "");
    row("empty key", { "a:b", "" }, "");
}

void KeyExtractionTest::tagsThatJoin()
{
    QFETCH(QList<QByteArray>, keys);
    QFETCH(QByteArray, tag);
    QCOMPARE(command::tagThatJoins(keys), tag);
    if (tag.isEmpty())
        return;
    for (const QByteArray& key : keys) {
        const QByteArray joined = '{' + tag + '}' + key.sliced(tag.size());
        QCOMPARE(cluster::keySlot(joined), cluster::keySlot(tag));
    }
}

void KeyExtractionTest::channels()
{
    QVERIFY(extractKeys({ "SPUBLISH", "c", "m" }).areChannels);
    QVERIFY(extractKeys({ "SSUBSCRIBE", "c" }).areChannels);
    QVERIFY(!extractKeys({ "GET", "c" }).areChannels);
    QVERIFY(!extractKeys({ "PUBLISH", "c", "m" }).areChannels);
}

void KeyExtractionTest::unknown()
{
    QVERIFY(!extractKeys({}).known);
    QVERIFY(!extractKeys({ "" }).known);
    QVERIFY(!extractKeys({ "NOSUCH", "k" }).known);
    QVERIFY(extractKeys({ "NOSUCH", "k" }).keys.isEmpty());
    QVERIFY(extractKeys({ "OBJECT", "NOSUCH", "k" }).known);
    QVERIFY(!extractKeys({ QByteArray("get\0", 4), "k" }).known);
}

void KeyExtractionTest::knownCommands()
{
    QStringList names;
    for (const QByteArray& name : command::CommandTable::builtIn().names())
        names.append(QString::fromLatin1(name));
    QVERIFY(names.size() > 240);
    QVERIFY(names.contains(u"get"));
    QVERIFY(names.contains(u"cluster"));
    QVERIFY(names.contains(u"json.get"));
    QStringList sorted = names;
    sorted.sort();
    QCOMPARE(names, sorted);
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    for (const QString& name : names) {
        QVERIFY2(!name.contains(u'|'), qPrintable(name));
        QCOMPARE(name, name.toLower());
        QVERIFY(extractKeys({ name.toUtf8() }).known);
    }
}

// A count that the user typed is no reason to run away.
void KeyExtractionTest::hostileCounts()
{
    for (const char* count :
        { "2147483647", "2147483648", "-2147483648", "9223372036854775807", "1e9", "0x10", "" }) {
        QVERIFY(extractKeys({ "EVAL", "s", count, "k" }).keys.isEmpty());
        QVERIFY(extractKeys({ "MSETEX", count, "k", "v" }).keys.isEmpty());
    }
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::KeyExtractionTest)
#include "tst_keyextraction.moc"
