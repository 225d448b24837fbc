// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/askpass.h"

#include <QtEndian>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace slotscope::net {

namespace {

constexpr qsizetype headSize = 5;

bool writeAll(int socket, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t count
            = ::send(socket, bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes = bytes.sliced(count);
    }
    return true;
}

std::optional<AskPassMessage> readMessage(int socket)
{
    QByteArray bytes;
    std::array<char, 4096> buffer = {};
    for (;;) {
        const ssize_t count = ::read(socket, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return std::nullopt;
        bytes.append(buffer.data(), count);
        if (const auto message = AskPassMessage::take(bytes))
            return message;
    }
}

int connectTo(const char* path)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const size_t length = std::strlen(path);
    if (length == 0 || length >= sizeof address.sun_path)
        return -1;
    std::memcpy(address.sun_path, path, length);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket >= 0
        && ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket);
        return -1;
    }
    return socket;
}

} // namespace

QByteArray AskPassMessage::toBytes() const
{
    const QByteArray body = text.left(longest);
    std::array<char, 4> length = {};
    qToBigEndian(static_cast<quint32>(body.size()), length.data());
    return QByteArray(1, kind).append(length.data(), length.size()).append(body);
}

std::optional<AskPassMessage> AskPassMessage::take(QByteArrayView bytes)
{
    if (bytes.size() < headSize)
        return std::nullopt;
    const auto length = qsizetype(qFromBigEndian<quint32>(bytes.data() + 1));
    if (length > longest)
        return AskPassMessage { 0, {} };
    if (bytes.size() < headSize + length)
        return std::nullopt;
    return AskPassMessage { bytes[0], bytes.sliced(headSize, length).toByteArray() };
}

int runAskPass(int argc, char** argv)
{
    const char* path = std::getenv(askPassVariable);
    const int socket = path ? connectTo(path) : -1;
    if (socket < 0)
        return 1;
    // OpenSSH 8.4 and later say with it what kind of question it is.
    const char* hint = std::getenv("SSH_ASKPASS_PROMPT");
    char kind = 's';
    if (hint && std::string_view(hint) == "confirm")
        kind = 'c';
    else if (hint && std::string_view(hint) == "none")
        kind = 'n';
    if (!writeAll(socket, AskPassMessage { kind, argc > 1 ? argv[1] : "" }.toBytes()))
        return 1;
    const auto answer = readMessage(socket);
    ::close(socket);
    if (!answer || answer->kind != 'y')
        return 1;
    std::fwrite(answer->text.constData(), 1, static_cast<size_t>(answer->text.size()), stdout);
    std::fputc('\n', stdout);
    return std::fflush(stdout) == 0 ? 0 : 1;
}

} // namespace slotscope::net
