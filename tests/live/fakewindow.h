// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

/// A copy of `program` beside a window that is a shell script.
class FakeWindow
{
public:
    FakeWindow(const QString& program, const QByteArray& script)
    {
        QFile::copy(program, executable());
        QFile window(m_folder.filePath(u"slotscope-window"_s));
        if (window.open(QIODevice::WriteOnly)) {
            window.write("#!/bin/sh\nfor a in \"$@\"; do echo \"$a\"; done > '"
                + QFile::encodeName(argumentsFile()) + "'\n" + script);
            window.setPermissions(window.permissions() | QFileDevice::ExeOwner);
        }
    }
    QString executable() const { return m_folder.filePath(u"slotscope"_s); }
    QStringList arguments() const
    {
        QFile file(argumentsFile());
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    }

private:
    QString argumentsFile() const { return m_folder.filePath(u"arguments"_s); }

    QTemporaryDir m_folder;
};

} // namespace slotscope::tests
