// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// What is wrong with what was typed as an address, a rule for addresses or an ssh server: parts of
// sentences, to stand behind a colon.
namespace slotscope::explain {

QString nothingEntered();
QString textTooLong();
QString addressIsEmpty();
QString addressHasBlanks();
QString notOurScheme();
QString encodeBeforeAt();
QString userNeedsUrl();
QString notADatabase();
/// A URL names another one than 0.
QString otherDatabase(int number);

// Hosts.
QString noHost();
QString noHostName();
QString hostTooLong(int most);
QString partOfHostIsBad(int most);
QString notAHostName();
QString numberAlone(const QString& number);
QString notIPv4(const QString& host);
QString noIPv6InBrackets();
QString bracketNotClosed();
QString tooManyColons();

// Ports.
QString noPort();
QString badPort();
QString portNotInRange();
QString noPortBehindBracket();

// Rules of an address map.
QString notARule();
QString noSubnet();
QString moreThanOneStar();
QString starOnlyOnTheRight();
QString seedIsNotAnnounced();
QString subnetIsNotDialled();
QString portOnOneSideOnly();
QString portRangesDiffer();

// An ssh server.
QString noUserBeforeAt();

} // namespace slotscope::explain
