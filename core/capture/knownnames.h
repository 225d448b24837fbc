// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QList>

#include <optional>

namespace slotscope::capture {

/// A place in a text and what goes there.
struct Replacement
{
    qsizetype begin = 0;
    qsizetype end = 0;
    QByteArray text;
};

/// `text` with those replacements: the longest first, what overlaps a longer one is left out with
/// it.
QByteArray replaced(QByteArrayView text, QList<Replacement> replacements);

/// What a word looks like, when nothing is known about it.
enum class Looks { Address, HostName, Id, ShortId };
/// A part of a word that looks like something.
struct Look
{
    Looks what = Looks::Address;
    qsizetype begin = 0; ///< in the word
    qsizetype end = 0;
};

/// IPv4 addresses, 40 hexadecimal digits, eight of them with letters among them, names of hosts
/// with at least three labels (or two, of which the last is a usual one), anywhere in `word`, which
/// has no blanks and no colons.
QList<Look> looksOf(QByteArrayView word);
/// Four numbers, or an IPv6 address (with or without a scope) without brackets.
bool isAddress(QByteArrayView text);
/// The same in its usual spelling: "0:0::1" is "::1". `text` must be one.
QByteArray canonicalAddress(QByteArrayView text);
/// A name that many clusters have ("redis", "localhost"): in sentences it is a mere word.
bool isCommonWord(QByteArrayView name);

/// Names that are known, each with what it is replaced by, and where they stand in texts.
class KnownNames
{
public:
    /// A name that is one word: a host, an address, an id; the first replacement for it counts.
    void addWord(const QByteArray& name, const QByteArray& replacement);
    /// Any text; the last replacement for it counts.
    void addPhrase(const QByteArray& name, const QByteArray& replacement);
    bool isEmpty() const { return m_words.isEmpty() && m_phrases.isEmpty(); }
    std::optional<QByteArray> replacementOf(QByteArrayView word) const;
    std::optional<QByteArray> phraseOf(QByteArrayView phrase) const;
    /// Where the phrases stand in `text` and are no part of a longer word.
    void findPhrases(QByteArrayView text, QList<Replacement>* found) const;

private:
    QHash<QByteArray, QByteArray> m_words;
    QHash<QByteArray, QByteArray> m_phrases;
};

} // namespace slotscope::capture
