// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/shellwords.h"

#include "core/explain/tools.h"

#include <algorithm>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;
using support::Result;

Result<QStringList> splitWords(QStringView line)
{
    QStringList words;
    QString word;
    bool hasWord = false;
    QChar quote;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line.at(i);
        const bool hasNext = i + 1 < line.size();
        if (quote == u'\'' || (quote == u'"' && c != u'\\')) {
            if (c == quote)
                quote = {};
            else
                word += c;
        } else if (quote == u'"') {
            // In double quotes a backslash takes its meaning only from these.
            if (hasNext && (line.at(i + 1) == u'"' || line.at(i + 1) == u'\\'))
                ++i;
            word += line.at(i);
        } else if (c == u'\\') {
            if (!hasNext)
                return Error { ErrorCode::InvalidInput, explain::backslashAtEnd(), {} };
            word += line.at(++i);
            hasWord = true;
        } else if (c == u'\'' || c == u'"') {
            quote = c;
            hasWord = true;
        } else if (c.isSpace()) {
            if (hasWord)
                words.append(word);
            word.clear();
            hasWord = false;
        } else {
            word += c;
            hasWord = true;
        }
    }
    if (!quote.isNull())
        return Error { ErrorCode::InvalidInput, explain::quoteWithoutEnd(), {} };
    if (hasWord)
        words.append(word);
    return words;
}

QString joinWords(const QStringList& words)
{
    QStringList quoted;
    for (const QString& word : words) {
        const bool isPlain = !word.isEmpty() && std::none_of(word.begin(), word.end(), [](QChar c) {
            return c.isSpace() || c == u'\'' || c == u'"' || c == u'\\';
        });
        QString inner = word;
        inner.replace(u'\'', u"'\\''"_s);
        quoted.append(isPlain ? word : u'\'' + inner + u'\'');
    }
    return quoted.join(u' ');
}

} // namespace slotscope::profile
