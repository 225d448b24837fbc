// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QTimer;
class QVBoxLayout;

namespace slotscope::capture {
class History;
}

namespace slotscope::ui {

/// What stands in the middle before anything is open.
class StartPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartPage)
public:
    explicit StartPage(QWidget* parent = nullptr);

    /// Recordings that a program left which was killed: the newest few, to open or to delete. When
    /// this was on the screen for a second they count as offered (capture::setOffered()).
    void offerRecordings(const QStringList& files);

Q_SIGNALS:
    void openRequested(const QString& file);
    void sandboxRequested();
    void captureRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void addRecording(const QString& file, const capture::History& history);

    QVBoxLayout* m_recordings = nullptr;
    QStringList m_unseen; ///< offered, but not on a screen yet
    QTimer* m_glance = nullptr;
};

} // namespace slotscope::ui
