// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/redirect.h"

#include <QScrollArea>

class QLabel;
class QPushButton;

namespace slotscope::ui {

class CodeBlock;

/// A pasted MOVED or ASK error, explained without any connection.
class ExplanationPage final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExplanationPage)
public:
    explicit ExplanationPage(QWidget* parent = nullptr);

    void setRedirect(const command::Redirect& redirect);

Q_SIGNALS:
    /// Open the cluster through the node that the redirect names.
    void openRequested(const QString& endpoint);
    void closeRequested();

private:
    QString m_target;
    QLabel* m_title = nullptr;
    QLabel* m_meaning = nullptr;
    QLabel* m_guess = nullptr;
    QLabel* m_advice = nullptr;
    QWidget* m_code = nullptr;
    CodeBlock* m_wrong = nullptr;
    CodeBlock* m_right = nullptr;
    QPushButton* m_open = nullptr;
};

} // namespace slotscope::ui
