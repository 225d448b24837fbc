#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# From a fresh machine to the window on a real cluster: installs what is missing, builds, starts a
# sandbox cluster and opens Slotscope on it. Arguments go to `slotscope sandbox`.
set -euo pipefail
started_in=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
# shellcheck source=app/setup/packages.sh
source app/setup/packages.sh
# shellcheck source=app/setup/build.sh
source app/setup/build.sh

packages=("${slotscope_build_packages[@]}" "${slotscope_sandbox_packages[@]}")
if [ -z "${DISPLAY:-}" ] && [ -n "${WAYLAND_DISPLAY:-}" ]; then
    packages+=(qt6-wayland)
fi
need_packages "${packages[@]}"
configure release
cmake --build --preset release >&2

slotscope=$root/build/release/app/slotscope
cd "$started_in" # the arguments may name files
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$slotscope" sandbox "$@"
fi
for argument in "$@"; do
    case $argument in
    --demo | --demo=* | --no-window | --help) exec "$slotscope" sandbox "$@" ;;
    esac
done
echo "No display here: playing the demonstration into $root/build/demo" >&2
exec "$slotscope" sandbox --demo "$root/build/demo" "$@"
