// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/manifest.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using sandbox::Manifest;
using support::ErrorCode;

using Spoil = std::function<void(const QString& folder)>;

namespace {

const cluster::NodeId firstId(QByteArray(40, 'a'));

QString fileIn(const QString& folder)
{
    return folder + u"/manifest.json"_s;
}

Manifest manifestOf(const QString& folder)
{
    Manifest manifest;
    manifest.folder = folder;
    manifest.supervisorPid = 4711;
    manifest.nodes = { { firstId, 7000, folder + u"/7000"_s, 4712 },
        { cluster::NodeId(QByteArray(40, 'b')), 7001, folder + u"/7001"_s, 4713 } };
    return manifest;
}

void rewrite(const QString& folder, const QByteArray& before, const QByteArray& after)
{
    QFile file(fileIn(folder));
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray text = file.readAll();
    QVERIFY(text.contains(before));
    QVERIFY(file.resize(0));
    file.seek(0);
    file.write(QByteArray(text).replace(before, after));
}

} // namespace

class ManifestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsWhatItWrote();
    void isPrivate();
    void refuses_data();
    void refuses();

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_folder;
};

void ManifestTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_temporary = std::make_unique<QTemporaryDir>();
    QVERIFY(m_temporary->isValid());
    m_folder = QFileInfo(m_temporary->path()).canonicalFilePath();
}

void ManifestTest::readsWhatItWrote()
{
    QVERIFY(manifestOf(m_folder).write(fileIn(m_folder)).hasValue());
    const auto manifest = Manifest::read(fileIn(m_folder));
    QVERIFY(manifest.hasValue());
    QCOMPARE(manifest->folder, m_folder);
    QCOMPARE(manifest->supervisorPid, 4711);
    QCOMPARE(manifest->nodes.size(), 2);
    const sandbox::ManifestNode* node = manifest->nodeById(firstId);
    QVERIFY(node != nullptr);
    QCOMPARE(node->port, 7000);
    QCOMPARE(node->directory, m_folder + u"/7000"_s);
    QCOMPARE(node->pid, 4712);
    QVERIFY(manifest->nodeById(cluster::NodeId(QByteArray(40, 'c'))) == nullptr);
}

void ManifestTest::isPrivate()
{
    QVERIFY(manifestOf(m_folder).write(fileIn(m_folder)).hasValue());
    const QFileDevice::Permissions others = QFileDevice::ReadGroup | QFileDevice::WriteGroup
        | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(fileIn(m_folder)) & others));
}

void ManifestTest::refuses_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::newRow("no file") << Spoil([](const QString& folder) { QFile::remove(fileIn(folder)); });
    QTest::newRow("readable by others") << Spoil([](const QString& folder) {
        QFile::setPermissions(
            fileIn(folder), QFile::permissions(fileIn(folder)) | QFile::ReadOther);
    });
    QTest::newRow("folder open to others") << Spoil([](const QString& folder) {
        QFile::setPermissions(folder, QFile::permissions(folder) | QFile::ReadGroup);
    });
    QTest::newRow("of another folder")
        << Spoil([](const QString& folder) { rewrite(folder, folder.toUtf8() + "\"", "/tmp\""); });
    QTest::newRow("a node elsewhere") << Spoil([](const QString& folder) {
        rewrite(folder, folder.toUtf8() + "/7000", "/var/lib/redis");
    });
    QTest::newRow("a node that leaves by dots") << Spoil([](const QString& folder) {
        rewrite(folder, folder.toUtf8() + "/7000", folder.toUtf8() + "/../redis");
    });
    QTest::newRow("pid of init") << Spoil(
        [](const QString& folder) { rewrite(folder, "4712", "1"); });
    QTest::newRow("port that cannot be") << Spoil(
        [](const QString& folder) { rewrite(folder, "\"port\": 7001", "\"port\": 65536"); });
    QTest::newRow("newer version") << Spoil(
        [](const QString& folder) { rewrite(folder, "\"version\": 1", "\"version\": 2"); });
    QTest::newRow("not JSON") << Spoil([](const QString& folder) { rewrite(folder, "{", "("); });
}

void ManifestTest::refuses()
{
    QFETCH(Spoil, spoil);
    QVERIFY(manifestOf(m_folder).write(fileIn(m_folder)).hasValue());
    QVERIFY(Manifest::read(fileIn(m_folder)).hasValue());
    spoil(m_folder);
    const auto manifest = Manifest::read(fileIn(m_folder));
    QVERIFY(!manifest);
    QCOMPARE(manifest.error().code, ErrorCode::NotOurSandbox);
}

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::tests::Spoil)

QTEST_GUILESS_MAIN(slotscope::tests::ManifestTest)
#include "tst_manifest.moc"
