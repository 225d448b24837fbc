// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

class QString;

namespace slotscope::ui {

/// The window's texts in the language of QLocale(), where `folder` has slotscope_LANGUAGE.qm; and
/// then Qt's own too, of which one alone would mix two languages. For windows that are made later;
/// false if there is none. The catalogues live as long as the application.
bool installCatalogues(const QString& folder);

} // namespace slotscope::ui
