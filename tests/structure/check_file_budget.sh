#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# check_file_budget.sh ROOT: no source is longer than 500 lines, no test longer than 900.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/sources.sh"
cd "$1"
mapfile -d '' -t files < <(cpp_sources core ui app tests)
if [ ${#files[@]} -eq 0 ]; then
    echo "no sources found in $1" >&2
    exit 1
fi
over=0
for file in "${files[@]}"; do
    budget=500
    case $file in tests/*) budget=900 ;; esac
    lines=$(wc -l <"$file")
    if [ "$lines" -gt "$budget" ]; then
        echo "$file: $lines lines, the budget is $budget: split it"
        over=1
    fi
done
exit "$over"
