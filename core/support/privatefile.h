// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QFile>
#include <QString>

namespace slotscope::support {

/// A file that appears whole, when commit() succeeds, or not at all, and that only its owner may
/// read, from the first moment on. (QSaveFile lets others open it until its permissions are set.)
/// Until then it is a file with another name beside it, which goes with this object.
class PrivateFile final
{
public:
    static constexpr QFileDevice::Permissions onlyOwner
        = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

    /// What is there under this name stays until commit(); of a symbolic link, what it leads to.
    explicit PrivateFile(const QString& name);
    ~PrivateFile();
    Q_DISABLE_COPY_MOVE(PrivateFile)

    /// FileError.
    Result<Done> open();
    bool isOpen() const { return m_file.isOpen(); }
    const QString& name() const { return m_name; }
    /// An error is remembered, and commit() says so.
    void write(const QByteArray& bytes);
    /// FileError: the disk is full, ...; nothing has changed then. `permissions`: what it gets with
    /// its name.
    Result<Done> commit(QFileDevice::Permissions permissions = onlyOwner);

    /// How the names of files end that are not yet committed; a program that was killed leaves
    /// them.
    static QString ending() { return QStringLiteral(".part"); }

private:
    Error error(const QString& why) const;
    void drop();

    const QString m_name;
    QFile m_file;
    QString m_trouble; ///< of the first write that failed
};

} // namespace slotscope::support
