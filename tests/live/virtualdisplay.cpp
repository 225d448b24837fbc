// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/virtualdisplay.h"

#include <QFile>
#include <QStandardPaths>
#include <QTest>
#include <QtEndian>

#include <csignal>
#include <sys/prctl.h>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

VirtualDisplay::VirtualDisplay(QSize size)
    : m_size(size)
{ }

VirtualDisplay::~VirtualDisplay()
{
    m_server.terminate();
    if (!m_server.waitForFinished(5000))
        m_server.kill();
    m_server.waitForFinished(5000);
}

QString VirtualDisplay::start()
{
    if (QStandardPaths::findExecutable(u"Xvfb"_s).isEmpty())
        return u"Xvfb is missing: install the package xvfb"_s;
    if (QStandardPaths::findExecutable(u"xdotool"_s).isEmpty())
        return u"xdotool is missing: install the package xdotool"_s;
    m_server.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_server.setStandardErrorFile(m_folder.filePath(u"log"_s));
    // It chooses a free number itself and prints it.
    m_server.start(u"Xvfb"_s,
        { u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s,
            u"%1x%2x24"_s.arg(m_size.width()).arg(m_size.height()), u"-fbdir"_s, m_folder.path(),
            u"-nolisten"_s, u"tcp"_s, u"-noreset"_s });
    const bool isUp = QTest::qWaitFor(
        [this] { return m_server.canReadLine() || m_server.state() == QProcess::NotRunning; },
        30'000);
    const QByteArray number = isUp ? m_server.readLine().trimmed() : QByteArray();
    if (number.isEmpty()) {
        QFile log(m_folder.filePath(u"log"_s));
        const bool opened = log.open(QIODevice::ReadOnly);
        return u"Xvfb did not start: "_s + (opened ? QString::fromUtf8(log.readAll()) : QString());
    }
    m_name = u':' + QString::fromLatin1(number);
    return {};
}

QString VirtualDisplay::click(QPoint where)
{
    return xdotool({ u"mousemove"_s, QString::number(where.x()), QString::number(where.y()),
        u"click"_s, u"1"_s });
}

QString VirtualDisplay::type(const QString& text)
{
    return xdotool({ u"type"_s, u"--delay"_s, u"5"_s, text });
}

QString VirtualDisplay::press(const QString& chord)
{
    return xdotool({ u"key"_s, chord });
}

QString VirtualDisplay::xdotool(const QStringList& arguments) const
{
    QProcess tool;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DISPLAY"_s, m_name);
    tool.setProcessEnvironment(environment);
    tool.start(u"xdotool"_s, arguments);
    if (!tool.waitForFinished(30'000))
        return u"xdotool: "_s + tool.errorString();
    return tool.exitCode() == 0 ? QString()
                                : u"xdotool: "_s + QString::fromUtf8(tool.readAllStandardError());
}

bool VirtualDisplay::shows(const QString& title) const
{
    return xdotool({ u"search"_s, u"--onlyvisible"_s, u"--name"_s, title }).isEmpty();
}

QByteArray VirtualDisplay::pixels(const QRect& place) const
{
    // The format of xwd: a head of big-endian numbers, a table of colours, the lines.
    QFile file(m_folder.filePath(u"Xvfb_screen0"_s));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray all = file.readAll();
    const auto number = [&all](qsizetype index) -> qsizetype {
        constexpr qsizetype size = 4;
        return all.size() < (index + 1) * size
            ? 0
            : qFromBigEndian<quint32>(all.constData() + index * size);
    };
    const qsizetype headSize = number(0);
    const qsizetype width = number(4);
    const qsizetype height = number(5);
    const qsizetype pixelSize = number(11) / 8;
    const qsizetype lineSize = number(12);
    const qsizetype colours = number(19);
    const QRect visible = place & QRect(0, 0, static_cast<int>(width), static_cast<int>(height));
    QByteArray result;
    for (int y = visible.top(); y <= visible.bottom(); ++y) {
        result += all.mid(headSize + colours * 12 + y * lineSize + visible.left() * pixelSize,
            visible.width() * pixelSize);
    }
    return result;
}

} // namespace slotscope::tests
