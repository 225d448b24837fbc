// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/support/json.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace slotscope::support {

QByteArray toDocument(const QJsonObject& object, const QString& version)
{
    // QJsonObject sorts its members; these two have to come first.
    const QJsonObject head { { u"schema"_s, 1 }, { u"version"_s, version } };
    QByteArray begin = QJsonDocument(head).toJson();
    QByteArray rest = QJsonDocument(object).toJson();
    begin.chop(begin.size() - begin.lastIndexOf("\n}"));
    rest.remove(0, rest.indexOf('\n'));
    if (object.isEmpty())
        return begin + "\n}\n";
    return begin + ',' + rest;
}

} // namespace slotscope::support
