#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# try_package.sh FOLDER [SUITE]: installs the packages in FOLDER (docs/packaging.md) on a bare Debian
# SUITE (bookworm if not given), uses them, and purges them again, in a folder of its own below
# TMPDIR. By hand, not in ctest: it needs root, debootstrap, a Debian archive and some minutes.
# SLOTSCOPE_BARE_ROOT=FILE.tar keeps the bare root for the next time.
set -euo pipefail
packages=$(cd "${1:?which folder has the packages}" && pwd)
suite=${2:-bookworm}
# shellcheck source=app/setup/archive.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../app/setup/archive.sh"

if [ -z "${SLOTSCOPE_INSIDE:-}" ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf --one-file-system "$scratch"' EXIT
    mkdir "$scratch/root"
    bare=${SLOTSCOPE_BARE_ROOT:-$scratch/bare.tar}
    if [ ! -e "$bare" ]; then
        debootstrap --variant=minbase "$suite" "$scratch/root" "$(_slotscope_archive)" \
            >"$scratch/debootstrap.log" || { tail "$scratch/debootstrap.log" >&2; exit 1; }
        tar -C "$scratch/root" -cf "$bare" .
    else
        tar -C "$scratch/root" -xf "$bare"
    fi
    # Its mounts and its processes end with it.
    SLOTSCOPE_INSIDE=$scratch/root unshare --mount --pid --fork --kill-child --mount-proc \
        "${BASH_SOURCE[0]}" "$@"
    exit
fi

root=$SLOTSCOPE_INSIDE
mount -t proc proc "$root/proc"
for device in null zero random urandom tty ptmx; do
    [ -e "$root/dev/$device" ] || touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir -p "$root/packages" "$root/home"
cp "$packages"/slotscope*.deb "$root/packages/"
cp /etc/resolv.conf "$root/etc/resolv.conf"
# No server is started by being installed.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"

inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/home LC_ALL=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=/home/runtime "$@"
}
apt() { inside apt-get -q -y -o Dpkg::Use-Pty=0 "$@" >>"$root/home/apt.log" 2>&1; }
say() { printf '\n== %s\n' "$*"; }
fail() {
    echo "FAILED: $*" >&2
    tail -20 "$root/home/apt.log" >&2
    exit 1
}
installed() { [ "$(inside dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
# Every file but those of apt, dpkg and the package caches' own keeping.
files() {
    inside find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /home -o -path /run \
        -o -path /tmp -o -path /packages -o -path /var/lib/apt -o -path /var/lib/dpkg \
        -o -path /var/cache -o -path /var/log \) -prune -o -print | sort
}
mkdir -m 700 "$root/home/runtime"
apt update || fail "apt-get update"
files >"$root/home/files.bare"
inside dpkg-query -W -f '${Package}\n' | sort >"$root/home/packages.bare"

say "the command line alone, without what is only recommended"
apt install --no-install-recommends $(cd "$root" && ls packages/slotscope-cli_*.deb | sed 's|^|/|') \
    || fail "slotscope-cli does not install"
inside dpkg-query -W -f '${Package}\n' | sort | comm -13 "$root/home/packages.bare" - | xargs
if installed libqt6widgets6 || installed libqt6gui6; then fail "it brought Qt Gui"; fi
inside slotscope --version
status=0
inside slotscope inspect 127.0.0.1:1 --timeout 2 || status=$?
[ "$status" = 3 ] || fail "inspect of a closed port: $status"
status=0
inside slotscope 127.0.0.1:1 || status=$?
[ "$status" = 1 ] || fail "the window that is not installed: $status"
status=0
inside slotscope sandbox --no-window || status=$?
[ "$status" != 0 ] || fail "a sandbox without a server"

say "purged"
apt purge slotscope-cli || fail "slotscope-cli does not purge"
apt autoremove --purge || fail "autoremove"
files | comm -13 "$root/home/files.bare" - | tee "$root/home/left"
inside dpkg-query -W -f '${Package}\n' | sort | comm -13 "$root/home/packages.bare" - | xargs
if grep -i slotscope "$root/home/left"; then fail "something is left"; fi

say "the window, with what is recommended, and the desktop's own tools"
apt install desktop-file-utils $(cd "$root" && ls packages/*.deb | sed 's|^|/|') || fail "slotscope"
installed redis-server || installed valkey-server || fail "no server was recommended"
inside slotscope-window --version
inside slotscope-window --exit-after-paint || fail "no window was painted"
grep -H slotscope "$root/usr/share/mime/globs2" "$root/usr/share/applications/mimeinfo.cache" \
    || fail "nobody is told of captures"

say "TLS, whose library no linker sees"
cp -r "$(dirname "${BASH_SOURCE[0]}")/../data/tls" "$root/home/tls"
server=$(inside sh -c 'command -v redis-server || command -v valkey-server')
inside "$server" --port 0 --tls-port 17999 --bind 127.0.0.1 --tls-auth-clients no \
    --tls-ca-cert-file /home/tls/authority.crt --tls-cert-file /home/tls/server.crt \
    --tls-key-file /home/tls/server.key --save "" --daemonize yes >/dev/null
for _ in $(seq 50); do
    if inside slotscope inspect 127.0.0.1:17999 --tls --tls-name localhost \
        --ca /home/tls/authority.crt >"$root/home/inspected" 2>&1; then
        break
    fi
    sleep 0.2
done
cat "$root/home/inspected"
grep -q standalone "$root/home/inspected" || fail "no TLS"
status=0
inside slotscope inspect 127.0.0.1:17999 --tls --tls-name localhost || status=$?
[ "$status" = 3 ] || fail "a certificate that nobody vouches for was believed: $status"

say "a sandbox"
inside slotscope sandbox --no-window >"$root/home/sandbox" &
supervisor=$!
for _ in $(seq 100); do
    [ "$(wc -l <"$root/home/sandbox")" -lt 2 ] || break
    sleep 0.2
done
endpoint=$(head -1 "$root/home/sandbox")
manifest=$(tail -1 "$root/home/sandbox")
inside slotscope inspect "$endpoint"
inside slotscope check "$endpoint" || fail "check"
inside slotscope exec "$endpoint" -- SET user:2935 ok || fail "exec"
folder=$(dirname "$manifest")
[ -d "$root$folder" ] || fail "no folder of the sandbox: $folder"
kill -INT "$(sed -nE 's/.*"supervisor_pid": *([0-9]+).*/\1/p' "$root$manifest")"
wait "$supervisor" || true
[ ! -e "$root$folder" ] || fail "the sandbox left its folder"
inside slotscope sandbox --demo /home/demo || fail "demo"
ls -l "$root/home/demo"

say "purged"
apt purge slotscope slotscope-cli || fail "purge"
apt purge redis-server redis-tools valkey-server || apt purge redis-server redis-tools || true
apt purge desktop-file-utils || true
apt autoremove --purge || fail "autoremove"
files | comm -13 "$root/home/files.bare" - >"$root/home/left"
head -60 "$root/home/left"
inside dpkg-query -W -f '${Package}\n' | sort | comm -13 "$root/home/packages.bare" - | xargs
if grep -i slotscope "$root/home/left"; then fail "something is left"; fi
if grep -rsil slotscope "$root/usr/share" "$root/etc" "$root/var/lib"; then
    fail "something still speaks of it"
fi
say "well"
