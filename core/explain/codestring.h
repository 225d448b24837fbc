// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace slotscope::explain {

/// What code that is shown for copying is written in.
enum class CodeLanguage { Go, Python, JavaScript, Java, CSharp, Rust, Ruby, Php, Shell };

QString codeLanguageName(CodeLanguage language); ///< "go", "javascript", "csharp", ...

/// `text`, which is untrusted, as a string literal of the language, quotes included: it ends where
/// it should, interpolates nothing, and everything that does not print is written as an escape. For
/// a shell it is one word, with quotes only where it needs them.
QString codeString(CodeLanguage language, const QString& text);

} // namespace slotscope::explain
