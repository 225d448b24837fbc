// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/error.h"

#include <QString>

/// The sentences for codes, once, translatable. Parameters are plain text; nothing here knows
/// another room than support.
namespace slotscope::explain {

/// A clear sentence for an error, naming its address: "Connection refused by 127.0.0.1:7001. ...".
QString errorSentence(const support::Error& error);
/// The same in a few words, to stand in brackets: "connection refused".
QString errorReason(const support::Error& error);
/// The detail of WrongNode: "Expected node 7c2f, reached 91ab". Short ids come in.
QString expectedReached(const QString& expected, const QString& reached);
QString expectedReachedStandalone(const QString& expected);
QString reachedStranger(const QString& reached);
/// What the user can do about it; empty when there is nothing to say.
QString errorRemedy(const support::Error& error);

} // namespace slotscope::explain
