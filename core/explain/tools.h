// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// What went wrong with a program that was to print something (a password, AWS credentials), or with
// the line that starts it: parts of sentences, to stand behind its name and a colon.
namespace slotscope::explain {

QString toolIsNotThere();
QString toolIsSilent();
QString toolCrashed();
QString toolEnded(int status);
QString toolPrintsTooMuch();
QString printsNoJson();
QString printsOtherVersion();
QString printsNoKeys();
QString printsNoTime();

// The line.
QString lineIsEmpty();
QString backslashAtEnd();
QString quoteWithoutEnd();
QString credentialProcessIsBad(const QString& profile, const QString& why);
QString noAwsProfile(const QString& profile, const QString& credentials, const QString& config);
QString noAwsKeys();
QString keychainIsSilent();

} // namespace slotscope::explain
