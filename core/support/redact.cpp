// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/support/redact.h"

#include "core/support/bytes.h"

#include <algorithm>

namespace slotscope::support {

namespace {

bool isWord(const QByteArray& argument, QByteArrayView word)
{
    return equalsIgnoreCase(argument, word);
}

void redactAt(QList<QByteArray>& argv, qsizetype i)
{
    if (i < argv.size())
        argv[i] = QByteArrayLiteral("(redacted)");
}

void redactHello(QList<QByteArray>& argv)
{
    for (qsizetype i = 1; i < argv.size(); ++i) {
        if (!isWord(argv[i], "AUTH"))
            continue;
        // The user stays. The next argument is the password whatever it says; so is all that
        // follows up to an option, for somebody may have forgotten to quote a blank in it.
        redactAt(argv, i + 2);
        for (i += 3; i < argv.size() && !isWord(argv[i], "SETNAME"); ++i)
            redactAt(argv, i);
        return;
    }
}

void redactAcl(QList<QByteArray>& argv)
{
    if (argv.size() < 2 || !isWord(argv[1], "SETUSER"))
        return;
    for (qsizetype i = 3; i < argv.size(); ++i) {
        if (!argv[i].isEmpty() && QByteArrayView("><#!").contains(argv[i].front()))
            redactAt(argv, i);
    }
}

/// name value name value ..., from index `first`.
void redactParameters(QList<QByteArray>& argv, qsizetype first)
{
    for (qsizetype i = first; i + 1 < argv.size(); i += 2) {
        if (isSecretParameter(argv[i]))
            redactAt(argv, i + 1);
    }
}

void redactSentinel(QList<QByteArray>& argv)
{
    if (argv.size() < 3)
        return;
    // SENTINEL SET <master> option value, SENTINEL CONFIG SET option value
    if (isWord(argv[1], "SET") || (isWord(argv[1], "CONFIG") && isWord(argv[2], "SET")))
        redactParameters(argv, 3);
}

void redactMigrate(QList<QByteArray>& argv)
{
    for (qsizetype i = 1; i < argv.size() && !isWord(argv[i], "KEYS"); ++i) {
        if (isWord(argv[i], "AUTH")) {
            redactAt(argv, ++i);
        } else if (isWord(argv[i], "AUTH2")) {
            i += 2;
            redactAt(argv, i);
        }
    }
}

/// Where the command begins that others only speak of: ACL DRYRUN user COMMAND, COMMAND GETKEYS
/// COMMAND; 0 for all others.
qsizetype innermostCommand(const QList<QByteArray>& argv)
{
    qsizetype at = 0;
    while (at + 1 < argv.size()) {
        if (isWord(argv[at], "ACL") && isWord(argv[at + 1], "DRYRUN"))
            at += 3;
        else if (isWord(argv[at], "COMMAND")
            && (isWord(argv[at + 1], "GETKEYS") || isWord(argv[at + 1], "GETKEYSANDFLAGS")))
            at += 2;
        else
            break;
    }
    return at;
}

} // namespace

bool isSecretParameter(QByteArrayView name)
{
    // requirepass, masterauth, primaryauth, tls-key-file-pass, sentinel-pass, auth-pass, ...
    const QByteArray lower = name.toByteArray().toLower();
    return lower.contains("pass") || lower.endsWith("auth");
}

QList<QByteArray> redactCommand(const QList<QByteArray>& argv)
{
    if (const qsizetype inner = innermostCommand(argv); inner > 0)
        return argv.first(std::min(inner, argv.size())) + redactCommand(argv.mid(inner));
    QList<QByteArray> result = argv;
    if (result.isEmpty())
        return result;
    const QByteArray& name = result.front();
    if (isWord(name, "AUTH")) {
        for (qsizetype i = 1; i < result.size(); ++i)
            redactAt(result, i);
    } else if (isWord(name, "HELLO")) {
        redactHello(result);
    } else if (isWord(name, "ACL")) {
        redactAcl(result);
    } else if (isWord(name, "CONFIG")) {
        if (result.size() > 1 && isWord(result[1], "SET"))
            redactParameters(result, 2);
    } else if (isWord(name, "SENTINEL")) {
        redactSentinel(result);
    } else if (isWord(name, "MIGRATE")) {
        redactMigrate(result);
    }
    return result;
}

QList<QByteArray> secretsOf(const QList<QByteArray>& argv)
{
    const QList<QByteArray> redacted = redactCommand(argv);
    QList<QByteArray> secrets;
    for (qsizetype i = 0; i < argv.size(); ++i) {
        if (argv[i] != redacted[i] && !argv[i].isEmpty())
            secrets.append(argv[i]);
    }
    return secrets;
}

QByteArray redactLine(QByteArrayView line, const QList<QByteArray>& secrets)
{
    QByteArray result = line.toByteArray();
    if (secrets.isEmpty())
        return result;
    // Servers cut what they repeat, so the piece of a secret that is left may match nothing.
    if (const qsizetype at = result.indexOf("with args beginning with"); at >= 0)
        result = result.first(at) + "(redacted)";
    for (const QByteArray& secret : secrets) {
        // An empty one is nowhere and everywhere.
        if (!secret.isEmpty())
            result.replace(secret, "(redacted)");
    }
    return result;
}

} // namespace slotscope::support
