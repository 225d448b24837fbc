// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/checkcommand.h"

#include "app/checktext.h"
#include "app/commandparser.h"
#include "app/interrupts.h"
#include "app/textoutput.h"
#include "app/watchtext.h"
#include "core/explain/wording.h"
#include "core/health/clustercheck.h"
#include "core/health/healthjson.h"
#include "core/profile/loginkeeper.h"

#include <QCoreApplication>

#include <cmath>
#include <memory>
#include <optional>

namespace slotscope::app {

using namespace Qt::StringLiterals;

namespace {

constexpr double longestWatch = 86400;

/// One call of the command: the check, then perhaps a watch, then what is printed.
class CheckJob final : public QObject
{
    Q_DISABLE_COPY_MOVE(CheckJob)
public:
    CheckJob(const ConnectionArguments& connection, bool json,
        std::optional<std::chrono::milliseconds> watch)
        : m_pool(connection.options)
        , m_check(&m_pool, connection.endpoint.endpoint, connection.endpoint.typed)
        , m_json(json)
        , m_pause(watch)
    {
        m_check.setKnownShards(connection.knownShards());
        connect(&m_check, &health::ClusterCheck::finished, this, &CheckJob::onChecked);
    }

    void start() { m_check.start(); }
    /// A watch ends earlier; a check is given up.
    void interrupt()
    {
        if (m_watch)
            m_watch->endPause();
        else
            m_check.cancel();
    }

private:
    void onChecked(bool ok, const health::HealthReport& report, const support::Error& error)
    {
        if (!ok)
            return QCoreApplication::exit(reportError(error, m_json));
        m_report = report;
        m_now = QDateTime::currentDateTimeUtc();
        if (!m_json)
            print(toText(m_report, m_now));
        if (!m_pause || report.views.isEmpty())
            return end({});
        QList<health::ErrorWatch::Target> targets;
        for (const health::NodeView& view : report.views) {
            if (view.reachable)
                targets.append({ view.id, view.address });
        }
        complain(u"Watching %1; Ctrl-C ends it earlier."_s.arg(
            explain::counted(targets.size(), u"%1 node"_s, u"%1 nodes"_s)));
        m_watch = std::make_unique<health::ErrorWatch>(&m_pool, targets, *m_pause);
        connect(m_watch.get(), &health::ErrorWatch::finished, this,
            [this](const QList<health::WatchedNode>& nodes) {
                if (!m_json)
                    print(u'\n' + toText(nodes, m_report.topology));
                end(health::toJson(nodes));
            });
        m_watch->start();
    }

    void end(const QJsonValue& growth)
    {
        if (m_json) {
            QJsonObject document = health::toJson(m_report, m_now);
            document.insert(u"error_growth"_s, growth);
            print(QString::fromUtf8(toDocument(document)));
        }
        QCoreApplication::exit(m_report.worst() == health::Severity::Error ? NegativeAnswer : Done);
    }

    net::ConnectionPool m_pool;
    health::ClusterCheck m_check;
    std::unique_ptr<health::ErrorWatch> m_watch; ///< once the check is done
    health::HealthReport m_report;
    QDateTime m_now;
    const bool m_json;
    const std::optional<std::chrono::milliseconds> m_pause;
};

} // namespace

int runCheck(const QStringList& arguments)
{
    CommandParser parser(u"check ENDPOINT [options]"_s,
        u"Asks every node of a cluster how it is and what it thinks, compares the answers, and "
        "prints what is wrong, the worst first. Nothing is changed.\n"
        "Exit status: 0 no error was found (warnings do not count), 1 an error was found, 2 wrong "
        "usage, 3 could not connect, or no node tells about the cluster."_s);
    parser.addFormatOption();
    parser.options().addOption({ u"watch"_s,
        u"Then asks every node for its counters of errors, and once more after so many seconds: "
        "how many redirects each has answered to all clients meanwhile."_s,
        u"SECONDS"_s });
    auto [connection, done] = parser.parseEndpoint(arguments);
    if (done)
        return *done;
    if (const auto refused = parser.refusedByName(connection))
        return *refused;
    std::optional<std::chrono::milliseconds> watch;
    if (parser.isSet(u"watch"_s)) {
        bool isNumber = false;
        const double seconds = parser.value(u"watch"_s).toDouble(&isNumber);
        if (!isNumber || !(seconds > 0) || seconds > longestWatch)
            return parser.refuse(u"--watch wants seconds, more than 0 and at most 86400"_s);
        watch = std::chrono::milliseconds(std::llround(seconds * 1000));
    }
    CommandParser::prepare(connection);

    CheckJob job(connection, parser.wantsJson(), watch);
    // A watch may last longer than a token.
    std::optional<profile::LoginKeeper> keeper;
    if (watch && connection.expiring) {
        keeper.emplace(*connection.expiring, connection.currentPassword);
        keeper->start(connection.login);
    }
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::received, &job, [&job] { job.interrupt(); });
    job.start();
    return QCoreApplication::exec();
}

} // namespace slotscope::app
