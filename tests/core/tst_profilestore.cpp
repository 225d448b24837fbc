// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/profilejson.h"
#include "core/profile/profileoptions.h"
#include "core/profile/profilestore.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>
#include <QProcess>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using profile::Profile;
using profile::ProfileStore;
using support::ErrorCode;

class ProfileStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsEveryField();
    void replacesTheProfileOfTheSameName();
    void neverStoresAPassword();
    void fileIsPrivate();
    void twoStoresDoNotLoseEachOthersEdits();
    void twoEditsOfOneProfileAreBothKept();
    void keepsADamagedFileAside_data();
    void keepsADamagedFileAside();
    void keepsAGiantFileAside();
    void whatIsNoFile();
    void aLinkStaysALink();
    void leavesANewerFileAlone();
    void namesAloneTouchNothing();
    void refusesWhatIsNoProfile();
    void removes();
    void readsAFileOfVersion1();
    void whatIsNotKnownSurvives();
    void namesWhatIsNotUnderstood();
    void namesWhatIsOfAnotherType_data();
    void namesWhatIsOfAnotherType();
    void aNameMayChange();
    void changesAreWholeOrNothing();
    void idsAreUnique();
    void isLockedWhileItChanges();
    void aLockIsAsGoodAsItsProcess();

private:
    QString file() const { return m_folder->filePath(u"config/profiles.json"_s); }
    static Profile full(const QString& name);
    static Profile withId(Profile profile, const QString& id);
    QJsonObject stored() const;
    static void put(const QString& file, const QByteArray& bytes);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void ProfileStoreTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

Profile ProfileStoreTest::full(const QString& name)
{
    Profile profile;
    profile.name = name;
    profile.group = u"shop"_s;
    profile.colour = u"red"_s;
    profile.environment = profile::Environment::Staging;
    profile.endpoints = { u"rediss://orders.example:6380"_s, u"10.0.0.9:6379"_s };
    profile.tls = { true, u"/ca.pem"_s, u"/cert.pem"_s, u"/key.pem"_s, u"/all.p12"_s,
        profile::VerifyName::Fixed, u"orders"_s, true };
    profile.authentication = { profile::AuthenticationKind::IamMemoryDb, u"alice"_s, u"orders"_s,
        u"us-east-1"_s, u"work"_s };
    profile.secret
        = { profile::SecretSource::Kind::Environment, u"ORDERS_PASSWORD"_s, { u"unused"_s } };
    profile.keySecret
        = { profile::SecretSource::Kind::Command, {}, { u"pass"_s, u"show"_s, u"key of mine"_s } };
    profile.wayIn = { profile::WayIn::Kind::Ssh, u"me@bastion.example:2222"_s };
    profile.timeout = std::chrono::milliseconds(1500);
    profile.connectTimeout = std::chrono::milliseconds(800);
    profile.respVersion = 2;
    profile.refreshInterval = std::chrono::milliseconds(0);
    profile.readOnly = true;
    profile.addressMap = { u"10.0.0.1=127.0.0.1"_s, u"10.0.0.2:6379=127.0.0.1:7002"_s };
    profile.shards = { { 3, { u"aa"_s, u"bb"_s } }, { 1, { u"cc"_s } } };
    return profile;
}

Profile ProfileStoreTest::withId(Profile profile, const QString& id)
{
    profile.id = id;
    return profile;
}

/// The only profile of the file, as it is written.
QJsonObject ProfileStoreTest::stored() const
{
    QFile kept(file());
    if (!kept.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject root = QJsonDocument::fromJson(kept.readAll()).object();
    return root.value("profiles"_L1).toArray().first().toObject();
}

void ProfileStoreTest::put(const QString& fileName, const QByteArray& bytes)
{
    QVERIFY(QDir().mkpath(QFileInfo(fileName).absolutePath()));
    QFile file(fileName);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

void ProfileStoreTest::keepsEveryField()
{
    QVERIFY(ProfileStore(file()).load()->isEmpty());
    QVERIFY(ProfileStore(file()).save(full(u"orders PROD"_s)).hasValue());
    const auto profiles = ProfileStore(file()).load();
    QVERIFY(profiles.hasValue());
    QCOMPARE(profiles->size(), 1);
    const Profile read = profiles->first();
    QVERIFY(!read.id.isEmpty());
    QVERIFY(read == withId(full(u"orders PROD"_s), read.id));
    // Each field again, in case that a field is not part of ==.
    QCOMPARE(profile::toJson(read), profile::toJson(withId(full(u"orders PROD"_s), read.id)));
}

void ProfileStoreTest::replacesTheProfileOfTheSameName()
{
    ProfileStore store(file());
    QVERIFY(store.save(full(u"a"_s)).hasValue());
    QVERIFY(store.save(full(u"b"_s)).hasValue());
    Profile changed = full(u"a"_s);
    changed.endpoints = { u"other:7000"_s };
    QVERIFY(store.save(changed).hasValue());
    const auto profiles = store.load();
    QCOMPARE(profiles->size(), 2);
    QVERIFY(profiles->at(0) == withId(changed, profiles->at(0).id));
    QVERIFY(profiles->at(1) == withId(full(u"b"_s), profiles->at(1).id));
    QVERIFY(profiles->at(0).id != profiles->at(1).id);
}

void ProfileStoreTest::neverStoresAPassword()
{
    Profile profile = full(u"a"_s);
    profile.endpoints = { u"redis://alice:s3cr3t@orders.example:6380"_s };
    profile.authentication = {};
    QVERIFY(ProfileStore(file()).save(profile).hasValue());
    QFile stored(file());
    QVERIFY(stored.open(QIODevice::ReadOnly));
    const QByteArray bytes = stored.readAll();
    QVERIFY(bytes.contains("orders.example"));
    QVERIFY(!bytes.contains("s3cr3t"));
    const auto profiles = ProfileStore(file()).load();
    QCOMPARE(profiles->first().endpoints, QStringList { u"redis://orders.example:6380"_s });
    QCOMPARE(profiles->first().authentication.user, u"alice"_s);
    QCOMPARE(profiles->first().authentication.kind, profile::AuthenticationKind::AclUser);
}

void ProfileStoreTest::fileIsPrivate()
{
    QVERIFY(ProfileStore(file()).save(full(u"a"_s)).hasValue());
    const QFileDevice::Permissions others = QFileDevice::ReadGroup | QFileDevice::WriteGroup
        | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(file()) & others));
}

void ProfileStoreTest::twoStoresDoNotLoseEachOthersEdits()
{
    ProfileStore one(file());
    ProfileStore two(file());
    QVERIFY(one.load().hasValue());
    QVERIFY(two.load().hasValue());
    QVERIFY(one.save(full(u"a"_s)).hasValue());
    QVERIFY(two.save(full(u"b"_s)).hasValue());
    QCOMPARE(one.load()->size(), 2);
}

void ProfileStoreTest::twoEditsOfOneProfileAreBothKept()
{
    ProfileStore one(file());
    ProfileStore two(file());
    QVERIFY(one.save(full(u"a"_s)).hasValue());
    const profile::Profile before = two.load()->first();
    profile::Profile renamed = before;
    renamed.name = u"b"_s;
    profile::Profile grouped = before;
    grouped.group = u"another group"_s;
    grouped.tls.enabled = !before.tls.enabled;
    const auto edit = [&before](const profile::Profile& wanted) {
        return [&before, &wanted](const profile::ProfileList& now) {
            return profile::withEdited(now, before, wanted);
        };
    };
    QVERIFY(one.change(edit(renamed)).hasValue());
    QVERIFY(two.change(edit(grouped)).hasValue());
    QCOMPARE(one.load()->size(), 1);
    profile::Profile both = grouped;
    both.name = renamed.name;
    QVERIFY(one.load()->first() == both);
    // One that is gone comes back.
    QVERIFY(one.remove(u"b"_s).hasValue());
    QVERIFY(two.change(edit(grouped)).hasValue());
    QCOMPARE(one.load()->first().group, grouped.group);
}

void ProfileStoreTest::keepsADamagedFileAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("not JSON") << QByteArray("{ \"version\": 1, ");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("no profiles") << QByteArray("{\"version\": 1}");
    QTest::newRow("no name") << QByteArray("{\"version\": 1, \"profiles\": [{}]}");
}

void ProfileStoreTest::keepsADamagedFileAside()
{
    QFETCH(QByteArray, bytes);
    put(file(), bytes);
    ProfileStore store(file());
    const auto damaged = store.load();
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().code, ErrorCode::FileDamaged);

    QVERIFY(store.save(full(u"a"_s)).hasValue());
    QCOMPARE(store.load()->size(), 1);
    const QDir folder = QFileInfo(file()).dir();
    const QStringList aside = folder.entryList({ u"profiles.json.damaged-*"_s }, QDir::Files);
    QCOMPARE(aside.size(), 1);
    QVERIFY(damaged.error().detail.contains(aside.first()));
    QFile kept(folder.filePath(aside.first()));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), bytes);
}

void ProfileStoreTest::keepsAGiantFileAside()
{
    put(file(), {});
    QVERIFY(QFile::resize(file(), 50'000'000));
    const auto damaged = ProfileStore(file()).load();
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().code, ErrorCode::FileDamaged);
    QVERIFY2(
        damaged.error().detail.contains(u"larger than 16 MB"), qPrintable(damaged.error().detail));
    QVERIFY(!QFile::exists(file()));
}

/// Refused at once, and left where it is.
void ProfileStoreTest::whatIsNoFile()
{
    QVERIFY(QDir().mkpath(file()));
    ProfileStore store(file());
    QCOMPARE(store.load().error().code, ErrorCode::FileError);
    QCOMPARE(store.save(full(u"a"_s)).error().code, ErrorCode::FileError);
    QVERIFY(QFileInfo(file()).isDir());
    QVERIFY(QDir().rmdir(file()));
    QCOMPARE(::mkfifo(QFile::encodeName(file()).constData(), 0600), 0);
    QCOMPARE(store.load().error().code, ErrorCode::FileError);
    QVERIFY2(
        store.load().error().detail.contains(u"no file"), qPrintable(store.load().error().detail));
}

void ProfileStoreTest::aLinkStaysALink()
{
    const QString real = QFileInfo(file()).dir().filePath(u"kept-elsewhere.json"_s);
    put(real, "{\"version\": 2, \"profiles\": []}");
    QVERIFY(QFile::link(real, file()));
    ProfileStore store(file());
    QVERIFY(store.save(full(u"a"_s)).hasValue());
    QVERIFY(QFileInfo(file()).isSymLink());
    QCOMPARE(ProfileStore(real).load()->size(), 1);
}

void ProfileStoreTest::leavesANewerFileAlone()
{
    const QByteArray bytes = "{\"version\": 3, \"profiles\": []}";
    put(file(), bytes);
    ProfileStore store(file());
    QCOMPARE(store.load().error().code, ErrorCode::FileDamaged);
    QCOMPARE(store.save(full(u"a"_s)).error().code, ErrorCode::FileDamaged);
    QFile kept(file());
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), bytes);
}

void ProfileStoreTest::namesAloneTouchNothing()
{
    QCOMPARE(ProfileStore::namesIn(file()), QStringList());
    ProfileStore store(file());
    QVERIFY(store.save(full(u"orders"_s)));
    QVERIFY(store.save(full(u"two words"_s)));
    QCOMPARE(ProfileStore::namesIn(file()), QStringList({ u"orders"_s, u"two words"_s }));
    const QByteArray damaged = "{\"version\": 2, \"profiles\": ";
    put(file(), damaged);
    QCOMPARE(ProfileStore::namesIn(file()), QStringList());
    QFile kept(file());
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), damaged);
}

void ProfileStoreTest::refusesWhatIsNoProfile()
{
    ProfileStore store(file());
    QCOMPARE(store.save(full(u"  "_s)).error().code, ErrorCode::InvalidInput);
    Profile profile = full(u"a"_s);
    profile.endpoints = { u"http://nowhere"_s };
    QCOMPARE(store.save(profile).error().code, ErrorCode::InvalidInput);
    QVERIFY(!QFile::exists(file()));
}

void ProfileStoreTest::removes()
{
    ProfileStore store(file());
    QVERIFY(store.save(full(u"a"_s)).hasValue());
    QCOMPARE(store.remove(u"b"_s).error().code, ErrorCode::InvalidInput);
    QVERIFY(store.remove(u"a"_s).hasValue());
    QVERIFY(store.load()->isEmpty());
}

void ProfileStoreTest::readsAFileOfVersion1()
{
    put(file(), R"({"version": 1, "note": "mine", "profiles": [
        {"name": "orders", "endpoint": "orders.example:7000", "user": "alice", "sticker": "fish",
         "tls": {"enabled": true, "ca_file": "/ca.pem", "verify_name": "seed.example"},
         "address_map": ["10.0.0.1=127.0.0.1"], "read_only": true},
        {"name": "plain", "endpoint": "h:1", "user": "", "tls": {"verify_name": ""}}]})");
    ProfileStore store(file());
    const auto read = store.load();
    QVERIFY(read.hasValue());
    QCOMPARE(read->size(), 2);
    const Profile& orders = read->at(0);
    QCOMPARE(orders.endpoints, QStringList { u"orders.example:7000"_s });
    QCOMPARE(orders.authentication.kind, profile::AuthenticationKind::AclUser);
    QCOMPARE(orders.authentication.user, u"alice"_s);
    QVERIFY(orders.tls.enabled);
    QCOMPARE(orders.tls.caFile, u"/ca.pem"_s);
    QCOMPARE(orders.tls.verify, profile::VerifyName::Fixed);
    QCOMPARE(orders.tls.fixedName, u"seed.example"_s);
    QCOMPARE(orders.addressMap, QStringList { u"10.0.0.1=127.0.0.1"_s });
    QVERIFY(orders.readOnly);
    QVERIFY(orders.problems.isEmpty());
    QCOMPARE(read->at(1).authentication.kind, profile::AuthenticationKind::None);
    QCOMPARE(read->at(1).tls.verify, profile::VerifyName::Announced);
    // The same profile has the same id each time, before anything was written.
    QCOMPARE(store.load()->at(0).id, orders.id);

    QVERIFY(store.remove(u"plain"_s).hasValue());
    QVERIFY(store.load()->first() == orders);
    const QJsonObject entry = stored();
    QVERIFY(!entry.contains("endpoint"_L1));
    QCOMPARE(entry.value("sticker"_L1).toString(), u"fish"_s);
}

void ProfileStoreTest::whatIsNotKnownSurvives()
{
    put(file(), R"({"version": 2, "theme": "dark", "profiles": [{"id": "one", "name": "a",
        "endpoints": ["h:1"], "sticker": "fish", "tls": {"enabled": true, "ciphers": "strong"},
        "way_in": {"kind": "wireguard", "peer": "p"}, "timeout_ms": "soon"}]})");
    ProfileStore store(file());
    Profile profile = store.load()->first();
    profile.group = u"shop"_s;
    profile.tls.insecure = true;
    QVERIFY(store.save(profile).hasValue());
    const QJsonObject entry = stored();
    QCOMPARE(entry.value("group"_L1).toString(), u"shop"_s);
    QCOMPARE(entry.value("sticker"_L1).toString(), u"fish"_s);
    QCOMPARE(entry.value("tls"_L1)["ciphers"_L1].toString(), u"strong"_s);
    QVERIFY(entry.value("tls"_L1)["insecure"_L1].toBool());
    QCOMPARE(entry.value("way_in"_L1)["kind"_L1].toString(), u"wireguard"_s);
    QCOMPARE(entry.value("way_in"_L1)["peer"_L1].toString(), u"p"_s);
    QCOMPARE(entry.value("timeout_ms"_L1).toString(), u"soon"_s);
    QFile kept(file());
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QVERIFY(kept.readAll().contains("\"theme\": \"dark\""));
}

void ProfileStoreTest::namesWhatIsNotUnderstood()
{
    put(file(), R"({"version": 2, "profiles": [{"id": "one", "name": "a", "endpoints": ["h:1"],
        "way_in": {"kind": "wireguard"}, "authentication": {"kind": 7}}]})");
    const auto read = ProfileStore(file()).load();
    QVERIFY(read.hasValue());
    const Profile& profile = read->first();
    QCOMPARE(profile.problems.size(), 2);
    QVERIFY(profile.problems.contains(u"way_in.kind: wireguard"_s));
    // Nobody is dialled another way than the one that was meant.
    QCOMPARE(profile::optionsOf(profile, {}).error().code, ErrorCode::InvalidInput);
}

void ProfileStoreTest::namesWhatIsOfAnotherType_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QString>("problem"); // empty: none
    QTest::newRow("nothing") << R"("tls": null, "timeout_ms": null)"_ba << u""_s;
    QTest::newRow("read-only") << R"("read_only": "yes")"_ba << u"read_only: yes"_s;
    QTest::newRow("TLS") << R"("tls": true)"_ba << u"tls: true"_s;
    QTest::newRow("in TLS") << R"("tls": {"enabled": "true"})"_ba << u"tls.enabled: true"_s;
    QTest::newRow("a list") << R"("address_map": {"a": 1})"_ba << u"address_map: {...}"_s;
    QTest::newRow("in a list") << R"("address_map": ["a=b", 1])"_ba << u"address_map: 1"_s;
    QTest::newRow("a time") << R"("timeout_ms": -5)"_ba << u"timeout_ms: -5"_s;
    QTest::newRow("no time at all") << R"("timeout_ms": 0)"_ba << u"timeout_ms: 0"_s;
    QTest::newRow("a large time") << R"("refresh_ms": 1e300)"_ba << u"refresh_ms: 1e+300"_s;
    QTest::newRow("a text") << R"("timeout_ms": "5")"_ba << u"timeout_ms: 5"_s;
    QTest::newRow("RESP") << R"("resp": 99)"_ba << u"resp: 99"_s;
    QTest::newRow("the way") << R"("way_in": "ssh")"_ba << u"way_in: ssh"_s;
    // Labels lead nowhere.
    QTest::newRow("labels")
        << R"("shards": [5, {"number": -1}, {"number": 1e9, "nodes": ["a"]}])"_ba << u""_s;
}

/// "read_only": "yes" does not mean that it is not.
void ProfileStoreTest::namesWhatIsOfAnotherType()
{
    QFETCH(QByteArray, field);
    QFETCH(QString, problem);
    put(file(),
        R"({"version": 2, "profiles": [{"id": "one", "name": "a", "endpoints": ["h:1"], )" + field
            + "}]}");
    const auto read = ProfileStore(file()).load();
    QVERIFY(read.hasValue());
    QCOMPARE(read->first().problems.join(u'|'), problem);
    QCOMPARE(profile::optionsOf(read->first(), {}).hasValue(), problem.isEmpty());
}

void ProfileStoreTest::aNameMayChange()
{
    ProfileStore store(file());
    QVERIFY(store.save(full(u"a"_s)).hasValue());
    QVERIFY(store.save(full(u"b"_s)).hasValue());
    Profile renamed = store.load()->first();
    renamed.name = u"c"_s;
    QVERIFY(store.save(renamed).hasValue());
    QCOMPARE(store.load()->size(), 2);
    QVERIFY(store.load()->first() == renamed);
    renamed.name = u"b"_s;
    QCOMPARE(store.save(renamed).error().code, ErrorCode::InvalidInput);
}

void ProfileStoreTest::changesAreWholeOrNothing()
{
    ProfileStore store(file());
    QVERIFY(store.save(full(u"a"_s)).hasValue());
    QVERIFY(store.save(full(u"b"_s)).hasValue());
    const auto moved = store.change([](profile::ProfileList profiles) {
        const QString id = profiles.at(1).id;
        return profile::withMoved(std::move(profiles), id, 0);
    });
    QVERIFY(moved.hasValue());
    QVERIFY(*store.load() == *moved);
    QCOMPARE(store.load()->first().name, u"b"_s);
    const auto refused = store.change([](profile::ProfileList profiles) {
        return profile::withMoved(std::move(profiles), u"nobody"_s, 0);
    });
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    QVERIFY(*store.load() == *moved);
}

void ProfileStoreTest::idsAreUnique()
{
    put(file(), R"({"version": 2, "profiles": [{"id": "one", "name": "a", "endpoints": ["h:1"]},
        {"id": "one", "name": "b", "endpoints": ["h:2"]}, {"name": "c", "endpoints": ["h:3"]}]})");
    ProfileStore store(file());
    const auto read = *store.load();
    QCOMPARE(read.at(0).id, u"one"_s);
    QVERIFY(read.at(1).id != read.at(0).id);
    QVERIFY(!read.at(2).id.isEmpty());
    QVERIFY(store.remove(u"a"_s).hasValue());
    QCOMPARE(store.load()->at(0).id, read.at(1).id);
    QCOMPARE(store.load()->at(1).id, read.at(2).id);
}

void ProfileStoreTest::isLockedWhileItChanges()
{
    ProfileStore store(file());
    const auto outer = store.change([this](profile::ProfileList profiles) {
        QLockFile other(file() + u".lock"_s);
        other.setStaleLockTime(0);
        if (other.tryLock(1))
            profiles.append(full(u"not locked"_s));
        return support::Result<profile::ProfileList>(profiles);
    });
    QVERIFY(outer.hasValue());
    QVERIFY(outer->isEmpty());
}

void ProfileStoreTest::aLockIsAsGoodAsItsProcess()
{
    ProfileStore store(file());
    QVERIFY(QDir().mkpath(QFileInfo(file()).path()));
    {
        QLockFile living(file() + u".lock"_s);
        QVERIFY(living.tryLock());
        const auto refused = store.save(full(u"a"_s));
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.contains(u"in use"_s), qPrintable(refused.error().detail));
        QVERIFY(!QFile::exists(file()));
    }
    QProcess dead;
    dead.start(u"true"_s, QStringList());
    QVERIFY(dead.waitForStarted());
    const qint64 pid = dead.processId();
    QVERIFY(dead.waitForFinished());
    put(file() + u".lock"_s,
        QByteArray::number(pid) + "\nslotscope-window\n" + QSysInfo::machineHostName().toUtf8()
            + '\n');
    const auto saved = store.save(full(u"a"_s));
    QVERIFY2(saved.hasValue(), saved ? "" : qPrintable(saved.error().detail));
    QCOMPARE(store.load()->size(), 1);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::ProfileStoreTest)
#include "tst_profilestore.moc"
