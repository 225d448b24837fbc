// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/report/sharedreport.h"

#include <QDialog>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

class QLabel;
class QMimeData;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QTabWidget;
class QTemporaryDir;

namespace slotscope::ui {

class PageView;
class ReportForm;

/// Makes a report of a capture: a form, and a preview of what is in the file, which is made by the
/// same functions, of the redacted capture, in a thread of its own. Saves, copies, and lets the
/// picture be dragged out. Does not block.
class ReportDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReportDialog)
public:
    /// `order`: where the form starts from, with the capture that is not redacted. `folder`: where
    /// saving starts.
    ReportDialog(const ReportOrder& order, const QString& folder, QWidget* parent = nullptr);
    ~ReportDialog() override;

    /// Writes what the form says now; the dialog's message tells what became of it. Files that are
    /// there are replaced: askToSave() asks about that.
    void save(const QString& file);
    /// What is wrong with the marks that marksChanged() told of; stays until it is empty.
    void setTrouble(const QString& sentence);
    /// Of what the form says now; nullopt while it is being made.
    std::optional<ReportPreview> preview() const;
    /// What is dragged out of a page: its picture, and a file that has it. Null while the preview
    /// is being made.
    std::unique_ptr<QMimeData> draggedData(int page);

Q_SIGNALS:
    /// By the user: the capture's marks are these now.
    void marksChanged(const QList<slotscope::capture::Mark>& marks);

private:
    void askToSave();
    void askToReplace(const QString& file);
    void write(const QString& file, const ReportOrder& order);
    void copyPicture();
    void copyMarkdown();
    void drag(int page);
    void onClicked(int page, const QPointF& at, Qt::KeyboardModifiers modifiers);
    ReportOrder order() const;
    void onChanged();
    void render();
    void showPreview(const ReportPreview& preview);
    /// What the preview shows may leave only while it is what the form says.
    void enableButtons();
    void say(const QString& text, bool isBad = false);

    const capture::Capture m_capture;
    const QString m_folder;
    std::unique_ptr<QTemporaryDir> m_dragged; ///< what was dragged out may be read much later
    ReportPreview m_preview;
    QString m_trouble;
    bool m_isRendering = false;
    bool m_isStale = true;
    QTimer m_pause; ///< while the user types
    ReportForm* m_form = nullptr;
    QScrollArea* m_scroll = nullptr; ///< around it
    PageView* m_pages = nullptr;
    QPlainTextEdit* m_text = nullptr;
    QTabWidget* m_tabs = nullptr;
    QLabel* m_message = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_save = nullptr;
};

} // namespace slotscope::ui
