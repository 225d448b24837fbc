// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/resp/reply.h"

#include <QWidget>

#include <functional>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;
class QToolButton;

namespace slotscope::ui {

class HexView;
class ReplyTree;

/// A reply to look into: as a tree, as text, as JSON, as bytes; with a search, and ways to take it
/// along. Text, JSON and bytes are those of the tree's current element, or of the whole. Only what
/// is in sight is ever made of a tree or of bytes; text and JSON are bounded, and say so.
class ReplyView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReplyView)
public:
    enum View { Tree, Text, Json, Hex };

    explicit ReplyView(QWidget* parent = nullptr);

    void setReply(const resp::Reply& reply);
    void setView(View view);
    View view() const;
    /// What Copy puts on the clipboard and Save writes: in the form of the view shown.
    QByteArray content() const;

private:
    void build();
    void showCurrent();
    void find(bool forward);
    void copy();
    void save();

    resp::Reply m_reply;
    QButtonGroup* m_choice = nullptr;
    QLineEdit* m_search = nullptr;
    QLabel* m_what = nullptr;
    QStackedWidget* m_stack = nullptr;
    ReplyTree* m_tree = nullptr;
    QPlainTextEdit* m_text = nullptr;
    HexView* m_hex = nullptr;
};

} // namespace slotscope::ui
