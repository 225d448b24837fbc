// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/elasticachestandin.h"
#include "tests/live/privatenetwork.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/profiles/profilesdialog.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using profile::VerifyName;

/// From the form of a profile to the picture, on what stands in for an ElastiCache cluster.
class ElastiCacheWindowTest final : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;

    std::unique_ptr<ElastiCacheStandIn> m_cluster;
    std::unique_ptr<session::IoThread> m_io;
    std::unique_ptr<ui::MainWindow> m_window;
    QTemporaryDir m_folder;
    ui::ProfilesDialog* m_form = nullptr;
    int m_actions = 0; ///< of the user, since the form is open

    void openForm()
    {
        QFile::remove(m_folder.filePath(u"profiles.json"_s));
        ui::WindowOptions options;
        options.profilesFile = m_folder.filePath(u"profiles.json"_s);
        m_window = std::make_unique<ui::MainWindow>(*m_io, options);
        m_window->show();
        m_window->findChild<QAction*>(u"manageProfilesAction"_s)->trigger();
        m_form = m_window->findChild<ui::ProfilesDialog*>();
        QVERIFY(m_form && m_form->isVisible());
        m_actions = 0;
    }
    template <typename Widget>
    Widget* field(const QString& name) const
    {
        auto* widget = m_form->findChild<Widget*>(name);
        if (!widget)
            qFatal("no %s", qPrintable(name));
        return widget;
    }
    void paste(const QString& text)
    {
        ++m_actions;
        QGuiApplication::clipboard()->setText(text);
        field<QPlainTextEdit>(u"pasteField"_s)->paste();
    }
    void type(const QString& name, const QString& text)
    {
        ++m_actions;
        QTest::keyClicks(field<QLineEdit>(name), text);
    }
    void choose(VerifyName policy)
    {
        ++m_actions;
        auto* box = field<QComboBox>(u"tlsVerify"_s);
        box->setCurrentIndex(box->findData(static_cast<int>(policy)));
        Q_EMIT box->activated(box->currentIndex());
    }
    void press(const QString& name)
    {
        ++m_actions;
        field<QPushButton>(name)->click();
    }
    const cluster::TopologyData& shown() const
    {
        return m_window->clusterPage()->topology().data();
    }
    bool isOpen() const
    {
        return m_window->tabs()->current()->isConnected() && shown().nodes.size() == 6;
    }
    /// What the page that tells of a failure says.
    QString told() const
    {
        QStringList words;
        for (const QString& name : { u"messageSentence"_s, u"messageRemedy"_s }) {
            const auto* label = m_window->findChild<QLabel*>(name);
            if (label && label->isVisible())
                words.append(label->text());
        }
        return words.join(u' ');
    }

private Q_SLOTS:
    void initTestCase()
    {
        SKIP_OUTSIDE_PRIVATE_NETWORK();
        m_cluster = std::make_unique<ElastiCacheStandIn>(ElastiCacheStandIn::Spec {});
        const QString wrong = m_cluster->start();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        // As Amazon's is: nobody has to name it.
        QVERIFY(PrivateNetwork::trustOnly(m_cluster->file(u"ca.crt"_s)));
        m_io = std::make_unique<session::IoThread>();
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }
    void cleanup()
    {
        m_window.reset();
        m_form = nullptr;
    }
    void cleanupTestCase()
    {
        m_io.reset();
        m_cluster.reset();
    }

    void fourActions()
    {
        openForm();
        paste(ElastiCacheStandIn::configurationName());
        type(u"loginUser"_s, ElastiCacheStandIn::user());
        type(u"loginPassword"_s, ElastiCacheStandIn::password());
        press(u"connectProfile"_s);
        QCOMPARE(m_actions, 4);
        QTRY_VERIFY_WITH_TIMEOUT(isOpen(), patience);
        // Everyone's certificate is for the name that it announces.
        m_window->tabs()->current()->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(shown().viewsAnswered, 6, patience);
        QCOMPARE(shown().viewsAsked, 6);
        QStringList addresses;
        for (const cluster::Node& node : shown().nodes) {
            addresses.append(node.address.toString());
            QCOMPARE(node.health, cluster::Health::Ok);
        }
        addresses.sort();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(addresses[2 * i], m_cluster->name(i) + u":6379"_s);
        QVERIFY(!m_window->tabs()->current()->config()->options.tls.insecure);
        QVERIFY(m_window->windowTitle().contains(u"orders"_s));
    }

    /// Without a form: the name where an endpoint is typed, and who one is when that is asked.
    void theNameAlone()
    {
        ui::WindowOptions options;
        options.profilesFile = m_folder.filePath(u"none.json"_s);
        m_window = std::make_unique<ui::MainWindow>(*m_io, options);
        m_window->show();
        m_window->tabs()->current()->submit(ElastiCacheStandIn::configurationName());
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<QLineEdit*>(u"passwordField"_s), patience);
        QVERIFY(m_window->tabs()->current()->config()->options.tls.enabled);
        QTest::keyClicks(
            m_window->findChild<QLineEdit*>(u"userField"_s), ElastiCacheStandIn::user());
        auto* password = m_window->findChild<QLineEdit*>(u"passwordField"_s);
        QTest::keyClicks(password, ElastiCacheStandIn::password());
        QTest::keyClick(password, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(isOpen(), patience);
        QVERIFY(m_window->tabs()->current()->config()->options.tls.enabled);
    }

    void whoIsBelieved_data()
    {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QString>("authority");
        QTest::addColumn<VerifyName>("policy");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("says"); // empty: gets in
        const QString real = ElastiCacheStandIn::configurationName();
        const QString alias = u"rediss://redis.orders.example"_s; // as by a CNAME
        const QString none;
        QTest::newRow("another authority")
            << real << u"other-ca.crt"_s << VerifyName::Announced << none
            << QStringList { u"untrusted"_s, u"Check the certificate authority"_s };
        QTest::newRow("an expired certificate")
            << u"rediss://expired."_s + ElastiCacheStandIn::domain() << none
            << VerifyName::Announced << none << QStringList { u"has expired (on 20"_s };
        QTest::newRow("an alias") << alias << none << VerifyName::Announced << none
                                  << QStringList { u"stands for "_s + real,
                                         u"the name in the certificate"_s };
        QTest::newRow("an alias, verified for every node")
            << alias << none << VerifyName::Seed << none
            << QStringList { u"asked for redis.orders.example;"_s };
        QTest::newRow("an alias, its real name verified")
            << alias << none << VerifyName::Fixed << real << QStringList();
        QTest::newRow("the endpoint's name for every node")
            << real << none << VerifyName::Seed << none << QStringList();
        QTest::newRow("a wrong name for every node")
            << real << none << VerifyName::Fixed << u"payments.example"_s
            << QStringList { u"asked for payments.example;"_s };
    }
    void whoIsBelieved()
    {
        QFETCH(QString, endpoint);
        QFETCH(QString, authority);
        QFETCH(VerifyName, policy);
        QFETCH(QString, name);
        QFETCH(QStringList, says);
        openForm();
        paste(endpoint);
        type(u"loginUser"_s, ElastiCacheStandIn::user());
        type(u"loginPassword"_s, ElastiCacheStandIn::password());
        if (!authority.isEmpty())
            type(u"tlsCa"_s, m_cluster->file(authority));
        choose(policy);
        if (!name.isEmpty())
            type(u"tlsFixedName"_s, name);
        press(u"connectProfile"_s);
        if (says.isEmpty()) {
            QTRY_VERIFY_WITH_TIMEOUT(isOpen(), patience);
            m_window->tabs()->current()->refresh();
            QTRY_COMPARE_WITH_TIMEOUT(shown().viewsAnswered, 6, patience);
            return;
        }
        QTRY_VERIFY_WITH_TIMEOUT(!told().isEmpty(), patience);
        for (const QString& words : says)
            QVERIFY2(told().contains(words), qPrintable(told()));
        QVERIFY(!told().contains(ElastiCacheStandIn::password()));
    }

    /// An alias fails; what it stands for is a button away.
    void theRealNameIsOffered()
    {
        openForm();
        paste(u"rediss://redis.orders.example"_s);
        type(u"loginUser"_s, ElastiCacheStandIn::user());
        type(u"loginPassword"_s, ElastiCacheStandIn::password());
        press(u"connectProfile"_s);
        const auto offer = [this]() -> QPushButton* {
            for (auto* button : m_window->findChildren<QPushButton*>(u"verifyRealNameButton"_s)) {
                if (button->isVisible())
                    return button;
            }
            return nullptr;
        };
        QTRY_VERIFY_WITH_TIMEOUT(offer(), patience);
        QVERIFY2(told().contains(ElastiCacheStandIn::configurationName()), qPrintable(told()));
        QVERIFY(!isOpen());
        offer()->click();
        QTRY_VERIFY_WITH_TIMEOUT(isOpen(), patience);
        const net::TlsOptions& tls = m_window->tabs()->current()->config()->options.tls;
        QCOMPARE(tls.verifyName, ElastiCacheStandIn::configurationName());
        QVERIFY(tls.enabled && !tls.insecure);
    }

    /// And in the form, before anything is dialled.
    void theFormFindsTheRealName_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("name"); // empty: nothing is filled in
        QTest::addColumn<QString>("says");
        const QString real = ElastiCacheStandIn::configurationName();
        QTest::newRow("an alias") << u"redis.orders.example"_s << real
                                  << u"redis.orders.example stands for "_s + real;
        QTest::newRow("the real one") << real << QString() << u"it is the real one"_s;
        QTest::newRow("nobody's") << u"nowhere.invalid"_s << QString() << u"nowhere.invalid"_s;
    }
    void theFormFindsTheRealName()
    {
        QFETCH(QString, host);
        QFETCH(QString, name);
        QFETCH(QString, says);
        openForm();
        paste(u"rediss://"_s + host);
        type(u"loginUser"_s, ElastiCacheStandIn::user());
        type(u"loginPassword"_s, ElastiCacheStandIn::password());
        press(u"tlsRealName"_s);
        const auto* note = field<QLabel>(u"tlsNameNote"_s);
        QTRY_VERIFY_WITH_TIMEOUT(
            !note->text().isEmpty() && !note->text().startsWith(u"Asking"_s), patience);
        QVERIFY2(note->text().contains(says), qPrintable(note->text()));
        QCOMPARE(field<QLineEdit>(u"tlsFixedName"_s)->text(), name);
        const VerifyName policy = name.isEmpty() ? VerifyName::Announced : VerifyName::Fixed;
        QCOMPARE(field<QComboBox>(u"tlsVerify"_s)->currentData().toInt(), static_cast<int>(policy));
        if (name.isEmpty())
            return;
        press(u"connectProfile"_s);
        QTRY_VERIFY_WITH_TIMEOUT(isOpen(), patience);
    }

    /// The password is the one thing that is missing, and is asked for.
    void aWrongPassword()
    {
        openForm();
        paste(ElastiCacheStandIn::configurationName());
        type(u"loginUser"_s, ElastiCacheStandIn::user());
        type(u"loginPassword"_s, u"not that one"_s);
        press(u"connectProfile"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<QLineEdit*>(u"passwordField"_s), patience);
        QCOMPARE(
            m_window->findChild<QLineEdit*>(u"userField"_s)->text(), ElastiCacheStandIn::user());
    }
};

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::profile::VerifyName)

int main(int argc, char** argv)
{
    slotscope::tests::PrivateNetwork::enter();
    QApplication application(argc, argv);
    slotscope::tests::ElastiCacheWindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_elasticachewindow.moc"
