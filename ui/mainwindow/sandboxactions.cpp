// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/sandboxactions.h"

#include "core/command/commandline.h"

#include <QCoreApplication>
#include <QPointer>
#include <QRandomGenerator>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using sandbox::SlotMigrationAction;

namespace {

/// The slot of user:2935, the key of the story.
constexpr int storySlot = 1738;

} // namespace

SandboxActions::SandboxActions(session::IoThread& io, const QString& manifestFile, QWidget* parent)
    : QMenu(tr("&Sandbox"), parent)
    , m_io(io)
    , m_manifestFile(manifestFile)
{
    m_begin = addAction(tr("&Begin moving slot %1…").arg(storySlot));
    m_begin->setObjectName(u"beginMoveAction"_s);
    m_finish = addAction(tr("&Finish moving"));
    m_finish->setObjectName(u"finishMoveAction"_s);
    connect(m_begin, &QAction::triggered, this, &SandboxActions::beginMove);
    connect(m_finish, &QAction::triggered, this, &SandboxActions::finishMove);
    update();
}

void SandboxActions::update()
{
    menuAction()->setVisible(!m_manifestFile.isEmpty());
    m_begin->setEnabled(!m_busy && !m_manifestFile.isEmpty());
    m_finish->setEnabled(!m_busy && !m_manifestFile.isEmpty());
}

void SandboxActions::startCluster()
{
    if (m_starting)
        return;
    m_starting = true;
    delete m_cluster;
    m_cluster = new sandbox::SandboxCluster({}, this);
    connect(m_cluster, &sandbox::SandboxCluster::started, this,
        [this](bool ok, const support::Error& error) {
            m_starting = false;
            if (!ok) {
                Q_EMIT failed(error);
                return;
            }
            m_manifestFile = m_cluster->manifestFile();
            update();
            const QList<sandbox::ManifestNode>& nodes = m_cluster->manifest().nodes;
            const auto chosen = QRandomGenerator::global()->bounded(nodes.size());
            Q_EMIT clusterStarted(u"127.0.0.1:"_s + QString::number(nodes.at(chosen).port));
        });
    m_cluster->start();
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
    if (m_busy || m_manifestFile.isEmpty())
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
