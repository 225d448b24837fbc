# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Debian packages of another suite from the archive that this machine's apt is configured for. To be
# sourced by the fetch scripts.

# The Debian archive among what apt is configured for: by its label, or, where apt has no lists yet
# to read a label from, the first that is not a security archive. Prints nothing where there is none.
_slotscope_archive() {
    apt-get indextargets --format '$(LABEL)|$(CREATED_BY)|$(COMPONENT)|$(REPO_URI)' 2>/dev/null \
        | awk -F'|' '$2 == "Packages" && $3 == "main" {
              if ($1 == "Debian") { print $4; found = 1; exit }
              if ($1 == "" && $4 !~ /security/ && other == "") other = $4
          }
          END { if (!found && other != "") print other }'
}

# private_apt SCRATCH deb|deb-src SUITE: makes the array private_apt an apt-get that knows this suite
# only and keeps its lists in SCRATCH; also makes the folders SCRATCH/download and SCRATCH/unpacked.
# Fails where no Debian archive is configured.
private_apt() {
    local scratch=$1 type=$2 suite=$3 archive candidate keyring=
    archive=$(_slotscope_archive)
    for candidate in /usr/share/keyrings/debian-archive-keyring.{gpg,pgp}; do
        if [ -r "$candidate" ]; then
            keyring=$candidate
            break
        fi
    done
    [ -n "$archive" ] && [ -n "$keyring" ] || return 1

    mkdir -p "$scratch"/{state/lists/partial,cache/archives/partial,download,unpacked}
    cat >"$scratch/debian.sources" <<SOURCES
Types: $type
URIs: $archive
Suites: $suite
Components: main
Signed-By: $keyring
SOURCES
    private_apt=(apt-get -q
        -o Dir::State="$scratch/state"
        -o Dir::State::status=/var/lib/dpkg/status
        -o Dir::Cache="$scratch/cache"
        -o Dir::Etc::sourcelist="$scratch/debian.sources"
        -o Dir::Etc::sourceparts=/dev/null
        -o APT::Sandbox::User="$(id -un)"
        -o Acquire::Languages=none
        -o Acquire::Retries=3)
}
