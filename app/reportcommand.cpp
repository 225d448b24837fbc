// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/reportcommand.h"

#include "app/commandparser.h"
#include "app/interrupts.h"
#include "app/textoutput.h"
#include "app/windowlauncher.h"
#include "app/windowrender.h"
#include "core/capture/capturefile.h"
#include "core/capture/capturejson.h"
#include "core/capture/collectrun.h"
#include "core/capture/pseudonyms.h"
#include "core/capture/slice.h"
#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/explain/wording.h"
#include "core/health/healthreport.h"
#include "core/profile/profilejson.h"
#include "core/support/savefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace slotscope::app {

using namespace Qt::StringLiterals;
using capture::Capture;
using support::Error;
using support::ErrorCode;

namespace {

constexpr double longestDeadline = 600;
constexpr qsizetype mostNamed = 8; ///< nodes that did not answer
/// Late answers come in swarms: each time the file is replaced by a longer one.
constexpr std::chrono::milliseconds swarm { 400 };

const QString captureEnding = u".slotscope"_s;
const QString jsonEnding = u".json"_s;
/// What slotscope-window writes.
const QStringList windowEndings { u".png"_s, u".svg"_s, u".pdf"_s, u".html"_s, u".md"_s };

/// It was only slow; one that refuses or is not reached answers no later either.
bool mayComeLate(ErrorCode code)
{
    return code == ErrorCode::ConnectTimeout || code == ErrorCode::NoReply
        || code == ErrorCode::ReplyTimeout;
}

struct ReportArguments
{
    QString output;
    bool mayOverwrite = false;
    QStringList notes;
    capture::CollectOptions collect;
    std::chrono::milliseconds late { 0 }; ///< how long after the deadline answers are appended
    capture::RedactionOptions redaction;
    bool keepsPseudonyms = true;
    QString captureFile; ///< empty: `connection` is asked
    ConnectionArguments connection;
};

bool hasEnding(const QString& file, const QString& ending)
{
    return file.endsWith(ending, Qt::CaseInsensitive) && QFileInfo(file).fileName() != ending;
}

bool isForWindow(const QString& file)
{
    return std::any_of(windowEndings.begin(), windowEndings.end(),
        [&file](const QString& ending) { return hasEnding(file, ending); });
}

bool isThere(const QString& file)
{
    const QFileInfo info(file);
    return info.exists() || info.isSymLink();
}

bool isCapture(const QString& argument)
{
    return capture::hasCaptureEnding(argument) || QFileInfo(argument).isFile();
}

/// What is wrong with --output; empty: nothing, as far as can be known before.
QString whatIsWrongWith(const QString& output, bool mayOverwrite)
{
    if (output.isEmpty())
        return u"--output FILE is missing: where the report goes"_s;
    if (!hasEnding(output, captureEnding) && !hasEnding(output, jsonEnding)
        && !isForWindow(output)) {
        return u"--output wants a name that ends in %1"_s.arg(
            (windowEndings + QStringList { jsonEnding, captureEnding }).join(u", "_s));
    }
    if (QFileInfo(output).isDir())
        return output + u" is a folder"_s;
    if (!QFileInfo(output).absoluteDir().exists())
        return u"there is no folder "_s + QFileInfo(output).absolutePath();
    if (isThere(output) && !mayOverwrite)
        return output + u" is there already; --force overwrites it"_s;
    return {};
}

/// One call of the command: asks or opens, then writes.
class ReportJob final : public QObject
{
    Q_DISABLE_COPY_MOVE(ReportJob)
public:
    explicit ReportJob(ReportArguments arguments)
        : m_arguments(std::move(arguments))
        , m_pool(m_arguments.connection.options)
    {
        m_lateTimer.setSingleShot(true);
        m_lateTimer.setInterval(swarm);
        connect(&m_lateTimer, &QTimer::timeout, this, [this] { append(); });
    }
    ~ReportJob() override { m_run.reset(); } // uses the pool

    /// In the event loop.
    void start()
    {
        if (!m_arguments.captureFile.isEmpty())
            return open();
        const net::TypedEndpoint& endpoint = m_arguments.connection.endpoint;
        m_run = std::make_unique<capture::CollectRun>(
            &m_pool, endpoint.endpoint, endpoint.typed, m_arguments.collect);
        m_run->setKnownShards(m_arguments.connection.knownShards());
        connect(m_run.get(), &capture::CollectRun::finished, this,
            [this](bool ok, const Capture& capture, const Error& error) {
                if (ok)
                    onCollected(capture);
                else
                    end(reportError(error, false));
            });
        connect(m_run.get(), &capture::CollectRun::late, this,
            [this](const capture::NodeAnswers& answers) {
                m_late.append(answers);
                if (m_isWaiting && !m_lateTimer.isActive())
                    m_lateTimer.start();
            });
        connect(m_run.get(), &capture::CollectRun::ended, this, [this] {
            if (m_isWaiting)
                endWaiting();
        });
        m_run->start();
    }

    void interrupt()
    {
        if (m_isWaiting) {
            endWaiting();
        } else if (m_render) {
            m_render.reset(); // ends the other program
            end(NegativeAnswer);
        } else if (m_run) {
            m_run->cancel();
        }
    }

private:
    void open()
    {
        auto capture = capture::readWhatIsWhole(m_arguments.captureFile);
        if (!capture)
            return end(reportError(capture.error(), false));
        if (capture->toolVersion.isEmpty()) // a recording: who makes it a capture is this program
            capture->toolVersion = QStringLiteral(SLOTSCOPE_VERSION);
        use(*capture);
    }

    /// Who knows the pseudonyms of one report knows those of the next, unless new ones are wanted.
    void withPseudonyms(const std::function<void(capture::Pseudonyms*)>& use)
    {
        const QString file
            = m_arguments.keepsPseudonyms ? capture::Pseudonyms::defaultFile() : QString();
        const auto kept = capture::withPseudonyms(m_arguments.redaction, file, &m_pseudonyms, use);
        if (!kept)
            complain(
                u"slotscope: the pseudonyms of this report are its own, they cannot be kept: "_s
                + explain::errorSentence(kept.error()));
    }

    void onCollected(Capture capture)
    {
        capture.toolVersion = QStringLiteral(SLOTSCOPE_VERSION);
        if (const auto& saved = m_arguments.connection.saved) {
            capture.name = saved->name;
            capture.environment = profile::environmentName(saved->environment);
        }
        tellMissing(capture);
        use(std::move(capture));
    }

    void tellMissing(const Capture& capture) const
    {
        QStringList missing;
        bool isAnyLate = false;
        for (const capture::NodeAnswers& node : capture.nodes) {
            if (node.isReachable)
                continue;
            missing.append(node.error
                    ? explain::errorSentence(*node.error)
                    : explain::viewMissing(node.address.toString(), {}).trimmed());
            isAnyLate = isAnyLate || (node.error && mayComeLate(node.error->code));
        }
        if (missing.isEmpty())
            return;
        // Of a moment of a recording only those are known that did not answer.
        const qsizetype asked
            = std::max<qsizetype>(capture.nodes.size(), capture.topology.data().viewsAsked);
        complain(u"This report is partial: %1 of %2 did not answer, or not everything."_s
                     .arg(missing.size())
                     .arg(explain::counted(asked, u"%1 node"_s, u"%1 nodes"_s)));
        for (const QString& sentence : missing.first(std::min(missing.size(), mostNamed)))
            complain(u"  "_s + visible(sentence));
        if (missing.size() > mostNamed)
            complain(u"  and %1 more"_s.arg(missing.size() - mostNamed));
        if (isAnyLate && hasEnding(m_arguments.output, captureEnding)
            && m_arguments.late.count() == 0)
            complain(u"--late SECONDS would add what the slow ones answer after the deadline."_s);
    }

    void use(Capture capture)
    {
        for (const QString& note : m_arguments.notes)
            capture.notes.append({ QDateTime::currentDateTimeUtc(), note });
        m_slice = { capture, m_arguments.captureFile, m_arguments.redaction };
        const QString& file = m_arguments.output;
        // It may have come meanwhile.
        if (isThere(file) && !m_arguments.mayOverwrite)
            return fail({ ErrorCode::FileError,
                file + u" is there now, and was not before; --force overwrites it"_s, {} });
        const bool isSlice = hasEnding(file, captureEnding);
        support::Result<Capture> written = capture;
        withPseudonyms([&](capture::Pseudonyms* pseudonyms) {
            written = isSlice ? capture::writeSlice(file, m_slice, pseudonyms)
                              : capture::redacted(capture, m_arguments.redaction, pseudonyms);
        });
        if (!written)
            return fail(written.error());
        for (const QString& sentence : written->missing)
            complain(visible(sentence));
        m_verdict
            = health::headlineOf(written->topology, written->findings, written->savedAt).verdict;
        if (isForWindow(file))
            return draw(*written);
        if (const auto json = isSlice ? support::Done {} : writeJson(*written); !json)
            return fail(json.error());
        done();
    }

    support::Result<support::Done> writeJson(const Capture& capture) const
    {
        QSaveFile file(m_arguments.output);
        if (file.open(QIODevice::WriteOnly)
            && support::commit(
                file, capture::toJsonDocument(capture, QStringLiteral(SLOTSCOPE_VERSION)))) {
            return support::Done {};
        }
        return Error { ErrorCode::FileError, m_arguments.output + u": "_s + file.errorString(),
            {} };
    }

    /// The window draws, from a capture that nobody else may read.
    void draw(const Capture& capture)
    {
        m_folder.emplace();
        if (!m_folder->isValid())
            return fail({ ErrorCode::FileError, m_folder->errorString(), {} });
        const QString file = m_folder->filePath(u"report.slotscope"_s);
        if (const auto written = capture::writeCapture(file, capture); !written)
            return fail(written.error());
        m_render = std::make_unique<WindowRender>();
        connect(m_render.get(), &WindowRender::finished, this, [this](bool ok, const Error& error) {
            if (ok)
                done();
            else
                fail(error);
        });
        m_render->start(file, m_arguments.output,
            m_arguments.mayOverwrite ? WindowRender::Existing::Overwrite
                                     : WindowRender::Existing::Keep);
    }

    void done()
    {
        print(u"%1: %2\n"_s.arg(m_arguments.output, visible(m_verdict)));
        if (m_arguments.late.count() == 0)
            return end(Done);
        // Whoever reads it may use the file from now on: it is replaced, never changed.
        std::fflush(stdout);
        m_isWaiting = true;
        QTimer::singleShot(m_arguments.late, this, [this] { endWaiting(); });
    }

    bool append()
    {
        if (m_late.isEmpty())
            return true;
        const QList<capture::NodeAnswers> late = std::exchange(m_late, {});
        support::Result<support::Done> appended = support::Done {};
        withPseudonyms([&](capture::Pseudonyms* pseudonyms) {
            appended = capture::appendLateTo(m_arguments.output, m_slice, late, pseudonyms);
        });
        if (!appended) {
            complain(u"slotscope: late answers were not added: "_s
                + explain::errorSentence(appended.error()));
            m_hasLost = true;
            return false;
        }
        complain(explain::counted(
            late.size(), u"%1 late answer was added."_s, u"%1 late answers were added."_s));
        return true;
    }

    void endWaiting()
    {
        if (!std::exchange(m_isWaiting, false))
            return;
        m_lateTimer.stop();
        append();
        end(m_hasLost ? NegativeAnswer : Done);
    }

    void fail(const Error& error)
    {
        // The window speaks for itself.
        const bool isOfWindow = m_render != nullptr;
        const QString words = isOfWindow ? error.detail : explain::errorSentence(error);
        if (!words.isEmpty())
            complain(u"slotscope: "_s + words);
        end(error.code == ErrorCode::InvalidInput ? WrongUsage : NegativeAnswer);
    }

    static void end(ExitCode status) { QCoreApplication::exit(status); }

    const ReportArguments m_arguments;
    net::ConnectionPool m_pool;
    std::unique_ptr<capture::CollectRun> m_run;
    capture::Slice m_slice;
    capture::Pseudonyms m_pseudonyms; ///< of this report alone
    QTimer m_lateTimer;
    QList<capture::NodeAnswers> m_late; ///< not yet appended
    bool m_isWaiting = false; ///< the report is written; late answers are appended
    bool m_hasLost = false; ///< late answers
    std::optional<QTemporaryDir> m_folder; ///< 0700; removed with this
    std::unique_ptr<WindowRender> m_render;
    QString m_verdict;
};

} // namespace

int runReport(const QStringList& arguments)
{
    CommandParser parser(u"report ENDPOINT|CAPTURE --output FILE [options]"_s,
        u"Asks every node that can be reached, all at once and within a deadline, and writes what "
        "they answered to one file; or writes a report of a capture, which is any file there is. "
        "Who has not answered in time is missing in it, and it says so. Nothing is changed.\n"
        "FILE's ending says what is written: .png and .svg the incident picture, .pdf, .html and "
        ".md (with its pictures beside it) the whole report, .json the document for scripts, "
        ".slotscope a capture, to open elsewhere. It needs no display.\n"
        "Exit status: 0 written (partial or not), 1 it could not be written, 2 wrong usage, 3 "
        "nobody could be reached, or the capture cannot be read."_s);
    parser.options().addOptions({
        { u"output"_s, u"Where it goes."_s, u"FILE"_s },
        { u"force"_s, u"Overwrites FILE, which is replaced at once or not at all."_s },
        { u"deadline"_s, u"How long the nodes have; decimal, 3 if not given."_s, u"SECONDS"_s,
            u"3"_s },
        { u"note"_s, u"A line of yours, with the time, in the report; repeatable."_s, u"TEXT"_s },
        { u"redact"_s,
            u"none (if not given), short or pseudonym: what becomes of host names, addresses, ids, "
            "keys, values and users before anything is written. Of a profile it is what that says."_s,
            u"HOW"_s, u"none"_s },
        { u"slowlog-arguments"_s,
            u"Keeps the arguments of the commands in the nodes' slow logs, but for secrets; "
            u"clients' "
            "keys and values are among them, and --redact replaces those. Without it they are "
            "dropped where they are read."_s },
        { u"pseudonyms"_s,
            u"kept (if not given): the same as in your other reports; new: ones of this report."_s,
            u"WHICH"_s, u"kept"_s },
        { u"late"_s,
            u"For so long after the deadline, when FILE.slotscope is written and its name printed, "
            "late answers are added to it; decimal, 0 if not given: they are dropped."_s,
            u"SECONDS"_s, u"0"_s },
    });
    addConnectionOptions(parser.options());
    if (const auto done = parser.parse(arguments, 1, 1))
        return *done;
    ReportArguments report;
    report.output = parser.value(u"output"_s);
    report.mayOverwrite = parser.isSet(u"force"_s);
    report.notes = parser.options().values(u"note"_s);
    if (const QString wrong = whatIsWrongWith(report.output, report.mayOverwrite); !wrong.isEmpty())
        return parser.refuse(wrong);
    bool isNumber = false;
    const double seconds = parser.value(u"deadline"_s).toDouble(&isNumber);
    if (!isNumber || !(seconds > 0) || seconds > longestDeadline)
        return parser.refuse(u"--deadline wants seconds, more than 0 and at most 600"_s);
    report.collect.deadline = std::chrono::milliseconds(std::llround(std::ceil(seconds * 1000)));
    const auto redaction = capture::RedactionOptions::fromText(parser.value(u"redact"_s));
    if (!redaction)
        return parser.refuse(u"--redact wants none, short or pseudonym"_s);
    report.redaction = *redaction;
    if (parser.isSet(u"slowlog-arguments"_s))
        report.collect.slowLogArguments = capture::SlowLogArguments::Kept;
    const QString pseudonyms = parser.value(u"pseudonyms"_s);
    if (pseudonyms != "kept"_L1 && pseudonyms != "new"_L1)
        return parser.refuse(u"--pseudonyms wants kept or new"_s);
    report.keepsPseudonyms = pseudonyms == "kept"_L1;
    const double late = parser.value(u"late"_s).toDouble(&isNumber);
    if (!isNumber || !(late >= 0) || late > longestDeadline)
        return parser.refuse(u"--late wants seconds, at most 600"_s);
    if (late > 0 && !hasEnding(report.output, captureEnding))
        return parser.refuse(
            u"--late wants --output FILE.slotscope: nothing else can be added to"_s);
    report.late = std::chrono::milliseconds(std::llround(std::ceil(late * 1000)));
    if (isForWindow(report.output) && findWindow().isEmpty()) {
        complain(u"slotscope: slotscope-window, which draws, is neither beside this program nor in "
                 "PATH; .json and .slotscope can be written without it"_s);
        return NegativeAnswer;
    }
    if (isCapture(parser.positional(0))) {
        if (late > 0)
            return parser.refuse(u"--late: of a capture nobody is asked"_s);
        if (parser.isSet(u"slowlog-arguments"_s))
            return parser.refuse(u"--slowlog-arguments: of a capture nobody is asked"_s);
        report.captureFile = parser.positional(0);
    } else {
        auto connection
            = readConnectionArguments(parser.options(), parser.positional(0), Secrets::Read);
        if (!connection)
            return parser.refuse(connection.error());
        if (const auto refused = parser.refusedByName(*connection))
            return *refused;
        CommandParser::prepare(*connection);
        report.connection = *connection;
        // Else whoever has not answered by then is given up before the time is over.
        if (late > 0 && !parser.isSet(u"timeout"_s)) {
            auto& timeout = report.connection.options.timeout;
            timeout = std::max(timeout, report.collect.deadline + report.late);
            if (!parser.isSet(u"connect-timeout"_s))
                report.connection.options.connectTimeout.reset();
        }
        if (connection->saved && !parser.isSet(u"redact"_s)) {
            report.redaction = capture::RedactionOptions::fromText(
                profile::redactionName(connection->saved->redaction))
                                   .value_or(capture::RedactionOptions::usual());
        }
    }

    ReportJob job(report);
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::received, &job, [&job] { job.interrupt(); });
    QMetaObject::invokeMethod(
        &job, [&job] { job.start(); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace slotscope::app
