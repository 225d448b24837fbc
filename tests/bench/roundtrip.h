// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

namespace slotscope::net {
class Connection;
}
struct redisContext;

namespace slotscope::bench {

/// GET after GET on a connection that is ready: microseconds for each, negative when one failed.
double roundTrip(net::Connection& connection);
double roundTrip(redisContext* context); ///< blocking

} // namespace slotscope::bench
