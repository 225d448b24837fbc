// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace slotscope::tests {

/// CLUSTER NODES of a cluster that nobody runs, as it is pasted: two shards, 10923-16383 without
/// an owner.
inline QString someNodes()
{
    return QStringLiteral("07c37dfeb235213a872192d90877d0cd55635b91 127.0.0.1:30004@31004 slave "
                          "e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 0 1426238317239 4 connected\n"
                          "67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1 127.0.0.1:30002@31002 master "
                          "- 0 1426238316232 2 connected 5461-10922\n"
                          "e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 127.0.0.1:30001@31001 "
                          "myself,master - 0 0 1 connected 0-5460\n");
}

} // namespace slotscope::tests
