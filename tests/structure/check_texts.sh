#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# check_texts.sh ROOT: an error of the core says nothing in words of its own: core/explain has the
# sentences, where they can be translated. Details of one word (a field, a command) are no sentence.
# And no text that is translated leaves a plural open, "answer(s)".
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/sources.sh"
cd "$1"
mapfile -d '' -t core < <(cpp_sources core | grep -zv '^core/explain/' || true)
mapfile -d '' -t all < <(cpp_sources core ui)
if [ ${#all[@]} -eq 0 ]; then
    echo "no sources found in $1" >&2
    exit 1
fi
wrong=0
# Of code only; over the ends of lines.
words='(?:u|QStringLiteral\()"[^"\n]*[A-Za-z]{2,},? [a-z(%][^"\n]*"(?:_s|\))'
errors='(?:ErrorCode::\w+,|(?:invalidInput|fileError|damaged|protocolError|fail|failed|wrong)\([^;"]*?)\s*'
if [ ${#core[@]} -gt 0 ] && grep -Pzo "$errors$words" "${core[@]}" | tr '\0' '\n'; then
    echo "A sentence of an error outside core/explain."
    wrong=1
fi
if grep -nE 'tr\(.*[a-z]\(s\)' "${all[@]}"; then
    echo "A plural that is left open: explain::counted() has both forms."
    wrong=1
fi
exit "$wrong"
