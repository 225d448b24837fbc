#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# check_the_checks.sh QT_INCLUDE_ROOT: each structural check accepts a good tree and refuses a tree
# with one thing wrong.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
qt=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

# expect good|bad CHECK FILE LINE...: runs CHECK on a tree that holds FILE with these lines.
expect() {
    local verdict=$1 check=$2 file=$3 found=bad
    shift 3
    rm -rf "${tree:?}"/*
    mkdir -p "$tree/core/support" "$tree/$(dirname "$file")"
    cp "$here/../../.clang-format" "$tree/"
    printf '#pragma once\n' >"$tree/core/support/plain.h"
    printf '%s\n' "$@" >"$tree/$file"
    # Without git, should the temporary folder stand inside somebody's work tree.
    if GIT_CEILING_DIRECTORIES=$tree "$here/$check.sh" "$tree" "$qt" >"$tree/output" 2>&1; then
        found=good
    fi
    if [ "$found" != "$verdict" ]; then
        echo "$check called this $found: $file: $*"
        cat "$tree/output"
        failures=1
    fi
}

expect good check_includes core/cluster/a.h '#include "core/net/b.h"' '#include <QTcpSocket>'
expect good check_includes core/cluster/a.h '#include <QtCore/QString>' '#include <vector>'
expect good check_includes core/resp/a.cpp '#include <hiredis/read.h>'
expect good check_includes core/profile/a.cpp '#include <qt6keychain/keychain.h>'
expect good check_includes core/sandbox/a.cpp '#include "core/session/b.h"' '#include "a.moc"'
expect good check_includes ui/trace/a.h '#include "ui/theme/b.h"' '#include <QWidget>'
expect good check_includes ui/mainwindow/a.h '#include "ui/trace/b.h"' '#include "ui/console/c.h"'
expect good check_includes ui/report/a.cpp '#include "ui/slotmap/slotmappainter.h"'

expect bad check_includes core/cluster/a.h '#include <QColor>'
expect bad check_includes core/cluster/a.h '#  include <QtGui/QColor>'
expect bad check_includes core/cluster/a.h '#include <qwidget.h>'
expect bad check_includes core/net/a.h '#include <hiredis/hiredis.h>'
expect bad check_includes tests/core/a.cpp '#include <hiredis/read.h>'
expect bad check_includes core/net/a.cpp '#include <qt6keychain/keychain.h>'
expect bad check_includes ui/profiles/a.cpp '#include <qt6keychain/keychain.h>'
expect bad check_includes core/cluster/a.h '#include "core/session/b.h"'
expect bad check_includes core/support/a.h '#include "core/explain/b.h"'
expect bad check_includes core/sandbox/a.h '#include "core/capture/b.h"'
expect bad check_includes core/newroom/a.h '#include "core/support/plain.h"'
expect bad check_includes core/support/a.h '#include "ui/theme/b.h"'
expect bad check_includes core/support/a.h '#include "plain.h"'
expect bad check_includes core/support/a.h '#include "../support/plain.h"'
expect bad check_includes ui/trace/a.h '#include "ui/console/b.h"'
expect bad check_includes ui/trace/a.h '#include "ui/mainwindow/b.h"'
expect good check_includes ui/inspector/a.h '#include "ui/slotmap/b.h"'
expect bad check_includes ui/inspector/a.h '#include "ui/console/b.h"'
expect bad check_includes ui/slotmap/a.h '#include "ui/inspector/b.h"'
expect good check_includes ui/links/a.h '#include "ui/clusterpage/b.h"' '#include "ui/console/b.h"'
expect bad check_includes ui/clusterpage/a.h '#include "ui/links/b.h"'
expect bad check_includes ui/connection/a.h '#include "ui/mainwindow/b.h"'
expect good check_includes ui/clusterpage/a.h '#include "ui/incident/capturecontent.h"'
expect bad check_includes ui/clusterpage/a.h '#include "ui/incident/captureactions.h"'
expect bad check_includes ui/incident/a.h '#include "ui/clusterpage/b.h"'
expect bad check_includes ui/report/a.cpp '#include "ui/slotmap/slotmapwidget.h"'
expect good check_includes ui/report/a.cpp '#include "ui/trace/sequencepainter.h"'
expect bad check_includes ui/report/a.cpp '#include "ui/trace/sequencewidget.h"'
expect good check_includes ui/report/a.cpp '#include <gif_lib.h>'
expect bad check_includes ui/theme/a.cpp '#include <gif_lib.h>'
expect bad check_includes ui/slotmap/a.cpp '#include "ui/topology/topologypainter.h"'
expect bad check_includes ui/theme/a.h '#include "ui/models/b.h"'
expect bad check_includes ui/models/a.h '#include "ui/trace/b.h"'
expect bad check_includes ui/newpanel/a.h '#include "ui/theme/b.h"'
expect bad check_includes ui/trace/a.h '#include "app/main.h"'

expect good check_format core/support/a.h 'int f(int* p);'
expect bad check_format core/support/a.h 'int f(int *p);'
expect bad check_format core/support/a.h '#include <vector>' '#include <QString>'

mapfile -t lines < <(seq -f '// %g' 501)
expect good check_file_budget core/support/a.cpp "${lines[@]:0:500}"
expect bad check_file_budget core/support/a.cpp "${lines[@]}"
expect good check_file_budget tests/core/a.cpp "${lines[@]}"
mapfile -t lines < <(seq -f '// %g' 901)
expect bad check_file_budget tests/core/a.cpp "${lines[@]}"

expect good check_texts core/net/a.cpp 'return invalidInput(explain::noHost());'
expect good check_texts core/net/a.cpp 'return { ErrorCode::FileDamaged, u"trace"_s, {} };'
expect good check_texts core/explain/a.cpp 'return invalidInput(u"no host"_s);'
expect bad check_texts core/net/a.cpp 'return invalidInput(u"no host"_s);'
expect bad check_texts core/net/a.cpp 'fail(ErrorCode::NoReply,' '    u"no answer in time"_s);'
expect bad check_texts core/net/a.cpp 'fail(ErrorCode::NoReply, QStringLiteral("no answer in time"));'
expect bad check_texts ui/trace/a.cpp 'label->setText(tr("%n answer(s)", nullptr, n));'

expect good check_platform core/sandbox/a.cpp '#include <sys/prctl.h>' 'int f() { return ::fork(); }'
expect good check_platform core/support/childsession.cpp '    ::prctl(PR_SET_PDEATHSIG, SIGKILL);'
expect good check_platform ui/profiles/a.cpp 'void Dialog::clone() { } // not ::fork()'
expect good check_platform core/net/a.cpp '#include <unistd.h>' 'int f() { return ::getpid(); }'
expect bad check_platform core/net/a.cpp '#include <sys/prctl.h>'
expect bad check_platform core/net/a.cpp 'int f() { return ::fork(); }'
expect bad check_platform app/a.cpp '    if (::pipe2(fds, 0) != 0)'
expect bad check_platform app/a.cpp '    ::prctl(1, SIGTERM);'
expect bad check_platform ui/trace/a.cpp 'QFile file(QStringLiteral("/proc/self/maps"));'
expect bad check_platform ui/trace/a.cpp 'int flags = SOCK_STREAM | SOCK_CLOEXEC;'

exit "$failures"
