// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QToolBar>

class QLabel;

namespace slotscope::ui {

/// The line below the window that says what a capture has become, and offers what can be done with
/// it. In nobody's way: it takes no focus, and goes when it is closed or the next capture begins.
class CaptureNotice final : public QToolBar
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CaptureNotice)
public:
    explicit CaptureNotice(QWidget* parent = nullptr);

    /// Shows itself. `redaction` is what Capture::redaction says.
    void say(const QString& headline, const QString& captureFile, const QString& pictureFile,
        const QString& redaction);
    /// A sentence about what is not in the files, in a line of its own, until the next say().
    void addTrouble(const QString& sentence);

Q_SIGNALS:
    void reportRequested();
    void folderRequested();
    void markdownRequested();
    void deletionRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fitHeadline(); ///< all of it is in the tool tip

    QLabel* m_headline = nullptr;
    QLabel* m_files = nullptr;
    QLabel* m_trouble = nullptr;
};

} // namespace slotscope::ui
