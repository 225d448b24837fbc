// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// What is wrong with a file: parts of sentences, to stand in brackets or behind its name and a
// colon.
namespace slotscope::explain {

QString isNoFile();
QString noTemporaryFolder();
QString cannotBeCreated();
QString folderCannotBeMade();
QString noPermissionThere();
QString inUseByOthers();
QString inUseOrNotWritable();

// Captures and recordings.
QString notACapture();
QString notACaptureFile();
QString captureIsNewer(int format);
QString captureTooLarge();
QString holdsNoCapture();
QString holdsAnotherCapture();
QString notBeginningOfCapture();
QString captureIsMissing();
QString tooMuchOfOneMoment();
QString blockIsBad(qsizetype number, const QString& why);
QString blockIsCut();
QString checksumIsWrong();
QString lengthIsWrong();
QString notBeginningOfBlock();
QString notWholeBlock();
QString fileHasNoEnd();
QString lineIsBad(int number, const QString& why);
QString lineHasNoEnd();
QString notAJsonObject();
QString mapOutOfOrder();
QString mapIsMissing();
QString noPseudonyms();

} // namespace slotscope::explain
