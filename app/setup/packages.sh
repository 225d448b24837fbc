# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Installing Debian packages. To be sourced by the run scripts.

# What a build needs, what the sandbox needs. "a|b": either will do, the first that the archive has.
slotscope_build_packages=(g++ cmake ninja-build pkg-config ca-certificates
    qt6-base-dev 'qt6-svg-dev|libqt6svg6-dev'
    libgif-dev # animated replays
    # Passwords in the keychain; libsecret is how QtKeychain finds the desktop's.
    qtkeychain-qt6-dev libsecret-1-0)
slotscope_sandbox_packages=('redis-server|valkey-server')

_slotscope_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# need_packages PACKAGE...: installs those that are missing. Asks nothing, starts no services, and
# does not touch the network when nothing is missing.
need_packages() {
    local wanted name missing=()
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        printf '%s\n' "This script installs packages with apt, and this system has none." \
            "Install the equivalent of these yourself, then build by hand (README.md): $*" >&2
        return 1
    fi
    for wanted in "$@"; do
        for name in ${wanted//|/ }; do
            _slotscope_installed "$name" && continue 2
        done
        missing+=("$wanted")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    local as_root=(env)
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing: ${missing[*]}" >&2
            echo "Install them as root, or install sudo, and run this again." >&2
            return 1
        fi
        as_root=(sudo env)
    fi
    # RUNLEVEL=1: a server that is installed is not started beside the ones we start ourselves.
    as_root+=(DEBIAN_FRONTEND=noninteractive RUNLEVEL=1)
    local apt=("${as_root[@]}" apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300)

    echo "Installing: ${missing[*]}" >&2
    "${apt[@]}" update >&2 || echo "apt-get update failed; trying with what apt knows." >&2
    local chosen=()
    for wanted in "${missing[@]}"; do
        local pick=${wanted%%|*}
        for name in ${wanted//|/ }; do
            if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
                pick=$name
                break
            fi
        done
        chosen+=("$pick")
    done
    if ! "${apt[@]}" install --no-install-recommends "${chosen[@]}" >&2; then
        echo "apt-get could not install: ${chosen[*]}" >&2
        return 1
    fi
}
