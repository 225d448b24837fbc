// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/reportdialog.h"

#include "core/explain/errors.h"
#include "ui/report/marktable.h"
#include "ui/report/pageview.h"
#include "ui/report/picture.h"
#include "ui/report/reportform.h"
#include "ui/theme/background.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/savequestion.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QClipboard>
#include <QDrag>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QUrl>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

ReportDialog::ReportDialog(const ReportOrder& order, const QString& folder, QWidget* parent)
    : QDialog(parent)
    , m_capture(order.capture)
    , m_folder(folder)
{
    setWindowTitle(tr("Report"));
    setObjectName(u"reportDialog"_s);
    resize(1180, 740);
    m_pause.setSingleShot(true);
    m_pause.setInterval(250);
    connect(&m_pause, &QTimer::timeout, this, &ReportDialog::render);

    m_form = new ReportForm(order, this);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidget(m_form);
    m_scroll->setWidgetResizable(true);
    m_scroll->setAccessibleName(tr("What the report is made of"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFixedWidth(
        m_form->sizeHint().width() + m_scroll->verticalScrollBar()->sizeHint().width());
    m_pages = new PageView(this);
    m_pages->setObjectName(u"reportPages"_s);
    m_pages->setAccessibleName(tr("Preview"));
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(u"reportText"_s);
    m_text->setAccessibleName(tr("Text in the file, and what it says of itself"));
    m_text->setReadOnly(true);
    m_text->setFont(fixedFont(12));
    m_text->setTabChangesFocus(true);
    m_tabs = new QTabWidget(this);
    m_tabs->addTab(m_pages, tr("&Preview"));
    m_tabs->addTab(m_text, tr("Te&xt in the file"));
    m_message = sentenceLabel(this, u"reportMessage"_s, textFont(13));

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_message, 1);
    const auto add = [&](const QString& text, const QString& name, auto reaction) {
        auto* button = new QPushButton(text, this);
        button->setObjectName(name);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, reaction);
        buttons->addWidget(button);
        return button;
    };
    m_copy = add(tr("Copy p&icture"), u"copyReportPicture"_s, &ReportDialog::copyPicture);
    add(tr("Copy as &Markdown"), u"copyReportMarkdown"_s, &ReportDialog::copyMarkdown);
    m_save = add(tr("&Save…"), u"saveReport"_s, &ReportDialog::askToSave);
    m_save->setDefault(true);
    add(tr("Close"), u"closeReport"_s, &QDialog::reject);

    auto* sides = new QHBoxLayout;
    sides->addWidget(m_scroll);
    sides->addWidget(m_tabs, 1);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(sides, 1);
    layout->addLayout(buttons);
    connect(m_form, &ReportForm::changed, this, &ReportDialog::onChanged);
    connect(m_pages, &PageView::dragged, this, &ReportDialog::drag);
    connect(m_pages, &PageView::clicked, this, &ReportDialog::onClicked);
    connect(m_form->marks(), &MarkTable::changed, this,
        [this] { Q_EMIT marksChanged(m_form->marks()->marks()); });
    render();
}

ReportDialog::~ReportDialog() = default;

ReportOrder ReportDialog::order() const
{
    ReportOrder order = m_form->order();
    const QList<capture::Mark> marks = order.capture.marks;
    order.capture = m_capture;
    order.capture.marks = marks;
    return order;
}

std::optional<ReportPreview> ReportDialog::preview() const
{
    return m_isStale || m_isRendering ? std::nullopt : std::optional(m_preview);
}

void ReportDialog::onChanged()
{
    m_isStale = true;
    enableButtons();
    m_pause.start();
}

/// One at a time; what has changed meanwhile is rendered after it.
void ReportDialog::render()
{
    if (m_isRendering)
        return;
    m_isRendering = true;
    m_isStale = false;
    enableButtons();
    say(tr("The preview is being made…"));
    inBackground<ReportPreview>(
        this, [order = order()] { return previewOf(order); },
        [this](const ReportPreview& preview) {
            m_isRendering = false;
            showPreview(preview);
            if (m_isStale && !m_pause.isActive())
                render();
        });
}

void ReportDialog::showPreview(const ReportPreview& preview)
{
    m_preview = preview;
    m_pages->setPages(preview.pages);
    m_text->setPlainText(preview.error.isEmpty() ? preview.allText() : QString());
    m_tabs->setTabVisible(0, !preview.pages.isEmpty());
    enableButtons();
    say(preview.error.isEmpty() ? m_trouble : preview.error, true);
}

void ReportDialog::setTrouble(const QString& sentence)
{
    if (std::exchange(m_trouble, sentence) != sentence && !m_isRendering)
        say(sentence, true);
}

void ReportDialog::enableButtons()
{
    const bool isCurrent = preview().has_value();
    m_copy->setEnabled(isCurrent && !m_preview.pages.isEmpty());
    m_save->setEnabled(isCurrent);
}

void ReportDialog::say(const QString& text, bool isBad)
{
    const Theme theme = Theme::of(palette());
    setInk(m_message, isBad ? theme.danger : theme.mutedText);
    m_message->setText(visibleText(text));
}

void ReportDialog::askToSave()
{
    if (!preview())
        return;
    const ReportFormat format = m_form->order().format;
    const QString ending = formatEnding(format);
    // Of the redacted capture: a file's name says what is called how, too.
    const QString name = reportBaseName(m_preview.order.capture) + u'.' + ending;
    const SaveQuestion question { tr("Save report"), m_folder + u'/' + name,
        u"%1 (*.%2)"_s.arg(formatTitle(format), ending) };
    askWhereToSave(this, question, [this](const QString& file) { askToReplace(file); });
}

/// The dialog for files has asked about the one that was chosen, and not about those beside it.
void ReportDialog::askToReplace(const QString& file)
{
    const ReportOrder order = this->order();
    QStringList there;
    for (const QString& other : reportFiles(file, order.capture, order.options)) {
        if (other != file && QFile::exists(other))
            there.append(QFileInfo(other).fileName());
    }
    if (there.isEmpty())
        return write(file, order);
    ui::askToReplace(this,
        tr("These pictures are there already: %1").arg(visibleText(there.join(u", "_s))),
        [this, file, order] { write(file, order); });
}

void ReportDialog::save(const QString& file)
{
    write(file, order());
}

void ReportDialog::write(const QString& file, const ReportOrder& wanted)
{
    ReportOrder order = wanted;
    order.format = reportFormatOf(file).value_or(order.format);
    say(tr("Saving…"));
    using Written = support::Result<support::Done>;
    inBackground<Written>(
        this, [file, order] { return writeShared(file, order); },
        [this, file](const Written& written) {
            if (written)
                say(tr("Saved as %1").arg(file));
            else
                say(explain::errorSentence(written.error()), true);
        });
}

void ReportDialog::copyPicture()
{
    if (!preview() || m_preview.pages.isEmpty())
        return;
    QGuiApplication::clipboard()->setImage(m_preview.pages.constFirst());
    say(tr("The picture is copied."));
}

void ReportDialog::copyMarkdown()
{
    // Of what the form says, which the preview may not show yet.
    inBackground<QString>(
        this,
        [order = order()] {
            const ReportOrder result = shared(order);
            return reportAsMarkdown(result.capture, result.options);
        },
        [this](const QString& text) {
            QGuiApplication::clipboard()->setText(text);
            say(tr("Copied as Markdown."));
        });
}

void ReportDialog::onClicked(int page, const QPointF& at, Qt::KeyboardModifiers modifiers)
{
    const QRectF& picture = m_preview.picture;
    if (page != m_preview.picturePage || !picture.contains(at))
        return;
    m_scroll->ensureWidgetVisible(m_form->marks());
    const QPointF from = at - picture.topLeft();
    m_form->marks()->pointAt({ from.x() / picture.width(), from.y() / picture.height() },
        modifiers.testFlag(Qt::ShiftModifier));
}

std::unique_ptr<QMimeData> ReportDialog::draggedData(int page)
{
    const QImage image = m_preview.pages.value(page);
    if (!preview() || image.isNull())
        return nullptr;
    if (!m_dragged)
        m_dragged = std::make_unique<QTemporaryDir>();
    const QString number = m_preview.pages.size() > 1 ? QString(u"-%1"_s.arg(page + 1)) : QString();
    const QString file
        = m_dragged->filePath(reportBaseName(m_preview.order.capture) + number + u".png"_s);
    auto dragged = std::make_unique<QMimeData>();
    dragged->setImageData(image);
    if (writeFiles({ { file, toPng(image) } }))
        dragged->setUrls({ QUrl::fromLocalFile(file) });
    return dragged;
}

void ReportDialog::drag(int page)
{
    std::unique_ptr<QMimeData> dragged = draggedData(page);
    if (!dragged)
        return;
    const QImage image = m_preview.pages.value(page);
    auto* drag = new QDrag(this);
    drag->setMimeData(dragged.release());
    drag->setPixmap(QPixmap::fromImage(image.scaledToWidth(240, Qt::SmoothTransformation)));
    drag->exec(Qt::CopyAction);
}

} // namespace slotscope::ui
