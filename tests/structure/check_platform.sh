#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# check_platform.sh ROOT: what only Linux has stays in core/sandbox, and so do fork and exec, so that
# a port knows where to look. Exceptions are named below, with their reason.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/sources.sh"
cd "$1"

allowed() { # FILE WORD
    case $1:$2 in
    # The tunnel's ssh and the programs that print a password shall die with this process; net and
    # profile may not include sandbox. Under Q_OS_LINUX; elsewhere a crash leaves them behind until
    # they end by themselves.
    core/support/childsession.cpp:sys/prctl.h | core/support/childsession.cpp:prctl) ;;
    core/support/childsession.cpp:PR_SET_PDEATHSIG) ;;
    # POSIX since 2008 (MSG_NOSIGNAL) and 2024 (the others); not on macOS.
    core/net/askpass.cpp:SOCK_CLOEXEC | core/net/askpass.cpp:MSG_NOSIGNAL) ;;
    app/interrupts.cpp:pipe2) ;;
    # The command line becomes the window: a plain exec, without a fork.
    app/windowlauncher.cpp:execv) ;;
    # A benchmark's number; 0 where there is no such file.
    ui/mainwindow/paintprobe.cpp:/proc/) ;;
    *) return 1 ;;
    esac
}

# Calls and constants count where they are called or named as code: a word in a comment does not.
calls='prctl|v?fork|clone3?|daemon|execv[pe]*|execl[pe]*|posix_spawnp?|unshare|setns|mount|umount2?'
calls+='|epoll_[a-z0-9]+|eventfd|signalfd|timerfd_[a-z]+|inotify_[a-z0-9_]+|fanotify_[a-z]+'
calls+='|memfd_create|pidfd_[a-z_]+|syscall|pipe2|accept4|dup3|close_range|gettid|tgkill'
calls+='|sched_[gs]etaffinity|process_vm_[a-z]+|ptrace|sendfile|splice|getrandom|waitpid'
constants='PR_SET_[A-Z_]+|SOCK_CLOEXEC|SOCK_NONBLOCK|MSG_NOSIGNAL|CLONE_[A-Z]+|SO_PEERCRED'
headers='sys/prctl\.h|sys/epoll\.h|sys/eventfd\.h|sys/signalfd\.h|sys/timerfd\.h|sys/inotify\.h'
headers+='|sys/syscall\.h|sys/mount\.h|sys/sendfile\.h|sys/random\.h|sys/wait\.h|sched\.h'
headers+='|linux/[a-z_/]+\.h|asm/[a-z_/]+\.h'
paths='/proc/|/sys/|/dev/shm'
pattern="(^|[^[:alnum:]_>])::($calls) *[(]|($constants)|[<]($headers)[>]|\"($paths)"

mapfile -d '' -t files < <(cpp_sources core ui app)
[ ${#files[@]} -gt 0 ] || { echo "no sources found in $1" >&2; exit 1; }
wrong=0
while IFS=$'\t' read -r file line word; do
    if [[ $file != core/sandbox/* ]] && ! allowed "$file" "$word"; then
        echo "$file:$line: $word outside core/sandbox"
        wrong=1
    fi
done < <(printf '%s\0' "${files[@]}" | PATTERN=$pattern xargs -0 awk '
    BEGIN { pattern = ENVIRON["PATTERN"] }
    {
        text = $0
        sub(/(^|[[:space:]])\/\/.*/, "", text)
        while (match(text, pattern)) {
            word = substr(text, RSTART, RLENGTH)
            text = substr(text, RSTART + RLENGTH)
            sub(/^.*::/, "", word)
            gsub(/[<>"(]| +$/, "", word)
            print FILENAME "\t" FNR "\t" word
        }
    }')
[ "$wrong" -ne 0 ] || echo "${#files[@]} files: what only Linux has is in core/sandbox"
exit "$wrong"
