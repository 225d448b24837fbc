// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <functional>
#include <utility>

namespace slotscope::ui {

/// Calls `work` in another thread, and `then` with what it gave in the window's, unless `receiver`
/// is gone by then. `work` must hold all that it uses.
template <typename Value>
void inBackground(
    QObject* receiver, std::function<Value()> work, std::function<void(const Value&)> then)
{
    QThreadPool::globalInstance()->start(
        [receiver = QPointer<QObject>(receiver), work = std::move(work), then = std::move(then)] {
            Value value = work();
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [receiver, then, value = std::move(value)] {
                    if (receiver)
                        then(value);
                },
                Qt::QueuedConnection);
        });
}

} // namespace slotscope::ui
