// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/doctorcommand.h"

#include "app/commandparser.h"
#include "app/interrupts.h"
#include "app/textoutput.h"
#include "core/doctor/clientadvice.h"
#include "core/doctor/clientreplay.h"
#include "core/doctor/clienttarget.h"
#include "core/doctor/clusterexamrun.h"
#include "core/doctor/clusterreplay.h"
#include "core/doctor/examcauses.h"
#include "core/doctor/examreport.h"
#include "core/doctor/examverdict.h"
#include "core/doctor/guesscheck.h"
#include "core/doctor/replaytext.h"
#include "core/explain/doctor.h"
#include "core/explain/errors.h"
#include "core/profile/endpointguess.h"

#include <QCoreApplication>

namespace slotscope::app {

using namespace Qt::StringLiterals;

namespace {

/// One call of the command: the examination, on a cluster the replay of a plain client and of a
/// cluster client, then what is printed.
class DoctorJob final : public QObject
{
    Q_DISABLE_COPY_MOVE(DoctorJob)
public:
    /// `client`: whose code is printed; empty: nobody's, "all": everybody's.
    DoctorJob(const ConnectionArguments& connection, bool json, QString client)
        : m_connection(connection)
        , m_guess(profile::guessEndpoint(connection.endpoint.endpoint))
        , m_run(connection.options, connection.endpoint.endpoint, connection.endpoint.typed)
        , m_json(json)
        , m_client(std::move(client))
    {
        connect(&m_run, &doctor::ClusterExamRun::finished, this, &DoctorJob::onExamined);
    }

    void start()
    {
        // The port of a Memcached server would be spoken to in vain.
        if (m_guess.isRefused()) {
            doctor::Examination nothing;
            nothing.error
                = support::Error { support::ErrorCode::NotRedis, m_guess.reason, seedText() };
            QMetaObject::invokeMethod(
                this, [this, nothing] { conclude(nothing, {}, {}); }, Qt::QueuedConnection);
            return;
        }
        m_run.start();
    }
    void interrupt()
    {
        m_isInterrupted = true;
        if (m_following)
            m_following->cancel();
        else if (m_replay)
            m_replay->cancel();
        else
            m_run.cancel();
    }

private:
    QString seedText() const { return m_connection.endpoint.endpoint.toString(); }

    QList<doctor::ClientAdvice> adviceFor(const doctor::Examination& examination) const
    {
        const auto target = doctor::clientTargetOf(
            m_connection.endpoint.endpoint, m_connection.options, examination);
        return target && !examination.error ? doctor::clientAdvice(*target)
                                            : QList<doctor::ClientAdvice>();
    }

    QString clientsText(const QList<doctor::ClientAdvice>& advice) const
    {
        QString text = u'\n' + explain::clientsTitle() + u'\n';
        for (const doctor::ClientAdvice& client : advice) {
            const bool isMeant = m_client.compare(client.name, Qt::CaseInsensitive) == 0;
            if (!m_client.isEmpty() && m_client != u"all"_s && !isMeant)
                continue;
            text += client.name + u": "_s + client.whatHappens + u'\n';
            if (m_client.isEmpty())
                continue;
            const QString versions
                = client.versions.isEmpty() ? QString() : u" ("_s + client.versions + u')';
            if (!client.wrongCode.isEmpty())
                text += u"\n  This leads there:\n"_s + indented(client.wrongCode);
            text += u"\n  Write"_s + versions + u":\n"_s + indented(client.snippet) + u'\n';
        }
        if (m_client.isEmpty())
            text += u"The code for one of them: --client NAME\n"_s;
        return text;
    }

    /// What the advice says, seen on the wire.
    static QString replayText(
        const doctor::ClientReplayResult& replay, const doctor::ClusterReplayResult& following)
    {
        QString text;
        for (const QString& line : doctor::replayLines(replay) + doctor::replayLines(following))
            text += (text.isEmpty() ? u"\n"_s : QString()) + line + u'\n';
        return text;
    }

    static QString indented(const QString& code)
    {
        QString text;
        for (const QString& line : code.trimmed().split(u'\n'))
            text += u"    "_s + line + u'\n';
        return text;
    }

    void onExamined(const doctor::Examination& examination)
    {
        if (examination.error || examination.topology.data().kind != cluster::Kind::Cluster)
            return conclude(examination, {}, {});
        m_pool = std::make_unique<net::ConnectionPool>(m_connection.options);
        m_pool->expectNodes(cluster::expectedNodes(examination.topology));
        m_replay = std::make_unique<doctor::ClientReplay>(command::RunContext {
            m_pool.get(), examination.topology, m_connection.endpoint.endpoint });
        connect(m_replay.get(), &doctor::ClientReplay::finished, this,
            [this, examination](
                const doctor::ClientReplayResult& replay) { onReplayed(examination, replay); });
        m_replay->start();
    }

    void onReplayed(
        const doctor::Examination& examination, const doctor::ClientReplayResult& replay)
    {
        if (m_isInterrupted)
            return conclude(examination, replay, {});
        m_following = std::make_unique<doctor::ClusterReplay>(
            command::RunContext { m_pool.get(), {}, m_connection.endpoint.endpoint });
        connect(m_following.get(), &doctor::ClusterReplay::finished, this,
            [this, examination, replay](const doctor::ClusterReplayResult& following) {
                conclude(examination, replay, following);
            });
        m_following->start();
    }

    /// Without samples nothing was replayed.
    void conclude(const doctor::Examination& examination, const doctor::ClientReplayResult& replay,
        const doctor::ClusterReplayResult& following)
    {
        const QList<doctor::ClientAdvice> advice = adviceFor(examination);
        const doctor::GuessCheck check
            = doctor::checkGuess(m_guess, examination.topology, m_connection.options.tls.enabled);
        if (m_json) {
            QJsonObject endpoint { { u"typed"_s, m_connection.endpoint.typed },
                { u"host"_s, m_connection.endpoint.endpoint.host },
                { u"port"_s, m_connection.endpoint.endpoint.port },
                { u"recognised"_s, doctor::toJson(m_guess, check) } };
            QJsonObject document { { u"endpoint"_s, endpoint },
                { u"nodes"_s, doctor::toJson(examination.nodes) },
                { u"reach"_s, doctor::toJson(doctor::unreachedOf(examination)) },
                { u"clients"_s, doctor::toJson(advice) },
                { u"replay"_s,
                    replay.movedShare() ? QJsonValue(doctor::toJson(replay)) : QJsonValue() },
                { u"cluster_replay"_s,
                    following.samples.isEmpty() ? QJsonValue()
                                                : QJsonValue(doctor::toJson(following)) } };
            if (examination.error) {
                const QString sentence = m_guess.isRefused()
                    ? m_guess.reason
                    : explain::errorSentence(*examination.error);
                document.insert(
                    u"error"_s, errorToJson(*examination.error, sentence).value(u"error"_s));
            }
            print(QString::fromUtf8(toDocument(document)));
        } else {
            if (m_guess.provider != profile::Provider::None)
                print(u"By its name: "_s + visible(m_guess.reason) + u'\n' + guessText(check)
                    + u'\n');
            if (m_guess.isRefused()) // and nobody was asked
                return QCoreApplication::exit(exitCodeOf(*examination.error));
            print(doctor::verdictOf(examination, false).sentence + u"\n\n"_s
                + doctor::toText(examination));
            print(replayText(replay, following));
            if (!advice.isEmpty())
                print(clientsText(advice));
        }
        if (examination.error && m_guess.isRefused()) {
            complain(m_guess.reason);
            return QCoreApplication::exit(exitCodeOf(*examination.error));
        }
        if (examination.error) {
            if (m_json || examination.nodes.isEmpty()) // else the matrix has said it
                complain(toText(*examination.error));
            return QCoreApplication::exit(exitCodeOf(*examination.error));
        }
        const bool isIll = examination.hasFailingNode() || examination.nodes.first().failed();
        QCoreApplication::exit(isIll ? NegativeAnswer : Done);
    }

    const ConnectionArguments m_connection;
    const profile::EndpointGuess m_guess;
    doctor::ClusterExamRun m_run;
    std::unique_ptr<net::ConnectionPool> m_pool;
    std::unique_ptr<doctor::ClientReplay> m_replay; ///< before its pool's end
    std::unique_ptr<doctor::ClusterReplay> m_following; ///< likewise
    bool m_isInterrupted = false;
    const bool m_json;
    const QString m_client;
};

} // namespace

namespace {

/// What --client takes.
QStringList clientNames()
{
    QStringList names { u"all"_s };
    for (const doctor::ClientAdvice& client : doctor::clientAdvice({}))
        names.append(client.name);
    return names;
}

} // namespace

int runDoctor(const QStringList& arguments)
{
    CommandParser parser(u"doctor ENDPOINT [options]"_s,
        u"Goes stage by stage through the way to the endpoint and to every node that it names: "
        "name, connection, TLS, authentication, permission, kind, identity, round trip. Each "
        "failure has its cause and what to do. Nothing is changed.\n"
        "Exit status: 0 every node was reached, 1 a stage failed somewhere, 2 wrong usage, 3 the "
        "endpoint itself could not be reached."_s);
    parser.addFormatOption();
    parser.options().addOption({ u"client"_s,
        u"Also prints code: what a client library is given wrong, and what to write instead. A "
        "name as the list has it, or all."_s,
        u"NAME"_s });
    auto [connection, done] = parser.parseEndpoint(arguments);
    if (done)
        return *done;
    const QString client = parser.value(u"client"_s);
    const QStringList clients = clientNames();
    if (!client.isEmpty() && !clients.contains(client, Qt::CaseInsensitive))
        return parser.refuse(u"--client wants all, or one of "_s + clients.sliced(1).join(u", "_s));
    // Of the name of a Memcached server it tells without a look.
    if (!profile::guessEndpoint(connection.endpoint.endpoint).isRefused())
        CommandParser::prepare(connection);
    DoctorJob job(connection, parser.wantsJson(), client);
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::received, &job, [&job] { job.interrupt(); });
    job.start();
    return QCoreApplication::exec();
}

} // namespace slotscope::app
