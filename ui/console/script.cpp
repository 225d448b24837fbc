// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/script.h"

#include <QStringTokenizer>

namespace slotscope::ui {

QList<ScriptLine> scriptLines(const QString& text)
{
    QList<ScriptLine> lines;
    int number = 0;
    for (const QStringView line : QStringTokenizer(text, u'\n')) {
        ++number;
        const QStringView trimmed = line.trimmed();
        if (!trimmed.isEmpty() && !trimmed.startsWith(u'#'))
            lines.append({ number, trimmed.toString() });
    }
    return lines;
}

} // namespace slotscope::ui
