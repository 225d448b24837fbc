// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/completion.h"

#include <QObject>

class QEvent;
class QKeyEvent;

namespace slotscope::ui {

class CommandInput;
class SuggestionPopup;

/// What helps with the console's line: Tab completes, Ctrl+R searches the history backwards. Sits
/// between the keyboard and the field, which it must not outlive.
///
/// Tab completes as far as it is clear, then lists; where there is nothing to complete, a second
/// Tab in a row leaves the field, as does Tab in an empty one and Shift+Tab always.
class CommandAssist final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CommandAssist)
public:
    explicit CommandAssist(CommandInput* input);

    void setCommandTable(const command::CommandTable& table) { m_table = table; }
    void setDocs(const command::CommandDocs& docs) { m_docs = docs; }
    const command::CommandDocs& docs() const { return m_docs; }

Q_SIGNALS:
    /// Ctrl+L.
    void clearRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Mode { Nothing, Completing, Searching };

    bool onKey(const QKeyEvent& event);
    bool complete();
    void search();
    void take(const QString& text);
    void close();
    void onEdited();

    CommandInput* m_input = nullptr;
    SuggestionPopup* m_popup = nullptr;
    command::CommandTable m_table;
    command::CommandDocs m_docs;
    command::Completion m_completion;
    Mode m_mode = Mode::Nothing;
    QString m_draft; ///< what was typed before the search
    bool m_tabDidNothing = false;
};

} // namespace slotscope::ui
