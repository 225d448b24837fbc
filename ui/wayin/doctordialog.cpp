// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/wayin/doctordialog.h"

#include "core/doctor/clienttarget.h"
#include "core/doctor/examcauses.h"
#include "core/doctor/examreport.h"
#include "core/doctor/guesscheck.h"
#include "core/doctor/replaytext.h"
#include "core/explain/doctor.h"
#include "core/explain/errors.h"
#include "core/support/savefile.h"
#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/savequestion.h"
#include "ui/theme/severity.h"
#include "ui/theme/widgets.h"
#include "ui/wayin/clientadviceview.h"
#include "ui/wayin/doctormodel.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using VerdictKind = doctor::ExamVerdict::Kind;

namespace {

constexpr int signSize = 20;

/// Whose text a click selects without taking the focus from the table.
QLabel* verdictLabel(QWidget* parent, const QString& name, const QFont& font)
{
    QLabel* label = readingLabel(parent, name, font);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

} // namespace

DoctorDialog::DoctorDialog(
    session::IoThread& io, const session::SessionConfig& config, QWidget* parent)
    : QDialog(parent)
    , m_io(io)
    , m_config(config)
    , m_guess(profile::guessEndpoint(config.endpoint.endpoint))
    , m_model(new DoctorModel(this))
{
    setObjectName(u"doctorDialog"_s);
    setWindowTitle(tr("Test: %1").arg(visibleText(config.endpoint.typed)));
    m_sign = new QWidget(this);
    m_sign->setFixedSize(signSize, signSize);
    m_sentence = verdictLabel(this, u"doctorVerdict"_s, textFont(17, QFont::DemiBold));
    m_guessLabel = verdictLabel(this, u"doctorGuess"_s, textFont(13));
    m_guessLabel->setVisible(m_guess.provider != profile::Provider::None);
    m_clock = verdictLabel(this, u"doctorClock"_s, textFont(13));
    showGuess();

    m_clients = new ClientAdviceView(this);
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(u"doctorTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(buildNodes(), tr("&Nodes"));
    m_tabs->addTab(m_clients, tr("&Clients"));

    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_sign, 0, Qt::AlignTop);
    top->addWidget(m_sentence, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_guessLabel);
    layout->addWidget(m_clock);
    layout->addWidget(buildWays());
    layout->addWidget(m_tabs, 1);
    layout->addWidget(buildButtons());
    resize(1000, 660);
    applyTheme();
    run();
    m_table->setFocus();
}

DoctorDialog::~DoctorDialog() = default;

DoctorDialog* DoctorDialog::showFor(
    session::IoThread& io, const session::SessionConfig& config, QWidget* parent)
{
    for (auto* dialog :
        parent->findChildren<DoctorDialog*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (!dialog->isVisible() || dialog->m_config.endpoint != config.endpoint
            || dialog->m_config.options.tls != config.options.tls)
            continue;
        dialog->raise();
        dialog->activateWindow();
        if (!dialog->isUnderWay())
            dialog->run();
        return dialog;
    }
    auto* dialog = new DoctorDialog(io, config, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->QWidget::show();
    return dialog;
}

QWidget* DoctorDialog::buildNodes()
{
    m_table = new QTableView(this);
    m_table->setObjectName(u"doctorMatrix"_s);
    m_table->setAccessibleName(tr("Nodes and stages"));
    m_table->setModel(m_model);
    makeQuiet(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSelectionBehavior(QAbstractItemView::SelectItems);
    QHeaderView* header = m_table->horizontalHeader();
    const QFontMetrics metrics(m_table->font());
    m_table->verticalHeader()->setDefaultSectionSize(metrics.height() + 10);
    for (int column = 0; column < DoctorModel::ColumnCount; ++column) {
        const QString title
            = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        header->resizeSection(column,
            24
                + std::max(
                    metrics.horizontalAdvance(title), metrics.horizontalAdvance(u"✗ failed"_s)));
    }
    header->setSectionResizeMode(DoctorModel::Node, QHeaderView::Stretch);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &DoctorDialog::showDetail);

    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(tr("What the chosen cell means"));
    auto* detail = new QWidget;
    m_detailTitle = verdictLabel(detail, u"doctorDetailTitle"_s, textFont(14, QFont::DemiBold));
    m_detailText = verdictLabel(detail, u"doctorDetail"_s, textFont(13));
    m_remedy = verdictLabel(detail, u"doctorRemedy"_s, textFont(13, QFont::DemiBold));
    auto* detailLayout = new QVBoxLayout(detail);
    detailLayout->setContentsMargins(8, 8, 8, 4);
    detailLayout->setSpacing(6);
    detailLayout->addWidget(m_detailTitle);
    detailLayout->addWidget(m_detailText);
    detailLayout->addWidget(m_remedy);
    detailLayout->addStretch(1);
    scroll->setWidget(detail);

    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(scroll);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({ 320, 170 });
    return splitter;
}

QWidget* DoctorDialog::buildWays()
{
    using Kind = net::WayProposal::Kind;
    m_ways = new QWidget(this);
    auto* layout = new QHBoxLayout(m_ways);
    layout->setContentsMargins(signSize + 8, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(new QLabel(tr("Another way may lead there:"), m_ways));
    const auto add = [this, layout](const QString& text, const QString& name, Kind kind) {
        auto* button = new QPushButton(text, m_ways);
        button->setObjectName(name);
        button->setAutoDefault(false);
        button->setToolTip(tr("It is tried before it is used."));
        button->setAccessibleDescription(button->toolTip());
        layout->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, kind] { Q_EMIT wayWanted(kind); });
    };
    add(tr("&Use SSH…"), u"doctorUseSsh"_s, Kind::Ssh);
    add(tr("&Map addresses…"), u"doctorMapAddresses"_s, Kind::Map);
    layout->addStretch(1);
    m_ways->hide();
    return m_ways;
}

/// Where the test has ended and something was not reached that may be from elsewhere.
void DoctorDialog::showWays()
{
    const bool mayHelp = !isUnderWay() && !m_found.nodes.isEmpty()
        && !doctor::unreachedOf(m_found).proposals.isEmpty();
    m_ways->setVisible(mayHelp);
}

void DoctorDialog::setWay(const net::ConnectionOptions& options)
{
    m_config.options = options;
    run();
}

QWidget* DoctorDialog::buildButtons()
{
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto add = [bar, layout](const QString& text, const QString& name) {
        auto* button = new QPushButton(text, bar);
        button->setObjectName(name);
        button->setAutoDefault(false);
        layout->addWidget(button);
        return button;
    };
    m_again = add(tr("&Run again"), u"doctorAgain"_s);
    m_stop = add(tr("S&top"), u"doctorStop"_s);
    m_message = verdictLabel(bar, u"doctorMessage"_s, textFont(13));
    layout->addWidget(m_message, 1);
    m_copy = add(tr("C&opy as text"), u"doctorCopy"_s);
    m_save = add(tr("&Save as text…"), u"doctorSave"_s);
    QPushButton* close = add(tr("Close"), u"doctorClose"_s);
    connect(m_again, &QPushButton::clicked, this, &DoctorDialog::run);
    connect(m_stop, &QPushButton::clicked, this, &DoctorDialog::stop);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(reportText());
        say(tr("Copied."));
    });
    connect(m_save, &QPushButton::clicked, this, &DoctorDialog::askForFile);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    return bar;
}

void DoctorDialog::run()
{
    delete std::exchange(m_exam, nullptr);
    m_isAsking = false;
    say({});
    m_finishedAt = {};
    m_hasClients = false;
    m_found = {};
    m_measured.clear();
    m_clients->setMeasured({});
    // The port of a Memcached server would be spoken to in vain.
    if (m_guess.isRefused())
        return showRefused();
    m_exam = new doctor::ExamHandle(
        m_io, m_config.options, m_config.endpoint.endpoint, m_config.endpoint.typed, this);
    connect(m_exam, &doctor::ExamHandle::changed, this, &DoctorDialog::onChanged);
    connect(m_exam, &doctor::ExamHandle::finished, this, &DoctorDialog::onFinished);
    connect(m_exam, &doctor::ExamHandle::replayed, this,
        [this](const auto& replay) { addMeasured(doctor::replayLines(replay)); });
    connect(m_exam, &doctor::ExamHandle::followed, this,
        [this](const auto& replay) { addMeasured(doctor::replayLines(replay)); });
    connect(m_exam, &doctor::ExamHandle::ended, this, &DoctorDialog::onEnded);
    m_isAsking = true;
    showExamination({}, true);
    showClients(tr("What clients do depends on what kind of server this is, which the test is "
                   "about to find out."));
    m_exam->start();
}

void DoctorDialog::stop()
{
    if (m_exam)
        m_exam->cancel();
}

void DoctorDialog::showRefused()
{
    doctor::Examination nothing;
    nothing.error = support::Error { support::ErrorCode::NotRedis, m_guess.reason,
        m_config.endpoint.endpoint.toString() };
    m_finishedAt = QDateTime::currentDateTimeUtc();
    showExamination(nothing, false);
    showVerdict({ VerdictKind::Ill, tr("Not tested: this is no Redis or Valkey server.") });
    showClients(tr("No client of Redis or Valkey can use this endpoint."));
}

void DoctorDialog::onChanged(const doctor::Examination& examination)
{
    showExamination(examination, true);
    if (!m_hasClients)
        showClients({});
}

void DoctorDialog::onFinished(const doctor::Examination& examination)
{
    m_finishedAt = QDateTime::currentDateTimeUtc();
    showExamination(examination, false);
    showClients(tr("What clients do depends on what kind of server this is, and the endpoint has "
                   "not told."));
    const QModelIndex failure = m_model->firstFailure();
    const QModelIndex first = m_model->index(0, 0);
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid() || current == first)
        m_table->setCurrentIndex(failure.isValid() ? failure : first);
}

void DoctorDialog::onEnded()
{
    m_isAsking = false;
    m_stop->setEnabled(false);
}

void DoctorDialog::addMeasured(const QStringList& lines)
{
    m_measured = (QStringList { m_measured } + lines).join(u'\n').trimmed();
    m_clients->setMeasured(m_measured);
}

/// As a guess, until the server has told what is true of it.
void DoctorDialog::showGuess()
{
    const doctor::GuessCheck check
        = doctor::checkGuess(m_guess, m_found.topology, m_config.options.tls.enabled);
    if (check.isEmpty()) {
        m_guessLabel->setText(tr("A guess, by the name: %1").arg(visibleText(m_guess.reason)));
        return;
    }
    QStringList lines;
    for (const doctor::GuessFinding& finding : check)
        lines << visibleText(doctor::markedSentence(finding));
    m_guessLabel->setText(lines.join(u'\n'));
}

void DoctorDialog::showExamination(const doctor::Examination& examination, bool underWay)
{
    m_found = examination;
    m_model->setExamination(examination, underWay);
    // Without TLS there is nothing to see in it, unless it is what is missing.
    const bool hasTls = std::any_of(examination.nodes.begin(), examination.nodes.end(),
        [](const doctor::NodeExam& node) { return node.stage(doctor::ExamStage::Tls) != nullptr; });
    const auto tls = DoctorModel::FirstStage + static_cast<int>(doctor::ExamStage::Tls);
    m_table->setColumnHidden(tls, !m_config.options.tls.enabled && !hasTls);
    showGuess();
    const QStringList clocks = underWay ? QStringList() : doctor::clockSentences(examination);
    m_clock->setText(clocks.join(u' '));
    m_clock->setVisible(!clocks.isEmpty());
    showVerdict(doctor::verdictOf(examination, underWay));
    showWays();
    showDetail();
}

void DoctorDialog::showVerdict(const doctor::ExamVerdict& verdict)
{
    m_verdict = verdict;
    m_sentence->setText(verdict.sentence);
    const bool underWay = isUnderWay();
    for (QPushButton* button : { m_again, m_copy, m_save })
        button->setEnabled(!underWay);
    m_stop->setEnabled(m_isAsking);
    colourVerdict();
}

void DoctorDialog::showDetail()
{
    const QModelIndex index = m_table->currentIndex();
    DoctorDetail detail;
    if (index.isValid()) {
        detail = detailOf(
            m_model->nodeAt(index.row()), DoctorModel::stageOf(index.column()), isUnderWay());
    } else {
        detail.text = tr("Choose a node or a cell: here is what it means, and what to do.");
    }
    m_detailTitle->setText(detail.title);
    m_detailTitle->setVisible(!detail.title.isEmpty());
    m_detailText->setText(detail.text);
    m_remedy->setText(
        detail.remedy.isEmpty() ? QString() : tr("What to do: %1").arg(detail.remedy));
    m_remedy->setVisible(!detail.remedy.isEmpty());
}

/// `instead`: what is said as long as nothing is known.
void DoctorDialog::showClients(const QString& instead)
{
    const auto target
        = doctor::clientTargetOf(m_config.endpoint.endpoint, m_config.options, m_found);
    if (target) {
        m_clients->setAdvice(doctor::clientAdvice(*target), {});
        m_hasClients = true;
    } else if (!instead.isEmpty()) {
        m_clients->setAdvice({}, instead);
    }
}

QString DoctorDialog::reportText() const
{
    QString text = tr("Slotscope %1, test of %2, %3")
                       .arg(QCoreApplication::applicationVersion(),
                           visibleText(m_config.endpoint.typed), m_finishedAt.toString(Qt::ISODate))
        + u'\n' + m_verdict.sentence + u'\n';
    if (m_guessLabel->isVisibleTo(this))
        text += m_guessLabel->text() + u'\n';
    if (!m_found.nodes.isEmpty())
        text += u'\n' + doctor::toText(m_found);
    if (!m_measured.isEmpty())
        text += u'\n' + m_measured + u'\n';
    const auto target
        = doctor::clientTargetOf(m_config.endpoint.endpoint, m_config.options, m_found);
    if (!target)
        return text;
    text += u'\n' + explain::clientsTitle() + u'\n';
    for (const doctor::ClientAdvice& client : doctor::clientAdvice(*target))
        text += client.name + u": "_s + visibleText(client.whatHappens) + u'\n';
    return text;
}

void DoctorDialog::askForFile()
{
    const SaveQuestion question { tr("Save as text"),
        u"slotscope-test-"_s + m_finishedAt.toString(u"yyyyMMdd'T'HHmmss'Z'"_s) + u".txt"_s,
        tr("Text (*.txt);;All files (*)") };
    askWhereToSave(this, question, [this](const QString& file) { saveReport(file); });
}

void DoctorDialog::saveReport(const QString& file)
{
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && support::commit(out, reportText().toUtf8()))
        say(tr("Saved as %1").arg(visibleText(file)));
    else
        say(explain::errorSentence(
            { support::ErrorCode::FileError, visibleText(out.errorString()), {} }));
}

void DoctorDialog::say(const QString& message)
{
    m_message->setText(message);
}

void DoctorDialog::changeEvent(QEvent* event)
{
    // The children hear of it after their parent; what they are given now would be overwritten.
    if (event->type() == QEvent::PaletteChange && m_message)
        QMetaObject::invokeMethod(this, &DoctorDialog::applyTheme, Qt::QueuedConnection);
    QDialog::changeEvent(event);
}

void DoctorDialog::applyTheme()
{
    const Theme theme = Theme::of(palette());
    m_model->setTheme(theme);
    colourVerdict();
    setInk(m_guessLabel, theme.mutedText);
    setInk(m_clock, theme.mutedText);
    setInk(m_message, theme.mutedText);
}

void DoctorDialog::colourVerdict()
{
    const Theme theme = Theme::of(palette());
    setInk(m_sentence, m_verdict.kind == VerdictKind::Ill ? theme.danger : theme.text);
    update();
}

void DoctorDialog::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF sign(0, 0, signSize - 3, signSize - 3);
    sign.moveCenter(QRectF(m_sign->geometry()).center() + QPointF(0, 1));
    switch (m_verdict.kind) {
    case VerdictKind::Well:
        paintSeverity(painter, sign, health::Severity::Calm, theme);
        break;
    case VerdictKind::Ill:
        paintSeverity(painter, sign, health::Severity::Error, theme);
        break;
    case VerdictKind::Stopped:
        paintSeverity(painter, sign, health::Severity::Notice, theme);
        break;
    case VerdictKind::UnderWay:
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.mutedText);
        for (const qreal x : { -6.0, 0.0, 6.0 })
            painter.drawEllipse(sign.center() + QPointF(x, 0), 2, 2);
        break;
    }
}

} // namespace slotscope::ui
