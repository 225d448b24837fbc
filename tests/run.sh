#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# Installs what the tests need, builds everything once (preset ci: sanitizers, warnings are errors)
# and runs every test. Arguments go to ctest (for example: tests/run.sh -L core -R keyslot).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=app/setup/packages.sh
source app/setup/packages.sh
# shellcheck source=app/setup/build.sh
source app/setup/build.sh

phases=()
began=$SECONDS
phase_done() {
    local took=$((SECONDS - began))
    phases+=("$(printf '  %-10s %3d:%02d' "$1" $((took / 60)) $((took % 60)))")
    began=$SECONDS
}

need_packages "${slotscope_build_packages[@]}" "${slotscope_sandbox_packages[@]}" \
    git ccache 'lld|mold' clang-format openssl openssh-client openssh-server microsocks \
    iproute2 xvfb xauth xdotool dbus-daemon gnome-keyring 'redis-tools|valkey-tools' \
    dpkg-dev desktop-file-utils appstream shared-mime-info libglib2.0-bin groff-base zsh fish \
    poppler-utils
# The live tests run on Valkey too. Debian 12 has none of its own.
if apt-cache show --no-all-versions valkey-server >/dev/null 2>&1; then
    need_packages valkey-server valkey-tools
fi
if valkey=$(app/setup/fetch-valkey.sh); then
    export SLOTSCOPE_VALKEY_SERVER=$valkey/valkey-server SLOTSCOPE_VALKEY_CLI=$valkey/valkey-cli
fi
phase_done set-up
configure ci
phase_done configure
cmake --build --preset ci -j "$(nproc)"
phase_done build

printf '\nminutes:seconds\n'
printf '%s\n' "${phases[@]}"
printf '\n'

# ctest does not know of a QSKIP inside a test that passes. Its last lines, the summary, are held
# back until those have been listed.
log=build/ci/Testing/Temporary/LastTest.log
rm -f "$log"
status=0
ctest --preset ci -j "$(nproc)" "$@" | awk -v log_file="$log" '
    /^[0-9]+% tests passed/ { held = 1 }
    held { summary = summary $0 "\n"; next }
    { print; fflush() }
    END {
        while ((getline line < log_file) > 0)
            if (line ~ /^SKIP *:/) skips = skips "  " line "\n"
        if (skips != "") printf "\nSkipped inside tests:\n%s", skips
        printf "%s", (summary == "" ? "" : "\n" summary)
    }' || status=$?
exit "$status"
