// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/exitcode.h"
#include "app/windowrender.h"
#include "core/capture/capturefile.h"
#include "core/command/commandrun.h"
#include "core/net/connectionpool.h"

#include <QObject>

#include <functional>

namespace slotscope::app {

/// Operation: plays the story on a sandbox cluster. Discovers it from one node; sends a GET to a
/// node that does not own its slot, as a plain client and as a cluster client; begins a real
/// migration and meets an ASK. Prints all of it and writes plain.json, moved.json, ask.json,
/// topology.json, capture.slotscope and picture.png.
class SandboxDemo final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SandboxDemo)
public:
    SandboxDemo(net::Endpoint endpoint, QString manifestFile, const QString& folder,
        QObject* parent = nullptr);
    ~SandboxDemo() override;

    void start();

Q_SIGNALS:
    /// Exactly once, from the event loop.
    void finished(slotscope::app::ExitCode exitCode);

private:
    using WithTopology = std::function<void(const cluster::Topology&)>;
    using WithTrace = std::function<void(const command::Trace&)>;

    void discover(const WithTopology& then);
    void run(const command::Argv& argv, const command::Behaviour& behaviour,
        const net::Endpoint& seed, const WithTrace& then);
    void meetMoved();
    void beginMigration();
    void meetAsk(const QByteArray& movedKey);
    void writeAll();
    void drawPicture(const QString& captureFile);
    bool write(const QString& name, const QJsonObject& object);
    QString path(const QString& name) const { return m_folder + u'/' + name; }
    void fail(const QString& reason);

    net::Endpoint m_endpoint;
    QString m_manifestFile;
    QString m_folder; ///< absolute
    net::ConnectionPool m_pool;
    cluster::Topology m_topology;
    command::Trace m_plain;
    command::Trace m_moved;
    command::Trace m_ask;
    WindowRender m_render;
};

} // namespace slotscope::app
