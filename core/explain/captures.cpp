// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/captures.h"

#include <QCoreApplication>

namespace slotscope::explain {
namespace {

// The translation context.
struct CaptureTexts
{
    Q_DECLARE_TR_FUNCTIONS(CaptureTexts)
};

} // namespace

QString historyNotAvailable(const QString& why)
{
    return CaptureTexts::tr("Not available: what the recording has of the time before (%1).")
        .arg(why);
}

QString partNotAvailable(const QString& why)
{
    return CaptureTexts::tr("Not available: a part of the file (%1).").arg(why);
}

QString captureNotAvailable(const QString& why)
{
    return CaptureTexts::tr("Not available: the capture itself, of which only the time before it "
                            "could be read (%1).")
        .arg(why);
}

QString restNotAvailable(const QString& at, const QString& why)
{
    return at.isEmpty()
        ? CaptureTexts::tr("Not available: what is missing in the file, which is cut or damaged "
                           "(%1).")
              .arg(why)
        : CaptureTexts::tr("Not available: what was after %1. The file is cut or damaged (%2).")
              .arg(at, why);
}

QString nameNotAskedHere()
{
    return CaptureTexts::tr("not looked up: the far end of the way in does that");
}

QString nameNotAnswered()
{
    return CaptureTexts::tr("no answer in time");
}

QString recordingStopped(const QString& at)
{
    return CaptureTexts::tr("Slotscope ended unexpectedly at %1: nothing was recorded after that.")
        .arg(at);
}

} // namespace slotscope::explain
