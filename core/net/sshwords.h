// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"

#include <QByteArrayList>
#include <QHash>
#include <QSet>

namespace slotscope::net {

/// What one ssh writes to its standard error at LogLevel DEBUG2: its words to the user, told from
/// the record that it keeps, and from that record what became of each connection through it. ssh
/// writes why a connection could not be made before it closes it. Untrusted and bounded.
class SshWords final
{
public:
    void take(const QByteArray& bytes);
    /// Banners, and warnings that were none.
    void forgetWords() { m_words.clear(); }

    /// The last three lines to the user, the one that has not ended included; visible text.
    QString last() const;
    /// Why the last connection to `target` could not be made at the far end; empty where none was
    /// tried, or it is being made, or was.
    QString complaint(const Endpoint& target) const;
    /// Whether the last connection to `target` was made at the far end, as far as it is known.
    bool hasReached(const Endpoint& target) const;

private:
    void takeLine(const QByteArray& line);

    QByteArray m_line; ///< has not ended
    QByteArrayList m_words;
    QHash<int, QString> m_targets; ///< what is being connected, by ssh's number of the channel
    QHash<QString, QByteArray> m_complaints; ///< by the target
    QSet<QString> m_reached; ///< targets
};

} // namespace slotscope::net
