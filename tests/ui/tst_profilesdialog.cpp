// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/profiles/profilelistmodel.h"
#include "ui/profiles/profilesdialog.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope;
using profile::AuthenticationKind;
using profile::Profile;

Q_DECLARE_METATYPE(slotscope::profile::Profile)

namespace slotscope::tests {

class TestProfilesDialog final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_file;
    std::unique_ptr<ui::ProfilesDialog> m_dialog;

    profile::ProfileStore store() const { return profile::ProfileStore(m_file); }
    template <typename Widget>
    Widget* find(const char* name) const
    {
        auto* widget = m_dialog->findChild<Widget*>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }
    void typeBehind(const char* name, const QString& text) const
    {
        QTest::keyClick(find<QLineEdit>(name), Qt::Key_End);
        QTest::keyClicks(find<QLineEdit>(name), text);
    }
    void press(const char* name) const { find<QPushButton>(name)->click(); }
    QStringList names() const
    {
        QStringList all;
        const auto profiles = store().load();
        for (const Profile& profile : *profiles)
            all.append(profile.name);
        return all;
    }
    QStringList shownNames() const
    {
        const QAbstractItemModel* model = find<QListView>("profileList")->model();
        QStringList all;
        for (int row = 0; row < model->rowCount(); ++row)
            all.append(model->index(row, 0).data().toString());
        return all;
    }
    void put(const QString& name, const QString& endpoint)
    {
        Profile profile;
        profile.name = name;
        profile.endpoints = { endpoint };
        QVERIFY(store().save(profile));
    }
    void open()
    {
        m_dialog = std::make_unique<ui::ProfilesDialog>(store());
        m_dialog->show();
    }
    /// Into the field on top.
    void paste(const QString& text) const
    {
        QGuiApplication::clipboard()->setText(text);
        find<QPlainTextEdit>("pasteField")->paste();
    }
    void choose(int row) const
    {
        auto* list = find<QListView>("profileList");
        list->setCurrentIndex(list->model()->index(row, 0));
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_file = m_folder.filePath(
            u"%1.json"_s.arg(QString::fromLatin1(QTest::currentTestFunction())));
        QFile::remove(m_file);
    }
    void cleanup() { m_dialog.reset(); }

    /// Open the form, paste, connect: a name of ElastiCache is all it takes.
    void aPastedNameIsEnough()
    {
        open();
        QSignalSpy wishes(m_dialog.get(), &ui::ProfilesDialog::connectRequested);
        paste(u"  clustercfg.orders.x1y2z3.use1.cache.amazonaws.com:6379 \n"_s);
        QVERIFY(find<QCheckBox>("tlsEnabled")->isChecked());
        QVERIFY(find<QLabel>("profileGuess")->text().contains(u"configuration endpoint"_s));
        press("connectProfile");
        QCOMPARE(wishes.size(), 1);
        const auto profile = wishes.first().first().value<Profile>();
        QCOMPARE(profile.endpoints,
            QStringList(u"clustercfg.orders.x1y2z3.use1.cache.amazonaws.com:6379"_s));
        QVERIFY(profile.tls.enabled);
        QCOMPARE(names().size(), 1);
        QVERIFY(!m_dialog->isVisible());
    }

    /// Typed or pasted: a password does not go there in plain text.
    void aNameThatSaysTlsTicksTheBox()
    {
        open();
        auto* endpoints = find<QPlainTextEdit>("profileEndpoints");
        auto* box = find<QCheckBox>("tlsEnabled");
        QTest::keyClicks(endpoints, u"127.0.0.1:7000"_s);
        QTest::keyClick(endpoints, Qt::Key_Return);
        QVERIFY(box->isEnabled() && !box->isChecked());
        QTest::keyClicks(endpoints, u"clustercfg.orders.x1y2z3.use1.cache.amazonaws.com"_s);
        QVERIFY(!box->isEnabled() && box->isChecked());
        QVERIFY(find<QLabel>("tlsReason")->text().startsWith(u"clustercfg.orders."_s));
        press("saveProfile");
        QVERIFY(store().load()->first().tls.enabled);
        open(); // the way out
        endpoints = find<QPlainTextEdit>("profileEndpoints");
        box = find<QCheckBox>("tlsEnabled");
        QVERIFY(box->isChecked());
        endpoints->setPlainText(u"redis://clustercfg.orders.x1y2z3.use1.cache.amazonaws.com"_s);
        QVERIFY(box->isEnabled());
        box->click();
        press("saveProfile");
        QVERIFY(!store().load()->first().tls.enabled);
    }

    /// Another endpoint is another place, and not another profile.
    void pastingLeavesTheRestAsItWas()
    {
        Profile profile;
        profile.name = u"a"_s;
        profile.endpoints = { u"rediss://127.0.0.1:7000"_s };
        profile.environment = profile::Environment::Staging;
        profile.tls = { true, u"/ca.pem"_s, u"/c.pem"_s, u"/k.pem"_s, {},
            profile::VerifyName::Fixed, u"orders.example"_s, false };
        profile.authentication = { AuthenticationKind::AclUser, u"app"_s, {}, {}, {} };
        profile.secret = { profile::SecretSource::Kind::Environment, u"ORDERS"_s, {} };
        profile.wayIn = { profile::WayIn::Kind::Ssh, u"me@bastion"_s };
        profile.addressMap = { u"10.0.0.*=@seed"_s };
        profile.timeout = std::chrono::milliseconds(1500);
        profile.readOnly = true;
        profile.redaction = profile::Redaction::Pseudonym;
        profile.shards = { { 1, { QString(40, u'a') } } };
        QVERIFY(store().save(profile));
        open();
        Profile before = store().load()->first();
        paste(u"127.0.0.1:7009"_s);
        press("saveProfile");
        Profile after = store().load()->first();
        QCOMPARE(after.endpoints, QStringList(u"127.0.0.1:7009"_s));
        before.endpoints = after.endpoints;
        QCOMPARE(after, before);
        // What the text has is taken.
        paste(u"redis://eve:s3cr3t@127.0.0.1:7010"_s);
        press("saveProfile");
        after = store().load()->first();
        QCOMPARE(after.authentication.user, u"eve"_s);
        QCOMPARE(after.secret.kind, profile::SecretSource::Kind::Keychain);
        QCOMPARE(after.wayIn, before.wayIn);
        QVERIFY(after.readOnly && after.tls.enabled);
    }

    void newReturnsToWhatWasBegun()
    {
        put(u"a"_s, u"127.0.0.1:7000"_s);
        open();
        press("newProfile");
        QTest::keyClicks(find<QLineEdit>("profileName"), u"half"_s);
        QTest::keyClicks(find<QLineEdit>("loginPassword"), u"s3cr3t"_s);
        choose(0);
        QCOMPARE(find<QLineEdit>("profileName")->text(), u"a"_s);
        press("newProfile");
        QCOMPARE(find<QLineEdit>("profileName")->text(), u"half"_s);
        QCOMPARE(find<QLineEdit>("loginPassword")->text(), u"s3cr3t"_s);
        paste(u"127.0.0.1:7001"_s);
        QCOMPARE(find<QLineEdit>("loginPassword")->text(), u"s3cr3t"_s);
        press("saveProfile");
        QCOMPARE(names(), QStringList({ u"a"_s, u"half"_s }));
        press("newProfile");
        QVERIFY(find<QLineEdit>("profileName")->text().isEmpty());
        QVERIFY(find<QLineEdit>("loginPassword")->text().isEmpty());
    }

    /// No need to say how before: a name makes it a user's log-in, a password the default user's.
    void whatIsTypedMakesTheLogin()
    {
        open();
        paste(u"clustercfg.orders.x1y2z3.use1.cache.amazonaws.com"_s);
        auto* kind = find<QComboBox>("loginKind");
        auto* user = find<QLineEdit>("loginUser");
        auto* password = find<QLineEdit>("loginPassword");
        QVERIFY(user->isVisible() && password->isVisible());
        QTest::keyClicks(user, u"app"_s);
        QCOMPARE(kind->currentData().toInt(), static_cast<int>(AuthenticationKind::AclUser));
        QTest::keyClicks(password, u"s3cr3t"_s);
        QSignalSpy wishes(m_dialog.get(), &ui::ProfilesDialog::connectRequested);
        press("connectProfile");
        QCOMPARE(wishes.size(), 1);
        const auto profile = wishes.first().first().value<Profile>();
        QCOMPARE(profile.authentication.kind, AuthenticationKind::AclUser);
        QCOMPARE(profile.authentication.user, u"app"_s);
        QCOMPARE(wishes.first().last().value<profile::Secret>().reveal(), u"s3cr3t"_s);

        open();
        press("newProfile");
        paste(u"127.0.0.1:7000"_s);
        password = find<QLineEdit>("loginPassword");
        QTest::keyClicks(password, u"s3cr3t"_s);
        kind = find<QComboBox>("loginKind");
        QCOMPARE(kind->currentData().toInt(), static_cast<int>(AuthenticationKind::Password));
        kind->setCurrentIndex(0); // no log-in, after all
        Q_EMIT kind->activated(0);
        QVERIFY(password->text().isEmpty());
    }

    void aPasswordOfAUrlIsNotInTheFile()
    {
        open();
        QSignalSpy wishes(m_dialog.get(), &ui::ProfilesDialog::connectRequested);
        paste(u"rediss://app:s3cr3t-of-url@127.0.0.1:7000"_s);
        QVERIFY(find<QPlainTextEdit>("pasteField")->toPlainText().isEmpty());
        QCOMPARE(find<QLineEdit>("loginUser")->text(), u"app"_s);
        press("connectProfile");
        QCOMPARE(wishes.size(), 1);
        QCOMPARE(wishes.first().last().value<profile::Secret>().reveal(), u"s3cr3t-of-url"_s);
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("s3cr3t"));
    }

    void whatIsTypedIsTakenWithReturn()
    {
        open();
        auto* field = find<QPlainTextEdit>("pasteField");
        QTest::keyClicks(field, u"rediss://127.0.0.1:7000"_s);
        QVERIFY(find<QPlainTextEdit>("profileEndpoints")->toPlainText().isEmpty());
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(
            find<QPlainTextEdit>("profileEndpoints")->toPlainText(), u"rediss://127.0.0.1:7000"_s);
        QVERIFY(find<QCheckBox>("tlsEnabled")->isChecked());
    }

    /// Nobody has to leave the field to see what it does; a shorter text's fill is taken back.
    void theFormFollowsTheTyping()
    {
        open();
        auto* field = find<QPlainTextEdit>("pasteField");
        const auto endpoints
            = [this] { return find<QPlainTextEdit>("profileEndpoints")->toPlainText(); };
        QTest::keyClicks(find<QLineEdit>("profileName"), u"mine"_s);
        field->setFocus();
        QTest::keyClicks(field, u"rediss://127.0.0.1:70"_s);
        QTRY_COMPARE(endpoints(), u"rediss://127.0.0.1:70"_s);
        QCOMPARE(field->toPlainText(), u"rediss://127.0.0.1:70"_s);
        QTest::keyClicks(field, u"01"_s);
        QTRY_COMPARE(endpoints(), u"rediss://127.0.0.1:7001"_s);
        QVERIFY(find<QCheckBox>("tlsEnabled")->isChecked());
        field->selectAll();
        QTest::keyClicks(field, u"127.0.0.1:7002"_s);
        QTRY_COMPARE(endpoints(), u"127.0.0.1:7002"_s);
        QVERIFY(!find<QCheckBox>("tlsEnabled")->isChecked());
        field->selectAll();
        QTest::keyClick(field, Qt::Key_Delete);
        QTRY_VERIFY(endpoints().isEmpty());
        QCOMPARE(find<QLineEdit>("profileName")->text(), u"mine"_s);

        // The same again, given with Return.
        for (int i = 0; i < 2; ++i) {
            QTest::keyClicks(field, u"127.0.0.1:7003"_s);
            QTest::keyClick(field, Qt::Key_Return);
            QCOMPARE(endpoints(), u"127.0.0.1:7003"_s);
            QVERIFY(field->toPlainText().isEmpty());
        }
    }

    /// What a shorter text had filled is not what is kept.
    void whatIsNotUnderstoodTakesBackTheTyped()
    {
        put(u"a"_s, u"127.0.0.1:7000"_s);
        put(u"b"_s, u"127.0.0.1:7001"_s);
        open();
        choose(0);
        auto* field = find<QPlainTextEdit>("pasteField");
        const auto endpoints
            = [this] { return find<QPlainTextEdit>("profileEndpoints")->toPlainText(); };
        QTest::keyClicks(field, u"127.0.0.1:7003"_s);
        QTRY_COMPARE(endpoints(), u"127.0.0.1:7003"_s);
        QTest::keyClicks(field, u" what?"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(find<QLabel>("pasteNote")->isVisible());
        QCOMPARE(endpoints(), u"127.0.0.1:7000"_s);
        choose(1);
        QCOMPARE(endpoints(), u"127.0.0.1:7001"_s);
        choose(0);
        QCOMPARE(endpoints(), u"127.0.0.1:7000"_s);
    }

    void whatIsWrongIsSaid()
    {
        open();
        press("connectProfile");
        QVERIFY(find<QLabel>("profileMessage")->isVisible());
        paste(u"orders.x1y2z3.cfg.use1.cache.amazonaws.com:11211"_s);
        QVERIFY(find<QLabel>("pasteNote")->text().contains(u"Memcached"_s));
        QVERIFY(names().isEmpty());
    }

    void changesAreKeptUntilTheyAreSaved()
    {
        put(u"a"_s, u"127.0.0.1:7000"_s);
        put(u"b"_s, u"127.0.0.1:7001"_s);
        open();
        typeBehind("profileName", u"lpha"_s);
        choose(1);
        QCOMPARE(find<QLineEdit>("profileName")->text(), u"b"_s);
        choose(0);
        QCOMPARE(find<QLineEdit>("profileName")->text(), u"alpha"_s);
        QCOMPARE(names(), QStringList({ u"a"_s, u"b"_s }));
        m_dialog->close();
        QVERIFY(m_dialog->isVisible()); // it asks
        auto* question = m_dialog->findChild<QMessageBox*>(u"unsavedQuestion"_s);
        QVERIFY(question);
        question->button(QMessageBox::Save)->click();
        QCOMPARE(names(), QStringList({ u"alpha"_s, u"b"_s }));
        QVERIFY(!m_dialog->isVisible());
    }

    void deletedIsNotGone()
    {
        put(u"a"_s, u"127.0.0.1:7000"_s);
        put(u"b"_s, u"127.0.0.1:7001"_s);
        put(u"c"_s, u"127.0.0.1:7002"_s);
        open();
        QVERIFY(!find<QPushButton>("undoDelete")->isVisible());
        choose(1);
        press("deleteProfile");
        QCOMPARE(names(), QStringList({ u"a"_s, u"c"_s }));
        QVERIFY(find<QPushButton>("undoDelete")->isVisible());
        press("undoDelete");
        QCOMPARE(names(), QStringList({ u"a"_s, u"b"_s, u"c"_s }));
        QCOMPARE(find<QLineEdit>("profileName")->text(), u"b"_s);
    }

    void theyAreClonedMovedAndFound()
    {
        put(u"a"_s, u"127.0.0.1:7000"_s);
        put(u"b"_s, u"127.0.0.1:7001"_s);
        open();
        press("cloneProfile");
        QCOMPARE(names(), QStringList({ u"a"_s, u"a 2"_s, u"b"_s }));
        press("profileDown");
        QCOMPARE(names(), QStringList({ u"a"_s, u"b"_s, u"a 2"_s }));
        QVERIFY(!find<QPushButton>("profileDown")->isEnabled());
        QTest::keyClicks(find<QLineEdit>("profileSearch"), u"7001"_s);
        QCOMPARE(shownNames(), QStringList(u"b"_s));
        QVERIFY(!find<QPushButton>("profileUp")->isEnabled());
    }

    void anotherWindowsEditsAreNotLost()
    {
        put(u"a"_s, u"127.0.0.1:7000"_s);
        open();
        put(u"of another window"_s, u"127.0.0.1:7009"_s);
        typeBehind("profileName", u"1"_s);
        press("saveProfile");
        QCOMPARE(names(), QStringList({ u"a1"_s, u"of another window"_s }));
        QCOMPARE(shownNames(), names());
    }

    void productionIsReadOnly()
    {
        put(u"a"_s, u"127.0.0.1:7000"_s);
        open();
        auto* environment = find<QComboBox>("profileEnvironment");
        environment->setCurrentIndex(environment->findText(u"Production"_s));
        Q_EMIT environment->activated(environment->currentIndex());
        QVERIFY(find<QCheckBox>("readOnlyBox")->isChecked());
        QVERIFY(!find<QCheckBox>("readOnlyBox")->isEnabled());
        press("saveProfile");
        const auto profiles = store().load();
        QVERIFY(profiles->first().opensReadOnly());
        QVERIFY(!profiles->first().readOnly); // not a wish of its own
    }

    void severalAreImported()
    {
        put(u"a"_s, u"127.0.0.1:7000"_s);
        open();
        const auto profiles = store().load();
        Profile second = profiles->first();
        second.name = u"b"_s;
        const QByteArray text = profile::exportProfiles({ profiles->first(), second });
        QCOMPARE(m_dialog->importText(QString::fromUtf8(text)), 2);
        QCOMPARE(names(), QStringList({ u"a"_s, u"a 2"_s, u"b"_s }));
        QCOMPARE(m_dialog->importText(u"nothing of use"_s), 0);
        QVERIFY(!find<QLabel>("profileNotice")->text().isEmpty());
    }

    /// Out into a file and in again, each by its dialog.
    void exportedAndImportedByTheirDialogs()
    {
        put(u"a"_s, u"127.0.0.1:7000"_s);
        open();
        const QString file = m_folder.filePath(u"out.json"_s);
        const auto give = [this](const QString& name) {
            auto* chooser = m_dialog->findChild<QFileDialog*>();
            QVERIFY(chooser && chooser->isVisible());
            auto* field = chooser->findChild<QLineEdit*>(u"fileNameEdit"_s);
            field->setText(name);
            QTest::keyClick(field, Qt::Key_Return);
            QTRY_VERIFY(!m_dialog->findChild<QFileDialog*>());
        };
        typeBehind("loginPassword", u"s3cr3t"_s);
        press("exportProfiles");
        give(file);
        QCOMPARE(
            find<QLabel>("profileNotice")->text(), u"1 profile exported, without any password."_s);
        QFile out(file);
        QVERIFY(out.open(QIODevice::ReadOnly));
        const QByteArray text = out.readAll();
        QVERIFY(text.contains("127.0.0.1:7000") && !text.contains("s3cr3t"));
        press("importProfiles");
        give(file);
        QVERIFY(find<QLabel>("profileNotice")->text().startsWith(u"1 profile imported."_s));
        QCOMPARE(names(), QStringList({ u"a"_s, u"a 2"_s }));
        // To where nothing can be written; from what is none.
        press("exportProfiles");
        give(u"/proc/out.json"_s);
        QVERIFY(find<QLabel>("profileNotice")->text().contains(u"cannot be"_s));
        QFile bad(m_folder.filePath(u"bad.json"_s));
        QVERIFY(bad.open(QIODevice::WriteOnly) && bad.write("{\"version\": 2, \"prof") > 0);
        bad.close();
        press("importProfiles");
        give(bad.fileName());
        QVERIFY2(find<QLabel>("profileNotice")->text().contains(u"understood"_s),
            qPrintable(find<QLabel>("profileNotice")->text()));
        QCOMPARE(names().size(), 2);
        QVERIFY(bad.open(QIODevice::WriteOnly) && bad.resize(4 * 1024 * 1024 + 1));
        bad.close();
        press("importProfiles");
        give(bad.fileName());
        QVERIFY2(find<QLabel>("profileNotice")->text().contains(u"too large"_s),
            qPrintable(find<QLabel>("profileNotice")->text()));
    }

    /// A file that nobody understands is told of where its profiles would be, and is not lost; what
    /// is made then goes into a new one. One of a newer version is left alone.
    void aDamagedFileIsTold()
    {
        const auto write = [this](const QByteArray& bytes) {
            QFile file(m_file);
            return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        };
        QVERIFY(write("{\"version\": 2, \"profiles\": [{\"na"));
        open();
        const QString told = find<QLabel>("profileNotice")->text();
        QVERIFY2(told.contains(u".damaged-"_s), qPrintable(told));
        const QString aside = QDir(m_folder.path()).entryList({ u"*.damaged-*"_s }).value(0);
        QVERIFY(told.contains(aside) && !aside.isEmpty());
        paste(u"127.0.0.1:7000"_s);
        press("saveProfile");
        QCOMPARE(names().size(), 1);
        QVERIFY(QFile::remove(m_folder.filePath(aside)));
        m_dialog.reset();

        const QByteArray newer = "{\"version\": 99, \"profiles\": []}";
        QVERIFY(write(newer));
        open();
        QVERIFY(find<QLabel>("profileNotice")->text().contains(u"99 is newer"_s));
        paste(u"127.0.0.1:7000"_s);
        press("saveProfile");
        QVERIFY(find<QLabel>("profileMessage")->text().contains(u"99 is newer"_s));
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), newer);
    }

    /// What was typed stays in the form, and may be saved elsewhere or used as it is.
    void whereNothingCanBeWritten()
    {
        m_file = u"/proc/nowhere/profiles.json"_s;
        open();
        paste(u"127.0.0.1:7000"_s);
        QSignalSpy wishes(m_dialog.get(), &ui::ProfilesDialog::connectRequested);
        press("saveProfile");
        const QString told = find<QLabel>("profileMessage")->text();
        QVERIFY2(told.contains(u"/proc/nowhere"_s), qPrintable(told));
        QVERIFY(find<QPlainTextEdit>("profileEndpoints")->toPlainText().contains(u"7000"_s));
        press("connectProfile");
        QCOMPARE(wishes.size(), 0); // it says why, and stays
        QVERIFY(m_dialog->isVisible() && !find<QLabel>("profileMessage")->text().isEmpty());
        press("testProfile"); // which needs no file
        QVERIFY(find<QLabel>("profileMessage")->isVisible());
    }

    void testIsAWish()
    {
        put(u"a"_s, u"127.0.0.1:7000"_s);
        open();
        QSignalSpy wishes(m_dialog.get(), &ui::ProfilesDialog::testRequested);
        press("testProfile");
        QCOMPARE(wishes.size(), 1);
        QVERIFY(m_dialog->isVisible());
    }

    void theModelTellsWhatDiffers()
    {
        ui::ProfileListModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Profile a;
        a.id = u"1"_s;
        a.name = u"a"_s;
        Profile b;
        b.id = u"2"_s;
        b.name = u"b"_s;
        model.setProfiles({ a, b });
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setProfiles({ a, b });
        QCOMPARE(changes.size(), 0);
        b.name = u"c"_s;
        model.setProfiles({ a, b });
        QCOMPARE(changes.size(), 1);
        model.setProfiles({ b, a });
        QCOMPARE(model.rowOf(u"2"_s), 0);
        model.setUnsaved({ u"1"_s });
        QVERIFY(model.index(1).data(ui::ProfileListModel::UnsavedRole).toBool());
        QCOMPARE(resets.size(), 0);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestProfilesDialog)
#include "tst_profilesdialog.moc"
