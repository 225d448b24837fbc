// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/sshtarget.h"

#include "core/explain/addresses.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::invalidInput;
using support::Result;

namespace {

/// Also of a user name: both become arguments of ssh.
bool isHarmless(QStringView word)
{
    return !word.isEmpty() && !word.startsWith(u'-')
        && std::all_of(word.begin(), word.end(), [](QChar c) {
               return c.isPrint() && !c.isSpace() && !QStringView(u"'\"`$\\;&<>|(){}").contains(c);
           });
}

} // namespace

Result<SshTarget> SshTarget::parse(QStringView text)
{
    SshTarget target;
    QStringView rest = text.trimmed();
    if (const qsizetype at = rest.lastIndexOf(u'@'); at >= 0) {
        target.user = rest.first(at).toString();
        rest = rest.sliced(at + 1);
        if (!isHarmless(target.user))
            return invalidInput(explain::noUserBeforeAt());
    }
    QStringView port;
    if (rest.startsWith(u'[')) {
        const qsizetype end = rest.indexOf(u']');
        const QHostAddress address(rest.sliced(1, qMax<qsizetype>(end - 1, 0)).toString());
        if (end < 0 || address.protocol() != QAbstractSocket::IPv6Protocol)
            return invalidInput(explain::noIPv6InBrackets());
        target.host = rest.sliced(1, end - 1).toString();
        port = rest.sliced(end + 1);
    } else {
        const qsizetype colon = rest.indexOf(u':');
        target.host = (colon < 0 ? rest : rest.first(colon)).toString();
        port = colon < 0 ? QStringView() : rest.sliced(colon);
    }
    if (!isHarmless(target.host))
        return invalidInput(explain::noHostName());
    if (!port.isEmpty()) {
        bool isNumber = false;
        target.port = port.startsWith(u':') ? port.sliced(1).toUShort(&isNumber) : quint16(0);
        if (!isNumber || target.port == 0)
            return invalidInput(explain::badPort());
    }
    return target;
}

QString SshTarget::toString() const
{
    QString text = user.isEmpty() ? QString() : user + u'@';
    text += host.contains(u':') ? QString(u'[' + host + u']') : host;
    return port == 0 ? text : QString(text + u':' + QString::number(port));
}

} // namespace slotscope::net
