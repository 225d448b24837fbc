// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/captureactions.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QImageWriter>
#include <QPointer>
#include <QSaveFile>
#include <QStandardPaths>
#include <QThreadPool>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

support::Result<QString> writePng(const QImage& image, const QString& folder, const QString& name)
{
    const auto fail = [](const QString& file, const QString& why) {
        return support::Error { support::ErrorCode::FileError, file + u": "_s + why, {} };
    };
    if (!QDir().mkpath(folder))
        return fail(folder, CaptureActions::tr("the folder cannot be made"));
    QString file = folder + u'/' + name + u".png"_s;
    for (int i = 2; QFile::exists(file) && i < 1000; ++i)
        file = folder + u'/' + name + u'-' + QString::number(i) + u".png"_s;
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return fail(file, out.errorString());
    QImageWriter writer(&out, "png");
    if (!writer.write(image))
        return fail(file, writer.errorString());
    if (!out.commit())
        return fail(file, out.errorString());
    return file;
}

} // namespace

CaptureActions::CaptureActions(std::function<CaptureContent()> content, QWidget* window)
    : QObject(window)
    , m_content(std::move(content))
    , m_window(window)
{ }

void CaptureActions::setFolder(const QString& folder)
{
    m_folder = folder;
}

QString CaptureActions::folder() const
{
    if (!m_folder.isEmpty())
        return m_folder;
    return QStandardPaths::writableLocation(QStandardPaths::PicturesLocation) + u"/Slotscope"_s;
}

CaptureContent CaptureActions::content() const
{
    CaptureContent content = m_content();
    const QDateTime now = QDateTime::currentDateTime();
    content.capture.savedAt = now.toUTC();
    content.capture.utcOffsetSeconds = now.offsetFromUtc();
    content.capture.toolVersion = QCoreApplication::applicationVersion();
    return content;
}

std::optional<CaptureContent> CaptureActions::pictureContent()
{
    CaptureContent picture = content();
    if (!picture.capture.topology.isEmpty())
        return picture;
    Q_EMIT message(tr("There is nothing to take a picture of yet."));
    return std::nullopt;
}

void CaptureActions::copyPicture()
{
    const std::optional<CaptureContent> picture = pictureContent();
    if (!picture)
        return;
    const QImage image = renderPicture(picture->capture, picture->picture);
    QGuiApplication::clipboard()->setImage(image);
    const QString name
        = u"slotscope-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    // Packing a picture of this size takes a moment: not in the window's thread.
    QThreadPool::globalInstance()->start(
        [self = QPointer<CaptureActions>(this), image, name, folder = folder()] {
            const support::Result<QString> file = writePng(image, folder, name);
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [self, file] {
                    if (!self)
                        return;
                    if (file)
                        Q_EMIT self->message(tr("Picture copied, and saved as %1").arg(*file));
                    else
                        Q_EMIT self->failed(file.error());
                },
                Qt::QueuedConnection);
        });
}

void CaptureActions::askForSvg()
{
    const std::optional<CaptureContent> picture = pictureContent();
    if (!picture)
        return;
    auto* dialog = new QFileDialog(
        m_window, tr("Save picture as SVG"), folder(), tr("SVG pictures (*.svg)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"svg"_s);
    // What was asked for is saved, whatever is shown by then.
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, picture](const QString& file) { writeSvg(file, *picture); });
    dialog->open();
}

void CaptureActions::saveSvg(const QString& file)
{
    if (const std::optional<CaptureContent> picture = pictureContent())
        writeSvg(file, *picture);
}

void CaptureActions::writeSvg(const QString& file, const CaptureContent& content)
{
    if (const auto done = savePictureSvg(file, content.capture, content.picture); !done)
        Q_EMIT failed(done.error());
    else
        Q_EMIT message(tr("Picture saved as %1").arg(file));
}

void CaptureActions::askForSave(const QList<command::Trace>& traces)
{
    const capture::Capture capture = captureOf(traces);
    if (capture.topology.isEmpty()) {
        Q_EMIT message(tr("There is nothing to save yet."));
        return;
    }
    auto* dialog
        = new QFileDialog(m_window, tr("Save capture"), {}, tr("Slotscope captures (*.slotscope)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"slotscope"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, capture](const QString& file) { write(file, capture); });
    dialog->open();
}

capture::Capture CaptureActions::captureOf(const QList<command::Trace>& traces) const
{
    capture::Capture capture = content().capture;
    capture.traces = traces;
    return capture;
}

void CaptureActions::save(const QString& file, const QList<command::Trace>& traces)
{
    write(file, captureOf(traces));
}

void CaptureActions::write(const QString& file, const capture::Capture& capture)
{
    if (const auto done = capture::writeCapture(file, capture); !done)
        Q_EMIT failed(done.error());
    else
        Q_EMIT message(tr("Capture saved as %1").arg(file));
}

void CaptureActions::askForOpen()
{
    auto* dialog = new QFileDialog(
        m_window, tr("Open capture"), {}, tr("Slotscope captures (*.slotscope);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CaptureActions::open);
    dialog->open();
}

void CaptureActions::open(const QString& file)
{
    const auto capture = capture::readCapture(file);
    if (capture)
        Q_EMIT opened(*capture);
    else
        Q_EMIT failed(capture.error());
}

void CaptureActions::askForFolder()
{
    auto* dialog = new QFileDialog(m_window, tr("Folder for pictures"), folder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& chosen) {
        setFolder(chosen);
        Q_EMIT folderChanged(chosen);
    });
    dialog->open();
}

} // namespace slotscope::ui
