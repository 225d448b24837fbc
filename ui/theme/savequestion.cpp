// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/savequestion.h"

#include "ui/theme/plaintext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

namespace slotscope::ui {

using namespace Qt::StringLiterals;

namespace {

class SaveTexts
{
    Q_DECLARE_TR_FUNCTIONS(SaveTexts)
};

} // namespace

QString nearestFolder(const QString& folder)
{
    QString nearest = QDir::cleanPath(folder);
    while (!QFileInfo(nearest).isDir() && nearest != QFileInfo(nearest).path())
        nearest = QFileInfo(nearest).path();
    return nearest;
}

void askToReplace(QWidget* parent, const QString& sentence, const std::function<void()>& replace)
{
    auto* box = new QMessageBox(QMessageBox::Question, SaveTexts::tr("Replace?"), QString(),
        QMessageBox::Yes | QMessageBox::Cancel, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(sentence);
    box->button(QMessageBox::Yes)->setText(SaveTexts::tr("Replace"));
    box->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(box, &QMessageBox::finished, parent, [replace](int answer) {
        if (answer == QMessageBox::Yes)
            replace();
    });
    box->open();
}

void askWhereToSave(
    QWidget* parent, const SaveQuestion& question, const std::function<void(const QString&)>& save)
{
    const QFileInfo suggested(question.suggested);
    auto* dialog = new QFileDialog(parent, question.title, {}, question.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    if (suggested.path() != u"."_s)
        dialog->setDirectory(nearestFolder(suggested.path()));
    dialog->selectFile(suggested.fileName());
    // No default suffix: a dialog of the platform adds it after it has asked about the file.
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
        [parent, save, suffix = suggested.suffix()](const QString& file) {
            if (!QFileInfo(file).suffix().isEmpty())
                return save(file);
            const QString whole = file + u'.' + suffix;
            if (!QFileInfo::exists(whole))
                return save(whole);
            askToReplace(parent,
                SaveTexts::tr("%1 is there already.").arg(visibleText(QFileInfo(whole).fileName())),
                [save, whole] { save(whole); });
        });
    dialog->open();
}

} // namespace slotscope::ui
