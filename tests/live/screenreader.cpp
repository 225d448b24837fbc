// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/screenreader.h"

#include <QDBusAbstractAdaptor>
#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusError>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVirtualObject>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

namespace {

const QString root = u"/org/a11y/atspi/accessible/root"_s;
const QString accessible = u"org.a11y.atspi.Accessible"_s;
constexpr int patience = 30'000;

/// A bus for everybody who finds it, and no services that it would start.
const QByteArray configuration
    = "<busconfig><type>session</type><listen>unix:path=%1</listen><auth>EXTERNAL</auth>"
      "<policy context=\"default\"><allow send_destination=\"*\"/><allow "
      "eavesdrop=\"true\"/><allow own=\"*\"/></policy>"
      "</busconfig>";

QVariantList answerOf(QDBusPendingCall call)
{
    call.waitForFinished();
    const QDBusMessage answer = call.reply();
    return answer.type() == QDBusMessage::ReplyMessage ? answer.arguments() : QVariantList();
}

/// Of a list of objects, each with the name of the bus where it is.
QStringList pathsIn(const QVariantList& answer)
{
    QStringList paths;
    if (answer.isEmpty())
        return paths;
    const auto list = answer.first().value<QDBusArgument>();
    list.beginArray();
    while (!list.atEnd()) {
        QString service;
        QDBusObjectPath path;
        list.beginStructure();
        list >> service >> path;
        list.endStructure();
        paths.append(path.path());
    }
    list.endArray();
    return paths;
}

/// Where a desktop says that assistive technology is at work.
class Status final : public QDBusAbstractAdaptor
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.a11y.Status")
    Q_PROPERTY(bool IsEnabled READ isEnabled CONSTANT)
    Q_PROPERTY(bool ScreenReaderEnabled READ isEnabled CONSTANT)
public:
    explicit Status(QObject* reader)
        : QDBusAbstractAdaptor(reader)
    { }
    bool isEnabled() const { return true; }
};

/// Where a program learns which bus to talk on.
class Bus final : public QDBusAbstractAdaptor
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.a11y.Bus")
public:
    explicit Bus(ScreenReader* reader)
        : QDBusAbstractAdaptor(reader)
        , m_reader(reader)
    { }

public Q_SLOTS:
    QString GetAddress() { return m_reader->told(); }

private:
    ScreenReader* m_reader;
};

/// Somebody who wants to be told of something: whose name on the bus, of what.
struct Listener
{
    QString service;
    QString event;
};
QDBusArgument& operator<<(QDBusArgument& argument, const Listener& listener)
{
    argument.beginStructure();
    argument << listener.service << listener.event;
    argument.endStructure();
    return argument;
}
const QDBusArgument& operator>>(const QDBusArgument& argument, Listener& listener)
{
    argument.beginStructure();
    argument >> listener.service >> listener.event;
    argument.endStructure();
    return argument;
}

/// Where a program asks what anybody wants to be told of, and then says that it is there. It asks
/// before it takes a key too.
class Registry final : public QDBusVirtualObject
{
    Q_OBJECT
public:
    explicit Registry(ScreenReader* reader)
        : m_reader(reader)
    {
        qDBusRegisterMetaType<Listener>();
        qDBusRegisterMetaType<QList<Listener>>();
    }
    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& bus) override
    {
        QVariant answer;
        if (message.member() == u"GetRegisteredEvents"_s)
            answer = QVariant::fromValue(QList<Listener> { { bus.baseService(), u"focus:"_s } });
        else if (message.member() == u"NotifyListenersSync"_s)
            answer = false; // the program may have its key
        else if (message.member() == u"Embed"_s)
            m_reader->setWanted(); // its last question
        else
            return false;
        return bus.send(answer.isValid() ? message.createReply(answer) : message.createReply());
    }

private:
    ScreenReader* m_reader;
};

} // namespace

ScreenReader::ScreenReader(QObject* parent)
    : QObject(parent)
    , m_bus(u"screenreader"_s)
{
    new Status(this);
    new Bus(this);
}

ScreenReader::~ScreenReader()
{
    m_registryThread.quit();
    m_registryThread.wait();
    QDBusConnection::disconnectFromBus(u"screenreader"_s);
    m_daemon.terminate();
    if (!m_daemon.waitForFinished(5000))
        m_daemon.kill();
    m_daemon.waitForFinished(5000);
}

QString ScreenReader::start()
{
    if (QStandardPaths::findExecutable(u"dbus-daemon"_s).isEmpty())
        return u"dbus-daemon is missing: install the package dbus-daemon"_s;
    QFile file(m_folder.filePath(u"bus.conf"_s));
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    file.write(
        QByteArray(configuration).replace("%1", QFile::encodeName(m_folder.filePath(u"bus"_s))));
    file.close();
    m_daemon.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_daemon.setStandardErrorFile(QProcess::nullDevice());
    m_daemon.start(u"dbus-daemon"_s,
        { u"--config-file"_s, file.fileName(), u"--nofork"_s, u"--print-address"_s });
    const bool isUp = QTest::qWaitFor(
        [this] { return m_daemon.canReadLine() || m_daemon.state() == QProcess::NotRunning; },
        patience);
    m_address = isUp ? QString::fromUtf8(m_daemon.readLine()).trimmed() : QString();
    if (m_address.isEmpty())
        return u"dbus-daemon did not start"_s;
    m_bus = QDBusConnection::connectToBus(m_address, u"screenreader"_s);
    auto registry = std::make_unique<Registry>(this);
    if (!m_bus.registerObject(u"/org/a11y/bus"_s, this) || !m_bus.registerService(u"org.a11y.Bus"_s)
        || !m_bus.registerVirtualObject(
            u"/org/a11y/atspi"_s, registry.get(), QDBusConnection::SubPath)
        || !m_bus.registerService(u"org.a11y.atspi.Registry"_s)
        || !m_bus.connect(
            {}, {}, u"org.a11y.atspi.Event.Focus"_s, u"Focus"_s, this, SLOT(onFocus(QDBusMessage))))
        return u"the bus does not take us: "_s + m_bus.lastError().message();
    registry->moveToThread(&m_registryThread);
    m_registryThread.start();
    m_registry = std::move(registry);
    return {};
}

bool ScreenReader::attach(qint64 processId)
{
    QDBusConnectionInterface* daemon = m_bus.interface();
    const QStringList names = daemon->registeredServiceNames();
    for (const QString& name : names) {
        if (!name.startsWith(u':') || qint64(daemon->servicePid(name)) != processId)
            continue;
        m_program = name;
        if (!ask(root, accessible, u"GetRoleName"_s).isEmpty())
            return true;
    }
    m_program.clear();
    return false;
}

QDBusPendingCall ScreenReader::send(const QString& path, const QString& interface,
    const QString& method, const QVariantList& arguments) const
{
    if (path.isEmpty()) // of nothing that is there, such as the focus before there was one
        return QDBusPendingCall::fromError(QDBusError(QDBusError::InvalidObjectPath, path));
    QDBusMessage question = QDBusMessage::createMethodCall(m_program, path, interface, method);
    question.setArguments(arguments);
    return m_bus.asyncCall(question, patience);
}

QVariantList ScreenReader::ask(const QString& path, const QString& interface, const QString& method,
    const QVariantList& arguments) const
{
    return answerOf(send(path, interface, method, arguments));
}

QList<ScreenReader::Item> ScreenReader::shown() const
{
    QList<Item> items;
    QStringList level;
    if (!m_program.isEmpty())
        level.append(root);
    // All of one level together: a question at a time would take ten times as long.
    while (!level.isEmpty()) {
        QList<QDBusPendingCall> names;
        QList<QDBusPendingCall> children;
        for (const QString& path : std::as_const(level)) {
            names.append(send(
                path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s, { accessible, u"Name"_s }));
            children.append(send(path, accessible, u"GetChildren"_s));
        }
        QStringList next;
        for (qsizetype i = 0; i < level.size(); ++i) {
            const QVariantList name = answerOf(names.at(i));
            if (!name.isEmpty())
                items.append(
                    { level.at(i), name.first().value<QDBusVariant>().variant().toString() });
            next += pathsIn(answerOf(children.at(i)));
        }
        level = visibleOf(next);
    }
    return items;
}

/// What is hidden has only hidden things in it.
QStringList ScreenReader::visibleOf(const QStringList& paths) const
{
    QList<QDBusPendingCall> states;
    for (const QString& path : paths)
        states.append(send(path, accessible, u"GetState"_s));
    QStringList visible;
    for (qsizetype i = 0; i < paths.size(); ++i) {
        constexpr uint showing = 1U << 25;
        const QVariantList state = answerOf(states.at(i));
        if (!state.isEmpty() && (qdbus_cast<QList<uint>>(state.first()).value(0) & showing))
            visible.append(paths.at(i));
    }
    return visible;
}

QString ScreenReader::nameOf(const Item& item) const
{
    const QVariantList name
        = ask(item.path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s, { accessible, u"Name"_s });
    return name.isEmpty() ? QString() : name.first().value<QDBusVariant>().variant().toString();
}

QString ScreenReader::roleOf(const Item& item) const
{
    const QVariantList role = ask(item.path, accessible, u"GetRoleName"_s);
    return role.isEmpty() ? QString() : role.first().toString();
}

QString ScreenReader::act(const Item& item) const
{
    const QString actions = u"org.a11y.atspi.Action"_s;
    const QVariantList description = ask(item.path, actions, u"GetDescription"_s, { 0 });
    const QVariantList isDone = ask(item.path, actions, u"DoAction"_s, { 0 });
    return !description.isEmpty() && isDone.value(0).toBool() ? description.first().toString()
                                                              : QString();
}

void ScreenReader::onFocus(const QDBusMessage& message)
{
    m_focused.path = message.path();
    m_focused.name = nameOf(m_focused);
}

QRect ScreenReader::placeOf(const Item& item) const
{
    const QVariantList extents = ask(
        item.path, u"org.a11y.atspi.Component"_s, u"GetExtents"_s, { QVariant::fromValue(0U) });
    if (extents.isEmpty())
        return {};
    const auto fields = extents.first().value<QDBusArgument>();
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    fields.beginStructure();
    fields >> x >> y >> width >> height;
    fields.endStructure();
    return { x, y, width, height };
}

} // namespace slotscope::tests

#include "screenreader.moc"
