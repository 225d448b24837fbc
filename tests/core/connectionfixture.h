// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connection.h"
#include "core/resp/replyformat.h"
#include "tests/support/fakenode.h"

#include <QSignalSpy>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

inline const QByteArray helloReply
    = "%7\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$6\r\n7.0.15\r\n$5\r\nproto\r\n:3\r\n"
      "$2\r\nid\r\n:7\r\n$4\r\nmode\r\n$7\r\ncluster\r\n$4\r\nrole\r\n$7\r\nreplica\r\n"
      "$7\r\nmodules\r\n*0\r\n"_ba;

inline net::ConnectionOptions quick()
{
    net::ConnectionOptions options;
    options.timeout = 2000ms;
    return options;
}

/// A connection, its signals, and the answers in the order in which they came.
struct Client
{
    explicit Client(const net::Endpoint& endpoint, const net::ConnectionOptions& options = quick())
        : connection(std::make_unique<net::Connection>(endpoint, options))
        , ready(connection.get(), &net::Connection::ready)
        , closed(connection.get(), &net::Connection::closed)
        , pushed(connection.get(), &net::Connection::pushed)
    { }

    void send(const net::Argv& argv) { connection->send(argv, record()); }
    net::Connection::Callback record()
    {
        return [this](const net::Answer& answer) { answers.append(answer); };
    }
    bool openAndWait()
    {
        connection->open();
        return QTest::qWaitFor([this] { return !ready.isEmpty() || !closed.isEmpty(); })
            && !ready.isEmpty();
    }
    bool waitForAnswers(int count)
    {
        return QTest::qWaitFor([this, count] { return answers.size() >= count; }, 20'000);
    }
    bool waitForEnd() { return !closed.isEmpty() || closed.wait(20'000); }
    support::Error reason() const { return closed.value(0).value(0).value<support::Error>(); }
    /// The replies as redis-cli prints them, errors as !code.
    QStringList texts() const
    {
        QStringList list;
        for (const net::Answer& answer : answers) {
            list.append(answer.reply ? resp::toDisplayText(*answer.reply)
                                     : u"!%1"_s.arg(int(answer.reply.error().code)));
        }
        return list;
    }

    std::unique_ptr<net::Connection> connection;
    QList<net::Answer> answers;
    QSignalSpy ready;
    QSignalSpy closed;
    QSignalSpy pushed;
};

inline QString codeText(support::ErrorCode code)
{
    return u"!%1"_s.arg(int(code));
}

} // namespace slotscope::tests
