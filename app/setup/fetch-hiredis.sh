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

# The Debian archive among what apt is configured for: by its label, or, where apt has no lists yet
# to read a label from, the first that is not a security archive.
archive=$(apt-get indextargets --format '$(LABEL)|$(CREATED_BY)|$(COMPONENT)|$(REPO_URI)' 2>/dev/null \
    | awk -F'|' '$2 == "Packages" && $3 == "main" {
          if ($1 == "Debian") { print $4; found = 1; exit }
          if ($1 == "" && $4 !~ /security/ && other == "") other = $4
      }
      END { if (!found && other != "") print other }')
keyring=
for candidate in /usr/share/keyrings/debian-archive-keyring.{gpg,pgp}; do
    if [ -r "$candidate" ]; then
        keyring=$candidate
        break
    fi
done
if [ -z "$archive" ] || [ -z "$keyring" ]; then
    say "no Debian archive is configured here; leaving the download to CMake"
    exit 0
fi

mkdir -p "$cache"
scratch=$(mktemp -d "$cache/fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch"/{state/lists/partial,cache/archives/partial,download,unpacked}
cat >"$scratch/debian.sources" <<SOURCES
Types: deb-src
URIs: $archive
Suites: $suite
Components: main
Signed-By: $keyring
SOURCES
apt=(apt-get -q
    -o Dir::State="$scratch/state"
    -o Dir::State::status=/var/lib/dpkg/status
    -o Dir::Cache="$scratch/cache"
    -o Dir::Etc::sourcelist="$scratch/debian.sources"
    -o Dir::Etc::sourceparts=/dev/null
    -o APT::Sandbox::User="$(id -un)"
    -o Acquire::Languages=none
    -o Acquire::Retries=3)

say "downloading $version, the source package of Debian $suite"
log=$scratch/log
if ! { "${apt[@]}" update && cd "$scratch/download" \
        && "${apt[@]}" source --download-only hiredis; } >"$log" 2>&1; then
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
