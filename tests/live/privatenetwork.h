// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>

namespace slotscope::tests {

/// A network of this process and its children alone (a network and a mount namespace of Linux):
/// loopback and nothing else, every port free, names from a file of the test's own and from nowhere
/// else. Nothing of it is seen outside, and it goes with the last process in it.
///
/// Root may make one, and where the system allows user namespaces everybody may.
class PrivateNetwork final
{
public:
    /// First thing in main(), before there are threads. False: see whyNot().
    static bool enter();
    /// What the kernel did not allow; empty inside.
    static QString whyNot();
    /// Its root is not the system's: sshd goes by files that must be root's.
    static bool hasUserNamespace();

    /// The lines of /etc/hosts from now on. A name may have several lines.
    static void setHosts(const QByteArray& lines);
    /// The same for one child alone, which calls what this returns in its process.
    static std::function<void()> withHosts(const QByteArray& lines);
    /// `file` of the system holds what `source` does from now on.
    static bool put(const QString& source, const char* file);
    /// The only authority that the system trusts from now on: a PEM file with one certificate.
    static bool trustOnly(const QString& caFile);
    /// `address` is an address of this machine, whose `port` says that no route leads there.
    /// Its other ports are reached. Needs the package iproute2.
    static bool hideBehindFirewall(const QStringList& addresses, quint16 port);
};

} // namespace slotscope::tests

// The only reasons for which a live test is skipped. The summary of tests/run.sh lists them.

/// For initTestCase() of a test that cannot run without one: skips all of it.
#define SKIP_OUTSIDE_PRIVATE_NETWORK()                                                             \
    do {                                                                                           \
        if (const QString why = slotscope::tests::PrivateNetwork::whyNot(); !why.isEmpty())        \
            QSKIP(qPrintable(why));                                                                \
    } while (false)

/// For a test with an sshd in it.
#define SKIP_WITHOUT_ROOT_FOR_SSHD()                                                               \
    do {                                                                                           \
        if (slotscope::tests::PrivateNetwork::hasUserNamespace())                                  \
            QSKIP("only root can start an sshd in a private network");                             \
    } while (false)
