// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/profiles/profilelistpane.h"

#include "ui/profiles/profilelistmodel.h"
#include "ui/theme/plaintext.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

ProfileListPane::ProfileListPane(QWidget* parent)
    : QWidget(parent)
{
    m_search = new QLineEdit(this);
    m_search->setObjectName(u"profileSearch"_s);
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search profiles"));
    m_search->setClearButtonEnabled(true);
    m_model = new ProfileListModel(this);
    m_list = new QListView(this);
    m_list->setObjectName(u"profileList"_s);
    m_list->setAccessibleName(tr("Profiles"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ProfileDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_empty = new QLabel(m_list);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    auto* middle = new QVBoxLayout(m_list);
    middle->addWidget(m_empty);
    m_notice = new QLabel(this);
    m_notice->setObjectName(u"profileNotice"_s);
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    buildButtons();
    bindKeys();
    showNotice({});

    connect(m_search, &QLineEdit::textChanged, this, &ProfileListPane::showFound);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& index) {
            if (!m_isSelecting && index.isValid())
                Q_EMIT chosen(index.data(ProfileListModel::IdRole).toString());
        });
    connect(m_list, &QListView::doubleClicked, this, &ProfileListPane::openRequested);
}

void ProfileListPane::buildButtons()
{
    auto* grid = new QGridLayout;
    grid->setSpacing(4);
    const auto add = [this, grid](const QString& text, const QString& name, int row, int column,
                         int columns, void (ProfileListPane::*wish)()) {
        auto* button = new QPushButton(text, this);
        button->setObjectName(name);
        button->setAutoDefault(false);
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        grid->addWidget(button, row, column, 1, columns);
        if (wish)
            connect(button, &QPushButton::clicked, this, wish);
        return button;
    };
    add(tr("Ne&w"), u"newProfile"_s, 0, 0, 4, &ProfileListPane::newRequested);
    m_clone = add(tr("&Clone"), u"cloneProfile"_s, 0, 4, 4, &ProfileListPane::cloneRequested);
    m_delete = add(tr("&Delete"), u"deleteProfile"_s, 0, 8, 4, &ProfileListPane::removeRequested);
    // They are Alt and an arrow in the list: the letters are needed elsewhere.
    m_up = add(tr("Up"), u"profileUp"_s, 1, 0, 3, nullptr);
    m_down = add(tr("Down"), u"profileDown"_s, 1, 3, 3, nullptr);
    add(tr("&Import…"), u"importProfiles"_s, 1, 6, 3, &ProfileListPane::importRequested);
    add(tr("E&xport…"), u"exportProfiles"_s, 1, 9, 3, &ProfileListPane::exportRequested);
    connect(m_up, &QPushButton::clicked, this, [this] { Q_EMIT moveRequested(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { Q_EMIT moveRequested(1); });
    m_undo = new QPushButton(tr("Undo"), this);
    m_undo->setObjectName(u"undoDelete"_s);
    m_undo->setAutoDefault(false);
    connect(m_undo, &QPushButton::clicked, this, &ProfileListPane::undoRequested);
    auto* notice = new QHBoxLayout;
    notice->addWidget(m_notice, 1);
    notice->addWidget(m_undo);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addLayout(notice);
    column->addLayout(grid);
}

void ProfileListPane::bindKeys()
{
    const auto bind = [this](const QKeySequence& keys, auto wish) {
        auto* shortcut = new QShortcut(keys, m_list, nullptr, nullptr, Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, wish);
    };
    bind(u"Alt+Up"_s, [this] { Q_EMIT moveRequested(-1); });
    bind(u"Alt+Down"_s, [this] { Q_EMIT moveRequested(1); });
    bind(Qt::Key_Delete, [this] { Q_EMIT removeRequested(); });
    bind(Qt::Key_Return, [this] { Q_EMIT openRequested(); });
}

void ProfileListPane::setProfiles(
    const profile::ProfileList& profiles, const QSet<QString>& unsaved, const QString& current)
{
    m_profiles = profiles;
    m_current = current;
    m_model->setUnsaved(unsaved);
    showFound();
}

void ProfileListPane::showFound()
{
    m_isSelecting = true;
    m_model->setProfiles(profile::search(m_profiles, m_search->text()));
    const int row = m_current.isEmpty() ? -1 : m_model->rowOf(m_current);
    m_list->setCurrentIndex(row < 0 ? QModelIndex() : m_model->index(row));
    m_isSelecting = false;
    m_empty->setVisible(m_model->rowCount() == 0);
    m_empty->setText(
        m_profiles.isEmpty() ? tr("No profiles yet") : tr("No profile has these words"));
    const qsizetype place = profile::indexOfId(m_profiles, m_current);
    m_clone->setEnabled(place >= 0);
    m_delete->setEnabled(place >= 0);
    // While one searches, the neighbour in the list may be far away in the file.
    const bool mayMove = place >= 0 && m_search->text().isEmpty();
    m_up->setEnabled(mayMove && place > 0);
    m_down->setEnabled(mayMove && place + 1 < m_profiles.size());
}

void ProfileListPane::showNotice(const QString& text, bool withUndo)
{
    m_notice->setText(withoutOptions(text));
    m_notice->setVisible(!text.isEmpty());
    m_undo->setVisible(withUndo);
}

} // namespace slotscope::ui
