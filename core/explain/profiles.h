// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// What is wrong with a profile, with the file that has them, or with a text that is to become some:
// parts of sentences, to stand behind a colon.
namespace slotscope::explain {

QString profileNeedsName();
QString profileNameIsBad();
QString profileNameIsTaken(const QString& name);
QString profileNeedsEndpoint();
QString profileHasNoEndpoint();
QString tooManyEndpoints(qsizetype most);
QString endpointIsBad(const QString& why);
QString profileNotUnderstood(const QString& name, const QString& what);
QString profileIsGone();
QString noSuchProfile(const QString& name);

// Its fields.
QString userIsMissing();
QString iamNeedsNames();
QString iamNeedsTls();
QString profileIsNotIam();
QString variableIsMissing();
QString commandIsMissing();
QString nameToVerifyIsMissing();
QString socksProxyIsBad();
QString sshServerIsBad();
QString addressMapIsBad(const QString& rule, const QString& why);
QString timeoutIsBad();
QString respVersionIsBad();
QString refreshIntervalIsBad();

// The file.
QString keptAs(const QString& why, const QString& file);
QString profilesTooLarge(qint64 megabytes);
QString profilesAreNewer(int version, int known);
QString notAListOfProfiles();
QString profileWithoutName();

// What was pasted or imported.
QString noAddressInText();
QString noAddressUnderstood();
QString tooManyWords(qsizetype most);
QString tooManyEntries(qsizetype most);
QString entryIsBad(qsizetype number, const QString& why);
QString listIsEmpty();
QString hasNoEndpointYet(const QString& name);
QString portIsNoNumber();
QString ofNewerSlotscope();

} // namespace slotscope::explain
