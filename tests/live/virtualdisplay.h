// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QPoint>
#include <QProcess>
#include <QRect>
#include <QTemporaryDir>

namespace slotscope::tests {

/// An X server without a screen (Xvfb), and a user's hands at it (xdotool). There is no window
/// manager. Ends with this object.
class VirtualDisplay final
{
public:
    explicit VirtualDisplay(QSize size);
    ~VirtualDisplay();
    Q_DISABLE_COPY_MOVE(VirtualDisplay)

    /// Empty, or why there is none and what to install.
    QString start();
    /// For DISPLAY.
    QString name() const { return m_name; }

    // Each is a complaint, empty when it was done.
    QString click(QPoint where);
    /// Text into whatever has the focus.
    QString type(const QString& text);
    /// One chord, in xdotool's words: "ctrl+Return".
    QString press(const QString& chord);

    /// Whether a window of this title is shown. A regular expression.
    bool shows(const QString& title) const;
    /// What is on the screen now, as bytes to compare; empty when it cannot be read.
    QByteArray pixels(const QRect& place) const;

private:
    QString xdotool(const QStringList& arguments) const;

    QSize m_size;
    QTemporaryDir m_folder; ///< has the screen's memory, as a file
    QProcess m_server;
    QString m_name;
};

} // namespace slotscope::tests
