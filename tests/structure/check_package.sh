#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# check_package.sh BUILD UI: the packages that CPack makes of BUILD hold what they should, where
# Debian wants it, and the one of the command line depends on nothing of Qt's window. UI: ON where
# there is a window. (try_package.sh installs them on a bare Debian.)
set -euo pipefail
build=$1
ui=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for tool in dpkg-deb dpkg-shlibdeps gzip; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: tests/run.sh installs it" >&2; exit 1; }
done

wrong=0
complain() {
    echo "$*"
    wrong=1
}
# Little compression: a build with sanitizers is large, and nobody downloads these.
if ! cpack --config "$build/CPackConfig.cmake" -B "$folder" -D CPACK_DEBIAN_COMPRESSION_TYPE=gzip \
    >"$folder/told" 2>&1; then
    cat "$folder/told"
    exit 1
fi

# files NAME LINE...: the files in NAME's package, each with its mode.
files() {
    local found expected
    found=$(dpkg-deb --contents "$folder/$1"_*.deb | awk '!/^d/ { print $1, $6 }' | sort)
    expected=$(printf '%s\n' "${@:2}" | sort)
    if [ "$found" != "$expected" ]; then
        complain "the files of $1 (< expected, > found):"
        diff <(echo "$expected") <(echo "$found") || true
    fi
    dpkg-deb --contents "$folder/$1"_*.deb | grep -v ' root/root ' && complain "not root's: $1"
    dpkg-deb --contents "$folder/$1"_*.deb | grep '^d' | grep -v '^drwxr-xr-x ' && complain "folders of $1"
    dpkg-deb --extract "$folder/$1"_*.deb "$folder/$1"
}
field() { dpkg-deb --field "$folder/$1"_*.deb "$2"; }

files slotscope-cli \
    '-rwxr-xr-x ./usr/bin/slotscope' \
    '-rw-r--r-- ./usr/share/bash-completion/completions/slotscope' \
    '-rw-r--r-- ./usr/share/doc/slotscope-cli/NEWS.gz' \
    '-rw-r--r-- ./usr/share/doc/slotscope-cli/changelog.gz' \
    '-rw-r--r-- ./usr/share/doc/slotscope-cli/copyright' \
    '-rw-r--r-- ./usr/share/fish/vendor_completions.d/slotscope.fish' \
    '-rw-r--r-- ./usr/share/man/man1/slotscope.1.gz' \
    '-rw-r--r-- ./usr/share/zsh/vendor-completions/_slotscope'
depends=$(field slotscope-cli Depends)
for wanted in libqt6core6 libqt6network6 libqt6keychain1; do
    [[ $depends == *"$wanted"* ]] || complain "slotscope-cli does not depend on $wanted: $depends"
done
if [[ $depends == *libqt6gui* || $depends == *libqt6widgets* || $depends == *libqt6svg* ]]; then
    complain "slotscope-cli depends on Qt's window: $depends"
fi
grep -q 'Redistributions in binary form' "$folder/slotscope-cli/usr/share/doc/slotscope-cli/copyright" \
    || complain "the licence of hiredis, which is inside, is not told"
version=$("$folder/slotscope-cli/usr/bin/slotscope" --version)
[ "$version" = "slotscope $(field slotscope-cli Version)" ] || complain "the version: $version"
if readelf -d "$folder/slotscope-cli/usr/bin/slotscope" | grep -E 'R(UN)?PATH'; then
    complain "the program looks for libraries where it was built"
fi

if [ "$ui" = ON ]; then
    files slotscope \
        '-rwxr-xr-x ./usr/bin/slotscope-window' \
        '-rw-r--r-- ./usr/share/applications/slotscope.desktop' \
        '-rw-r--r-- ./usr/share/doc/slotscope/NEWS.gz' \
        '-rw-r--r-- ./usr/share/doc/slotscope/changelog.gz' \
        '-rw-r--r-- ./usr/share/doc/slotscope/copyright' \
        '-rw-r--r-- ./usr/share/icons/hicolor/128x128/apps/slotscope.png' \
        '-rw-r--r-- ./usr/share/icons/hicolor/256x256/apps/slotscope.png' \
        '-rw-r--r-- ./usr/share/icons/hicolor/48x48/apps/slotscope.png' \
        '-rw-r--r-- ./usr/share/icons/hicolor/scalable/apps/slotscope.svg' \
        '-rw-r--r-- ./usr/share/man/man1/slotscope-window.1.gz' \
        '-rw-r--r-- ./usr/share/metainfo/org.slotscope.slotscope.metainfo.xml' \
        '-rw-r--r-- ./usr/share/mime/packages/slotscope.xml'
    depends=$(field slotscope Depends)
    for wanted in "slotscope-cli (= $(field slotscope Version))" libqt6widgets6 libqt6svg6; do
        [[ $depends == *"$wanted"* ]] || complain "slotscope does not depend on $wanted: $depends"
    done
    [[ $(field slotscope Recommends) == *redis-server* ]] || complain "no server is recommended"
fi

[ "$wrong" -ne 0 ] || echo "the packages are as they should be"
exit "$wrong"
