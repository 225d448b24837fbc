// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/interrupts.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace slotscope::app {

namespace {

constexpr std::array handledSignals { SIGINT, SIGTERM, SIGHUP };

// A handler has nothing but globals. (A signalfd would need the signals blocked, and servers and
// windows that are started would inherit that.)
std::array<int, 2> wakeUp { -1, -1 };

void onSignal(int)
{
    const int saved = errno;
    [[maybe_unused]] const ssize_t written = ::write(wakeUp[1], "x", 1);
    errno = saved;
}

void setHandlers(void (*handler)(int), int flags)
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    for (const int signal : handledSignals)
        ::sigaction(signal, &action, nullptr);
}

} // namespace

Interrupts::Interrupts(QObject* parent)
    : QObject(parent)
{
    if (::pipe2(wakeUp.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = new QSocketNotifier(wakeUp[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (::read(wakeUp[0], &byte, 1) > 0) { }
        Q_EMIT received();
    });
    // After the first one the default action is back: a second Ctrl-C ends a program that hangs.
    setHandlers(onSignal, static_cast<int>(SA_RESTART | SA_RESETHAND));
}

Interrupts::~Interrupts()
{
    setHandlers(SIG_DFL, 0);
    for (int& end : wakeUp) {
        ::close(end);
        end = -1;
    }
}

} // namespace slotscope::app
