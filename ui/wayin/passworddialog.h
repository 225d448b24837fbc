// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDialog>

class QLineEdit;

namespace slotscope::ui {

/// Asks for a user and a password. Stores neither: they leave with credentialsGiven() and the
/// dialog forgets them when it closes.
class PasswordDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PasswordDialog)
public:
    /// `message`: why it asks, plain text.
    PasswordDialog(const QString& endpoint, const QString& user, const QString& message,
        QWidget* parent = nullptr);

Q_SIGNALS:
    void credentialsGiven(const QString& user, const QString& password);

private:
    void onAccepted();

    QLineEdit* m_user = nullptr;
    QLineEdit* m_password = nullptr;
};

} // namespace slotscope::ui
