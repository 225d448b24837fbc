// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/report/sharedreport.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;

namespace slotscope::ui {

class MarkTable;
class RedactionForm;

/// What a report is to be, as a form: format, title, note, contents, traces, redaction, colours.
class ReportForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReportForm)
public:
    /// `order`: where the form starts from. Its capture says which traces there are.
    explicit ReportForm(const ReportOrder& order, QWidget* parent = nullptr);

    /// As it stands there; of the capture only the marks.
    ReportOrder order() const;
    void setFormat(ReportFormat format);
    MarkTable* marks() const { return m_marks; }

Q_SIGNALS:
    /// By the user.
    void changed();

private:
    QWidget* makeContents();
    QWidget* makeTraces(const QList<command::Trace>& traces);
    void showFormat();
    ReportContents contents() const; ///< as the boxes say
    bool isPictureAlone() const;
    void showEffects();

    ReportOrder m_base;
    bool m_isChosen = false; ///< the contents are not just what is usual
    QComboBox* m_format = nullptr;
    QLineEdit* m_title = nullptr;
    QPlainTextEdit* m_note = nullptr;
    QList<QCheckBox*> m_contents; ///< as ReportContents
    QListWidget* m_traces = nullptr; ///< null: there are none
    MarkTable* m_marks = nullptr;
    RedactionForm* m_redaction = nullptr;
    QComboBox* m_colours = nullptr;
    QComboBox* m_scale = nullptr;
};

} // namespace slotscope::ui
