# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Configuring and building a preset. To be sourced by the run scripts, in the repository's root.

# configure PRESET: quiet unless it fails.
configure() {
    local preset=$1 hiredis log=build/$1.configure.log
    hiredis=$(app/setup/fetch-hiredis.sh) || return 1
    mkdir -p build
    if ! cmake --preset "$preset" ${hiredis:+-DFETCHCONTENT_SOURCE_DIR_HIREDIS="$hiredis"} \
        >"$log" 2>&1; then
        cat "$log" >&2
        return 1
    fi
}
