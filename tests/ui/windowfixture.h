// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"

#include <QObject>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace slotscope::session {
class IoThread;
struct SessionConfig;
} // namespace slotscope::session

namespace slotscope::ui {
class ConnectionTab;
class MainWindow;
} // namespace slotscope::ui

namespace slotscope::tests {

class FakeNode;

/// The real window, shown, a new one for each test function, without profiles and settings of
/// anybody. Warnings are failures.
class WindowFixture : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WindowFixture)
public:
    WindowFixture();
    ~WindowFixture() override;

protected:
    ui::MainWindow* window() const { return m_window.get(); }
    ui::ConnectionTab* tab() const;
    QString profilesFile() const { return m_folder->filePath(QStringLiteral("profiles.json")); }

protected Q_SLOTS:
    virtual void initTestCase();
    virtual void init();
    virtual void cleanup();
    virtual void cleanupTestCase();

private:
    std::unique_ptr<session::IoThread> m_io;
    std::optional<QTemporaryDir> m_folder;
    std::unique_ptr<ui::MainWindow> m_window;
};

/// To be connected to this, without anything else being said.
session::SessionConfig configOf(const net::Endpoint& endpoint);

/// It answers as a server without a cluster does.
void makeStandalone(FakeNode& server);

} // namespace slotscope::tests
