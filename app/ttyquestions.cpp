// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/ttyquestions.h"

#include "app/textoutput.h"
#include "core/support/bytes.h"

#include <QSocketNotifier>

#include <array>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace slotscope::app {

using net::SshQuestion;

namespace {

/// Line by line, with nothing in it that moves the cursor.
QString shown(const QString& text)
{
    QStringList lines;
    for (const QString& line : text.split(u'\n'))
        lines.append(support::toVisibleText(line, 2000));
    return lines.join(u'\n');
}

} // namespace

TtyQuestions::TtyQuestions(net::SshTunnel* tunnel, QObject* parent)
    : QObject(parent)
    , m_tunnel(tunnel)
{
    connect(tunnel, &net::SshTunnel::asked, this, &TtyQuestions::onAsked);
    connect(tunnel, &net::SshTunnel::withdrawn, this, &TtyQuestions::onWithdrawn);
}

TtyQuestions::~TtyQuestions()
{
    restoreEcho();
    if (m_terminal >= 0)
        ::close(m_terminal);
}

void askOnTerminal(const net::ConnectionOptions& options)
{
    if (options.tunnel)
        new TtyQuestions(options.tunnel.get(), options.tunnel.get());
}

void TtyQuestions::onAsked(const SshQuestion& question)
{
    if (m_terminal < 0) {
        m_terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
        if (m_terminal >= 0) {
            m_notifier = new QSocketNotifier(m_terminal, QSocketNotifier::Read, this);
            m_notifier->setEnabled(false);
            connect(m_notifier, &QSocketNotifier::activated, this, &TtyQuestions::onLine);
        }
    }
    if (m_terminal < 0) {
        complain(u"slotscope: ssh asks, and there is no terminal to answer on: "_s
            + shown(question.text).replace(u'\n', u' '));
        if (question.kind != SshQuestion::Kind::Notice)
            m_tunnel->refuse(question.id);
        return;
    }
    if (question.kind == SshQuestion::Kind::Notice) {
        write(shown(question.text) + u'\n');
        return;
    }
    m_waiting.append(question);
    askNext();
}

void TtyQuestions::onWithdrawn(quint64 id)
{
    m_waiting.removeIf([id](const SshQuestion& question) { return question.id == id; });
    if (id == m_current) {
        m_current = 0;
        m_notifier->setEnabled(false);
        restoreEcho();
        write(u"\n"_s);
        askNext();
    }
}

void TtyQuestions::askNext()
{
    if (m_current != 0 || m_waiting.isEmpty())
        return;
    const SshQuestion question = m_waiting.takeFirst();
    m_current = question.id;
    if (question.kind == SshQuestion::Kind::Secret && ::tcgetattr(m_terminal, &m_before) == 0) {
        termios hidden = m_before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        m_isHidden = ::tcsetattr(m_terminal, TCSAFLUSH, &hidden) == 0;
    }
    write(shown(question.text) + u' ');
    m_notifier->setEnabled(true);
}

/// The terminal hands out whole lines.
void TtyQuestions::onLine()
{
    std::array<char, 4096> buffer = {};
    const ssize_t count = ::read(m_terminal, buffer.data(), buffer.size());
    const quint64 id = std::exchange(m_current, 0);
    m_notifier->setEnabled(false);
    if (m_isHidden)
        write(u"\n"_s);
    restoreEcho();
    if (count <= 0) {
        m_tunnel->refuse(id); // the end of the input
    } else {
        QByteArray line(buffer.data(), count);
        while (line.endsWith('\n') || line.endsWith('\r'))
            line.chop(1);
        m_tunnel->answer(id, QString::fromUtf8(line));
        line.fill('\0');
    }
    buffer.fill('\0');
    askNext();
}

void TtyQuestions::write(const QString& text) const
{
    const QByteArray bytes = text.toUtf8();
    [[maybe_unused]] const ssize_t written
        = ::write(m_terminal, bytes.constData(), static_cast<size_t>(bytes.size()));
}

void TtyQuestions::restoreEcho()
{
    if (std::exchange(m_isHidden, false))
        ::tcsetattr(m_terminal, TCSANOW, &m_before);
}

} // namespace slotscope::app
