#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# check_format.sh ROOT: every source is as clang-format would write it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/sources.sh"
cd "$1"
if ! command -v clang-format >/dev/null; then
    echo "clang-format is missing: install the package clang-format" >&2
    exit 1
fi
mapfile -d '' -t files < <(cpp_sources core ui app tests)
if [ ${#files[@]} -eq 0 ]; then
    echo "no sources found in $1" >&2
    exit 1
fi
printf '%s\0' "${files[@]}" \
    | xargs -0 -n 20 -P "$(nproc)" clang-format --style=file --dry-run -Werror || {
    echo "To mend: clang-format -i FILE" >&2
    exit 1
}
echo "${#files[@]} files are formatted"
