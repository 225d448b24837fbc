#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# Prints the folder that holds valkey-server and valkey-cli, for tests that run on Valkey as well.
# Fails, and says why, where they can be had neither from this system nor from Debian.
#
# Debian 12 has no Valkey; its backports have. The packages are taken from the archive that this
# machine's apt is already configured for, with lists of our own, and unpacked into the user's
# cache: nothing of the system's apt is changed, nothing is installed, and root is not needed.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=app/setup/archive.sh
source "$here/archive.sh"

say() { printf 'valkey: %s\n' "$*" >&2; }

if installed=$(command -v valkey-server) && command -v valkey-cli >/dev/null; then
    dirname "$installed"
    exit 0
fi
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/slotscope
folder=$cache/valkey
if [ -x "$folder/usr/bin/valkey-server" ]; then
    printf '%s\n' "$folder/usr/bin"
    exit 0
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    say "there is no apt here; install Valkey, so that valkey-server and valkey-cli are in PATH"
    exit 1
fi
mkdir -p "$cache"
scratch=$(mktemp -d "$cache/fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
if ! private_apt "$scratch" deb bookworm-backports; then
    say "no Debian archive is configured here; install the packages valkey-server and valkey-tools"
    exit 1
fi

say "downloading the packages of Debian's bookworm-backports"
log=$scratch/log
# valkey-server of Debian is a link into valkey-tools.
if ! { "${private_apt[@]}" update && cd "$scratch/download" \
        && "${private_apt[@]}" download valkey-server valkey-tools; } >"$log" 2>&1; then
    cat "$log" >&2
    say "that failed; install the packages valkey-server and valkey-tools by hand"
    exit 1
fi
for package in "$scratch"/download/*.deb; do
    dpkg-deb --extract "$package" "$scratch/unpacked"
done
if ! version=$("$scratch/unpacked/usr/bin/valkey-server" --version 2>&1); then
    printf '%s\n' "$version" >&2
    say "what was downloaded does not run here"
    exit 1
fi
say "$version"
# In one step, so that two runs at once cannot leave half a folder.
mv -T "$scratch/unpacked" "$folder" 2>/dev/null || [ -x "$folder/usr/bin/valkey-server" ]
printf '%s\n' "$folder/usr/bin"
