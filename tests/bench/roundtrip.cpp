// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/bench/roundtrip.h"

#include "core/net/connection.h"
#include "tests/bench/measure.h"

#include <hiredis/hiredis.h>

#include <QElapsedTimer>

namespace slotscope::bench {

namespace {

constexpr int roundTrips = 20'000;

double microsEach(const QElapsedTimer& clock)
{
    return static_cast<double>(clock.nsecsElapsed()) / 1e3 / roundTrips;
}

} // namespace

double roundTrip(net::Connection& connection)
{
    int left = roundTrips;
    bool failed = false;
    std::function<void()> next = [&] {
        connection.send({ "GET", "key" }, [&](const net::Answer& answer) {
            failed = failed || !answer.reply;
            if (--left > 0 && !failed)
                next();
        });
    };
    QElapsedTimer clock;
    clock.start();
    next();
    if (!waitUntil([&] { return left == 0 || failed; }) || failed)
        return -1;
    return microsEach(clock);
}

double roundTrip(redisContext* context)
{
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < roundTrips; ++i) {
        void* reply = redisCommand(context, "GET %s", "key");
        if (!reply)
            return -1;
        freeReplyObject(reply);
    }
    return microsEach(clock);
}

} // namespace slotscope::bench
