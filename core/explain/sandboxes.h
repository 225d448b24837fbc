// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// What went wrong in a sandbox.
namespace slotscope::explain {

// Sentences.
QString sandboxSizes(int primaries, int nodes);
QString allAnnounceOrNone();
QString slotIsMovingAlready(int slot);
QString slotCannotMove(int slot);
QString noSlotIsMoving();

// Parts of sentences, to stand in brackets or behind a colon.
QString portIsTaken(int port);
QString tooFewPorts();
QString notAServer();
QString notUpInTime(const QString& missing);
QString notConnectedYet(const QString& why);
QString stateIsNotOk();
QString nodesAreMissing();
QString linkIsNotUp();
QString anotherServerAnswers(const QString& folder);
QString strangeNode(const QString& id);
QString strangeMigration();
QString expectedNodeIn(const QString& id, const QString& folder);

// The file that says what belongs to a sandbox.
QString manifestIsNotPrivate();
QString notAManifest();
QString manifestIsElsewhere();
QString folderIsNotPrivate();
QString manifestNodeIsBad();
QString manifestIsEmpty();

} // namespace slotscope::explain
