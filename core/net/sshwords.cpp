// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/sshwords.h"

#include "core/support/bytes.h"

#include <QHostAddress>
#include <QStringList>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace slotscope::net {

namespace {

constexpr qsizetype longestLine = 2048; ///< the rest of a longer one is dropped
constexpr qsizetype mostWords = 3; ///< lines
constexpr qsizetype longestShown = 300;
constexpr qsizetype mostTargets = 4096;

/// As ssh says it of a SOCKS request.
QString keyOf(const QString& host, const QString& port)
{
    const QHostAddress literal(host);
    const QString name
        = literal.isNull() ? QString::fromLatin1(QUrl::toAce(host)).toLower() : literal.toString();
    return name + u' ' + port;
}

/// Of ssh's own record: not meant for anyone who did not ask for it.
bool isRecord(const QByteArray& line)
{
    for (const char* start : { "debug1: ", "debug2: ", "debug3: ", "Authenticated to ",
             "Transferred: sent ", "Bytes per second: sent " }) {
        if (line.startsWith(start))
            return true;
    }
    return false;
}

} // namespace

void SshWords::take(const QByteArray& bytes)
{
    qsizetype from = 0;
    for (;;) {
        const qsizetype end = bytes.indexOf('\n', from);
        const qsizetype to = end < 0 ? bytes.size() : end;
        m_line += bytes.sliced(from, qMin(to - from, longestLine - m_line.size()));
        if (end < 0)
            return;
        takeLine(std::exchange(m_line, {}).trimmed());
        from = end + 1;
    }
}

void SshWords::takeLine(const QByteArray& line)
{
    if (line.isEmpty())
        return;
    const bool isOfTheRecord = isRecord(line);
    if (!isOfTheRecord) {
        m_words.append(line);
        if (m_words.size() > mostWords)
            m_words.removeFirst();
    }
    // "debug2: channel 3: dynamic request: socks5 host 10.0.0.4 port 6379 command 1"
    // "channel 3: open failed: connect failed: Connection refused"
    // "debug2: channel 3: open confirm rwindow 2097152 rmax 32768"
    constexpr QByteArrayView mark = "channel ";
    const QByteArrayView text
        = QByteArrayView(line).sliced(isOfTheRecord ? line.indexOf(' ') + 1 : 0);
    const qsizetype colon = text.indexOf(": ");
    bool isNumber = false;
    const int channel = text.startsWith(mark) && colon > 0
        ? text.sliced(mark.size(), colon - mark.size()).toInt(&isNumber)
        : 0;
    if (!isNumber)
        return;
    const QByteArray what = text.sliced(colon + 2).toByteArray();
    constexpr QByteArrayView request = "dynamic request: socks5 host ";
    constexpr QByteArrayView failure = "open failed: ";
    if (isOfTheRecord && what.startsWith(request)) {
        const QString rest = QString::fromUtf8(what.sliced(request.size()));
        const QString target = keyOf(rest.section(u' ', 0, 0), rest.section(u' ', 2, 2));
        m_complaints.remove(target);
        m_reached.remove(target);
        if (m_targets.size() < mostTargets)
            m_targets.insert(channel, target);
    } else if (isOfTheRecord && what.startsWith("open confirm")) {
        const QString target = m_targets.take(channel);
        if (!target.isEmpty() && m_reached.size() < mostTargets)
            m_reached.insert(target);
    } else if (!isOfTheRecord && what.startsWith(failure)) {
        const QString target = m_targets.take(channel);
        if (!target.isEmpty() && m_complaints.size() < mostTargets)
            m_complaints.insert(target, what.sliced(failure.size()));
    }
}

QString SshWords::last() const
{
    QByteArrayList lines = m_words;
    if (const QByteArray begun = m_line.trimmed(); !begun.isEmpty() && !isRecord(begun))
        lines.append(begun);
    QStringList shown;
    for (const QByteArray& line : lines.mid(qMax<qsizetype>(0, lines.size() - mostWords)))
        shown.append(support::toVisibleText(line, longestShown));
    return shown.join(u"; "_s);
}

bool SshWords::hasReached(const Endpoint& target) const
{
    return m_reached.contains(keyOf(target.host, QString::number(target.port)));
}

QString SshWords::complaint(const Endpoint& target) const
{
    const QByteArray words = m_complaints.value(keyOf(target.host, QString::number(target.port)));
    return support::toVisibleText(words, 200);
}

} // namespace slotscope::net
