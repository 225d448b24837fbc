// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/files.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Files
{
    Q_DECLARE_TR_FUNCTIONS(Files)
};

} // namespace

QString isNoFile()
{
    return Files::tr("this is no file");
}

QString noTemporaryFolder()
{
    return Files::tr("there is no such folder for temporary files (TMPDIR)");
}

QString cannotBeCreated()
{
    return Files::tr("cannot be created");
}

QString folderCannotBeMade()
{
    return Files::tr("the folder cannot be made");
}

QString noPermissionThere()
{
    return Files::tr("no permission");
}

QString inUseByOthers()
{
    return Files::tr("in use by another program");
}

QString inUseOrNotWritable()
{
    return Files::tr("in use, or its folder cannot be written");
}

QString notACapture()
{
    return Files::tr("not a capture");
}

QString notACaptureFile()
{
    return Files::tr("not a capture: no plain file, or too large");
}

QString captureIsNewer(int format)
{
    return Files::tr("The file was made by a newer Slotscope; this one reads format %1.")
        .arg(QString::number(format));
}

QString captureTooLarge()
{
    return Files::tr("it would be larger than Slotscope reads");
}

QString holdsNoCapture()
{
    return Files::tr("holds no capture");
}

QString holdsAnotherCapture()
{
    return Files::tr("holds another capture by now");
}

QString notBeginningOfCapture()
{
    return Files::tr("not the beginning of a capture");
}

QString captureIsMissing()
{
    return Files::tr("no capture");
}

QString tooMuchOfOneMoment()
{
    return Files::tr("too much of one moment");
}

QString blockIsBad(qsizetype number, const QString& why)
{
    return Files::tr("block %1: %2").arg(QString::number(number), why);
}

QString blockIsCut()
{
    return Files::tr("cut off");
}

QString checksumIsWrong()
{
    return Files::tr("the checksum does not hold");
}

QString lengthIsWrong()
{
    return Files::tr("the length does not hold");
}

QString notBeginningOfBlock()
{
    return Files::tr("not the beginning of a block");
}

QString notWholeBlock()
{
    return Files::tr("not the beginning of a whole block");
}

QString fileHasNoEnd()
{
    return Files::tr("the file has no end");
}

QString lineIsBad(int number, const QString& why)
{
    return Files::tr("line %1: %2").arg(QString::number(number), why);
}

QString lineHasNoEnd()
{
    return Files::tr("has no end");
}

QString notAJsonObject()
{
    return Files::tr("not a JSON object");
}

QString mapOutOfOrder()
{
    return Files::tr("a map out of order");
}

QString mapIsMissing()
{
    return Files::tr("a map that is not there");
}

QString noPseudonyms()
{
    return Files::tr("no pseudonyms, or those of a newer Slotscope");
}

} // namespace slotscope::explain
