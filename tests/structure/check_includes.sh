#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# check_includes.sh ROOT QT_INCLUDE_ROOT: the directions of the architecture, as the includes tell.
# The link lines state them too, but the compiler accepts <QtWidgets/QWidget> and a neighbour's
# header without its link line.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/sources.sh"
cd "$1"
qt=$2
[ -d "$qt/QtCore" ] || { echo "no Qt headers in $qt" >&2; exit 1; }

# Which rooms of core a room may include, besides itself. An arrow goes to a room and to all that
# this one may include. No arrow back.
declare -A may
may[support]=""
may[explain]="support"
may[resp]="support explain"
may[net]="resp ${may[resp]}"
may[cluster]="net ${may[net]}"
may[profile]="cluster ${may[cluster]}" # labels of shards
may[command]="cluster ${may[cluster]}"
may[session]="command ${may[command]}"
for room in health doctor capture sandbox; do
    may[$room]="session ${may[session]}"
done
may[doctor]+=" profile" # what the name of an endpoint tells
may[capture]+=" health" # findings and views are part of a capture

# The same for the rooms of the window. Panels never include each other; the inspector and the page
# of a cluster put them together.
panels="topology slotmap timeline metrics trace console profiles wayin palette"
declare -A ui_may
ui_may[theme]=""
ui_may[models]="theme"
for room in $panels report; do
    ui_may[$room]="theme models"
done
ui_may[incident]="report ${ui_may[report]}"
ui_may[inspector]="slotmap metrics ${ui_may[slotmap]}"
ui_may[clusterpage]="inspector $panels ${ui_may[inspector]}"
ui_may[links]="clusterpage ${ui_may[clusterpage]}"
ui_may[connection]="links ${ui_may[links]}"
ui_may[mainwindow]="connection incident ${ui_may[connection]}"

mapfile -d '' -t files < <(cpp_sources core ui app tests)
[ ${#files[@]} -gt 0 ] || { echo "no sources found in $1" >&2; exit 1; }

wrong=0
# complain FILE LINE WHAT
complain() {
    printf '%s:%s: %s\n' "$1" "$2" "$3"
    wrong=1
}

# core_include FILE LINE ROOM TARGET_ROOM
core_include() {
    if [ -z "${may[$3]+known}" ]; then
        complain "$1" "$2" "core/$3 is not a room that check_includes.sh knows"
    elif [ "$3" != "$4" ] && [[ " ${may[$3]} " != *" $4 "* ]]; then
        complain "$1" "$2" "core/$3 may not include core/$4"
    fi
}

# ui_include FILE LINE FOLDER TARGET_FOLDER TARGET_FILE
ui_include() {
    [ "$3" != "$4" ] || return 0
    [[ " ${ui_may[$3]-} " != *" $4 "* ]] || return 0
    case $3:$4/$5 in
    # The painters (not the widgets) of these panels on one sheet.
    report:topology/*painter.h | report:topology/*geometry.h | report:topology/carddeck.h) ;;
    report:slotmap/*painter.h | report:slotmap/*geometry.h) ;;
    report:trace/*painter.h | report:trace/*geometry.h) ;;
    # What a capture is made of: whoever shows something tells it.
    clusterpage:incident/capturecontent.h | connection:incident/capturecontent.h) ;;
    *) complain "$1" "$2" "ui/$3 may not include ui/$4" ;;
    esac
}

# In core, a Qt header is allowed when QtCore or QtNetwork has it.
qt_include() { # FILE LINE HEADER
    case $3 in
    QtCore/* | QtNetwork/*) return 0 ;;
    Qt*/*) ;;
    *) if [ -e "$qt/QtCore/$3" ] || [ -e "$qt/QtNetwork/$3" ]; then return 0; fi ;;
    esac
    complain "$1" "$2" "<$3> in core, which has only QtCore and QtNetwork"
}

include='^[[:space:]]*#[[:space:]]*include[[:space:]]*([<"])([^>"]+)[>"]'
while IFS=: read -r file line text; do
    [[ $text =~ $include ]] || continue
    kind=${BASH_REMATCH[1]}
    header=${BASH_REMATCH[2]}
    IFS=/ read -r top folder rest <<<"$file"
    # What a file of the folder itself, as core/x.h, would be: no room.
    [ -n "$rest" ] || folder=.

    case $header in
    hiredis/* | hiredis.h | */hiredis.h)
        # A benchmark measures against plain hiredis.
        case $file in
        core/resp/* | tests/bench/*) ;;
        *) complain "$file" "$line" "hiredis outside core/resp" ;;
        esac
        ;;
    esac
    case $header in
    gif_lib.h)
        [[ $file == ui/report/* ]] || complain "$file" "$line" "giflib outside ui/report"
        ;;
    esac
    case $header in
    qt6keychain/* | *keychain/keychain.h)
        [[ $file == core/profile/* ]] || complain "$file" "$line" "QtKeychain outside core/profile"
        continue
        ;;
    esac
    if [ "$kind" = '<' ]; then
        if [ "$top" = core ]; then
            case $header in Q* | q[a-z]*.h) qt_include "$file" "$line" "$header" ;; esac
        fi
        continue
    fi

    IFS=/ read -r to_top to_folder to_rest <<<"$header"
    case $top:$to_top in
    *:*.moc) ;;
    core:core)
        if [ "$folder" != . ]; then core_include "$file" "$line" "$folder" "$to_folder"; fi
        ;;
    ui:ui)
        if [ -n "$to_rest" ] && [ "$folder" != . ]; then
            ui_include "$file" "$line" "$folder" "$to_folder" "$to_rest"
        fi
        ;;
    ui:core | app:app | app:ui | app:core | tests:tests | tests:ui | tests:core | tests:app) ;;
    core:ui | core:app | core:tests | ui:app | ui:tests | app:tests)
        complain "$file" "$line" "$top may not include $to_top"
        ;;
    *) complain "$file" "$line" "\"$header\": includes start at the repository's root" ;;
    esac
done < <(printf '%s\0' "${files[@]}" \
    | xargs -0 grep -HnE '^[[:space:]]*#[[:space:]]*include' || true)

for file in "${files[@]}"; do
    IFS=/ read -r top folder rest <<<"$file"
    if [ "$top" = ui ] && [ -n "$rest" ] && [ -z "${ui_may[$folder]+known}" ]; then
        complain "$file" 1 "ui/$folder is not a room that check_includes.sh knows"
    fi
done

[ "$wrong" -ne 0 ] || echo "${#files[@]} files keep the directions"
exit "$wrong"
