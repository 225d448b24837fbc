// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QSaveFile>

namespace slotscope::support {

/// QSaveFile::commit(), which as it is (Qt 6.4) overlooks that the last of what was written did not
/// get to a full disk, and replaces a whole file by a cut one. False: errorString() says why, and
/// what was there before stays.
inline bool commit(QSaveFile& file)
{
    return file.flush() && file.commit();
}

} // namespace slotscope::support
