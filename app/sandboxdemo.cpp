// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/sandboxdemo.h"

#include "app/textoutput.h"
#include "core/cluster/discovery.h"
#include "core/cluster/keyslot.h"
#include "core/cluster/topologyjson.h"
#include "core/command/traceformat.h"
#include "core/sandbox/slotmigration.h"
#include "core/support/savefile.h"

#include <QDir>
#include <QJsonObject>
#include <QSaveFile>

namespace slotscope::app {

using namespace Qt::StringLiterals;
using cluster::Topology;
using command::Behaviour;
using command::HopOutcome;
using command::Trace;
using command::TraceOutcome;

namespace {

// The key of the story: its slot is 1738.
const QByteArray key = "user:2935";

bool meets(const Trace& trace, HopOutcome outcome)
{
    return std::any_of(trace.hops.begin(), trace.hops.end(),
        [outcome](const command::Hop& hop) { return hop.outcome == outcome; });
}

void printTitled(const QString& title, const QString& text)
{
    print(u"\n== "_s + title + u'\n' + text + (text.endsWith(u'\n') ? u""_s : u"\n"_s));
}

} // namespace

SandboxDemo::SandboxDemo(
    net::Endpoint endpoint, QString manifestFile, const QString& folder, QObject* parent)
    : QObject(parent)
    , m_endpoint(std::move(endpoint))
    , m_manifestFile(std::move(manifestFile))
    , m_folder(QDir(folder).absolutePath())
    , m_pool(net::ConnectionOptions {})
{ }

SandboxDemo::~SandboxDemo()
{
    // They use the pool, and members are gone before children are.
    qDeleteAll(findChildren<command::CommandRun*>(Qt::FindDirectChildrenOnly));
    qDeleteAll(findChildren<cluster::Discovery*>(Qt::FindDirectChildrenOnly));
}

void SandboxDemo::start()
{
    discover([this](const Topology& topology) {
        printTitled(u"The cluster, discovered from "_s + m_endpoint.toString(), toText(topology));
        run({ "SET", key, "ok" }, Behaviour::clusterClientWithMap(), m_endpoint,
            [this](const Trace& trace) {
                if (trace.outcome == TraceOutcome::Reply)
                    meetMoved();
                else
                    fail(command::toText(trace));
            });
    });
}

void SandboxDemo::discover(const WithTopology& then)
{
    auto* discovery = new cluster::Discovery(&m_pool, m_endpoint, m_endpoint.toString(), this);
    connect(discovery, &cluster::Discovery::finished, this,
        [this, discovery, then](bool ok, const Topology& topology, const support::Error& error) {
            discovery->deleteLater();
            if (!ok) {
                fail(toText(error));
                return;
            }
            m_topology = topology;
            then(topology);
        });
    discovery->start();
}

void SandboxDemo::run(const command::Argv& argv, const Behaviour& behaviour,
    const net::Endpoint& seed, const WithTrace& then)
{
    auto* operation = new command::CommandRun({ &m_pool, m_topology, seed }, argv, behaviour, this);
    connect(operation, &command::CommandRun::finished, this, [operation, then](const Trace& trace) {
        operation->deleteLater();
        then(trace);
    });
    operation->start();
}

void SandboxDemo::meetMoved()
{
    // Any other node answers MOVED, a replica of the owner too.
    const cluster::Node* owner = m_topology.ownerOf(cluster::keySlot(key));
    net::Endpoint other = m_endpoint;
    for (const cluster::Node& node : m_topology.nodes()) {
        if (owner != nullptr && other == owner->address)
            other = node.address;
    }
    run({ "GET", key }, Behaviour::plainClient(), other, [this, other](const Trace& plain) {
        m_plain = plain;
        printTitled(u"A plain client, given "_s + other.toString(), command::toText(plain));
        run({ "GET", key }, Behaviour::clusterClientWithoutMap(), other,
            [this, other](const Trace& moved) {
                m_moved = moved;
                printTitled(
                    u"A cluster client, given "_s + other.toString(), command::toText(moved));
                const bool asTold = m_plain.outcome == TraceOutcome::RedirectNotFollowed
                    && moved.outcome == TraceOutcome::Reply && meets(moved, HopOutcome::Moved);
                if (asTold)
                    beginMigration();
                else
                    fail(u"this is not how a MOVED goes"_s);
            });
    });
}

void SandboxDemo::beginMigration()
{
    using Action = sandbox::SlotMigrationAction;
    auto* action = new Action(Action::What::Begin, m_manifestFile, cluster::keySlot(key), this);
    connect(action, &Action::finished, this,
        [this, action](
            bool ok, const sandbox::SandboxMigration& migration, const support::Error& error) {
            action->deleteLater();
            if (!ok) {
                fail(toText(error));
                return;
            }
            discover([this, migration](const Topology&) { meetAsk(migration.movedKey); });
        });
    action->start();
}

void SandboxDemo::meetAsk(const QByteArray& movedKey)
{
    run({ "GET", movedKey }, Behaviour::clusterClientWithMap(), m_endpoint,
        [this](const Trace& trace) {
            m_ask = trace;
            printTitled(u"The same key, while its slot is moving"_s, command::toText(trace));
            if (trace.outcome == TraceOutcome::Reply && meets(trace, HopOutcome::Ask))
                writeAll();
            else
                fail(u"this is not how an ASK goes"_s);
        });
}

void SandboxDemo::writeAll()
{
    const QString captureFile = path(u"capture.slotscope"_s);
    capture::Capture capture;
    capture.savedAt = QDateTime::currentDateTimeUtc();
    capture.toolVersion = QStringLiteral(SLOTSCOPE_VERSION);
    capture.topology = m_topology;
    capture.traces = { m_plain, m_moved, m_ask };
    if (!QDir().mkpath(m_folder)) {
        fail(m_folder + u": cannot be created"_s);
        return;
    }
    if (!write(u"topology.json"_s, cluster::toJson(m_topology))
        || !write(u"plain.json"_s, command::toJson(m_plain))
        || !write(u"moved.json"_s, command::toJson(m_moved))
        || !write(u"ask.json"_s, command::toJson(m_ask))) {
        return;
    }
    if (const auto written = capture::writeCapture(captureFile, capture); !written) {
        fail(toText(written.error()));
        return;
    }
    drawPicture(captureFile);
}

void SandboxDemo::drawPicture(const QString& captureFile)
{
    connect(&m_render, &WindowRender::finished, this, [this](bool ok, const support::Error& error) {
        if (!ok) {
            fail(error.detail.isEmpty() ? u"no picture"_s : error.detail);
            return;
        }
        printTitled(u"Written to "_s + m_folder,
            u"topology.json  plain.json  moved.json  ask.json  capture.slotscope  picture.png"_s);
        Q_EMIT finished(Done);
    });
    m_render.start(captureFile, path(u"picture.png"_s), WindowRender::Existing::Overwrite);
}

bool SandboxDemo::write(const QString& name, const QJsonObject& object)
{
    QSaveFile file(path(name));
    if (file.open(QIODevice::WriteOnly) && support::commit(file, toDocument(object)))
        return true;
    fail(path(name) + u": "_s + file.errorString());
    return false;
}

void SandboxDemo::fail(const QString& reason)
{
    complain(reason);
    Q_EMIT finished(NegativeAnswer);
}

} // namespace slotscope::app
