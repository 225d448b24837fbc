// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/examination.h"
#include "ui/models/tablemodel.h"

#include <optional>

namespace slotscope::ui {

/// The doctor's matrix: a row for each node, a column for each stage. Each cell has a sign and,
/// where something was measured, how long it took. Takes each new examination as a whole and tells
/// only what changed. Holds values, asks nobody.
class DoctorModel final : public TableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DoctorModel)
public:
    enum Column { Node, Role, FirstStage, ColumnCount = FirstStage + doctor::examStageCount };
    enum class Cell {
        Passed,
        Failed,
        Pending, ///< it will come, unless an earlier stage fails
        Missing, ///< does not apply, or was not reached
    };

    explicit DoctorModel(QObject* parent = nullptr);

    /// `underWay`: rows that are not complete will have more stages.
    void setExamination(const doctor::Examination& examination, bool underWay);

    const doctor::NodeExam& nodeAt(int row) const { return m_rows.at(row).node; }
    Cell cellAt(int row, doctor::ExamStage stage) const;
    /// The stage of a column; nothing for the columns before them.
    static std::optional<doctor::ExamStage> stageOf(int column);
    /// Invalid when nothing failed.
    QModelIndex firstFailure() const;

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

protected:
    qsizetype size() const override { return m_rows.size(); }
    QString columnTitle(int section) const override;

private:
    struct Row
    {
        doctor::NodeExam node;
        bool underWay = false;

        friend bool operator==(const Row&, const Row&) = default;
    };

    QVariant foreground(const QModelIndex& index) const;

    QList<QString> m_keys; ///< one for each row
    QList<Row> m_rows;
};

/// What is known of a node, or of one stage of it: plain text, ready to be shown.
struct DoctorDetail
{
    QString title; ///< "127.0.0.1:7001, primary, TCP"
    QString text; ///< a line for each stage that is meant
    QString remedy; ///< empty when there is nothing to do
};
/// `stage`: only this one. `underWay`: the row is not complete, and will have more stages.
DoctorDetail detailOf(
    const doctor::NodeExam& node, std::optional<doctor::ExamStage> stage, bool underWay);

} // namespace slotscope::ui
