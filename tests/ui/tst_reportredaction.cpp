// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// Names that are hidden are in no file of any format, and secrets never.

#include "core/capture/capturelines.h"
#include "tests/core/richcapture.h"
#include "tests/ui/paintfixtures.h"
#include "tests/ui/reportfixtures.h"
#include "ui/report/animation.h"
#include "ui/report/sharedreport.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace slotscope;
using namespace slotscope::ui;

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using capture::Capture;
using capture::RedactionOptions;
using capture::Showing;

namespace {

const QByteArray secret = "opensesame-7741";

/// Of every kind something; with commands whose arguments are secrets.
Capture fullCapture()
{
    Capture capture = richCapture();
    capture.recordingBegan = capture.savedAt.addSecs(-600);
    for (cluster::TopologyEvent& event : capture.events)
        event.at = capture.savedAt.addSecs(-60);
    for (capture::SeenErrors& seen : capture.seen)
        seen.first = seen.last = capture.savedAt.addSecs(-30);
    const auto add = [&](const command::Argv& argv) {
        capture.traces.append(simpleTrace(
            capture.topology, argv, {}, resp::Reply::fromText(resp::Type::Status, "OK")));
    };
    add({ "AUTH", "alice", secret });
    add({ "CONFIG", "SET", "requirepass", secret });
    add({ "HELLO", "3", "AUTH", "alice", secret });
    add({ "MIGRATE", "10.20.30.42", "6379", "user:2935:cart", "0", "1000", "AUTH", secret });
    add({ "ACL", "SETUSER", "bob", "on", ">" + secret });
    return capture;
}

ReportOrder orderOf(const Capture& capture, const RedactionOptions& redaction, ReportFormat format)
{
    ReportOrder order;
    order.capture = capture;
    order.redaction = redaction;
    order.format = format;
    order.options.title = u"What alice saw on redis-7 of payments PROD"_s;
    order.options.note = u"user:2935:cart on 10.20.30.41, see /home/dave/redis.log"_s;
    order.options.scale = 1;
    order.options.contents.emplace();
    order.options.contents->rawReplies = true;
    order.options.contents->topology = true;
    order.options.traces.emplace();
    for (int i = 0; i < capture.traces.size(); ++i)
        order.options.traces->append(i);
    return order;
}

QByteArray withoutBlanks(QByteArray text)
{
    for (const char blank : { ' ', '\n', '\r', '\t', '\f' })
        text.replace(QByteArray(1, blank), "");
    return text;
}

/// Whether it can be read in them, however its lines are broken. What is short may stand by chance
/// in what is no text.
bool isIn(const Unpacked& file, const QByteArray& name)
{
    constexpr qsizetype telling = 8;
    const QByteArray wanted = withoutBlanks(name);
    return file.text.contains(name) || (name.size() >= telling && file.bytes.contains(name))
        || (wanted.size() >= telling && withoutBlanks(file.text).contains(wanted));
}

RedactionOptions mixture()
{
    RedactionOptions options = RedactionOptions::shortened();
    options.hosts = Showing::Pseudonym;
    options.values = Showing::Pseudonym;
    options.nodeIds = Showing::Shown;
    return options;
}

/// What may be seen of a name that is shortened.
const QSet<QByteArray> shortNames { "redis-7", "lonely", "07c37dfe", "e7d1eecc", "0badcafe" };
const QSet<QByteArray> nodeIds { "07c37dfeb235213a872192d90877d0cd55635b91",
    "e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca", "67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1",
    "07c37dfe", "e7d1eecc", "0badcafe", "95f6a2b1c3d4e5f60718293a4b5c6d7e8f901234" };

QList<QByteArray> hiddenBy(const RedactionOptions& redaction)
{
    QList<QByteArray> names;
    for (const QByteArray& name : richNames) {
        const bool isShown
            = (redaction == RedactionOptions::shortened() && shortNames.contains(name))
            || (redaction.nodeIds == Showing::Shown && nodeIds.contains(name));
        if (redaction != RedactionOptions::none() && !isShown)
            names.append(name);
    }
    return names;
}

/// The same capture of another cluster: every name is another one, of the same length.
Capture renamed(const Capture& capture, const QList<std::pair<QByteArray, QByteArray>>& names)
{
    const auto rename = [&names](QByteArray lines) {
        for (const auto& [from, to] : names) {
            Q_ASSERT(from.size() == to.size());
            lines.replace(from, to);
        }
        return lines;
    };
    Capture result = capture::captureFromLines(rename(capture::linesOf(capture))).value();
    result.nodes
        = capture::answersFromLines(rename(capture::linesOf(capture.nodes).join())).value();
    result.events = capture.events;
    for (cluster::TopologyEvent& event : result.events) {
        const auto id = [&](const cluster::NodeId& was) {
            return cluster::NodeId(rename(was.toByteArray()));
        };
        event.saidBy = id(event.saidBy);
        event.change.node = id(event.change.node);
        event.change.from = id(event.change.from);
        event.change.to = id(event.change.to);
        for (QString* text : { &event.change.name, &event.change.before, &event.change.after })
            *text = QString::fromUtf8(rename(text->toUtf8()));
    }
    return result;
}

} // namespace

class TestReportRedaction final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void nothingHiddenIsInAnyFile_data()
    {
        QTest::addColumn<ReportFormat>("format");
        QTest::addColumn<RedactionOptions>("redaction");
        const QList<std::pair<const char*, RedactionOptions>> ways {
            { "none", RedactionOptions::none() }, { "short", RedactionOptions::shortened() },
            { "pseudonym", RedactionOptions::pseudonyms() }, { "mixture", mixture() }
        };
        for (const ReportFormat format :
            { ReportFormat::Png, ReportFormat::Svg, ReportFormat::Pdf, ReportFormat::Html,
                ReportFormat::Markdown, ReportFormat::Json, ReportFormat::Capture }) {
            for (const auto& [name, redaction] : ways)
                QTest::addRow("%s, %s", qPrintable(formatEnding(format)), name)
                    << format << redaction;
        }
    }
    void nothingHiddenIsInAnyFile()
    {
        QFETCH(ReportFormat, format);
        QFETCH(RedactionOptions, redaction);
        const QTemporaryDir folder;
        const ReportOrder order = orderOf(fullCapture(), redaction, format);
        const ReportOrder result = shared(order);
        // A file is called what the report is called.
        const QString name
            = folder.filePath(reportBaseName(result.capture) + u'.' + formatEnding(format));
        QVERIFY(writeShared(name, order));
        const QStringList files = reportFiles(name, result.capture, result.options);
        int seen = 0;
        for (const QString& file : files) {
            const Unpacked parts = unpacked(file);
            const QByteArray called = QFileInfo(file).fileName().toUtf8();
            QVERIFY2(!parts.text.isEmpty(), called.constData());
            QVERIFY2(!isIn(parts, secret), called.constData());
            for (const QByteArray& hidden : hiddenBy(redaction)) {
                const qsizetype at = parts.text.indexOf(hidden);
                const QByteArray where = hidden + " in " + called + ": "
                    + (at < 0 ? QByteArray()
                              : parts.text.mid(std::max<qsizetype>(0, at - 60), 160));
                QVERIFY2(!isIn(parts, hidden), where.constData());
                QVERIFY2(!called.contains(hidden), called.constData());
            }
            for (const QByteArray& shown : richNames)
                seen += isIn(parts, shown);
        }
        // Else it tests nothing. In a PNG there is no text, whatever is shown.
        if (redaction == RedactionOptions::none() && format != ReportFormat::Png)
            QVERIFY2(seen >= 15, qPrintable(QString::number(seen)));
        // The preview is that very content.
        const ReportPreview preview = ui::previewOf(order);
        QVERIFY2(preview.error.isEmpty(), qPrintable(preview.error));
        for (const QByteArray& hidden : hiddenBy(redaction))
            QVERIFY2(!preview.allText().toUtf8().contains(hidden), hidden.constData());
    }

    void nothingHiddenIsInAnAnimation()
    {
        const QTemporaryDir folder;
        const QString name = folder.filePath(u"replay.gif"_s);
        const ReportOrder result
            = shared(orderOf(fullCapture(), RedactionOptions::pseudonyms(), ReportFormat::Png));
        QVERIFY(!result.capture.traces.isEmpty());
        for (const command::Trace& trace : result.capture.traces) {
            QVERIFY(writeAnimation(name, result.capture, trace));
            const Unpacked parts = unpacked(name);
            QVERIFY(parts.text.contains("extension "));
            QVERIFY(!isIn(parts, secret));
            for (const QByteArray& hidden : hiddenBy(RedactionOptions::pseudonyms()))
                QVERIFY2(!isIn(parts, hidden), hidden.constData());
        }
    }

    /// Pixels cannot be searched. But where every name is a pseudonym the report of another
    /// cluster, with other names, is the same one: nothing of them is in it.
    void picturesDoNotDependOnNames_data()
    {
        QTest::addColumn<QString>("ending");
        for (const char* ending : { "png", "svg", "pdf", "html", "md", "json", "gif" })
            QTest::newRow(ending) << QString::fromLatin1(ending);
    }
    void picturesDoNotDependOnNames()
    {
        QFETCH(QString, ending);
        const QTemporaryDir folder;
        const Capture one = renamed(fullCapture(), {}); // both read from lines
        const Capture other = renamed(one,
            { { "orders-0001-001.orders.abc123", "wallet-0001-001.wallet.xyz789" },
                { "clustercfg.orders.abc123", "clustercfg.wallet.xyz789" },
                { "redis-7.corp.example", "cache-3.acme.example" }, { "redis-7", "cache-3" },
                { "10.20.30.", "10.77.88." }, { "198.51.100.23", "198.51.100.99" },
                { "payments PROD", "wallets, PROD" }, { "07c37dfe", "17c37dfa" },
                { "e7d1eecc", "f7d1eecb" }, { "67ed2db8", "97ed2dbc" },
                { "user:2935:cart", "user:1111:bask" }, { "hunter-value", "fisher-value" },
                { "alice", "erika" }, { "bob", "tom" }, { "carol-svc", "queue-svc" },
                { "swordfish", "moonshine" }, { "orders", "wallet" } });
        QVERIFY(everythingIn(other) != everythingIn(one));
        QList<QByteArray> written;
        for (const Capture& capture : { one, other }) {
            ReportOrder order = orderOf(capture, RedactionOptions::pseudonyms(), ReportFormat::Png);
            order.options.title.clear(); // which speaks of one of them
            order.options.note.clear();
            const QString name = folder.filePath(u"r."_s + ending);
            QByteArray content;
            if (ending == u"gif") {
                const ReportOrder result = shared(order);
                QVERIFY(writeAnimation(name, result.capture, result.capture.traces.first()));
                QFile file(name);
                QVERIFY(file.open(QIODevice::ReadOnly));
                content = file.readAll();
            } else {
                QVERIFY(writeShared(name, order));
                const ReportOrder result = shared(order);
                for (const QString& part : reportFiles(name, result.capture, result.options)) {
                    QFile file(part);
                    QVERIFY(file.open(QIODevice::ReadOnly));
                    content += file.readAll();
                }
            }
            QVERIFY(content.size() > 1000);
            written.append(content);
        }
        qsizetype same = 0;
        while (same < written.first().size() && same < written.last().size()
            && written.first().at(same) == written.last().at(same))
            ++same;
        const QByteArray where = written.first().mid(std::max<qsizetype>(0, same - 80), 160)
            + "\n against \n" + written.last().mid(std::max<qsizetype>(0, same - 80), 160);
        QVERIFY2(written.first() == written.last(), where.constData());
    }

    void textForTheClipboard()
    {
        for (const RedactionOptions& redaction : { RedactionOptions::none(),
                 RedactionOptions::shortened(), RedactionOptions::pseudonyms(), mixture() }) {
            const ReportOrder result
                = shared(orderOf(fullCapture(), redaction, ReportFormat::Markdown));
            const Unpacked text { reportAsMarkdown(result.capture, result.options).toUtf8(), {} };
            QVERIFY(text.text.size() > 1000);
            QVERIFY(!isIn(text, secret));
            for (const QByteArray& hidden : hiddenBy(redaction))
                QVERIFY2(!isIn(text, hidden), hidden.constData());
        }
    }
};

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::capture::RedactionOptions)

QTEST_MAIN(slotscope::tests::TestReportRedaction)
#include "tst_reportredaction.moc"
