// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/palette/commandpalette.h"

#include "ui/palette/palettemodel.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int widest = 640;
constexpr int rowsShown = 11;

} // namespace

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window)
{
    setObjectName(u"commandPalette"_s);
    setAccessibleName(tr("Command palette"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_model = new PaletteModel(this);
    m_field = new QLineEdit(this);
    m_field->setTextMargins(6, 0, 6, 0); // as the rows below it
    m_field->setObjectName(u"paletteField"_s);
    m_field->setAccessibleName(tr("What to do, or where to go"));
    m_field->setClearButtonEnabled(false);
    m_field->setFont(textFont(15));
    m_field->setMinimumHeight(34);
    m_field->installEventFilter(this);
    m_list = new QListView(this);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setAccessibleName(tr("What was found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    // The field keeps the focus: arrows move the selection from there.
    m_list->setFocusPolicy(Qt::NoFocus);
    m_nothing = new QLabel(tr("Nothing in the menus is called so."), this);
    m_nothing->setMargin(12);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_field);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_nothing);

    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListView::clicked, this, &CommandPalette::choose);
    window->installEventFilter(this);
    hide();
}

void CommandPalette::openWith(Mode mode, const QMenuBar* bar, const cluster::Topology& topology,
    const net::AddressMap& dialled)
{
    QList<PaletteItem> items;
    if (mode == Mode::Everything)
        items = actionItems(bar);
    items += placeItems(topology, dialled);
    m_model->setItems(items, !topology.isEmpty());
    m_field->setPlaceholderText(mode == Mode::Everything
            ? tr("What to do, or where to go: words of a command, S03, an address, a slot, a key")
            : tr("Where to go: S03, an address, an id, a slot, a key"));
    m_field->clear();
    filter();
    if (isHidden())
        m_before = QApplication::focusWidget();
    place();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::filter()
{
    m_model->setQuery(m_field->text());
    const bool some = m_model->rowCount() > 0;
    m_list->setVisible(some);
    m_nothing->setVisible(!some);
    m_list->setCurrentIndex(m_model->index(0));
    place();
}

void CommandPalette::moveSelection(int step)
{
    const int rows = m_model->rowCount();
    if (rows == 0)
        return;
    const int row = m_list->currentIndex().row() + step;
    // One step wraps around, a page stops at the end.
    const int wanted = std::abs(step) == 1 ? (row + rows) % rows : std::clamp(row, 0, rows - 1);
    m_list->setCurrentIndex(m_model->index(wanted));
}

void CommandPalette::choose()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid())
        return;
    const PaletteItem item = m_model->itemAt(index.row());
    close();
    if (item.action)
        item.action->trigger();
    else if (!item.place.isEmpty())
        Q_EMIT placeChosen(item.place);
}

void CommandPalette::close()
{
    hide();
    if (m_before)
        m_before->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::place()
{
    const QWidget* window = parentWidget();
    const int found = m_model->rowCount();
    const int rows = std::clamp(found, 1, rowsShown);
    const int rowHeight = found > 0 ? m_list->sizeHintForRow(0) : m_nothing->sizeHint().height();
    const int height = m_field->minimumHeight() + 6 + 2 * 8 + rows * rowHeight + 2 * 2;
    const int width
        = std::min(std::max(widest, fontMetrics().averageCharWidth() * 90), window->width() - 40);
    const int top = std::min(72, window->height() / 8);
    setGeometry((window->width() - width) / 2, top, width,
        std::min(std::max(height, 34 + 22 + rowHeight), window->height() - top - 10));
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != m_field)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && isVisible()) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason)
            hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    case Qt::Key_Up:
        moveSelection(-1);
        return true;
    case Qt::Key_Down:
        moveSelection(1);
        return true;
    case Qt::Key_PageUp:
        moveSelection(-rowsShown);
        return true;
    case Qt::Key_PageDown:
        moveSelection(rowsShown);
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // there is nowhere else to go in here
    default:
        return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setPen(Theme::of(palette()).accent);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void CommandPalette::hideEvent(QHideEvent* event)
{
    // Nothing of a cluster that may be gone when it is opened again.
    m_model->setItems({}, false);
    QFrame::hideEvent(event);
}

} // namespace slotscope::ui
