# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash

# cpp_sources FOLDER...: our C++ files under these folders of the current directory, NUL-separated.
# What git knows or would add; in an unpacked archive, all there is.
cpp_sources() {
    local folder existing=()
    for folder in "$@"; do
        if [ -d "$folder" ]; then existing+=("$folder"); fi
    done
    [ ${#existing[@]} -gt 0 ] || return 0
    if [ "$(git rev-parse --show-prefix 2>/dev/null || echo none)" = "" ]; then
        git ls-files -z --cached --others --exclude-standard -- "${existing[@]}"
    else
        find "${existing[@]}" -type f -print0
    fi | while IFS= read -r -d '' file; do
        case $file in
        *.cpp | *.h) if [ -f "$file" ]; then printf '%s\0' "$file"; fi ;;
        esac
    done
}
