// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "tests/live/programrun.h"

#include <QList>
#include <QStringList>

#include <functional>

namespace slotscope::tests {

/// Everything that can be seen of programs from outside while they run: what they print, their
/// arguments and those of the processes that they start, and the environments of these. And what
/// must not be in it.
class ProgramTrail final
{
public:
    /// `folder`: all that the programs may write is below it.
    explicit ProgramTrail(QString folder);

    /// From now on this text must be nowhere.
    void addSecret(const QByteArray& secret) { m_secrets.append(secret); }
    void add(const QString& what, const QByteArray& bytes);
    /// The processes that `pid` has started, as they are at this moment.
    void addChildrenOf(qint64 pid);
    /// And itself; its environment only where it does not hold a secret on purpose.
    void addProcess(qint64 pid, bool withEnvironment);

    struct Call
    {
        QStringList arguments;
        QHash<QString, QString> environment {};
        QByteArray input {};
        bool environmentHasSecret = false; ///< of the program, not of what it starts
        /// Called again and again while the program runs.
        std::function<void(QProcess&)> during {};
    };
    /// Runs a program to its end and keeps its trail.
    ProgramOutput run(const QString& program, const Call& call);

    /// What was looked at: "the environment of ssh", ...
    QStringList seen() const;
    /// "SECRET in WHERE", for each secret that was seen anywhere, in the files too.
    QStringList leaks() const;

private:
    struct Seen
    {
        QString what;
        QByteArray bytes;
    };

    void look(const Seen& seen, QStringList* leaks) const;

    const QString m_folder;
    QList<QByteArray> m_secrets;
    QList<Seen> m_seen;
};

} // namespace slotscope::tests
