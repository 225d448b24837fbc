// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// slotscope-window: the window, and what renders a picture of a capture.

#include "app/connectionarguments.h"
#include "app/exitcode.h"
#include "app/interrupts.h"
#include "app/nodisplay.h"
#include "core/capture/abandoned.h"
#include "core/capture/capturefile.h"
#include "core/explain/addresses.h"
#include "core/explain/errors.h"
#include "core/net/askpass.h"
#include "core/profile/loginkeeper.h"
#include "ui/connection/sessionconfig.h"
#include "ui/mainwindow/catalogues.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/paintprobe.h"
#include "ui/mainwindow/sizemenu.h"
#include "ui/report/report.h"
#include "ui/theme/logo.h"
#include "ui/theme/theme.h"
#include "ui/theme/windowstyle.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>
#include <QThreadPool>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

using namespace Qt::StringLiterals;
using namespace slotscope;

int complain(const QString& text, app::ExitCode status)
{
    std::fprintf(stderr, "slotscope-window: %s\n", qUtf8Printable(text));
    return status;
}

struct Rendering
{
    QString captureFile;
    QString reportFile;
    bool isDark = false;
    bool keepsFiles = false; ///< what is there is not overwritten
};

int render(const Rendering& rendering)
{
    const auto capture = capture::readWhatIsWhole(rendering.captureFile);
    if (!capture)
        return complain(explain::errorSentence(capture.error()), app::NoConnection);
    ui::ReportOptions options;
    options.dark = rendering.isDark;
    const QStringList files = rendering.keepsFiles
        ? ui::reportFiles(rendering.reportFile, *capture, options)
        : QStringList();
    for (const QString& file : files) {
        if (QFileInfo::exists(file))
            return complain(file + u" is there already; --force overwrites it"_s, app::WrongUsage);
    }
    const auto written = ui::writeReport(rendering.reportFile, *capture, options,
        rendering.keepsFiles ? ui::Existing::Keep : ui::Existing::Replace);
    if (!written)
        return complain(explain::errorSentence(written.error()), app::NoConnection);
    return app::Done;
}

QCommandLineOption hidden(const QString& name, const QString& valueName = {})
{
    QCommandLineOption option(name, {}, valueName);
    option.setFlags(QCommandLineOption::HiddenFromHelp);
    return option;
}

/// The windows of this process. They outlive their closing by a moment only.
class Windows final
{
    Q_DISABLE_COPY_MOVE(Windows)
public:
    /// `io` must outlive it.
    Windows(session::IoThread& io, ui::WindowOptions options)
        : m_io(io)
        , m_options(std::move(options))
    { }
    ~Windows()
    {
        for (const QPointer<ui::MainWindow>& window : m_windows)
            delete window;
    }

    ui::MainWindow* make()
    {
        auto* window = new ui::MainWindow(m_io, m_options);
        window->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(window, &ui::MainWindow::newWindowRequested, window, [this, window] {
            ui::MainWindow* another = make();
            another->move(window->pos() + QPoint(36, 36));
            another->show();
        });
        m_windows.append(window);
        return window;
    }

private:
    session::IoThread& m_io;
    ui::WindowOptions m_options;
    QList<QPointer<ui::MainWindow>> m_windows;
};

/// The window opens such a profile by itself: it can ask, show what goes on, and be closed
/// meanwhile. Not with anything else on the command line, or a password in the environment.
bool isProfileAlone(const QCommandLineParser& parser, const QString& endpoint)
{
    return endpoint.startsWith("profile:"_L1) && parser.optionNames().isEmpty()
        && qEnvironmentVariableIsEmpty("SLOTSCOPE_PASSWORD");
}

/// Until there is an application: where its display cannot be reached, Qt would abort, and a core
/// be dumped. Why it cannot, Qt has said in a warning before.
void onMessageOfStart(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    if (type == QtFatalMsg)
        std::_Exit(complain(app::noDisplaySentence(), app::NegativeAnswer));
    std::fprintf(stderr, "%s\n", qUtf8Printable(qFormatLogMessage(type, context, message)));
}

/// A picture needs no display; QApplication has to know before it exists.
bool chooseOffscreenToRender(int argc, char** argv)
{
    bool rendering = false;
    for (int i = 1; i < argc; ++i)
        rendering = rendering || std::strncmp(argv[i], "--render", 8) == 0;
    if (rendering)
        qputenv("QT_QPA_PLATFORM", "offscreen");
    return rendering;
}

} // namespace

int main(int argc, char** argv)
{
    // ssh has a question for the one that started it.
    if (qEnvironmentVariableIsSet(net::askPassVariable))
        return net::runAskPass(argc, argv);
    const bool rendering = chooseOffscreenToRender(argc, argv);
    const QString settingsFile
        = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/slotscope/window.ini"_s;
    if (!rendering)
        ui::SizeMenu::apply(settingsFile);
    QApplication::setStyle(new ui::WindowStyle);
    const QtMessageHandler usual = qInstallMessageHandler(onMessageOfStart);
    QApplication application(argc, argv);
    qInstallMessageHandler(usual);
    QApplication::setApplicationName(u"slotscope"_s);
    QApplication::setApplicationDisplayName(u"Slotscope"_s);
    QApplication::setApplicationVersion(QStringLiteral(SLOTSCOPE_VERSION));
    QApplication::setDesktopFileName(u"slotscope"_s);
    QApplication::setWindowIcon(ui::logoIcon());

    QApplication::setFont(ui::textFont(13));

    QCommandLineParser parser;
    parser.setApplicationDescription(u"The window of Slotscope."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(u"ENDPOINT"_s,
        u"What to connect to: host:port, a URL, or profile:NAME; or a capture, FILE.slotscope."_s,
        u"[ENDPOINT]"_s);
    app::addConnectionOptions(parser);
    parser.addOption({ u"capture"_s, u"Opens a capture instead of connecting."_s, u"FILE"_s });
    parser.addOption(hidden(u"sandbox-manifest"_s, u"FILE"_s));
    parser.addOption(hidden(u"render"_s, u"FILE"_s));
    parser.addOption(hidden(u"dark"_s));
    parser.addOption(hidden(u"keep-files"_s));
    parser.addOption(hidden(u"exit-after-paint"_s));
    parser.process(application);

    const QStringList positional = parser.positionalArguments();
    if (positional.size() > 1)
        return complain(u"one endpoint is enough"_s, app::WrongUsage);
    if (parser.isSet(u"render"_s))
        return render({ parser.value(u"capture"_s), parser.value(u"render"_s),
            parser.isSet(u"dark"_s), parser.isSet(u"keep-files"_s) });
    ui::installCatalogues(
        QDir(QApplication::applicationDirPath()).filePath(QStringLiteral(SLOTSCOPE_TRANSLATIONS)));

    const QString captureFile = parser.isSet(u"capture"_s) ? parser.value(u"capture"_s)
        : app::isCaptureFile(positional.value(0))          ? positional.first()
                                                           : QString();
    const QString endpoint = captureFile.isEmpty() ? positional.value(0) : QString();

    session::IoThread io; // ends after everything that may own something in it
    ui::WindowOptions options;
    options.sandboxManifest = parser.value(u"sandbox-manifest"_s);
    options.settingsFile = settingsFile;
    options.recordingsFolder = capture::recordingsFolder();
    std::optional<session::SessionConfig> config;
    const bool opensProfile = isProfileAlone(parser, endpoint);
    const auto arguments
        = app::readConnectionArguments(parser, endpoint.isEmpty() ? u"localhost"_s : endpoint,
            opensProfile ? app::Secrets::Leave : app::Secrets::Read);
    if (!arguments && arguments.error().code == support::ErrorCode::Cancelled)
        return complain(explain::errorSentence(arguments.error()), app::NegativeAnswer);
    if (!arguments)
        return complain(arguments.error().detail,
            arguments.error().code == support::ErrorCode::NoCredentials ? app::NoConnection
                                                                        : app::WrongUsage);
    if (const int database = arguments->otherDatabase(); database != 0)
        return complain(explain::otherDatabase(database), app::WrongUsage);
    for (const QString& note : arguments->notes)
        std::fprintf(stderr, "slotscope-window: %s\n", qUtf8Printable(note));
    // What is typed later goes to other servers: what a profile says, the credentials, and the
    // trust without a look were not meant for them.
    options.connection = app::optionsForOthers(parser, *arguments);
    if (!endpoint.isEmpty()) {
        const net::TlsOptions given = std::exchange(options.connection.tls, {});
        options.connection.tls.enabled = given.enabled;
        options.connection.tls.caFile = given.caFile;
    }
    if (!endpoint.isEmpty() && !opensProfile) {
        config.emplace();
        config->endpoint = arguments->endpoint;
        config->otherSeeds = arguments->otherSeeds;
        config->options = arguments->options;
        config->readOnly = arguments->readOnly;
        if (arguments->saved) {
            config->refreshInterval
                = arguments->saved->refreshInterval.value_or(config->refreshInterval);
            config->knownShards = arguments->knownShards();
        }
    }
    std::optional<profile::LoginKeeper> keeper;
    if (arguments->expiring) {
        keeper.emplace(*arguments->expiring, arguments->currentPassword);
        keeper->start(arguments->login);
    }

    Windows windows(io, options);
    ui::MainWindow* window = windows.make();
    if (parser.isSet(u"exit-after-paint"_s) && !config)
        ui::exitAfterFirstPaint(window);
    else if (parser.isSet(u"exit-after-paint"_s))
        QObject::connect(window, &ui::MainWindow::clusterShown, window,
            [window] { ui::exitAfterFirstPaint(window); });
    app::Interrupts interrupts;
    // Nobody is there to answer a question that a window asks before it closes; and quit() would
    // wait for the answer.
    QObject::connect(&interrupts, &app::Interrupts::received, qApp, [] {
        QApplication::closeAllWindows();
        QApplication::exit(0);
    });
    window->show();
    if (!captureFile.isEmpty()) {
        window->openCapture(captureFile);
    } else if (opensProfile) {
        window->open(*arguments->saved);
    } else if (config) {
        ui::TabMark mark = arguments->saved ? ui::markOf(*arguments->saved) : ui::TabMark();
        mark.loginSource = arguments->login.told;
        window->connectTo(*config, mark);
    }
    const int code = QApplication::exec();
    // What is still painted or written needs the application's fonts.
    QThreadPool::globalInstance()->waitForDone();
    return code;
}
