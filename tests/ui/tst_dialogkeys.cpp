// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What a screen reader hears and a keyboard reaches, in the dialogs.

#include "core/session/sessionhandle.h"
#include "tests/support/fakenode.h"
#include "tests/ui/keyboardwalk.h"
#include "tests/ui/paintfixtures.h"
#include "tests/ui/reportfixtures.h"
#include "tests/ui/windowfixture.h"
#include "ui/inspector/rawreplies.h"
#include "ui/profiles/profilesdialog.h"
#include "ui/report/comparisonview.h"
#include "ui/report/reportdialog.h"
#include "ui/wayin/connectiondetails.h"
#include "ui/wayin/doctordialog.h"
#include "ui/wayin/passworddialog.h"
#include "ui/wayin/reachdialog.h"

#include <QComboBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;

} // namespace

class TestDialogKeys final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// Every control has a name, Tab comes to all of them, and no two share a letter.
    static void check(QWidget* dialog)
    {
        dialog->show();
        dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        QVERIFY(!dialog->windowTitle().isEmpty());
        const QString wrong = unnamed(dialog);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        const QString missing = unreachedByTab(dialog);
        QVERIFY2(missing.isEmpty(), qPrintable(missing));
        checkLetters(dialog);
    }
    static void checkLetters(QWidget* dialog)
    {
        const QString shared = sharedLetters(dialog);
        QVERIFY2(shared.isEmpty(), qPrintable(shared));
    }

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void profiles()
    {
        ui::ProfilesDialog dialog(profile::ProfileStore(m_folder.filePath(u"profiles.json"_s)));
        check(&dialog);
        dialog.startNew();
        check(&dialog);

        // With each tab of the form, as each choice in it makes its fields.
        auto* sections = dialog.findChild<QTabWidget*>(u"profileSections"_s);
        for (int i = 0; i < sections->count(); ++i) {
            sections->setCurrentIndex(i);
            checkLetters(&dialog);
            for (auto* choice : sections->currentWidget()->findChildren<QComboBox*>()) {
                for (int kind = 0; kind < choice->count(); ++kind) {
                    choice->setCurrentIndex(kind);
                    checkLetters(&dialog);
                }
            }
        }
        QCOMPARE(sections->count(), 4);
    }

    void report_data()
    {
        QTest::addColumn<ui::ReportFormat>("format");
        QTest::newRow("picture") << ui::ReportFormat::Png;
        QTest::newRow("document") << ui::ReportFormat::Html;
        QTest::newRow("capture") << ui::ReportFormat::Capture;
    }
    void report()
    {
        QFETCH(ui::ReportFormat, format);
        ui::ReportOrder order;
        order.capture = incidentCapture(3, 1, { 1 });
        order.capture.traces.append(movedTrace(order.capture.topology));
        order.format = format;
        order.options.scale = 1;
        ui::ReportDialog dialog(order, m_folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(dialog.preview(), patience);
        check(&dialog);
    }

    void doctor()
    {
        session::IoThread io;
        FakeNode server;
        makeStandalone(server);
        ui::DoctorDialog dialog(io, configOf(server.endpoint()));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isUnderWay(), patience);
        check(&dialog);
    }

    void ways()
    {
        session::IoThread io;
        FakeNode server;
        makeStandalone(server);
        ui::ReachDialog dialog(io, configOf(server.endpoint()), healthyCluster(),
            [](const net::ConnectionOptions&) {});
        check(&dialog);
    }

    void comparison()
    {
        ui::ComparisonView view(
            ui::ComparedCaptures::of(incidentCapture(3, 1, { 1 }), afterwardsCapture()));
        view.setWindowTitle(view.title());
        check(&view);
    }

    void connectionDetails()
    {
        ui::ConnectionDetails dialog;
        ui::ConnectionFacts facts;
        facts.endpoint = u"127.0.0.1:30001"_s;
        facts.topology = healthyCluster();
        dialog.setFacts(facts);
        check(&dialog);
    }

    void rawReplies()
    {
        ui::RawReplies dialog(u"S01"_s,
            { { u"INFO"_s, "redis_version:7.0.15", {} }, { u"CLUSTER NODES"_s, "-", {} } });
        check(&dialog);
    }

    void password()
    {
        ui::PasswordDialog dialog(u"127.0.0.1:30001"_s, {}, u"It asks for one."_s);
        check(&dialog);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestDialogKeys)
#include "tst_dialogkeys.moc"
