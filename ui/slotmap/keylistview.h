// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "ui/slotmap/keystore.h"

#include <QAbstractScrollArea>

class QTimer;

namespace slotscope::ui {

/// A list of keys, each with its slot and shard; stays quick with millions. Owns its keys. Only the
/// rows on screen are looked at when it paints; a filter is applied in pieces, by a timer.
///
/// Arrows, Page Up, Page Down, Home and End move; with Shift they extend the selection, Ctrl+A
/// selects all, Ctrl+C copies one key a line, as redis-cli takes them. A double click and Enter ask
/// for a command.
class KeyListView final : public QAbstractScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyListView)
public:
    static constexpr qsizetype mostCopied = 200'000;

    explicit KeyListView(QWidget* parent = nullptr);

    void setTopology(const cluster::Topology& topology);
    void append(const command::KeyBatch& batch);
    void append(const QList<QByteArray>& keys);
    void clear();
    void setFilter(const QByteArray& text);
    const KeyRows& rows() const { return m_rows; }
    /// What stands in the middle while there are no rows.
    void setPlaceholder(const QString& text);
    /// The command that a double click asks for: TYPE, or GET where all are strings.
    void setCommand(const QByteArray& name) { m_command = name; }

    qsizetype currentRow() const { return m_current; } ///< -1: none
    void setCurrentRow(qsizetype row, bool extend = false);
    qsizetype selectedCount() const;
    bool isSelected(qsizetype row) const;
    // What is in sight.
    qsizetype firstRowOnScreen() const;
    qsizetype rowsOnScreen() const;
    QRectF rowRect(qsizetype row) const; ///< in the widget's coordinates
    QString rowText(qsizetype row) const; ///< a key in words, with its slot and shard
    /// Puts the selected keys into the clipboard, at most mostCopied; tells how many.
    qsizetype copySelected();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Keys came, or the filter found some.
    void rowsChanged();
    /// The user wants this line in the console; it is not meant to be run without being seen.
    void commandSuggested(const QString& line);
    void slotSuggested(int slot); ///< to be shown in the map
    void copied(qsizetype count, qsizetype selected);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void changeEvent(QEvent* event) override;

private:
    int rowHeight() const;
    qsizetype rowAt(int y) const;
    void updateBar();
    void filterSome();
    void onRows();
    void suggest(const QByteArray& name);
    qreal paintOwner(QPainter& painter, cluster::Slot slot, const QRectF& row) const;
    void paintRow(QPainter& painter, qsizetype row, const QRect& rect);

    cluster::Topology m_topology;
    KeyRows m_rows;
    QTimer* m_filtering = nullptr;
    QString m_placeholder;
    QByteArray m_command = "TYPE";
    qsizetype m_current = -1;
    qsizetype m_anchor = -1;
};

} // namespace slotscope::ui
