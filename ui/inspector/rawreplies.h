// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"

#include <QDialog>

class QComboBox;
class QPlainTextEdit;

namespace slotscope::ui {

/// What one node answered when a capture was taken, command by command, to read and to copy.
class RawReplies final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RawReplies)
public:
    RawReplies(
        const QString& node, const QList<capture::RawReply>& replies, QWidget* parent = nullptr);

private:
    void show(int index);

    QList<capture::RawReply> m_replies;
    QComboBox* m_commands = nullptr;
    QPlainTextEdit* m_text = nullptr;
};

} // namespace slotscope::ui
