// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace slotscope::ui {

class EndpointField;

/// The line at the top: the endpoint field, its button, and below it why the text is not
/// understood.
class EndpointBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EndpointBar)
public:
    explicit EndpointBar(QWidget* parent = nullptr);

    QString text() const;
    void setText(const QString& text);
    /// Plain words under the field; empty takes the line away.
    void setMessage(const QString& message);
    void setConnecting(bool connecting);
    void focusField();

Q_SIGNALS:
    void submitted(const QString& text);
    void cancelRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();
    void onButton();

    EndpointField* m_field = nullptr;
    QPushButton* m_button = nullptr;
    QLabel* m_message = nullptr;
    bool m_connecting = false;
};

} // namespace slotscope::ui
