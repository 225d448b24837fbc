// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What a window keeps of what happened: notes, the recording, what a capture gets of it.

#include "core/capture/history.h"
#include "tests/support/fakenode.h"
#include "tests/ui/windowfixture.h"
#include "ui/connection/connectiontab.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordingmenu.h"

#include <QAction>
#include <QInputDialog>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 15'000;

QStringList notesOf(const capture::Capture& capture)
{
    QStringList texts;
    for (const capture::Note& note : capture.notes)
        texts.append(note.text);
    return texts;
}

/// What the recording has by now.
capture::Capture recorded(const QString& file)
{
    auto history = capture::History::open(file);
    if (!history)
        return {};
    const auto capture = history->at(QDateTime::currentDateTimeUtc().addSecs(1));
    return capture ? *capture : capture::Capture();
}

} // namespace

class TestPast final : public WindowFixture
{
    Q_OBJECT

    bool open(FakeNode& server)
    {
        makeStandalone(server);
        tab()->submit(server.endpoint().toString());
        return QTest::qWaitFor([this] { return tab()->shownCluster() != nullptr; }, patience);
    }

private Q_SLOTS:
    void aNoteIsShownRecordedAndPartOfCaptures()
    {
        FakeNode server;
        QVERIFY(open(server));
        const QDateTime before = QDateTime::currentDateTimeUtc();
        QTest::keyClick(window(), Qt::Key_M, Qt::ControlModifier);
        auto* dialog = tab()->findChild<QInputDialog*>(u"noteDialog"_s);
        QVERIFY(dialog);
        auto* field = dialog->findChild<QLineEdit*>();
        QTest::keyClicks(field, u"  we restart <b>S01</b> "_s);
        QTest::keyClick(field, Qt::Key_Return);

        const capture::Capture known = tab()->known();
        QCOMPARE(notesOf(known), QStringList { u"we restart <b>S01</b>"_s });
        QVERIFY(known.notes.first().at >= before);
        QVERIFY(known.recordingBegan.isValid() && known.recordingBegan <= before);
        QVERIFY(!known.topology.isEmpty());
        const auto* events = tab()->findChild<QTableView*>(u"eventTable"_s)->model();
        QCOMPARE(events->index(0, 1).data().toString(), u"Note: we restart <b>S01</b>"_s);
        QTRY_COMPARE_WITH_TIMEOUT(
            notesOf(recorded(tab()->recordingFile())), notesOf(known), patience);
    }

    void anEmptyNoteIsNone()
    {
        FakeNode server;
        QVERIFY(open(server));
        tab()->askForNote();
        auto* dialog = tab()->findChild<QInputDialog*>(u"noteDialog"_s);
        QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        QVERIFY(tab()->known().notes.isEmpty());
    }

    void aRecordingEndsWithItsConnection()
    {
        FakeNode server;
        QVERIFY(open(server));
        const QString file = tab()->recordingFile();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), patience);
        window()->tabs()->close(0);
        QVERIFY(!QFile::exists(file));
    }

    void theMenuTurnsRecordingOffAndOn()
    {
        FakeNode server;
        QVERIFY(open(server));
        auto* action = window()->findChild<QAction*>(u"recordingAction"_s);
        QVERIFY(action->isChecked());
        action->trigger();
        QVERIFY(tab()->recordingFile().isEmpty());
        action->trigger();
        QVERIFY(!tab()->recordingFile().isEmpty());
    }

    void choicesOfRecordingAreKept()
    {
        ui::RecordingMenu menu(u"/nowhere"_s);
        menu.findChild<QAction*>(u"recordingHours24"_s)->trigger();
        menu.findChild<QAction*>(u"recordingMegabytes500"_s)->trigger();
        menu.findChild<QAction*>(u"recordingArguments"_s)->trigger();
        ui::RecordingMenu other(u"/nowhere"_s);
        other.setState(menu.state());
        QCOMPARE(other.options(), menu.options());
        QCOMPARE(other.options().limits.age, std::chrono::hours(24));
        QVERIFY(other.options().withArguments);
        other.setState({ { u"hours"_s, 7 }, { u"megabytes"_s, u"many"_s } });
        QCOMPARE(other.options(), menu.options());
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestPast)
#include "tst_past.moc"
