// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/keylookup.h"

#include <QPointer>

namespace slotscope::command {

namespace {

constexpr qsizetype mostBytes = 1024 * 1024;

} // namespace

KeyLookup::KeyLookup(RunContext context, Argv argv, QObject* parent)
    : QObject(parent)
    , m_context(std::move(context))
    , m_argv(std::move(argv))
    , m_keys(extractKeys(m_argv, m_context.table))
{
    m_keys.needsServer = false;
}

void KeyLookup::start()
{
    if (byteCount(m_argv) > mostBytes)
        return endLater();
    const QPointer<KeyLookup> alive(this);
    m_context.pool->connectionTo(m_context.seed)
        ->send(Argv { "COMMAND", "GETKEYS" } + m_argv, [alive](const net::Answer& answer) {
            if (alive)
                alive->onAnswer(answer);
        });
}

void KeyLookup::cancel()
{
    endLater();
}

void KeyLookup::onAnswer(const net::Answer& answer)
{
    if (std::exchange(m_isEnded, true))
        return;
    const QList<int> positions
        = answer.reply ? positionsOfKeys(m_argv, *answer.reply) : QList<int>();
    if (!positions.isEmpty()) {
        m_keys = withKeys(m_keys, m_argv, positions);
        m_keys.source = KeySource::Asked;
    }
    Q_EMIT finished(m_keys);
}

void KeyLookup::endLater()
{
    if (std::exchange(m_isEnded, true))
        return;
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT finished(m_keys); }, Qt::QueuedConnection);
}

QList<int> positionsOfKeys(const Argv& argv, const resp::Reply& keys)
{
    if (keys.type() != resp::Type::Array && keys.type() != resp::Type::Set)
        return {};
    if (keys.size() >= argv.size())
        return {};
    QHash<QByteArray, QList<int>> places; // the first one last
    for (int i = static_cast<int>(argv.size()) - 1; i > 0; --i)
        places[argv.at(i)].append(i);
    QList<int> positions;
    for (const resp::Reply& key : keys) {
        const auto found = places.find(key.toByteArray());
        if (key.isError() || found == places.end() || found->isEmpty())
            return {};
        positions.append(found->takeLast());
    }
    return positions;
}

} // namespace slotscope::command
