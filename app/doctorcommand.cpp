// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/doctorcommand.h"

#include "app/commandparser.h"
#include "app/interrupts.h"
#include "app/textoutput.h"
#include "core/doctor/clusterexamrun.h"
#include "core/doctor/examreport.h"
#include "core/profile/endpointguess.h"

#include <QCoreApplication>

namespace slotscope::app {

using namespace Qt::StringLiterals;

namespace {

/// One call of the command: the examination, then what is printed.
class DoctorJob final : public QObject
{
public:
    DoctorJob(const ConnectionArguments& connection, bool json)
        : m_connection(connection)
        , m_guess(profile::guessEndpoint(connection.endpoint.endpoint))
        , m_run(connection.options, connection.endpoint.endpoint, connection.endpoint.typed)
        , m_json(json)
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
                this, [this, nothing] { onExamined(nothing); }, Qt::QueuedConnection);
            return;
        }
        m_run.start();
    }
    void interrupt() { m_run.cancel(); }

private:
    QString seedText() const { return m_connection.endpoint.endpoint.toString(); }

    void onExamined(const doctor::Examination& examination)
    {
        if (m_json) {
            QJsonObject endpoint { { u"typed"_s, m_connection.endpoint.typed },
                { u"host"_s, m_connection.endpoint.endpoint.host },
                { u"port"_s, m_connection.endpoint.endpoint.port },
                { u"recognised"_s, profile::toJson(m_guess) } };
            QJsonObject document { { u"endpoint"_s, endpoint },
                { u"nodes"_s, doctor::toJson(examination.nodes) }, { u"clients"_s, QJsonArray() } };
            if (examination.error)
                document.insert(u"error"_s, errorToJson(*examination.error).value(u"error"_s));
            print(QString::fromUtf8(toDocument(document)));
        } else {
            if (!m_guess.reason.isEmpty())
                print(u"By its name: "_s + visible(m_guess.reason) + u"\n\n"_s);
            print(doctor::toText(examination));
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
    const bool m_json;
};

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
    const auto [connection, done] = parser.parseEndpoint(arguments);
    if (done)
        return *done;
    DoctorJob job(connection, parser.wantsJson());
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::received, &job, [&job] { job.interrupt(); });
    job.start();
    return QCoreApplication::exec();
}

} // namespace slotscope::app
