// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// Why there is no connection, or none any more: details of errors, to stand in brackets. `it` in
// them is the proxy.
namespace slotscope::explain {

QString noCommand();
QString replyToNoCommand(const QString& reply);
QString closedWithoutAWord();
QString closedInsideReply();
QString noAddressToDial();
QString resolverIsSilent();
QString noAnswer();
QString noAnswerOf(const QString& address);
QString noAnswerInTime();

// A SOCKS5 proxy, and what its codes mean (RFC 1928, 6).
QString proxyClosed();
QString proxyIsSilent();
QString proxyIsNotSocks5();
QString proxyWantsLogin();
QString proxyRulesForbid();
QString networkUnreachable();
QString hostUnreachable();
QString refusedThere();
QString timedOutThere();
QString proxyCannot();
QString proxyFailed();
QString closedBeforeAnything();

// ssh. `said`: its last words, or one of the first three.
QString sshEnded(int status);
QString sshWasKilled();
QString programNotStarted(const QString& program, const QString& why);
QString sshNotReady(const QString& said, const QString& seconds);
QString sshNotAnswered(const QString& said);

} // namespace slotscope::explain
