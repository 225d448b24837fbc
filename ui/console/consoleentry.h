// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"
#include "core/explain/redirects.h"

#include <QList>
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace slotscope::ui {

class RunColumn;

/// One line of the console with the run, or the two compared runs, that it started.
class ConsoleEntry final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsoleEntry)
public:
    /// `line` is shown as it is: secrets must be gone from it.
    explicit ConsoleEntry(const QString& line, QWidget* parent = nullptr);

    RunColumn* addRun(quint64 ticket, const command::Behaviour& behaviour);
    /// The code that is wrong and the code that is right for the endpoint, under the runs.
    void setCode(const explain::ClientCode& code);
    RunColumn* column(quint64 ticket) const;
    const QList<RunColumn*>& columns() const { return m_columns; }

private:
    QHBoxLayout* m_runs = nullptr;
    QVBoxLayout* m_layout = nullptr;
    QList<RunColumn*> m_columns;
};

} // namespace slotscope::ui
