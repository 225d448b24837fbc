// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QSaveFile>

namespace slotscope::support {

/// All of `bytes`, or false: errorString() says why. QFileDevice::write() alone gives less of them
/// back without an error when the disk becomes full.
inline bool writeAll(QFileDevice& file, const QByteArray& bytes)
{
    for (qsizetype at = 0; at < bytes.size();) {
        const qint64 written = file.write(bytes.constData() + at, bytes.size() - at);
        if (written <= 0)
            return false;
        at += written;
    }
    return true;
}

/// QFileDevice::flush(), but with the reason in errorString(): what stops in the middle of a write
/// has none until it is tried again.
inline bool flushAll(QFileDevice& file)
{
    return file.flush() || file.flush();
}

/// QSaveFile::commit(), which as it is (Qt 6.4) overlooks that the last of what was written did not
/// get to a full disk, and replaces a whole file by a cut one. False: errorString() says why, and
/// what was there before stays.
inline bool commit(QSaveFile& file)
{
    return flushAll(file) && file.commit();
}

/// With `bytes` as its last part.
inline bool commit(QSaveFile& file, const QByteArray& bytes)
{
    return writeAll(file, bytes) && commit(file);
}

} // namespace slotscope::support
