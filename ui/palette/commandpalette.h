// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/palette/paletteitems.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QListView;

namespace slotscope::ui {

class PaletteModel;

/// A field over the top of its window that finds every action of the menus, shards and nodes by
/// words. Closes with Escape, with what it did, and when it loses the focus, which it gives back.
class CommandPalette final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CommandPalette)
public:
    enum class Mode { Everything, Places };

    explicit CommandPalette(QWidget* window);

    /// `topology`: of the cluster that is shown; may be empty. `dialled`: where its addresses lead.
    void openWith(Mode mode, const QMenuBar* bar, const cluster::Topology& topology,
        const net::AddressMap& dialled = {});

Q_SIGNALS:
    /// The user wants to see this place: an item's, or what was typed.
    void placeChosen(const QString& place);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void filter();
    void moveSelection(int step);
    void choose();
    void close();
    void place();

    PaletteModel* m_model = nullptr;
    QLineEdit* m_field = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_nothing = nullptr;
    QPointer<QWidget> m_before; ///< had the focus
};

} // namespace slotscope::ui
