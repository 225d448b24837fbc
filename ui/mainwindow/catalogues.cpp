// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/catalogues.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

bool install(const QString& name, const QString& folder)
{
    auto* catalogue = new QTranslator(QCoreApplication::instance());
    if (catalogue->load(QLocale(), name, u"_"_s, folder))
        return QCoreApplication::installTranslator(catalogue);
    delete catalogue;
    return false;
}

} // namespace

bool installCatalogues(const QString& folder)
{
    if (!install(u"slotscope"_s, folder))
        return false;
    install(u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    return true;
}

} // namespace slotscope::ui
