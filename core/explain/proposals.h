// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// What of a pasted or imported text did not become part of a profile, in sentences.
namespace slotscope::explain {

QString userIsNotDescribed();
QString isMemcached(const QString& name);
QString sshKeysStayWithSsh();
QString verificationStaysOn();
QString wordIsAPassword();
QString databaseIsLeftOut(int number);
QString certificateIsInFile();
QString clientCertificateIsInFile();
QString sentinelIsAskedItself();
QString commandIsNotTakenOver(const QString& command);

} // namespace slotscope::explain
