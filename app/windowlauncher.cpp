// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/windowlauncher.h"

#include "app/commandparser.h"
#include "app/connectionarguments.h"
#include "app/nodisplay.h"
#include "app/textoutput.h"
#include "core/explain/addresses.h"
#include "core/profile/profilestore.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <vector>

namespace slotscope::app {

using namespace Qt::StringLiterals;

QString findWindow()
{
    const QString name = u"slotscope-window"_s;
    QString beside = QCoreApplication::applicationDirPath() + u'/' + name;
    if (QFileInfo(beside).isExecutable())
        return beside;
    return QStandardPaths::findExecutable(name);
}

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY")
        || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

namespace {

/// What the shells' completions offer behind `profile:`. Their scripts read lines, so that a name
/// with a line end, or another control character, is none of them.
void printProfileNames()
{
    for (const QString& name :
        profile::ProfileStore::namesIn(profile::ProfileStore::defaultFile())) {
        const bool isPlain
            = std::all_of(name.begin(), name.end(), [](QChar c) { return c.isPrint(); });
        if (isPlain)
            print(name + u'\n');
    }
}

} // namespace

int becomeWindow(const QStringList& arguments, std::span<char*> argv)
{
    CommandParser parser(u"[ENDPOINT | FILE.slotscope] [options]\n"
                         "       slotscope inspect ENDPOINT [options]\n"
                         "       slotscope check ENDPOINT [options]\n"
                         "       slotscope doctor ENDPOINT [options]\n"
                         "       slotscope exec ENDPOINT [options] -- COMMAND [ARG ...]\n"
                         "       slotscope report ENDPOINT|CAPTURE --output FILE [options]\n"
                         "       slotscope sandbox [options]"_s,
        u"Opens the window; connected, if an endpoint is given. The sub-commands need no display:\n"
        "inspect prints the topology, check asks every node what is wrong, doctor goes stage by\n"
        "stage through the way to every node, exec runs one command and prints its trace, report\n"
        "writes what every node answers to a file, sandbox starts a real local cluster. Each says\n"
        "more with --help."_s);
    parser.options().addOption({ u"version"_s, u"Say the version."_s });
    QCommandLineOption listProfiles(u"list-profiles"_s);
    listProfiles.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.options().addOption(listProfiles);
    addConnectionOptions(parser.options());
    if (const auto done = parser.parse(arguments, 0, 1))
        return *done;
    if (parser.isSet(u"version"_s)) {
        print(u"slotscope " SLOTSCOPE_VERSION "\n"_s);
        return Done;
    }
    if (parser.isSet(listProfiles.names().constFirst())) {
        printProfileNames();
        return Done;
    }
    const QString endpoint = parser.positional(0);
    if (isCaptureFile(endpoint)) {
        if (!QFileInfo::exists(endpoint))
            return parser.refuse(u"there is no file %1"_s.arg(endpoint));
    } else if (!endpoint.isEmpty()) {
        // What is wrong is said here, and not in a window; a password goes no further.
        const auto connection = readConnectionArguments(parser.options(), endpoint, Secrets::Leave);
        if (!connection)
            return parser.refuse(connection.error().detail);
        if (const int database = connection->otherDatabase(); database != 0)
            return parser.refuse(explain::otherDatabase(database));
    }
    const QString window = findWindow();
    if (window.isEmpty()) {
        complain(u"slotscope: slotscope-window is neither beside this program nor in PATH"_s);
        return NegativeAnswer;
    }
    // Qt itself would end with a core dump. Who names a platform knows of one without a display.
    if (!hasDisplay() && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        complain(u"slotscope: "_s + noDisplaySentence());
        return NegativeAnswer;
    }
    QByteArray program = QFile::encodeName(window);
    std::vector<char*> childArguments { program.data() };
    childArguments.insert(childArguments.end(), argv.begin() + 1, argv.end());
    childArguments.push_back(nullptr);
    ::execv(program.constData(), childArguments.data());
    complain(window + u": "_s + QString::fromLocal8Bit(std::strerror(errno)));
    return NegativeAnswer;
}

} // namespace slotscope::app
