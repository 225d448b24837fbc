// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/profilestore.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

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
    void keepsADamagedFileAside_data();
    void keepsADamagedFileAside();
    void leavesANewerFileAlone();
    void refusesWhatIsNoProfile();
    void removes();

private:
    QString file() const { return m_folder->filePath(u"config/profiles.json"_s); }
    static Profile full(const QString& name);
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
    profile.endpoint = u"rediss://orders.example:6380"_s;
    profile.user = u"alice"_s;
    profile.tls = { true, u"/ca.pem"_s, u"/cert.pem"_s, u"/key.pem"_s, u"orders"_s, true };
    profile.readOnly = true;
    profile.addressMap = { u"10.0.0.1=127.0.0.1"_s, u"10.0.0.2:6379=127.0.0.1:7002"_s };
    return profile;
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
    const Profile written = full(u"orders PROD"_s);
    QCOMPARE(read.name, written.name);
    QCOMPARE(read.endpoint, written.endpoint);
    QCOMPARE(read.user, written.user);
    QVERIFY(read.tls == written.tls);
    QCOMPARE(read.addressMap, written.addressMap);
    QVERIFY(read.readOnly);
}

void ProfileStoreTest::replacesTheProfileOfTheSameName()
{
    ProfileStore store(file());
    QVERIFY(store.save(full(u"a"_s)).hasValue());
    QVERIFY(store.save(full(u"b"_s)).hasValue());
    Profile changed = full(u"a"_s);
    changed.endpoint = u"other:7000"_s;
    QVERIFY(store.save(changed).hasValue());
    const auto profiles = store.load();
    QCOMPARE(profiles->size(), 2);
    QVERIFY(profiles->at(0) == changed);
    QVERIFY(profiles->at(1) == full(u"b"_s));
}

void ProfileStoreTest::neverStoresAPassword()
{
    Profile profile = full(u"a"_s);
    profile.endpoint = u"redis://alice:s3cr3t@orders.example:6380"_s;
    profile.user.clear();
    QVERIFY(ProfileStore(file()).save(profile).hasValue());
    QFile stored(file());
    QVERIFY(stored.open(QIODevice::ReadOnly));
    const QByteArray bytes = stored.readAll();
    QVERIFY(bytes.contains("orders.example"));
    QVERIFY(!bytes.contains("s3cr3t"));
    const auto profiles = ProfileStore(file()).load();
    QCOMPARE(profiles->first().endpoint, u"redis://orders.example:6380"_s);
    QCOMPARE(profiles->first().user, u"alice"_s);
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

void ProfileStoreTest::leavesANewerFileAlone()
{
    const QByteArray bytes = "{\"version\": 2, \"profiles\": []}";
    put(file(), bytes);
    ProfileStore store(file());
    QCOMPARE(store.load().error().code, ErrorCode::FileDamaged);
    QCOMPARE(store.save(full(u"a"_s)).error().code, ErrorCode::FileDamaged);
    QFile kept(file());
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), bytes);
}

void ProfileStoreTest::refusesWhatIsNoProfile()
{
    ProfileStore store(file());
    QCOMPARE(store.save(full(u"  "_s)).error().code, ErrorCode::InvalidInput);
    Profile profile = full(u"a"_s);
    profile.endpoint = u"http://nowhere"_s;
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

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::ProfileStoreTest)
#include "tst_profilestore.moc"
