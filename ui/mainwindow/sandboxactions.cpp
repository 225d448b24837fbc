// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/sandboxactions.h"

#include "core/command/commandline.h"
#include "core/sandbox/tiedchild.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <csignal>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using sandbox::SlotMigrationAction;

namespace {

/// The slot of user:2935, the key of the story.
constexpr int storySlot = 1738;

QString findSupervisor()
{
    const QString name = u"slotscope"_s;
    const QString beside = QCoreApplication::applicationDirPath() + u'/' + name;
    return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(name);
}

} // namespace

SandboxActions::SandboxActions(session::IoThread& io, const QString& manifestFile, QWidget* parent)
    : QMenu(tr("&Sandbox"), parent)
    , m_io(io)
{
    m_begin = addAction(tr("&Begin moving slot %1…").arg(storySlot));
    m_begin->setObjectName(u"beginMoveAction"_s);
    m_finish = addAction(tr("&Finish moving"));
    m_finish->setObjectName(u"finishMoveAction"_s);
    connect(m_begin, &QAction::triggered, this, &SandboxActions::beginMove);
    connect(m_finish, &QAction::triggered, this, &SandboxActions::finishMove);
    readManifest(manifestFile);
}

SandboxActions::~SandboxActions()
{
    endSupervisor();
}

void SandboxActions::readManifest(const QString& file)
{
    m_manifestFile = file;
    m_manifest.reset();
    if (!file.isEmpty()) {
        if (const auto manifest = sandbox::Manifest::read(file))
            m_manifest = *manifest;
    }
    update();
}

void SandboxActions::setShown(const cluster::Topology& topology)
{
    const QList<cluster::Node>& nodes = topology.nodes();
    m_isShown = m_manifest && !nodes.isEmpty()
        && std::all_of(nodes.begin(), nodes.end(), [this](const cluster::Node& node) {
               return !node.id.isNull() && m_manifest->nodeById(node.id) != nullptr;
           });
    update();
}

void SandboxActions::update()
{
    menuAction()->setVisible(!m_manifestFile.isEmpty());
    m_begin->setEnabled(m_isShown && !m_busy);
    m_finish->setEnabled(m_isShown && !m_busy);
}

void SandboxActions::startCluster()
{
    if (m_starting)
        return;
    // Another tab may be looking at the one that runs: it is not taken from it.
    if (m_supervisor && m_supervisor->state() == QProcess::Running) {
        Q_EMIT clusterStarted(m_endpoint);
        return;
    }
    endSupervisor();
    m_starting = true;
    m_endpoint.clear();
    m_supervisor = new QProcess(this);
    // A window that crashes takes its sandbox with it.
    m_supervisor->setChildProcessModifier(sandbox::tiedToThisProcess(SIGTERM));
    connect(
        m_supervisor, &QProcess::readyReadStandardOutput, this, &SandboxActions::onSupervisorSpoke);
    connect(m_supervisor, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            onSupervisorFailed();
    });
    connect(m_supervisor, &QProcess::finished, this, &SandboxActions::onSupervisorFailed);
    const QString program = findSupervisor();
    m_supervisor->start(
        program.isEmpty() ? u"slotscope"_s : program, { u"sandbox"_s, u"--no-window"_s });
}

/// Its first line is the endpoint, its second the manifest.
void SandboxActions::onSupervisorSpoke()
{
    while (m_starting && m_supervisor->canReadLine()) {
        const QString line = QString::fromLocal8Bit(m_supervisor->readLine()).trimmed();
        if (m_endpoint.isEmpty()) {
            m_endpoint = line;
            continue;
        }
        m_starting = false;
        readManifest(line);
        Q_EMIT clusterStarted(m_endpoint);
    }
}

void SandboxActions::onSupervisorFailed()
{
    if (!m_starting)
        return;
    m_starting = false;
    const QString said = QString::fromLocal8Bit(m_supervisor->readAllStandardError()).trimmed();
    Q_EMIT failed({ support::ErrorCode::ProcessFailed,
        said.isEmpty() ? m_supervisor->errorString() : said, {} });
}

void SandboxActions::cancelStart()
{
    if (m_starting)
        endSupervisor();
}

void SandboxActions::endSupervisor()
{
    m_starting = false;
    if (m_supervisor == nullptr)
        return;
    m_supervisor->disconnect(this);
    // It ends its servers and goes. Should it be killed before it is done, its janitor does it.
    connect(m_supervisor, &QProcess::finished, m_supervisor, &QObject::deleteLater);
    m_supervisor->terminate();
    m_supervisor = nullptr;
    readManifest({});
}

void SandboxActions::beginMove()
{
    run(SlotMigrationAction::What::Begin);
}

void SandboxActions::finishMove()
{
    run(SlotMigrationAction::What::Finish);
}

void SandboxActions::run(SlotMigrationAction::What what)
{
    if (m_busy || !m_isShown)
        return;
    m_busy = true;
    update();
    const bool begin = what == SlotMigrationAction::What::Begin;
    Q_EMIT message(
        begin ? tr("Beginning to move slot %1…").arg(storySlot) : tr("Finishing the move…"));
    const std::optional<cluster::Slot> slot
        = begin ? std::optional(cluster::Slot(storySlot)) : std::nullopt;
    // The action lives with the sockets. Its answer comes back through the application, which is
    // there until the end, and reaches this object only if it still is.
    m_io.post([self = QPointer<SandboxActions>(this), thread = m_io.thread(), what, slot,
                  file = m_manifestFile] {
        auto* action = new SlotMigrationAction(what, file, slot);
        QObject::connect(thread, &QThread::finished, action, &QObject::deleteLater);
        QObject::connect(action, &SlotMigrationAction::finished, action,
            [self, what, action](
                bool ok, const sandbox::SandboxMigration& migration, const support::Error& error) {
                action->deleteLater();
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(),
                    [self, what, ok, migration, error] {
                        if (self)
                            self->onFinished(what, ok, migration, error);
                    },
                    Qt::QueuedConnection);
            });
        action->start();
    });
}

void SandboxActions::onFinished(SlotMigrationAction::What what, bool ok,
    const sandbox::SandboxMigration& migration, const support::Error& error)
{
    m_busy = false;
    update();
    if (!ok) {
        Q_EMIT failed(error);
        return;
    }
    // Meanwhile the window may have gone elsewhere: what follows is about this sandbox.
    if (!m_isShown)
        return;
    if (what == SlotMigrationAction::What::Begin) {
        const QString line = command::joinLine({ "GET"_qba, migration.movedKey });
        Q_EMIT message(tr("Slot %1 is moving: %2 is now answered by ASK.")
                           .arg(migration.slot.number())
                           .arg(line));
        Q_EMIT commandSuggested(line);
    } else {
        Q_EMIT message(tr("Slot %1 has moved.").arg(migration.slot.number()));
    }
    Q_EMIT clusterChanged();
}

} // namespace slotscope::ui
