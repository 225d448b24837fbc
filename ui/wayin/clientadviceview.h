// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/clientadvice.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace slotscope::ui {

class CodeBlock;

/// What each client library does with one endpoint: the libraries on the left; on the right, of the
/// chosen one, what happens, the code that leads there, and what to write instead.
class ClientAdviceView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientAdviceView)
public:
    explicit ClientAdviceView(QWidget* parent = nullptr);

    /// The chosen library stays chosen. Nothing while the kind of server is not known: `instead`
    /// says why.
    void setAdvice(const QList<doctor::ClientAdvice>& advice, const QString& instead);
    /// What was seen on the wire, above all clients; empty takes it away.
    void setMeasured(const QString& text);
    void choose(const QString& name);

private:
    void showClient(int row);

    QList<doctor::ClientAdvice> m_advice;
    QStackedWidget* m_pages = nullptr;
    QLabel* m_instead = nullptr;
    QLabel* m_measured = nullptr;
    QListWidget* m_list = nullptr;
    QLabel* m_name = nullptr;
    QLabel* m_happens = nullptr;
    CodeBlock* m_wrong = nullptr;
    CodeBlock* m_right = nullptr;
};

} // namespace slotscope::ui
