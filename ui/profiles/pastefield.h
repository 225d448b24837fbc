// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QPlainTextEdit>
#include <QTimer>

namespace slotscope::ui {

/// A field for text that is taken as a whole: at once when it was pasted or dropped, with Return or
/// when the field is left if it was typed. In the pauses of the typing it tells how far it has
/// come.
class PasteField final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PasteField)
public:
    explicit PasteField(QWidget* parent = nullptr);

Q_SIGNALS:
    /// Never empty. It stays in the field.
    void given(const QString& text);
    /// What stands there, perhaps nothing, and nobody has typed for a moment.
    void typed(const QString& text);

protected:
    void insertFromMimeData(const QMimeData* source) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void give();

    QTimer m_pause;
    QString m_given; ///< last time: leaving the field does not say it again
};

} // namespace slotscope::ui
