// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// "Save…" of a reply: all of it, as a whole, never over what is there without a question.

#include "core/resp/replybuilder.h"
#include "ui/console/replyview.h"
#include "ui/theme/savequestion.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <functional>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

class TestSavingReplies final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    ui::ReplyView m_view;

    QString said() const { return m_view.findChild<QLabel*>(u"replySummary"_s)->text(); }
    QStringList files() const { return QDir(m_folder.path()).entryList(QDir::Files); }
    void show(const QByteArray& text)
    {
        m_view.setReply(resp::Reply::fromText(resp::Type::String, text));
        m_view.setView(ui::ReplyView::Hex); // the bytes as they are
        m_view.show();
    }
    QFileDialog* openDialog()
    {
        m_view.findChild<QToolButton*>(u"saveReplyButton"_s)->click();
        return m_view.findChild<QFileDialog*>();
    }
    void saveAs(const QString& file)
    {
        QFileDialog* dialog = openDialog();
        dialog->findChild<QLineEdit*>(u"fileNameEdit"_s)->setText(file);
        static_cast<QDialog*>(dialog)->accept();
        delete dialog;
    }
    static QByteArray contentOf(const QString& name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// How many questions came up meanwhile; each is answered so.
    static int questions(QMessageBox::StandardButton answer, const std::function<void()>& work)
    {
        int count = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, &timer, [&] {
            if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
                ++count;
                box->button(answer)->click();
            }
        });
        timer.start(20);
        work();
        return count;
    }

private Q_SLOTS:
    void initTestCase() { QApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }

    /// A dialog that begins in a folder which is not there takes its name for a file's.
    void aDialogBeginsWhereAFolderIs()
    {
        const QString here = QDir::cleanPath(m_folder.path());
        QCOMPARE(ui::nearestFolder(here), here);
        QCOMPARE(ui::nearestFolder(here + u"/not/there/"_s), here);
        QCOMPARE(ui::nearestFolder(u"/"_s), u"/"_s);
        QCOMPARE(ui::nearestFolder(u"not there"_s), u"."_s);
    }

    void allOfItIsWritten()
    {
        const QString file = m_folder.filePath(u"reply.bin"_s);
        const QByteArray bytes("a\0\xff\r\n", 5);
        show(bytes);
        QCOMPARE(questions(QMessageBox::No, [&] { saveAs(file); }), 0);
        QTRY_COMPARE(said(), u"Saved to %1"_s.arg(file));
        QCOMPARE(contentOf(file), bytes);

        show("other");
        QCOMPARE(questions(QMessageBox::No, [&] { saveAs(file); }), 1);
        QTest::qWait(50); // it would have been written
        QCOMPARE(contentOf(file), bytes);
        QCOMPARE(questions(QMessageBox::Yes, [&] { saveAs(file); }), 1);
        QTRY_COMPARE(contentOf(file), "other");
        QTRY_COMPARE(files(), QStringList { u"reply.bin"_s });
    }

    /// The dialog knows nothing of the suffix that a name gets which has none.
    void whatIsTypedWithoutASuffixIsNotOverwritten()
    {
        const QString typed = m_folder.filePath(u"bare"_s);
        const QString file = typed + u".bin"_s;
        show("first");
        QCOMPARE(questions(QMessageBox::Yes, [&] { saveAs(typed); }), 0);
        QTRY_COMPARE(contentOf(file), "first");
        QVERIFY(!QFile::exists(typed));
        show("second");
        saveAs(typed);
        auto* box = m_view.findChild<QMessageBox*>();
        QVERIFY(box && box->text().contains(u"bare.bin"_s));
        box->button(QMessageBox::Cancel)->click();
        QTest::qWait(50); // it would have been written
        QCOMPARE(contentOf(file), "first");
        QTRY_VERIFY(!m_view.findChild<QMessageBox*>());
        saveAs(typed);
        m_view.findChild<QMessageBox*>()->button(QMessageBox::Yes)->click();
        QTRY_COMPARE(contentOf(file), "second");
        QVERIFY(QFile::remove(file));
    }

    void whatCannotBeSavedIsSaid()
    {
        QFile obstacle(m_folder.filePath(u"reply.bin"_s));
        QVERIFY(obstacle.open(QIODevice::WriteOnly));
        show("value");
        // Nobody, not even root, may write below a file.
        const QString file = obstacle.fileName() + u"/reply.txt"_s;
        QFileDialog* dialog = openDialog();
        Q_EMIT dialog->fileSelected(file);
        delete dialog;
        QTRY_VERIFY2(said().startsWith(u"Not saved: "_s), qPrintable(said()));
        QVERIFY(said().size() > u"Not saved: "_s.size());
        QCOMPARE(files(), QStringList { u"reply.bin"_s });
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestSavingReplies)
#include "tst_savingreplies.moc"
