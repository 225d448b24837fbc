// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/comparison.h"

#include <QWidget>

class QComboBox;
class QTableView;

namespace slotscope::ui {

class ComparisonFilter;
class ComparisonModel;
class ComparisonRibbons;

/// Two captures beside each other: who owned which slots, and a list of what is different, which
/// can be narrowed to one kind and copied. Asks nobody; a widget for a window or a dialog.
class ComparisonView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ComparisonView)
public:
    ComparisonView(const slotscope::capture::Capture& before,
        const slotscope::capture::Capture& after, QWidget* parent = nullptr);

    const capture::Comparison& comparison() const { return m_comparison; }
    QString title() const; ///< for the window that it stands in

public Q_SLOTS:
    void copyMarkdown() const;
    void copyText() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeCaveats();
    QWidget* makeFilterBar();
    void makeTable();
    void onCurrentChanged();

    capture::Comparison m_comparison;
    ComparisonModel* m_model = nullptr;
    ComparisonFilter* m_filter = nullptr;
    ComparisonRibbons* m_ribbons = nullptr;
    QComboBox* m_kinds = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace slotscope::ui
