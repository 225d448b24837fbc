// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/redirect.h"

#include "core/support/bytes.h"

namespace slotscope::command {

namespace {

// Some proxies and managed services put ERR before the redirect.
QByteArrayView withoutPrefix(QByteArrayView line)
{
    line = line.trimmed();
    if (line.startsWith('-'))
        line = line.sliced(1);
    if (line.startsWith("ERR "))
        line = line.sliced(4).trimmed();
    return line;
}

QByteArrayView takeWord(QByteArrayView& rest)
{
    rest = rest.trimmed();
    const qsizetype blank = rest.indexOf(' ');
    const QByteArrayView word = blank < 0 ? rest : rest.first(blank);
    rest = rest.sliced(word.size());
    return word;
}

// "host:port" as servers print it: the port stands after the last colon, so that an IPv6 address
// needs no brackets; the host may be empty. Port 0 is well-formed (and cannot be dialled).
std::optional<net::Endpoint> parseTarget(QByteArrayView text)
{
    const qsizetype colon = text.lastIndexOf(':');
    if (colon < 0)
        return std::nullopt;
    const std::optional<int> port = support::digitsToInt(text.sliced(colon + 1));
    if (!port || *port > 65535)
        return std::nullopt;
    QByteArrayView host = text.first(colon);
    if (host.startsWith('[') && host.endsWith(']'))
        host = host.sliced(1, host.size() - 2);
    // A host that is shown and dialled has visible ASCII only.
    for (const char c : host) {
        if (c <= ' ' || c >= 0x7f)
            return std::nullopt;
    }
    return net::Endpoint { QString::fromLatin1(host), static_cast<quint16>(*port) };
}

} // namespace

std::optional<Redirect> parseRedirect(QByteArrayView line)
{
    QByteArrayView rest = withoutPrefix(line);
    const QByteArrayView word = takeWord(rest);
    Redirect redirect;
    if (word == "MOVED")
        redirect.kind = Redirect::Kind::Moved;
    else if (word == "ASK")
        redirect.kind = Redirect::Kind::Ask;
    else
        return std::nullopt;

    const std::optional<int> digits = support::digitsToInt(takeWord(rest));
    const auto slot = digits ? cluster::Slot::fromNumber(*digits) : std::nullopt;
    const QByteArrayView targetText = takeWord(rest);
    const auto target = parseTarget(targetText);
    if (!slot || !target)
        return std::nullopt;
    redirect.slot = *slot;
    redirect.target = *target;
    redirect.targetText = QString::fromLatin1(targetText);
    return redirect;
}

std::optional<net::Endpoint> resolveTarget(const Redirect& redirect, const net::Endpoint& origin)
{
    net::Endpoint target = redirect.target;
    if (target.host.isEmpty())
        target.host = origin.host;
    if (!target.isDialable())
        return std::nullopt;
    return target;
}

QByteArray errorWord(QByteArrayView line)
{
    line = line.trimmed();
    if (line.startsWith('-'))
        line = line.sliced(1);
    return takeWord(line).toByteArray();
}

} // namespace slotscope::command
