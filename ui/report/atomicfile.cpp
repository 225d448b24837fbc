// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/atomicfile.h"

#include <QSaveFile>

#include <memory>
#include <vector>

namespace slotscope::ui {

support::Result<support::Done> writeFiles(const QList<FileContent>& files)
{
    std::vector<std::unique_ptr<QSaveFile>> open;
    for (const FileContent& content : files) {
        auto file = std::make_unique<QSaveFile>(content.name);
        // flush(): a full disk shows itself before the first file has its name.
        if (!file->open(QIODevice::WriteOnly) || file->write(content.bytes) != content.bytes.size()
            || !file->flush()) {
            return support::Error { support::ErrorCode::FileError,
                content.name + QLatin1String(": ") + file->errorString(), {} };
        }
        open.push_back(std::move(file));
    }
    for (const auto& file : open) {
        if (!file->commit()) {
            return support::Error { support::ErrorCode::FileError,
                file->fileName() + QLatin1String(": ") + file->errorString(), {} };
        }
    }
    return support::Done {};
}

} // namespace slotscope::ui
