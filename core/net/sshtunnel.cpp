// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/sshtunnel.h"

#include "core/explain/connecting.h"
#include "core/net/clock.h"
#include "core/net/sshquestions.h"
#include "core/net/sshwords.h"
#include "core/support/childsession.h"
#include "core/support/log.h"

#include <QCoreApplication>
#include <QMetaMethod>
#include <QProcess>
#include <QTcpServer>
#include <QThread>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace slotscope::net {

using support::Error;
using support::ErrorCode;

namespace {

constexpr qsizetype mostKept = 4096; ///< of its output
constexpr auto shortestDelay = 250ms;
constexpr auto longestDelay = 30s;
constexpr auto steadyAfter = 30s; ///< up for so long, and the next delay is short again
const QByteArray readyMark = "slotscope-tunnel-is-up"_ba;

/// Free now. Another program may take it before ssh does: then ssh ends (ExitOnForwardFailure).
quint16 freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : quint16(0);
}

} // namespace

class SshTunnel::Private final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Private)
public:
    Private(SshTunnel* tunnel, SshOptions sshOptions)
        : q(tunnel)
        , options(std::move(sshOptions))
    { }
    ~Private() override { endProcess(); }

    void start();
    void onOutput();
    void onErrorOutput();
    void onAsked(const SshQuestion& question);
    void onWithdrawn(quint64 id);
    void onEnded(const QString& how);
    void setUp();
    void scheduleRestart();
    void endProcess();
    QStringList arguments() const;
    QProcessEnvironment environment() const;

    SshTunnel* const q;
    const SshOptions options;
    State state = State::Idle;
    QProcess* process = nullptr;
    SshQuestions* questions = nullptr;
    QTimer* restart = nullptr;
    QTimer* patience = nullptr; ///< runs while it starts and nobody is asked
    quint16 port = 0;
    QByteArray output;
    SshWords words; ///< of its standard error
    qint64 upNanos = 0;
    std::chrono::milliseconds delay = shortestDelay;
    bool wasUp = false;
    bool hasAsked = false; ///< in this attempt
    bool isLate = false; ///< patience has run out in this attempt
    bool isRefused = false;
    Error error;
};

void SshTunnel::Private::start()
{
    if (!restart) {
        restart = new QTimer(this);
        restart->setSingleShot(true);
        connect(restart, &QTimer::timeout, this, &Private::start);
        patience = new QTimer(this);
        patience->setSingleShot(true);
        connect(patience, &QTimer::timeout, this, [this] {
            isLate = true;
            support::killSession(*process);
        });
        questions = new SshQuestions(this);
        connect(questions, &SshQuestions::asked, this, &Private::onAsked);
        connect(questions, &SshQuestions::refused, this, [this] { isRefused = true; });
        connect(questions, &SshQuestions::withdrawn, this, &Private::onWithdrawn);
    }
    restart->stop();
    patience->start(options.patience);
    state = State::Starting;
    output.clear();
    words = {};
    hasAsked = false;
    isLate = false;
    port = freePort();
    process = new QProcess(this);
    connect(process, &QProcess::readyReadStandardOutput, this, &Private::onOutput);
    connect(process, &QProcess::readyReadStandardError, this, &Private::onErrorOutput);
    connect(process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        onEnded(status == QProcess::NormalExit ? explain::sshEnded(code) : explain::sshWasKilled());
    });
    connect(process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError problem) {
        if (problem == QProcess::FailedToStart)
            onEnded(explain::programNotStarted(options.program, process->errorString()));
    });
    process->setStandardInputFile(QProcess::nullDevice());
    process->setProcessEnvironment(environment());
    // No terminal: questions come to us. A ProxyJump, an ssh of its own, ends with it.
    support::giveOwnSession(*process);
    qCDebug(support::logNet) << "ssh to" << options.target.toString() << "port" << port;
    process->start(options.program, arguments());
}

QStringList SshTunnel::Private::arguments() const
{
    QStringList list = options.moreArguments;
    const auto seconds = qMax<qint64>(1, (options.timeout.count() + 999) / 1000);
    list += { u"-N"_s, u"-T"_s, u"-a"_s, u"-x"_s, u"-D"_s, u"127.0.0.1:%1"_s.arg(port) };
    for (const QString& option : {
             u"ExitOnForwardFailure=yes"_s,
             u"ConnectTimeout=%1"_s.arg(seconds),
             u"ServerAliveInterval=10"_s,
             u"ServerAliveCountMax=3"_s,
             // A connection of our own, which ends with us; a master's would stay open.
             u"ControlMaster=no"_s,
             u"ControlPath=none"_s,
             u"ControlPersist=no"_s,
             // Its record tells which connection an "open failed" is about (SshWords).
             u"LogLevel=DEBUG2"_s,
             // Run by ssh when the port is being listened on: how it is known that it is up.
             u"PermitLocalCommand=yes"_s,
             u"LocalCommand=echo %1"_s.arg(QString::fromLatin1(readyMark)),
         }) {
        list += { u"-o"_s, option };
    }
    if (options.target.port != 0)
        list += { u"-p"_s, QString::number(options.target.port) };
    if (!options.target.user.isEmpty())
        list += { u"-l"_s, options.target.user };
    return list += { u"--"_s, options.target.host };
}

QProcessEnvironment SshTunnel::Private::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // The cluster's, and not meant for ssh.
    for (const QString& name : QStringList(u"SLOTSCOPE_PASSWORD"_s) + options.secretVariables)
        environment.remove(name);
    // Nothing else of ours is told of a terminal or a display that could ask instead.
    environment.insert(u"SSH_ASKPASS_REQUIRE"_s, u"force"_s);
    environment.insert(
        u"SSH_ASKPASS"_s, options.askPassProgram.isEmpty() ? u"false"_s : options.askPassProgram);
    environment.insert(QString::fromLatin1(askPassVariable), questions->socketPath());
    if (environment.value(u"DISPLAY"_s).isEmpty())
        environment.insert(u"DISPLAY"_s, u"none"_s); // before 8.4 it asks only where there is one
    return environment;
}

void SshTunnel::Private::onOutput()
{
    output += process->readAllStandardOutput();
    output = output.right(mostKept);
    if (state == State::Starting && output.contains(readyMark))
        setUp();
}

void SshTunnel::Private::onErrorOutput()
{
    words.take(process->readAllStandardError());
}

void SshTunnel::Private::onAsked(const SshQuestion& question)
{
    static const QMetaMethod signal = QMetaMethod::fromSignal(&SshTunnel::asked);
    hasAsked = true;
    patience->stop(); // the user has all the time
    if (q->isSignalConnected(signal))
        Q_EMIT q->asked(question);
    else if (question.kind != SshQuestion::Kind::Notice) // which wants no answer
        questions->refuse(question.id);
}

void SshTunnel::Private::onWithdrawn(quint64 id)
{
    if (state == State::Starting && !questions->hasOpen())
        patience->start(options.patience);
    Q_EMIT q->withdrawn(id);
}

void SshTunnel::Private::setUp()
{
    patience->stop();
    state = State::Up;
    wasUp = true;
    upNanos = monotonicNanos();
    error = {};
    words.forgetWords();
    Q_EMIT q->up();
}

void SshTunnel::Private::onEnded(const QString& how)
{
    onErrorOutput();
    std::exchange(process, nullptr)->deleteLater();
    patience->stop();
    const bool wasUpNow = state == State::Up;
    if (wasUpNow && monotonicNanos() - upNanos > std::chrono::nanoseconds(steadyAfter).count())
        delay = shortestDelay;
    const QString said = words.last();
    error = { ErrorCode::TunnelFailed, said.isEmpty() ? how : said, options.target.toString() };
    if (isLate) {
        const double seconds = std::chrono::duration<double>(options.patience).count();
        error.detail = explain::sshNotReady(error.detail, QString::number(seconds));
    }
    if (isRefused)
        error.detail = explain::sshNotAnswered(error.detail);
    questions->withdrawAll();
    qCDebug(support::logNet) << how << said;
    if (wasUpNow || (wasUp && !hasAsked))
        scheduleRestart();
    else
        state = State::Idle;
    Q_EMIT q->down(error);
}

void SshTunnel::Private::scheduleRestart()
{
    state = State::Waiting;
    restart->start(delay);
    delay = std::min<std::chrono::milliseconds>(delay * 2, longestDelay);
}

void SshTunnel::Private::endProcess()
{
    QProcess* old = std::exchange(process, nullptr);
    if (!old)
        return;
    old->disconnect(this);
    support::killSession(*old);
    // Gone in a moment; a QProcess must not be destroyed before. One that the kernel does not let
    // go (a disk that hangs) holds up nothing: it goes when it can.
    if (!old->waitForFinished(200)) {
        old->setParent(nullptr);
        connect(old, &QProcess::finished, old, &QObject::deleteLater);
    }
}

SshOptions SshOptions::of(const SshTarget& target, std::chrono::milliseconds timeout)
{
    SshOptions options;
    options.target = target;
    options.askPassProgram = QCoreApplication::applicationFilePath();
    options.timeout = timeout;
    return options;
}

void SshOptions::hide(const QString& secret)
{
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys()) {
        if (!secret.isEmpty() && environment.value(name) == secret)
            secretVariables.append(name);
    }
}

SshQuestion::Kind SshQuestion::kindOf(char hint, QStringView text)
{
    if (hint == 'n')
        return Kind::Notice;
    return hint == 'c' || text.contains(u"(yes/no"_s) ? Kind::YesNo : Kind::Secret;
}

SshTunnel::SshTunnel(SshOptions options, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(options)))
{
    qRegisterMetaType<SshQuestion>();
    d->setParent(this); // so that it moves to another thread with this
}

SshTunnel::~SshTunnel()
{
    d->setParent(nullptr);
}

std::shared_ptr<SshTunnel> SshTunnel::create(const SshOptions& options)
{
    return { new SshTunnel(options), [](SshTunnel* tunnel) {
                if (tunnel->thread() == QThread::currentThread())
                    delete tunnel;
                else
                    tunnel->deleteLater();
            } };
}

void SshTunnel::use()
{
    // Once it was up, it comes again by itself, unless it had to ask.
    if (d->state == State::Idle && !d->isRefused && !(d->wasUp && d->hasAsked))
        d->start();
}

SshTunnel::State SshTunnel::state() const
{
    return d->state;
}

const SshTarget& SshTunnel::target() const
{
    return d->options.target;
}

Endpoint SshTunnel::proxy() const
{
    return d->state == State::Up ? Endpoint { u"127.0.0.1"_s, d->port } : Endpoint();
}

Error SshTunnel::error() const
{
    return d->error;
}

QString SshTunnel::complaint(const Endpoint& target) const
{
    return d->words.complaint(target);
}

bool SshTunnel::hasReached(const Endpoint& target) const
{
    return d->words.hasReached(target);
}

void SshTunnel::answer(quint64 id, const QString& text)
{
    if (d->questions)
        d->questions->answer(id, text);
}

void SshTunnel::refuse(quint64 id)
{
    if (d->questions)
        d->questions->refuse(id);
}

void SshTunnel::forgive()
{
    d->isRefused = false;
    d->hasAsked = false;
}

} // namespace slotscope::net

#include "sshtunnel.moc"
