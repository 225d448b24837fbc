// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/waytext.h"
#include "tests/live/elasticachestandin.h"
#include "tests/live/privatenetwork.h"
#include "tests/support/fakenode.h"
#include "tests/support/realsshd.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/profiles/profilesdialog.h"
#include "ui/wayin/doctordialog.h"
#include "ui/wayin/reachdialog.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

/// The ways to a far network that the window offers, tried and used: a real ssh to a real sshd that
/// knows names which nobody knows here, and maps to addresses to which no route leads.
class WindowWaysTest final : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;
    const QString m_bastion = u"slotscope-test-bastion"_s;

    std::unique_ptr<ElastiCacheStandIn> m_cluster;
    std::unique_ptr<RealSshd> m_sshd;
    std::unique_ptr<session::IoThread> m_io;
    std::unique_ptr<ui::MainWindow> m_window;
    QTemporaryDir m_folder;

    /// Six nodes with TLS and names. Here one name is known, the configuration endpoint's; behind
    /// the sshd all are.
    void makeNames()
    {
        m_cluster = std::make_unique<ElastiCacheStandIn>(ElastiCacheStandIn::Spec {});
        const QString wrong = m_cluster->start();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        m_sshd = std::make_unique<RealSshd>(m_bastion);
        m_sshd->setBefore(PrivateNetwork::withHosts(m_cluster->hosts()));
        const QString missing = m_sshd->start();
        QVERIFY2(missing.isEmpty(), qPrintable(missing));
        m_sshd->setHostKnown(true);
        // What the window's ssh reads, as it would its user's own.
        QVERIFY(PrivateNetwork::put(m_sshd->file(u"ssh_config"_s), "/etc/ssh/ssh_config"));
    }
    /// Three nodes that announce 10.0.0.1 to .3 and listen on 127.0.1.1 to .3, too.
    void makeHidden()
    {
        ElastiCacheStandIn::Spec spec;
        spec.replicas = 0;
        spec.tls = false;
        spec.announced = { u"10.0.0.1"_s, u"10.0.0.2"_s, u"10.0.0.3"_s };
        static const bool isHidden = PrivateNetwork::hideBehindFirewall(spec.announced, 6379);
        QVERIFY2(isHidden, "needs the package iproute2");
        m_cluster = std::make_unique<ElastiCacheStandIn>(spec);
        const QString wrong = m_cluster->start();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
    void openWindow()
    {
        QFile::remove(m_folder.filePath(u"profiles.json"_s));
        ui::WindowOptions options;
        options.profilesFile = m_folder.filePath(u"profiles.json"_s);
        m_window = std::make_unique<ui::MainWindow>(*m_io, options);
        m_window->show();
    }
    void openAt(const net::Endpoint& endpoint)
    {
        openWindow();
        session::SessionConfig config;
        config.endpoint.endpoint = endpoint;
        config.endpoint.typed = endpoint.toString();
        config.options.timeout = std::chrono::seconds(10);
        if (endpoint.port == 6379) {
            config.options.user = ElastiCacheStandIn::user();
            config.options.password = ElastiCacheStandIn::password();
            config.options.tls.enabled = m_sshd != nullptr;
            config.options.tls.caFile = m_cluster->file(u"ca.crt"_s);
        }
        m_window->connectTo(config);
    }
    ui::ConnectionTab* tab() const { return m_window->tabs()->current(); }
    const cluster::TopologyData& shown() const
    {
        return m_window->clusterPage()->topology().data();
    }
    bool isConnected() const { return tab()->isConnected() && !shown().nodes.isEmpty(); }
    template <typename Widget = QPushButton>
    static Widget* visible(const QWidget* in, const QString& name)
    {
        for (auto* widget : in->findChildren<Widget*>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    ui::ReachDialog* reach() const
    {
        return visible<ui::ReachDialog>(m_window.get(), u"reachDialog"_s);
    }
    QString verdict() const { return reach()->findChild<QLabel*>(u"reachVerdict"_s)->text(); }
    bool hasVerdict(int nodes) const
    {
        return verdict().contains(u" of %1 "_s.arg(nodes)) && !verdict().startsWith(u"Asking"_s);
    }
    /// Tries the way and, when all of `nodes` were reached by it, takes it.
    void tryAndUse(const QString& way, const QString& nodes)
    {
        auto* use = reach()->findChild<QPushButton*>(u"use"_s + way);
        QVERIFY(!use->isEnabled());
        reach()->findChild<QPushButton*>(u"try"_s + way)->click();
        const auto* result = reach()->findChild<QLabel*>(u"result"_s + way);
        QTRY_VERIFY2_WITH_TIMEOUT(use->isEnabled(), qPrintable(result->text()), patience);
        QCOMPARE(result->text(), nodes + u", each the one that was meant."_s);
        use->click();
        QTRY_VERIFY_WITH_TIMEOUT(!reach(), 20'000);
    }
    void typeBastion()
    {
        auto* address = reach()->findChild<QLineEdit*>(u"reachSsh"_s);
        QVERIFY(address->hasFocus() || reach()->focusWidget() == address);
        QTest::keyClicks(address, m_bastion);
    }
    /// Everyone is asked, and answers or not.
    void refreshUntil(int answered, int asked)
    {
        QTRY_VERIFY_WITH_TIMEOUT(isConnected(), patience);
        tab()->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(shown().viewsAsked, asked, patience);
        QTRY_COMPARE_WITH_TIMEOUT(shown().viewsAnswered, answered, patience);
    }

private Q_SLOTS:
    void initTestCase()
    {
        SKIP_OUTSIDE_PRIVATE_NETWORK();
        m_io = std::make_unique<session::IoThread>();
        if (!PrivateNetwork::hasUserNamespace())
            makeNames();
    }
    void init()
    {
        PrivateNetwork::setHosts(
            "127.0.1.1 " + ElastiCacheStandIn::configurationName().toUtf8() + '\n');
        if (m_sshd)
            m_sshd->useKey(u"key"_s);
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }
    void cleanup() { m_window.reset(); }
    void cleanupTestCase()
    {
        m_io.reset();
        m_sshd.reset();
        m_cluster.reset();
    }

    /// The endpoint is known here, and nobody that it names.
    void sshLeadsToNamesOfAnotherNetwork()
    {
        SKIP_WITHOUT_ROOT_FOR_SSHD();
        openAt({ ElastiCacheStandIn::configurationName(), 6379 });
        refreshUntil(1, 6);
        QTRY_VERIFY_WITH_TIMEOUT(visible(m_window.get(), u"useSshButton"_s), patience);
        visible(m_window.get(), u"useSshButton"_s)->click();
        QVERIFY(reach());
        QTRY_VERIFY_WITH_TIMEOUT(hasVerdict(6), patience);
        QVERIFY2(verdict().contains(u"not"_s), qPrintable(verdict()));
        typeBastion();
        tryAndUse(u"Ssh"_s, u"6 of 6 nodes answered"_s);
        refreshUntil(6, 6);
        QVERIFY(tab()->config()->options.tunnel);
        QVERIFY(!tab()->config()->options.tls.insecure);
        QTRY_VERIFY_WITH_TIMEOUT(!visible(m_window.get(), u"useSshButton"_s), patience);
        // And says so.
        const QString how = net::wayText(tab()->config()->options);
        QVERIFY2(how.contains(m_bastion), qPrintable(how));
    }

    /// Not even the endpoint is.
    void sshLeadsToAnEndpointOfAnotherNetwork()
    {
        SKIP_WITHOUT_ROOT_FOR_SSHD();
        PrivateNetwork::setHosts({});
        openAt({ ElastiCacheStandIn::configurationName(), 6379 });
        QTRY_VERIFY_WITH_TIMEOUT(visible(m_window.get(), u"useSshButton"_s), patience);
        QVERIFY(!isConnected());
        visible(m_window.get(), u"useSshButton"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(verdict().contains(u"1 of 1"_s), patience);
        typeBastion();
        reach()->findChild<QPushButton*>(u"trySsh"_s)->click();
        auto* use = reach()->findChild<QPushButton*>(u"useSsh"_s);
        QTRY_VERIFY_WITH_TIMEOUT(use->isEnabled(), patience);
        use->click();
        refreshUntil(6, 6);
    }

    /// A bastion that is none is an error in its place, and nothing is used.
    void aWayThatFailsIsNotOffered()
    {
        SKIP_WITHOUT_ROOT_FOR_SSHD();
        m_sshd->useKey(u"other"_s); // which is not authorised
        openAt({ ElastiCacheStandIn::configurationName(), 6379 });
        refreshUntil(1, 6);
        QTRY_VERIFY_WITH_TIMEOUT(visible(m_window.get(), u"useSshButton"_s), patience);
        visible(m_window.get(), u"useSshButton"_s)->click();
        typeBastion();
        reach()->findChild<QPushButton*>(u"trySsh"_s)->click();
        const auto* result = reach()->findChild<QLabel*>(u"resultSsh"_s);
        QTRY_VERIFY2_WITH_TIMEOUT(
            result->text().contains(u"Permission denied"_s), qPrintable(result->text()), patience);
        QVERIFY(!reach()->findChild<QPushButton*>(u"useSsh"_s)->isEnabled());
        QVERIFY(!tab()->config()->options.tunnel);
    }

    /// The doctor finds it out, offers it, and is well when it is taken; so is the window.
    void theDoctorOffersIt()
    {
        SKIP_WITHOUT_ROOT_FOR_SSHD();
        openAt({ ElastiCacheStandIn::configurationName(), 6379 });
        QTRY_VERIFY_WITH_TIMEOUT(isConnected(), patience);
        m_window->findChild<QAction*>(u"testEndpointAction"_s)->trigger();
        auto* doctor = m_window->findChild<ui::DoctorDialog*>();
        QVERIFY(doctor && doctor->isVisible());
        QVERIFY(!visible(doctor, u"doctorUseSsh"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!doctor->isUnderWay(), patience);
        const auto* sentence = doctor->findChild<QLabel*>(u"doctorVerdict"_s);
        QVERIFY2(sentence->text().startsWith(u"6 of 6 nodes fail"_s), qPrintable(sentence->text()));
        QVERIFY(visible(doctor, u"doctorMapAddresses"_s));
        QVERIFY(visible(doctor, u"doctorUseSsh"_s));
        visible(doctor, u"doctorUseSsh"_s)->click();
        QVERIFY(reach());
        QTRY_VERIFY_WITH_TIMEOUT(hasVerdict(6), patience);
        typeBastion();
        tryAndUse(u"Ssh"_s, u"6 of 6 nodes answered"_s);
        QTRY_COMPARE_WITH_TIMEOUT(sentence->text(), u"6 of 6 nodes reached."_s, patience);
        QVERIFY(!visible(doctor, u"doctorUseSsh"_s));
        refreshUntil(6, 6);
        QVERIFY(tab()->config()->options.tunnel);
    }

    /// From the form of a profile: the way goes into the form, to be saved.
    void theFormTakesTheWay()
    {
        SKIP_WITHOUT_ROOT_FOR_SSHD();
        openWindow();
        m_window->findChild<QAction*>(u"manageProfilesAction"_s)->trigger();
        auto* form = m_window->findChild<ui::ProfilesDialog*>();
        QGuiApplication::clipboard()->setText(ElastiCacheStandIn::configurationName());
        form->findChild<QPlainTextEdit*>(u"pasteField"_s)->paste();
        QTest::keyClicks(form->findChild<QLineEdit*>(u"loginUser"_s), ElastiCacheStandIn::user());
        QTest::keyClicks(
            form->findChild<QLineEdit*>(u"loginPassword"_s), ElastiCacheStandIn::password());
        QTest::keyClicks(form->findChild<QLineEdit*>(u"tlsCa"_s), m_cluster->file(u"ca.crt"_s));
        form->findChild<QPushButton*>(u"saveProfile"_s)->click();
        form->findChild<QPushButton*>(u"testProfile"_s)->click();
        ui::DoctorDialog* doctor = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(
            (doctor = m_window->findChild<ui::DoctorDialog*>()) && !doctor->isUnderWay(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(visible(doctor, u"doctorUseSsh"_s), 20'000);
        visible(doctor, u"doctorUseSsh"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(hasVerdict(6), patience);
        typeBastion();
        tryAndUse(u"Ssh"_s, u"6 of 6 nodes answered"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!doctor->isUnderWay(), patience);
        form->findChild<QPushButton*>(u"saveProfile"_s)->click();
        const auto saved
            = profile::ProfileStore(m_folder.filePath(u"profiles.json"_s)).load()->first();
        QCOMPARE(saved.wayIn.kind, profile::WayIn::Kind::Ssh);
        QCOMPARE(saved.wayIn.address, m_bastion);
    }

    /// Every node is at the seed's host, under a port of its own: the rule is proposed, and one
    /// click after its trial it is used.
    void theProposedMapIsUsed()
    {
        std::vector<std::unique_ptr<FakeNode>> nodes;
        for (int i = 0; i < 3; ++i)
            nodes.push_back(std::make_unique<FakeNode>());
        const auto idOf = [](int node) { return QByteArray(40, static_cast<char>('a' + node)); };
        for (int i = 0; i < 3; ++i) {
            QByteArray text;
            for (int j = 0; j < 3; ++j) {
                const auto port = nodes[static_cast<std::size_t>(j)]->endpoint().port;
                text += idOf(j) + " 10.9.9.9:" + QByteArray::number(port) + "@1 "
                    + (i == j ? "myself,master" : "master") + " - 0 0 1 connected "
                    + QByteArray::number(16384 * j / 3) + '-'
                    + QByteArray::number(16384 * (j + 1) / 3 - 1) + '\n';
            }
            FakeNode& node = *nodes[static_cast<std::size_t>(i)];
            node.on("CLUSTER MYID", FakeNode::bulk(idOf(i)));
            node.on("CLUSTER NODES", FakeNode::bulk(text));
            node.on("CLUSTER INFO", FakeNode::bulk("cluster_state:ok\r\n"));
            node.on("INFO",
                FakeNode::bulk("redis_version:7.0.15\r\nredis_mode:cluster\r\n"
                               "cluster_enabled:1\r\n"));
        }
        openAt(nodes.front()->endpoint());
        refreshUntil(1, 3);
        QTRY_VERIFY_WITH_TIMEOUT(visible(m_window.get(), u"mapAddressesButton"_s), patience);
        visible(m_window.get(), u"mapAddressesButton"_s)->click();
        const auto* rules = reach()->findChild<QPlainTextEdit*>(u"reachRules"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rules->toPlainText(), u"10.9.9.9=@seed"_s, patience);
        tryAndUse(u"Map"_s, u"3 of 3 nodes answered"_s);
        refreshUntil(3, 3);
        QVERIFY(nodes.back()->connectionCount() > 0);
    }

    /// No route leads to what the nodes announce; they are elsewhere, too.
    void aMapLeadsToHiddenAddresses()
    {
        m_sshd.reset();
        m_cluster.reset(); // on the same addresses
        makeHidden();
        if (QTest::currentTestFailed())
            return;
        openAt({ ElastiCacheStandIn::address(0), 6379 });
        refreshUntil(1, 3);
        QTRY_VERIFY_WITH_TIMEOUT(visible(m_window.get(), u"mapAddressesButton"_s), patience);
        visible(m_window.get(), u"mapAddressesButton"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(hasVerdict(3), patience);
        QVERIFY2(verdict().contains(u"private network"_s), qPrintable(verdict()));
        auto* rules = reach()->findChild<QPlainTextEdit*>(u"reachRules"_s);
        // One that leads to the wrong node is found out, and not offered.
        rules->setPlainText(u"10.0.0.2=127.0.1.3\n10.0.0.*=127.0.1.*"_s);
        reach()->findChild<QPushButton*>(u"tryMap"_s)->click();
        const auto* result = reach()->findChild<QLabel*>(u"resultMap"_s);
        QTRY_VERIFY2_WITH_TIMEOUT(
            result->text().contains(u"another cluster"_s), qPrintable(result->text()), patience);
        QVERIFY(!reach()->findChild<QPushButton*>(u"useMap"_s)->isEnabled());
        rules->setPlainText(u"10.0.0.*=127.0.1.*"_s);
        tryAndUse(u"Map"_s, u"3 of 3 nodes answered"_s);
        refreshUntil(3, 3);
        QCOMPARE(tab()->config()->options.addressMap.rules(), QStringList(u"10.0.0.*=127.0.1.*"_s));
    }
};

} // namespace slotscope::tests

int main(int argc, char** argv)
{
    slotscope::tests::PrivateNetwork::enter();
    QApplication application(argc, argv);
    slotscope::tests::WindowWaysTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_windowways.moc"
