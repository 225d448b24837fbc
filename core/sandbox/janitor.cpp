// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/janitor.h"

#include "core/sandbox/sandboxfolder.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace slotscope::sandbox {

namespace {

/// Everything the supervisor writes before it ends: one folder a line.
QByteArray readToTheEnd(int link)
{
    QByteArray text;
    std::array<char, 4096> buffer = {};
    for (;;) {
        const ssize_t count = ::read(link, buffer.data(), buffer.size());
        if (count > 0)
            text.append(buffer.data(), count);
        else if (count == 0 || errno != EINTR)
            return text;
    }
}

[[noreturn]] void tidyUpAfterTheEnd(int link)
{
    ::setsid();
    for (const int signal : { SIGINT, SIGHUP, SIGTERM, SIGQUIT, SIGPIPE })
        ::signal(signal, SIG_IGN);
    // Whoever reads the supervisor's output must see its end although this process lives on.
    const int null = ::open("/dev/null", O_RDWR);
    for (const int standard : { STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO })
        ::dup2(null, standard);
    if (null > STDERR_FILENO)
        ::close(null);
    if (::chdir("/") != 0)
        ::_exit(1);

    const QList<QByteArray> folders = readToTheEnd(link).split('\n');
    for (const QByteArray& folder : folders) {
        if (!folder.isEmpty())
            removeIfLeftOver(QFile::decodeName(folder));
    }
    ::_exit(0);
}

} // namespace

std::unique_ptr<Janitor> Janitor::start()
{
    std::array<int, 2> ends = {};
    // A pair of sockets, because writing to a pipe whose reader was killed raises SIGPIPE.
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return nullptr;
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::close(ends[1]);
        tidyUpAfterTheEnd(ends[0]);
    }
    ::close(ends[0]);
    if (pid < 0) {
        ::close(ends[1]);
        return nullptr;
    }
    return std::unique_ptr<Janitor>(new Janitor(pid, ends[1]));
}

Janitor::Janitor(qint64 pid, int link)
    : m_pid(pid)
    , m_link(link)
{ }

Janitor::~Janitor()
{
    ::close(m_link);
    while (::waitpid(static_cast<pid_t>(m_pid), nullptr, 0) < 0 && errno == EINTR) { }
}

void Janitor::watch(const QString& folder)
{
    const QByteArray line = QFile::encodeName(folder) + '\n';
    // If the janitor was killed this fails, and the sweep of a later start does its work.
    [[maybe_unused]] const ssize_t sent
        = ::send(m_link, line.constData(), static_cast<size_t>(line.size()), MSG_NOSIGNAL);
}

} // namespace slotscope::sandbox
