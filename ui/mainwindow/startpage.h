// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QVBoxLayout;

namespace slotscope::ui {

/// What stands in the middle before anything is open.
class StartPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartPage)
public:
    explicit StartPage(QWidget* parent = nullptr);

    /// Recordings that a program left which was killed: the newest few, to open or to delete.
    void offerRecordings(const QStringList& files);

Q_SIGNALS:
    void openRequested(const QString& file);
    void sandboxRequested();
    void captureRequested();

private:
    void addRecording(const QString& file);

    QVBoxLayout* m_recordings = nullptr;
};

} // namespace slotscope::ui
