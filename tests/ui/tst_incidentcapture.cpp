// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// One key: everybody is asked, the picture is on the clipboard, capture and picture are saved.

#include "core/capture/blockfile.h"
#include "core/capture/capturefile.h"
#include "core/capture/history.h"
#include "core/cluster/topologyjson.h"
#include "core/sandbox/sandboxcluster.h"
#include "tests/support/pastednodes.h"
#include "tests/support/readcapture.h"
#include "tests/ui/reportfixtures.h"
#include "tests/ui/windowfixture.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/console/consolepanel.h"
#include "ui/incident/captureactions.h"
#include "ui/incident/capturenotice.h"
#include "ui/incident/comparisonactions.h"
#include "ui/incident/viewpictures.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/report/comparisonview.h"
#include "ui/report/incident.h"
#include "ui/report/marktable.h"
#include "ui/report/reportdialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QProgressDialog>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

#include <algorithm>
#include <csignal>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

/// Everything in a file, unpacked.
QByteArray contentOf(const QString& name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray content = file.readAll();
    const auto blocks = capture::BlockFile::open(name);
    for (qsizetype i = 0; blocks && i < blocks->blocks().size(); ++i)
        content += blocks->read(i).value();
    return content;
}

/// The capture in `file` has marks at these places, and no others.
bool hasMarks(const QString& file, const QList<QPointF>& places)
{
    const auto read = tests::readCapture(file);
    QList<QPointF> found;
    for (const capture::Mark& mark : read ? read->marks : QList<capture::Mark>())
        found.append(mark.at);
    return read && found == places;
}

} // namespace

class TestIncidentCapture final : public WindowFixture
{
    Q_OBJECT

    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
    std::unique_ptr<QTemporaryDir> m_files;
    int m_stopped = -1;

    ui::CaptureActions* captures() const { return window()->findChild<ui::CaptureActions*>(); }
    ui::CaptureNotice* notice() const { return window()->findChild<ui::CaptureNotice*>(); }
    /// What the notice says: other files for each capture.
    QString noticed() const
    {
        const auto* files = window()->findChild<QLabel*>(u"captureFiles"_s);
        return files ? files->text() : QString();
    }
    QString folder() const { return m_files->filePath(u"captures"_s); }
    QString only(const QString& pattern) const
    {
        const QStringList names = QDir(folder()).entryList({ pattern }, QDir::Files);
        return names.size() == 1 ? QString(folder() + u'/' + names.first()) : QString();
    }
    static bool isPictureCopied()
    {
        const QMimeData* data = QApplication::clipboard()->mimeData();
        return data && data->hasImage();
    }
    void saveAs(const QString& file)
    {
        QSignalSpy messages(captures(), &ui::CaptureActions::message);
        captures()->save(file);
        QTRY_VERIFY_WITH_TIMEOUT(!messages.isEmpty(), patience);
        QVERIFY(messages.last().first().toString().contains(file));
    }
    void press() { QTest::keyClick(window(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier); }

    void open(profile::Redaction redaction)
    {
        const sandbox::ManifestNode& node = m_cluster->manifest().nodes.first();
        session::SessionConfig config;
        config.endpoint = net::parseTypedEndpoint(u"127.0.0.1:%1"_s.arg(node.port)).value();
        // A node that stands still is late, however long a loaded computer paints meanwhile.
        config.options.timeout = std::chrono::minutes(2);
        ui::TabMark mark;
        mark.profileName = u"orders-of-acme"_s;
        mark.redaction = redaction;
        window()->connectTo(config, mark);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->isConnected(), patience);
    }
    void run(const QString& line)
    {
        ui::ConsolePanel* console = window()->clusterPage()->console();
        console->setCommand(line);
        QTest::keyClick(console->findChild<QLineEdit*>(u"commandInput"_s), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(console->traces().size(), 1, patience);
    }
    void signalNode(int index, int number)
    {
        ::kill(static_cast<pid_t>(m_cluster->manifest().nodes.at(index).pid), number);
        m_stopped = number == SIGSTOP ? index : -1;
    }

private Q_SLOTS:
    void initTestCase() override
    {
        WindowFixture::initTestCase();
        sandbox::ClusterSpec spec;
        spec.nodeTimeoutMs = 30'000; // a node that stands still is not failed over
        m_cluster = std::make_unique<sandbox::SandboxCluster>(spec);
        QSignalSpy started(m_cluster.get(), &sandbox::SandboxCluster::started);
        m_cluster->start();
        QVERIFY(started.wait(patience));
    }
    void cleanupTestCase() override
    {
        m_cluster.reset();
        WindowFixture::cleanupTestCase();
    }
    void init() override
    {
        WindowFixture::init();
        m_files = std::make_unique<QTemporaryDir>();
        captures()->setFolder(folder());
        captures()->setPseudonymsFile(m_files->filePath(u"pseudonyms.json"_s));
        QApplication::clipboard()->clear();
    }
    void cleanup() override
    {
        if (m_stopped >= 0)
            signalNode(m_stopped, SIGCONT);
        WindowFixture::cleanup();
    }

    void everybodyIsAskedAndNobodyWaitedFor()
    {
        open(profile::Redaction::Pseudonym);
        run(u"GET user:2935"_s);

        signalNode(4, SIGSTOP);
        captures()->setDeadline(std::chrono::milliseconds(1500));
        QString told = noticed();
        QSignalSpy messages(captures(), &ui::CaptureActions::message);
        press();
        QTRY_VERIFY_WITH_TIMEOUT(noticed() != told, patience);

        const QMimeData* copied = QApplication::clipboard()->mimeData();
        QVERIFY(copied->hasImage());
        QCOMPARE(QApplication::clipboard()->image().size(), QSize(3200, 1800));
        QVERIFY2(copied->text().contains(u"5 of 6"_s), qPrintable(copied->text()));

        const QString file = only(u"slotscope-cluster-1-*.slotscope"_s);
        QVERIFY(!file.isEmpty());
        QCOMPARE(QImage(only(u"slotscope-cluster-1-*.png"_s)).size(), QSize(3200, 1800));
        const auto capture = tests::readCapture(file);
        QVERIFY(capture);
        QCOMPARE(capture->redaction, u"pseudonym"_s);
        QCOMPARE(capture->topology.nodes().size(), 6);
        QCOMPARE(capture->nodes.size(), 6);
        QCOMPARE(std::count_if(capture->nodes.begin(), capture->nodes.end(),
                     [](const capture::NodeAnswers& node) { return node.isReachable; }),
            5);
        QCOMPARE(capture->traces.size(), 1);
        QVERIFY(capture->recordingBegan.isValid());
        const auto history = capture::History::open(file);
        QVERIFY(history && history->from().isValid());
        QVERIFY(history->from() < capture->savedAt);

        // What is late is added, whatever becomes of the window's file in the meantime.
        signalNode(4, SIGCONT);
        const auto isLate = [&] {
            const auto longer = tests::readCapture(file);
            return longer
                && std::any_of(longer->nodes.begin(), longer->nodes.end(),
                    [](const capture::NodeAnswers& node) { return node.isLate; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isLate(), patience);

        for (const QString& name : { file, only(u"*.png"_s) }) {
            const QByteArray content = contentOf(name);
            QVERIFY(content.size() > 1000);
            for (const char* secret : { "orders-of-acme", "127.0.0.1", "user:2935" })
                QVERIFY2(!content.contains(secret), secret);
            for (const cluster::Node& node : window()->clusterPage()->topology().nodes())
                QVERIFY(!content.contains(node.id.toString().toLatin1()));
        }
    }

    void theNoticeOffersWhatCanBeDone()
    {
        open(profile::Redaction::None);
        QString told = noticed();
        press();
        QTRY_VERIFY_WITH_TIMEOUT(noticed() != told, patience);
        QVERIFY(notice()->isVisible());
        QVERIFY(
            !QApplication::focusWidget() || !notice()->isAncestorOf(QApplication::focusWidget()));
        const auto* files = notice()->findChild<QLabel*>(u"captureFiles"_s);
        QVERIFY(files->text().contains(u"slotscope-orders-of-acme-"_s));

        notice()->findChild<QPushButton*>(u"noticeMarkdown"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(QApplication::clipboard()->text().startsWith(u"# "_s), patience);
        const QString markdown = QApplication::clipboard()->text();
        const quint16 port = m_cluster->manifest().nodes.last().port;
        QVERIFY(markdown.contains(QString::number(port)));

        // The next one gets another name, even within a second.
        told = noticed();
        press();
        QTRY_VERIFY_WITH_TIMEOUT(noticed() != told, patience);
        QCOMPARE(QDir(folder()).entryList(QDir::Files).size(), 4);

        notice()->findChild<QPushButton*>(u"noticeDelete"_s)->click();
        QCOMPARE(QDir(folder()).entryList(QDir::Files).size(), 2);
        QVERIFY(!notice()->isVisible());
    }

    /// A report that is asked for meanwhile changes nothing about what the notice is of.
    void aNoticeStaysWithItsOwnFiles()
    {
        open(profile::Redaction::None);
        QString told = noticed();
        press();
        QTRY_VERIFY_WITH_TIMEOUT(noticed() != told, patience);
        const QString file = only(u"*.slotscope"_s);
        QVERIFY(!file.isEmpty());
        captures()->report();
        QTRY_VERIFY_WITH_TIMEOUT(window()->findChild<ui::ReportDialog*>(), patience);
        delete window()->findChild<ui::ReportDialog*>();
        QVERIFY(notice()->isVisible());
        notice()->findChild<QPushButton*>(u"noticeDelete"_s)->click();
        QVERIFY(!QFile::exists(file));
        QVERIFY(QDir(folder()).entryList(QDir::Files).isEmpty());
    }

    void anUnreadableRecordingIsSaid()
    {
        open(profile::Redaction::None);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(tab()->recordingFile()), patience);
        QFile recording(tab()->recordingFile());
        QVERIFY(recording.open(QIODevice::ReadWrite));
        recording.write("garbage");
        recording.close();
        QString told = noticed();
        press();
        QTRY_VERIFY_WITH_TIMEOUT(noticed() != told, patience);
        const auto* trouble = notice()->findChild<QLabel*>(u"captureTrouble"_s);
        QVERIFY(trouble->isVisible());
        QVERIFY2(trouble->text().contains(u"Not available: what the recording has"_s),
            qPrintable(trouble->text()));
        const auto capture = tests::readCapture(only(u"*.slotscope"_s));
        QVERIFY(capture);
        QCOMPARE(capture->missing.size(), 1);
        // The next one has nothing to say.
        tab()->submit(someNodes());
        told = noticed();
        press();
        QTRY_VERIFY_WITH_TIMEOUT(noticed() != told, patience);
        QVERIFY(!trouble->isVisible());
    }

    void lateAnswersThatGetLostAreSaid()
    {
        open(profile::Redaction::None);
        signalNode(4, SIGSTOP);
        captures()->setDeadline(std::chrono::milliseconds(1500));
        QString told = noticed();
        press();
        QTRY_VERIFY_WITH_TIMEOUT(noticed() != told, patience);
        const QString file = only(u"*.slotscope"_s);
        QVERIFY(QFile::remove(file));
        signalNode(4, SIGCONT);
        const auto* trouble = notice()->findChild<QLabel*>(u"captureTrouble"_s);
        QTRY_VERIFY_WITH_TIMEOUT(trouble->isVisible(), patience);
        QVERIFY2(trouble->text().contains(u"Late answers could not be added"_s),
            qPrintable(trouble->text()));
        QVERIFY(!QFile::exists(file));
    }

    void marksGetIntoTheFileThatWasOpened()
    {
        const QString file = m_files->filePath(u"opened.slotscope"_s);
        capture::Capture capture = incidentCapture(3, 1, { 1 });
        QVERIFY(capture::writeCapture(file, capture));
        window()->openCapture(file);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster() != nullptr, patience);
        captures()->report();
        QTRY_VERIFY(window()->findChild<ui::ReportDialog*>());
        auto* dialog = window()->findChild<ui::ReportDialog*>();
        auto* table = dialog->findChild<ui::MarkTable*>();
        const auto isKept = [&](const QList<QPointF>& places) { return hasMarks(file, places); };
        table->pointAt({ 0.25, 0.5 }, false);
        QTRY_VERIFY_WITH_TIMEOUT(isKept({ { 0.25, 0.5 } }), patience);
        const auto* message = dialog->findChild<QLabel*>(u"reportMessage"_s);
        QTRY_VERIFY_WITH_TIMEOUT(message->text().isEmpty(), patience);
        // The file is another one by now: it stays as it is, and that is said.
        capture.savedAt = capture.savedAt.addSecs(60);
        QVERIFY(capture::writeCapture(file, capture));
        table->pointAt({ 0.75, 0.125 }, false);
        QTRY_VERIFY_WITH_TIMEOUT(
            message->text().contains(u"holds another capture by now"_s), patience);
        QVERIFY(isKept({}));
        // In the window they are all the same.
        QCOMPARE(captures()->content().capture.marks.size(), 2);

        // The key works from here too.
        dialog->activateWindow();
        QTRY_VERIFY(dialog->isActiveWindow());
        QString told = noticed();
        QTest::keyClick(dialog, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(noticed() != told, patience);
    }

    void theDeadlineIsChosen()
    {
        QCOMPARE(captures()->deadline(), std::chrono::seconds(3));
        QSignalSpy changed(captures(), &ui::CaptureActions::secondsChanged);
        window()->findChild<QAction*>(u"deadline10Action"_s)->trigger();
        QCOMPARE(captures()->deadline(), std::chrono::seconds(10));
        QCOMPARE(changed.size(), 1); // which the window keeps
    }

    void marksGetIntoTheFileThatIsThere()
    {
        open(profile::Redaction::Pseudonym);
        run(u"GET user:2935"_s);
        QString told = noticed();
        press();
        QTRY_VERIFY_WITH_TIMEOUT(noticed() != told, patience);
        const QString file = only(u"*.slotscope"_s);
        const capture::Capture before = tests::readCapture(file).value();
        QVERIFY(before.marks.isEmpty());
        const auto openDialog = [this] {
            notice()->findChild<QPushButton*>(u"noticeReport"_s)->click();
            return window()->findChild<ui::ReportDialog*>();
        };
        ui::ReportDialog* dialog = openDialog();
        QVERIFY(dialog);
        auto* table = dialog->findChild<ui::MarkTable*>();
        const auto isKept = [&](const QList<QPointF>& places) { return hasMarks(file, places); };
        table->pointAt({ 0.25, 0.5 }, false);
        QTRY_VERIFY_WITH_TIMEOUT(isKept({ { 0.25, 0.5 } }), patience);
        const quint16 port = m_cluster->manifest().nodes.first().port;
        auto* cells = dialog->findChild<QTableWidget*>(u"markTable"_s);
        cells->item(0, 0)->setText(u"orders-of-acme lost 127.0.0.1:%1"_s.arg(port));
        table->pointAt({ 0.75, 0.125 }, false);
        // Whoever closes the dialog at once loses nothing.
        delete dialog;
        QTRY_VERIFY_WITH_TIMEOUT(isKept({ { 0.25, 0.5 }, { 0.75, 0.125 } }), patience);

        // Redacted like all the rest, of which nothing has changed.
        capture::Capture after = tests::readCapture(file).value();
        QVERIFY2(after.marks.first().text.startsWith(u"cluster-1 lost ip-"_s),
            qPrintable(after.marks.first().text));
        QVERIFY(!contentOf(file).contains("acme") && !contentOf(file).contains("127.0.0.1"));
        QCOMPARE(after.savedAt, before.savedAt);
        QCOMPARE(cluster::toJson(after.topology), cluster::toJson(before.topology));
        QCOMPARE(after.nodes, before.nodes);
        QCOMPARE(after.traces.size(), before.traces.size());
        QVERIFY(capture::History::open(file)->from().isValid());
        // They are there again in the next dialog.
        dialog = openDialog();
        QCOMPARE(dialog->findChild<ui::MarkTable*>()->marks().size(), 2);

        // Also with the dialog of a capture before the last one; and what was deleted stays so.
        window()->activateWindow();
        QTRY_VERIFY(window()->isActiveWindow());
        told = noticed();
        press();
        QTRY_VERIFY_WITH_TIMEOUT(noticed() != told, patience);
        dialog->findChild<ui::MarkTable*>()->pointAt({ 0.5, 0.75 }, false);
        QTRY_VERIFY_WITH_TIMEOUT(
            isKept({ { 0.25, 0.5 }, { 0.75, 0.125 }, { 0.5, 0.75 } }), patience);
        delete dialog;
        dialog = openDialog();
        notice()->findChild<QPushButton*>(u"noticeDelete"_s)->click();
        QCOMPARE(QDir(folder()).entryList(QDir::Files).size(), 2);
        dialog->findChild<ui::MarkTable*>()->pointAt({ 0.5, 0.75 }, false);
        QTest::qWait(200);
        QCOMPARE(QDir(folder()).entryList(QDir::Files).size(), 2);
    }

    void whatCanBeDeletedIsDeleted()
    {
        open(profile::Redaction::None);
        QString told = noticed();
        press();
        QTRY_VERIFY_WITH_TIMEOUT(noticed() != told, patience);
        const QString file = only(u"*.slotscope"_s);
        const QString picture = only(u"*.png"_s);
        QVERIFY(QFile::exists(picture) && QFile::remove(file));
        QVERIFY(QDir().mkpath(file)); // which is no file, and stays
        QSignalSpy failed(captures(), &ui::CaptureActions::failed);
        notice()->findChild<QPushButton*>(u"noticeDelete"_s)->click();
        QCOMPARE(failed.size(), 1);
        QVERIFY(failed.first().first().value<support::Error>().detail.startsWith(file));
        QVERIFY(!QFile::exists(picture));
    }

    void singleViewsAreCopiedAndSaved()
    {
        open(profile::Redaction::Pseudonym);
        auto* pictures = window()->findChild<ui::ViewPictures*>();
        using View = ui::ViewPictures::View;
        QSignalSpy messages(pictures, &ui::ViewPictures::message);
        pictures->copy(View::Sequence); // there is no trace yet
        QCOMPARE(messages.size(), 1);
        QVERIFY(!isPictureCopied());

        run(u"GET user:2935"_s);
        for (const View view : { View::Topology, View::SlotMap, View::FilmStrip, View::Sequence }) {
            QApplication::clipboard()->clear();
            pictures->copy(view);
            QTRY_VERIFY_WITH_TIMEOUT(isPictureCopied(), patience);
            const QString file = m_files->filePath(u"view.svg"_s);
            QFile::remove(file);
            pictures->save(view, file);
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), patience);
            const QByteArray svg = contentOf(file);
            QVERIFY(svg.contains("UTC"));
            QVERIFY(!svg.contains("user:2935") && !svg.contains("127.0.0.1"));
        }
        const QString replay = m_files->filePath(u"replay.gif"_s);
        pictures->saveReplay(replay);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(replay), patience);
        QVERIFY(contentOf(replay).startsWith("GIF89a"));
    }

    void twoCapturesAreCompared()
    {
        open(profile::Redaction::None);
        const QString file = m_files->filePath(u"before.slotscope"_s);
        saveAs(file);
        auto* comparisons = window()->findChild<ui::ComparisonActions*>();
        comparisons->compare({ file });
        const auto view = [this] { return window()->findChild<ui::ComparisonView*>(); };
        QTRY_VERIFY_WITH_TIMEOUT(view(), patience);
        QVERIFY(view()->comparison().isSameCluster);
        QCOMPARE(view()->comparison().sharedIds, 6);

        QSignalSpy failed(comparisons, &ui::ComparisonActions::failed);
        comparisons->compare({ file, m_files->filePath(u"none.slotscope"_s) });
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        // What was cancelled says nothing any more.
        QTRY_VERIFY(!window()->findChild<QProgressDialog*>(u"comparisonProgress"_s));
        comparisons->compare({ file, m_files->filePath(u"none.slotscope"_s) });
        QPointer progress(window()->findChild<QProgressDialog*>(u"comparisonProgress"_s));
        QVERIFY(progress);
        progress->findChild<QPushButton*>()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!progress, patience);
        QCOMPARE(failed.size(), 1);
    }

    void whatIsSavedByNameIsRedactedToo()
    {
        open(profile::Redaction::Pseudonym);
        run(u"GET user:2935"_s);
        const QString file = m_files->filePath(u"named.slotscope"_s);
        QSignalSpy messages(captures(), &ui::CaptureActions::message);
        saveAs(file);
        QCOMPARE(messages.last().first().toString(),
            ui::CaptureActions::tr("Capture saved as %1 (%2)")
                .arg(file, ui::redactionText(u"pseudonym"_s)));
        const auto capture = tests::readCapture(file);
        QVERIFY(capture);
        QCOMPARE(capture->redaction, u"pseudonym"_s);
        QCOMPARE(capture->traces.size(), 1);
        const auto history = capture::History::open(file);
        QVERIFY(history && history->from().isValid());
        const QByteArray content = contentOf(file);
        for (const char* secret : { "orders-of-acme", "127.0.0.1", "user:2935" })
            QVERIFY2(!content.contains(secret), secret);

        // And what is compared with it, or are two that nothing was replaced in, which is for the
        // clipboard.
        const QStringList whole { m_files->filePath(u"whole.slotscope"_s),
            m_files->filePath(u"whole2.slotscope"_s) };
        for (const QString& one : whole)
            QVERIFY(capture::writeCapture(one, captures()->content().capture).hasValue());
        auto* comparisons = window()->findChild<ui::ComparisonActions*>();
        for (const QStringList& files : { QStringList { file }, whole }) {
            comparisons->compare(files);
            const auto view = [this] { return window()->findChild<ui::ComparisonView*>(); };
            QTRY_VERIFY_WITH_TIMEOUT(view(), patience);
            QVERIFY(view()->comparison().isSameCluster);
            QCOMPARE(view()->comparison().sharedIds, 6);
            view()->copyMarkdown();
            const QString copied = QApplication::clipboard()->text();
            QVERIFY(!copied.isEmpty());
            for (const QString& secret : { u"orders-of-acme"_s, u"127.0.0.1"_s, u"user:2935"_s })
                QVERIFY2(!copied.contains(secret), qPrintable(copied));
            delete view()->window();
        }
    }

    void offlineNobodyIsAsked()
    {
        tab()->submit(someNodes());
        QString told = noticed();
        press();
        QTRY_VERIFY_WITH_TIMEOUT(noticed() != told, patience);
        QVERIFY(isPictureCopied());
        const auto capture = tests::readCapture(only(u"*.slotscope"_s));
        QVERIFY(capture);
        QCOMPARE(capture->topology.nodes().size(), 3);
        QCOMPARE(capture->redaction, u"short"_s);
        QVERIFY(!contentOf(only(u"*.slotscope"_s)).contains("127.0.0.1"));
    }

    void whereNothingCanBeWrittenThePictureIsCopied()
    {
        tab()->submit(someNodes());
        QFile file(m_files->filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        captures()->setFolder(file.fileName() + u"/captures"_s);
        QSignalSpy failed(captures(), &ui::CaptureActions::failed);
        press();
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        QVERIFY(isPictureCopied());
        QVERIFY(!notice());
    }

    void anEmptyTabHasNothingToCapture()
    {
        QSignalSpy messages(captures(), &ui::CaptureActions::message);
        press();
        QCOMPARE(messages.size(), 1);
        QVERIFY(!isPictureCopied());
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestIncidentCapture)
#include "tst_incidentcapture.moc"
