// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/checkcommand.h"
#include "app/doctorcommand.h"
#include "app/execcommand.h"
#include "app/inspectcommand.h"
#include "app/reportcommand.h"
#include "app/sandboxcommand.h"
#include "app/standardstreams.h"
#include "app/windowlauncher.h"
#include "core/net/askpass.h"
#include "core/sandbox/janitor.h"

#include <QCoreApplication>

#include <algorithm>
#include <span>
#include <string_view>

namespace {

using namespace slotscope;

QStringList toStrings(std::span<char*> arguments)
{
    QStringList strings;
    for (const char* argument : arguments)
        strings.append(QString::fromLocal8Bit(argument));
    return strings;
}

int runExecCommand(std::span<char*> arguments)
{
    // The command's bytes are those of argv: they are not decoded and encoded again.
    const auto isDashes = [](const char* argument) { return std::string_view(argument) == "--"; };
    const auto dashes = std::find_if(arguments.begin(), arguments.end(), isDashes);
    std::optional<command::Argv> command;
    if (dashes != arguments.end()) {
        command.emplace();
        for (auto argument = dashes + 1; argument != arguments.end(); ++argument)
            command->append(QByteArray(*argument));
    }
    const auto own = static_cast<std::size_t>(dashes - arguments.begin());
    return app::runExec(toStrings(arguments.first(own)), command);
}

int run(std::string_view word, std::span<char*> all, sandbox::Janitor* janitor)
{
    const std::span<char*> rest = all.subspan(all.size() > 1 ? 2 : 1);
    if (word == "inspect")
        return app::runInspect(toStrings(rest));
    if (word == "check")
        return app::runCheck(toStrings(rest));
    if (word == "doctor")
        return app::runDoctor(toStrings(rest));
    if (word == "report")
        return app::runReport(toStrings(rest));
    if (word == "exec")
        return runExecCommand(rest);
    if (word == "sandbox")
        return app::runSandbox(toStrings(rest), janitor);
    return app::becomeWindow(toStrings(all.subspan(1)), all);
}

} // namespace

int main(int argc, char** argv)
{
    app::occupyStandardStreams();
    // ssh has a question for the one that started it.
    if (qEnvironmentVariableIsSet(net::askPassVariable))
        return net::runAskPass(argc, argv);
    const std::span<char*> all(argv, static_cast<std::size_t>(argc));
    const std::string_view word = argc > 1 ? all[1] : "";
    // First of all, while there is one thread and nothing is open.
    const auto janitor = word == "sandbox" ? sandbox::Janitor::start() : nullptr;

    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("slotscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SLOTSCOPE_VERSION));

    return app::withFateOfOutput(run(word, all, janitor.get()));
}
