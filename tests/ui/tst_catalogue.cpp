// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// A catalogue in a file, as lrelease writes one, is found by its language and its texts are shown.

#include "tests/ui/windowfixture.h"
#include "ui/connection/connectiontab.h"
#include "ui/mainwindow/catalogues.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QDataStream>
#include <QFile>
#include <QLabel>
#include <QLocale>
#include <QMenuBar>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

struct Entry
{
    QByteArray context;
    QByteArray source;
    QString translation;
};

/// By which a catalogue finds a text.
quint32 hashOf(const QByteArray& source)
{
    quint32 hash = 0;
    for (const char letter : source) {
        hash = (hash << 4) + static_cast<uchar>(letter);
        if (const quint32 high = hash & 0xf0000000; high != 0)
            hash = (hash ^ (high >> 24)) & ~high;
    }
    return hash == 0 ? 1 : hash;
}

/// The format of .qm files: a magic number, then the hashes in their order with the offsets of the
/// messages, then the messages. lrelease belongs to a package that nothing else here needs.
QByteArray catalogueOf(QList<Entry> entries)
{
    enum Part : quint8 {
        End = 1,
        Translation = 3,
        Source = 6,
        Context = 7,
        Comment = 8,
        Hashes = 0x42,
        Messages = 0x69
    };
    std::sort(entries.begin(), entries.end(), [](const Entry& one, const Entry& other) {
        return hashOf(one.source) < hashOf(other.source);
    });
    QByteArray hashes;
    QByteArray messages;
    QDataStream toHashes(&hashes, QIODevice::WriteOnly);
    QDataStream toMessages(&messages, QIODevice::WriteOnly);
    for (const Entry& entry : entries) {
        toHashes << hashOf(entry.source) << quint32(messages.size());
        toMessages << Translation << quint32(2 * entry.translation.size());
        for (const QChar letter : entry.translation)
            toMessages << quint16(letter.unicode());
        toMessages << Comment << QByteArray("") << Source << entry.source << Context
                   << entry.context << End;
    }
    QByteArray file = QByteArray::fromHex("3cb86418caef9c95cd211cbf60a1bddd");
    QDataStream toFile(&file, QIODevice::Append);
    toFile << Hashes << hashes << Messages << messages;
    return file;
}

} // namespace

class TestCatalogue final : public WindowFixture
{
    Q_OBJECT

    QTemporaryDir m_translations;

private Q_SLOTS:
    void initTestCase() override
    {
        QLocale::setDefault(QLocale(u"de_AT"_s));
        WindowFixture::initTestCase();
    }

    void withoutOneItIsEnglish()
    {
        QVERIFY(!ui::installCatalogues(m_translations.path()));
        QCOMPARE(window()->menuBar()->actions().first()->text(), u"&File"_s);
    }

    void theWindowTakesItsTextsFromOne()
    {
        QFile file(m_translations.filePath(u"slotscope_de.qm"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(catalogueOf({ { "WindowMenus", "&File", u"&Datei"_s },
            { "WindowMenus", "&View", u"&Ansicht für alle"_s },
            { "slotscope::ui::EndpointBar", "&Endpoint", u"Endpunk&t"_s },
            { "slotscope::ui::SomebodyElse", "&Help", u"nicht dies"_s } }));
        file.close();
        QVERIFY(ui::installCatalogues(m_translations.path()));
        cleanup();
        init(); // a window that is made now
        QStringList menus;
        for (const QAction* action : window()->menuBar()->actions())
            menus << action->text();
        QCOMPARE(menus.first(), u"&Datei"_s);
        QVERIFY2(menus.contains(u"&Ansicht für alle"_s), qPrintable(menus.join(u", "_s)));
        // What it has not, or has for another place, stays as it was written.
        QVERIFY2(menus.contains(u"&Help"_s), qPrintable(menus.join(u", "_s)));
        QStringList texts;
        for (const QLabel* label : tab()->findChildren<QLabel*>())
            texts << label->text();
        QVERIFY2(texts.contains(u"Endpunk&t"_s), qPrintable(texts.join(u'\n')));
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestCatalogue)
#include "tst_catalogue.moc"
