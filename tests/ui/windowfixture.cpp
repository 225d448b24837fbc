// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/windowfixture.h"

#include "core/session/sessionhandle.h"
#include "tests/support/fakenode.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"

#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

WindowFixture::WindowFixture() = default;
WindowFixture::~WindowFixture() = default;

ui::ConnectionTab* WindowFixture::tab() const
{
    return m_window->tabs()->current();
}

void WindowFixture::initTestCase()
{
    m_io = std::make_unique<session::IoThread>();
}

void WindowFixture::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_folder.emplace();
    ui::WindowOptions options;
    options.profilesFile = profilesFile();
    options.recordingsFolder = m_folder->filePath(u"recordings"_s);
    options.settingsFile = m_folder->filePath(u"window.ini"_s);
    m_window = std::make_unique<ui::MainWindow>(*m_io, options);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void WindowFixture::cleanup()
{
    m_window.reset();
}

void WindowFixture::cleanupTestCase()
{
    m_io.reset();
}

session::SessionConfig configOf(const net::Endpoint& endpoint)
{
    session::SessionConfig config;
    config.endpoint.endpoint = endpoint;
    config.endpoint.typed = endpoint.toString();
    return config;
}

void makeStandalone(FakeNode& server)
{
    server.on("INFO",
        FakeNode::bulk("# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n"
                       "# Cluster\r\ncluster_enabled:0\r\n"));
    server.on("CLUSTER", "-ERR This instance has cluster support disabled\r\n");
}

} // namespace slotscope::tests
