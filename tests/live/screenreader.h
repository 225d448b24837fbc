// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QObject>
#include <QProcess>
#include <QRect>
#include <QTemporaryDir>
#include <QThread>

#include <atomic>
#include <memory>

namespace slotscope::tests {

/// What a screen reader learns of a program's window, through AT-SPI on a D-Bus of its own: the
/// words that are on the screen, and where, and where the focus goes. Plays the part of the
/// desktop's accessibility bus and of its registry.
class ScreenReader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScreenReader)
public:
    /// Something that is on the screen.
    struct Item
    {
        QString path; ///< what it is called on the bus
        QString name; ///< its words
    };

    explicit ScreenReader(QObject* parent = nullptr);
    ~ScreenReader() override;

    /// Empty, or why there is none and what to install.
    QString start();
    /// For DBUS_SESSION_BUS_ADDRESS of the program.
    QString address() const { return m_address; }
    /// The program has asked for us. Until then nobody may wait for its answers.
    bool isWanted() const { return m_isWanted; }
    /// To whom the other functions talk.
    bool attach(qint64 processId);

    /// All that is shown, from the outside in.
    QList<Item> shown() const;
    QString nameOf(const Item& item) const; ///< now
    QString roleOf(const Item& item) const; ///< "push button"
    QRect placeOf(const Item& item) const; ///< on the screen
    /// Does the first thing that can be done to it; what that is, in words.
    QString act(const Item& item) const;
    /// What the program has said last that it has the focus; it has been there since.
    Item focused() const { return m_focused; }

    // For the services that the program asks.
    QString told() const { return m_address; }
    void setWanted() { m_isWanted = true; }

private Q_SLOTS:
    void onFocus(const QDBusMessage& message);

private:
    QVariantList ask(const QString& path, const QString& interface, const QString& method,
        const QVariantList& arguments = {}) const;
    QDBusPendingCall send(const QString& path, const QString& interface, const QString& method,
        const QVariantList& arguments = {}) const;
    QStringList visibleOf(const QStringList& paths) const;

    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
    QDBusConnection m_bus;
    QString m_program; ///< its name on the bus
    std::atomic_bool m_isWanted = false;
    std::unique_ptr<QObject> m_registry;
    QThread m_registryThread; ///< so that it answers while we wait for something ourselves
    Item m_focused;
};

} // namespace slotscope::tests
