#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# check_install.sh BUILD UI: installs each component of BUILD into a folder of its own and looks at
# what is there: that nothing is missing, that the desktop's files are valid and open captures, and
# that man page and completions know the options that --help knows. UI: ON where there is a window.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$1
ui=$2
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
export HOME=$stage/home XDG_CONFIG_HOME=$stage/config LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen
trap 'echo "check_install.sh: line $LINENO failed" >&2' ERR
mkdir -p "$HOME" "$XDG_CONFIG_HOME/slotscope"

wrong=0
complain() {
    echo "$*"
    wrong=1
}
# same WHAT EXPECTED FOUND: two lists of lines, in any order.
same() {
    local difference
    if ! difference=$(diff <(sort -u <<<"$2") <(sort -u <<<"$3")); then
        complain "$1 (< expected, > found):"
        grep '^[<>]' <<<"$difference"
    fi
}
for tool in desktop-file-validate appstreamcli update-mime-database gio groff zsh fish; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: tests/run.sh installs it" >&2; exit 1; }
done

# --- what is installed -------------------------------------------------------------------------
install_component() {
    cmake --install "$build" --prefix "$stage/$1" --component "$1" >/dev/null
    (cd "$stage/$1" && find . -type f | sed 's|^\./||')
}
same "the component cli" "\
bin/slotscope
share/bash-completion/completions/slotscope
share/fish/vendor_completions.d/slotscope.fish
share/man/man1/slotscope.1
share/zsh/site-functions/_slotscope" "$(install_component cli)"
cli=$stage/cli
if readelf -d "$cli/bin/slotscope" | grep -E 'NEEDED.*Qt6(Gui|Widgets|Svg)'; then
    complain "the command line needs Qt's window"
fi

if [ "$ui" = ON ]; then
    same "the component window" "\
bin/slotscope-window
share/applications/slotscope.desktop
share/icons/hicolor/128x128/apps/slotscope.png
share/icons/hicolor/256x256/apps/slotscope.png
share/icons/hicolor/48x48/apps/slotscope.png
share/icons/hicolor/scalable/apps/slotscope.svg
share/man/man1/slotscope-window.1
share/metainfo/org.slotscope.slotscope.metainfo.xml
share/mime/packages/slotscope.xml" "$(install_component window)"
    share=$stage/window/share

    desktop-file-validate "$share/applications/slotscope.desktop" || complain "the desktop file"
    appstreamcli validate --no-net "$share"/metainfo/*.xml || complain "the AppStream metadata"
    # The type is known by its beginning, whatever the file is called, and by the ending.
    type=application/vnd.slotscope.capture
    update-mime-database "$share/mime" 2>&1 | grep -i -e warning -e error && complain "the MIME type"
    printf '{"slotscope":1}\nblock\n' >"$stage/unnamed"
    printf '{"version":1}\n' >"$stage/other"
    printf 'plain text\n' >"$stage/other.slotscope"
    kind_of() {
        XDG_DATA_DIRS=$share:/usr/local/share:/usr/share \
            gio info -a standard::content-type "$1" | sed -n 's/.*content-type: //p'
    }
    same "the type by its beginning" "$type" "$(kind_of "$stage/unnamed")"
    same "the type by its ending" "$type" "$(kind_of "$stage/other.slotscope")"
    [ "$(kind_of "$stage/other")" != "$type" ] || complain "any JSON is a capture"
    for file in applications/slotscope.desktop mime/packages/slotscope.xml metainfo/*.xml; do
        grep -q "$type" "$share"/$file || complain "$file does not speak of $type"
    done
fi

for page in "$stage"/*/share/man/man1/*.1; do
    # Asked for all warnings; what it prints is no error of its own.
    told=$(groff -man -Tutf8 -ww -z "$page" 2>&1 || true)
    [ -z "$told" ] || complain "$page: $told"
done

# --- the options -------------------------------------------------------------------------------
PATH=$cli/bin:$PATH
help_options() { sed -nE 's/^  (-[a-z], )?(--[a-z-]+).*/\2/p'; }
commands=$(slotscope --help | sed -nE 's/^ +slotscope ([a-z]+) .*/\1/p' | sort -u)
[ -n "$commands" ] || complain "no sub-commands in --help"

# man_options PAGE SECTION: the options that stand as tags in a section or subsection.
man_options() {
    awk -v wanted="$2" '
        /^\.S[HS] / { name = $0; sub(/^\.S[HS] /, "", name); inside = name == wanted }
        inside && tag { line = $0; gsub(/\\-/, "-", line); gsub(/"/, "", line)
                        while (match(line, /--[a-z-]+/)) {
                            print substr(line, RSTART, RLENGTH)
                            line = substr(line, RSTART + RLENGTH) } }
        { tag = $0 == ".TP" }' "$1"
}
page=$cli/share/man/man1/slotscope.1
connecting=$(man_options "$page" "CONNECTION OPTIONS")
same "the sub-commands of slotscope.1" "$commands" \
    "$(sed -nE 's/^\.SS ([a-z]+)$/\1/p' "$page" | grep -vx slotscope)"

# --- the completions ---------------------------------------------------------------------------
# The names of profiles are offered, and nothing else of them.
cat >"$XDG_CONFIG_HOME/slotscope/profiles.json" <<'PROFILES'
{"version": 2, "profiles": [
    {"name": "orders", "id": "1", "endpoints": ["hidden.example.com"], "user": "hidden-user"},
    {"name": "two words", "id": "2", "endpoints": ["hidden.example.com"]}]}
PROFILES
in_bash() { # LINE: what bash offers at its end
    bash --norc "$here/complete_in_bash.sh" \
        "$cli/share/bash-completion/completions/slotscope" "$1"
}
in_fish() {
    fish --no-config -c 'source $argv[1]; complete -C $argv[2]' \
        "$cli/share/fish/vendor_completions.d/slotscope.fish" "$1" | cut -f1
}
in_zsh() { # WORD...: the specifications that zsh is given
    zsh -f -c '
        _arguments() { print -rl -- "$@" }
        script=$1; shift; words=("$@"); CURRENT=$#words
        source $script' zsh "$cli/share/zsh/site-functions/_slotscope" slotscope "$@"
}
only_options() { grep -oE '^--[a-z-]+' || true; }

for command in "" $commands; do
    # Not "slotscope sandbox --help 2>&1": an error must show.
    help=$(slotscope $command --help)
    options=$(help_options <<<"$help")
    name="slotscope${command:+ $command}"

    documented=$(man_options "$page" "${command:-slotscope}")
    if grep -qx -- --user <<<"$options"; then documented+=$'\n'$connecting; fi
    [ -z "$command" ] || documented+=$'\n--help' # said once for all
    same "slotscope.1 about $name" "$options" "$documented"

    same "bash: $name" "$options" "$(in_bash "$name --" | only_options)"
    same "fish: $name" "$options" "$(in_fish "$name --" | only_options)"
    same "zsh: $name" "$options" \
        "$(in_zsh ${command:+"$command"} "" | sed -nE 's/^(\([^)]*\))?\*?(--[a-z-]+).*/\2/p')"

    grep -qx -- --user <<<"$options" || continue
    # Which options take a value: behind that comes the endpoint.
    while IFS= read -r line; do
        option=$(help_options <<<"$line")
        case $line in *"$option <"*) option+=" x" ;; esac
        for shell in bash fish; do
            offered=$("in_$shell" "$name $option prof")
            grep -qx 'profile:orders' <<<"$offered" \
                || complain "$shell offers no profile behind '$name $option': $offered"
        done
    done < <(grep -E '^  (-[a-z], )?--' <<<"$help" | grep -vE -- '--(help|version)')
done
same "bash: sub-commands" "$commands"$'\nprofile:orders\nprofile:two\ words' "$(in_bash "slotscope ")"
same "fish: sub-commands" "$commands"$'\nprofile:orders\nprofile:two words' "$(in_fish "slotscope ")"
same "zsh: sub-commands" "$commands" "$(zsh -f -c '
    _arguments() { _slotscope_commands }
    _describe() { print -rl -- ${(P)@[-1]%%:*} }
    words=(slotscope ""); CURRENT=2
    source $1' zsh "$cli/share/zsh/site-functions/_slotscope")"
same "zsh: profiles" $'profile:orders\nprofile:two words' "$(zsh -f -c '
    _arguments() { _slotscope_profiles }
    compadd() { while [[ $1 != -- ]] { shift }; shift; print -rl -- "$@" }
    words=(slotscope check ""); CURRENT=3
    source $1' zsh "$cli/share/zsh/site-functions/_slotscope")"
same "bash: behind a colon" "orders" "$(in_bash "slotscope inspect profile:o")"
same "bash: values" $'json\ntext' "$(in_bash "slotscope inspect --format ")"
same "bash: values behind =" "json" "$(in_bash "slotscope inspect --format=j")"
same "fish: values" $'json\ntext' "$(in_fish "slotscope inspect --format ")"
same "bash: a command for the servers" "" "$(in_bash "slotscope exec profile:orders -- --")"
same "fish: a command for the servers" "" "$(in_fish "slotscope exec profile:orders -- --" | only_options)"
same "bash: the second endpoint" "" "$(in_bash "slotscope inspect profile:orders prof")"
same "the names of profiles" $'orders\ntwo words' "$(slotscope --list-profiles)"

# The clients that the doctor advises on.
clients=$(sed -nE 's/^ *client\.name = u"([^ "]+)"_s;/\1/p' "$here"/../../core/doctor/*clients.cpp)
[ -n "$clients" ] || complain "no clients in core/doctor"
same "bash: clients" "all"$'\n'"$clients" "$(in_bash "slotscope doctor --client ")"
same "fish: clients" "all"$'\n'"$clients" "$(in_fish "slotscope doctor --client ")"
same "zsh: clients" "all"$'\n'"$clients" \
    "$(in_zsh doctor "" | sed -nE 's/^--client.*:\((.*)\)$/\1/p' | tr ' ' '\n')"

if [ "$ui" = ON ]; then
    page=$stage/window/share/man/man1/slotscope-window.1
    # What Qt leaves behind when --help ends the program is no matter here.
    options=$({ "$stage/window/bin/slotscope-window" --help 2>/dev/null || true; } | help_options)
    same "slotscope-window.1" "$options" "$(man_options "$page" OPTIONS)"$'\n'"$connecting"
fi

[ "$wrong" -ne 0 ] || echo "what is installed is whole, and knows its options"
exit "$wrong"
