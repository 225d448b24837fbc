// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/comparison.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QPushButton;
class QTableView;

namespace slotscope::ui {

class ComparisonFilter;
class ComparisonModel;
class ComparisonRibbons;
class SideBySideModel;

/// What a ComparisonView shows. Comparing takes its time with large captures: for any thread.
struct ComparedCaptures
{
    capture::Comparison comparison;
    cluster::Topology before;
    cluster::Topology after; ///< shards are called as before

    static ComparedCaptures of(const capture::Capture& before, const capture::Capture& after);
};

/// Two captures beside each other: who owned which slots, a list of what is different, which can
/// be narrowed to one kind, and both side by side, line by line. Can be copied. Asks nobody; a
/// widget for a window or a dialog.
class ComparisonView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ComparisonView)
public:
    explicit ComparisonView(const ComparedCaptures& compared, QWidget* parent = nullptr);

    const capture::Comparison& comparison() const { return m_comparison; }
    QString title() const; ///< for the window that it stands in
    /// Beside those that copy; becomes its owner.
    void addButton(QPushButton* button);

public Q_SLOTS:
    void copyMarkdown() const;
    void copyText() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeCaveats();
    QWidget* makeFilterBar();
    void makeTable();
    QWidget* makeDifferences();
    QWidget* makeSideBySide();
    QHBoxLayout* makeButtons();
    void onCurrentChanged();

    capture::Comparison m_comparison;
    ComparisonModel* m_model = nullptr;
    ComparisonFilter* m_filter = nullptr;
    ComparisonRibbons* m_ribbons = nullptr;
    SideBySideModel* m_rows = nullptr;
    QComboBox* m_kinds = nullptr;
    QTableView* m_table = nullptr;
    QHBoxLayout* m_buttons = nullptr;
};

} // namespace slotscope::ui
