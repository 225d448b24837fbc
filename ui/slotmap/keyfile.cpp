// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/keyfile.h"

#include "core/support/savefile.h"

#include <algorithm>

namespace slotscope::ui {

namespace {

constexpr qsizetype keysInPiece = 20'000;

} // namespace

KeyFile::KeyFile(const KeyRows& rows, const QString& file, QObject* parent)
    : QObject(parent)
    , m_rows(rows)
    , m_file(file)
    , m_count(rows.size())
{ }

void KeyFile::start()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_file.open(QIODevice::WriteOnly))
                writeSome();
            else
                fail(m_file.errorString());
        },
        Qt::QueuedConnection);
}

void KeyFile::writeSome()
{
    if (m_rows.size() < m_count)
        return fail(tr("the list has changed"));
    const qsizetype end = std::min(m_count, m_next + keysInPiece);
    QByteArray text;
    for (; m_next < end; ++m_next)
        text += keyLine(m_rows.at(m_next)) + '\n';
    if (!support::writeAll(m_file, text))
        return fail(m_file.errorString());
    if (m_next < m_count) {
        QMetaObject::invokeMethod(this, &KeyFile::writeSome, Qt::QueuedConnection);
        return;
    }
    if (!support::commit(m_file))
        return fail(m_file.errorString());
    Q_EMIT finished(m_count, std::nullopt);
}

void KeyFile::fail(const QString& why)
{
    m_file.cancelWriting();
    Q_EMIT finished(
        m_next, support::Error { support::ErrorCode::FileError, why, m_file.fileName() });
}

} // namespace slotscope::ui
