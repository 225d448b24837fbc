// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QList>

namespace slotscope::sandbox {

/// `count` ports of 127.0.0.1 that are free now, and whose bus ports are: those from `first` on, or
/// any when it is 0. ProcessFailed when there are none. Another program may take one before its
/// server does.
support::Result<QList<quint16>> choosePorts(int count, quint16 first);

} // namespace slotscope::sandbox
