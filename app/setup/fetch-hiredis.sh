#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# Prints the folder of an unpacked hiredis source for FETCHCONTENT_SOURCE_DIR_HIREDIS. Prints nothing
# when none is needed (hiredis >= 1.2 is installed) or none can be had this way; CMake then looks
# further (core/cmake/SlotscopeHiredis.cmake).
#
# Debian 12's hiredis is too old. Debian 13's source package is taken from the archive that this
# machine's apt is already configured for, with lists of our own: nothing of the system's apt is
# changed, and root is not needed.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=app/setup/archive.sh
source "$here/archive.sh"
recipe=$here/../../core/cmake/SlotscopeHiredis.cmake
suite=trixie

say() { printf 'hiredis: %s\n' "$*" >&2; }

version=$(sed -n 's/^set(SLOTSCOPE_HIREDIS_VERSION \(.*\))$/\1/p' "$recipe")
sha256=$(sed -n 's/^set(SLOTSCOPE_HIREDIS_SHA256 \(.*\))$/\1/p' "$recipe")
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/slotscope
folder=$cache/hiredis-$version

if command -v pkg-config >/dev/null && pkg-config --atleast-version=1.2 hiredis; then
    exit 0
fi
if [ -e "$folder/hiredis.h" ]; then
    printf '%s\n' "$folder"
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    say "no apt here; leaving the download to CMake"
    exit 0
fi

mkdir -p "$cache"
scratch=$(mktemp -d "$cache/fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
if ! private_apt "$scratch" deb-src "$suite"; then
    say "no Debian archive is configured here; leaving the download to CMake"
    exit 0
fi

say "downloading $version, the source package of Debian $suite"
log=$scratch/log
if ! { "${private_apt[@]}" update && cd "$scratch/download" \
        && "${private_apt[@]}" source --download-only hiredis; } >"$log" 2>&1; then
    cat "$log" >&2
    say "that failed; leaving the download to CMake"
    exit 0
fi

archive_file=$scratch/download/hiredis_$version.orig.tar.gz
if ! printf '%s  %s\n' "$sha256" "$archive_file" | sha256sum --check --status; then
    say "$(ls "$scratch/download") is not the release $version that is expected;" \
        "leaving the download to CMake"
    exit 0
fi
tar -xzf "$archive_file" -C "$scratch/unpacked" --strip-components=1
# In one step, so that two runs at once cannot leave half a folder.
mv -T "$scratch/unpacked" "$folder" 2>/dev/null || [ -e "$folder/hiredis.h" ]
printf '%s\n' "$folder"
