// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFrame>

class QLabel;
class QPlainTextEdit;

namespace slotscope::ui {

/// A piece of code under a title that says whether to write it, with a button that copies it.
class CodeBlock final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CodeBlock)
public:
    enum class Verdict { Wrong, Right };

    explicit CodeBlock(Verdict verdict, QWidget* parent = nullptr);

    void setCode(const QString& title, const QString& code);
    void setTitle(const QString& title);
    QString title() const;
    QString code() const;

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void applyTheme();
    void fitHeight();

    Verdict m_verdict;
    QLabel* m_mark = nullptr;
    QLabel* m_title = nullptr;
    QPlainTextEdit* m_code = nullptr;
};

} // namespace slotscope::ui
