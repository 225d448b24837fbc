# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# complete_in_bash.sh FILE LINE: what FILE's completion offers at the end of LINE, called as bash
# would call it: ':' and '=' are words of their own.
# shellcheck source=/dev/null
source "$1"
COMP_LINE=$2
COMP_POINT=${#2}
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
COMP_WORDS=()
rest=$2
while [ -n "$rest" ]; do
    rest=${rest#"${rest%%[! ]*}"}
    case $rest in
    "") break ;;
    [:=]*) piece=${rest%%[!:=]*} ;;
    *) piece=${rest%%[ :=]*} ;;
    esac
    COMP_WORDS+=("$piece")
    rest=${rest#"$piece"}
done
case $2 in *" ") COMP_WORDS+=("") ;; esac
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMPREPLY=()
_slotscope
[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}"
