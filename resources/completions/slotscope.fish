# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
#
# Completion of slotscope for fish.

set -g __slotscope_commands inspect check doctor exec report sandbox

# Which sub-command is being typed: the first word, wherever the cursor is behind it.
function __slotscope_command
    set -l words (commandline -opc)
    if test (count $words) -ge 2; and contains -- $words[2] $__slotscope_commands
        echo $words[2]
    end
end

# Whether it is this sub-command; - is none. Never behind --, where a command for the servers is.
function __slotscope_in
    contains -- -- (commandline -opc); and return 1
    set -l command (__slotscope_command)
    test -n "$command"; or set command -
    contains -- $command $argv
end

# Words before the cursor that are no options and no values of options.
function __slotscope_wants_endpoint
    __slotscope_in - inspect check doctor exec report; or return 1
    set -l found 0
    set -l takes_value 0
    set -l words (commandline -opc)
    for word in $words[2..]
        if test $takes_value = 1
            set takes_value 0
            continue
        end
        switch $word
            case --help --version --tls --insecure-tls --shards --split --allow-writes --no-window --force '--*=*'
            case '--*'
                set takes_value 1
            case '-*'
            case '*'
                set found (math $found + 1)
        end
    end
    set -l wanted 0
    set -l command (__slotscope_command)
    test -n "$command"; and set wanted 1
    test $found = $wanted
end

# Their names are all that is read.
function __slotscope_profiles
    set -l program (commandline -opc)[1]
    $program --list-profiles 2>/dev/null | string replace -r '^' 'profile:'
end

set -l clients all go-redis rueidis Jedis Lettuce Redisson StackExchange.Redis redis-rs \
    redis-cli redis-py ioredis node-redis valkey-glide redis-rb phpredis Predis

complete -c slotscope -f
complete -c slotscope -n 'test (count (commandline -opc)) -eq 1' -a inspect -d 'Print who owns which slots'
complete -c slotscope -n 'test (count (commandline -opc)) -eq 1' -a check -d 'Ask every node what is wrong'
complete -c slotscope -n 'test (count (commandline -opc)) -eq 1' -a doctor -d 'Go stage by stage to every node'
complete -c slotscope -n 'test (count (commandline -opc)) -eq 1' -a exec -d 'Run one command and print its trace'
complete -c slotscope -n 'test (count (commandline -opc)) -eq 1' -a report -d 'Write what every node answers to a file'
complete -c slotscope -n 'test (count (commandline -opc)) -eq 1' -a sandbox -d 'Start a real local cluster'
complete -c slotscope -n __slotscope_wants_endpoint -a '(__slotscope_profiles)' -d Profile

complete -c slotscope -n '__slotscope_in - inspect check doctor exec report sandbox' -s h -l help -d 'Say what there is'
complete -c slotscope -n '__slotscope_in -' -l version -d 'Say the version'
complete -c slotscope -n '__slotscope_in inspect check doctor exec' -l format -x -a 'text json' -d 'How it is printed'
complete -c slotscope -n '__slotscope_in inspect' -l shards -d 'Ask for CLUSTER SHARDS, once, and compare'
complete -c slotscope -n '__slotscope_in check' -l watch -x -d 'Count redirects to all clients for so many seconds'
complete -c slotscope -n '__slotscope_in doctor' -l client -x -a "$clients" -d 'Print code for a client library'
complete -c slotscope -n '__slotscope_in exec' -l from -x -a 'owner replica seed' -d 'Where it starts'
complete -c slotscope -n '__slotscope_in exec' -l redirects -x -a 'follow stop' -d 'What to do with redirects'
complete -c slotscope -n '__slotscope_in exec' -l on -x -a 'primaries replicas nodes auto' -d 'Send it to several nodes'
complete -c slotscope -n '__slotscope_in exec' -l split -d 'One command for each slot'
complete -c slotscope -n '__slotscope_in exec' -l allow-writes -d 'Let writes pass on a read-only profile'
complete -c slotscope -n '__slotscope_in report' -F # a capture
complete -c slotscope -n '__slotscope_in report' -l output -r -F -d 'Where it goes, by its ending'
complete -c slotscope -n '__slotscope_in report' -l force -d 'Overwrite the file'
complete -c slotscope -n '__slotscope_in report' -l deadline -x -d 'Seconds that the nodes have'
complete -c slotscope -n '__slotscope_in report' -l late -x -d 'Seconds that late answers are added to FILE.slotscope'
complete -c slotscope -n '__slotscope_in report' -l note -x -d 'A line of yours, with the time'
complete -c slotscope -n '__slotscope_in report' -l redact -x -a 'none short pseudonym' -d 'What becomes of names'
complete -c slotscope -n '__slotscope_in report' -l slowlog-arguments -d 'Keep the arguments in the slow logs'
complete -c slotscope -n '__slotscope_in report' -l pseudonyms -x -a 'kept new' -d 'Those of your other reports, or new ones'
complete -c slotscope -n '__slotscope_in sandbox' -l primaries -x -d 'Number of primaries'
complete -c slotscope -n '__slotscope_in sandbox' -l replicas -x -d 'Number of replicas, altogether'
complete -c slotscope -n '__slotscope_in sandbox' -l server -r -F -d 'redis-server or valkey-server'
complete -c slotscope -n '__slotscope_in sandbox' -l port -x -d 'First port'
complete -c slotscope -n '__slotscope_in sandbox' -l no-window -d 'Open no window'
complete -c slotscope -n '__slotscope_in sandbox' -l demo -x -a '(__fish_complete_directories)' -d 'Play a MOVED and an ASK into this folder'

set -l connects '__slotscope_in - inspect check doctor exec report'
complete -c slotscope -n $connects -l user -x -d 'ACL user'
complete -c slotscope -n $connects -l password-file -r -F -d 'File whose first line is the password'
complete -c slotscope -n $connects -l tls -d 'Use TLS'
complete -c slotscope -n $connects -l ca -r -F -d 'Certificates to trust'
complete -c slotscope -n $connects -l cert -r -F -d 'Client certificate'
complete -c slotscope -n $connects -l key -r -F -d 'Its private key'
complete -c slotscope -n $connects -l key-password-file -r -F -d 'File whose first line opens the key'
complete -c slotscope -n $connects -l tls-name -x -a @seed -d 'Name to ask for and to verify'
complete -c slotscope -n $connects -l insecure-tls -d 'Verify nothing'
complete -c slotscope -n $connects -l map -x -d 'ANNOUNCED=DIAL: dial another address'
complete -c slotscope -n $connects -l socks -x -d 'HOST:PORT of a SOCKS5 proxy'
complete -c slotscope -n $connects -l ssh -x -a '(__fish_complete_user_at_hosts)' -d 'Through an ssh tunnel to this host'
complete -c slotscope -n $connects -l timeout -x -d 'Seconds for connecting and for each reply'
complete -c slotscope -n $connects -l connect-timeout -x -d 'Seconds for connecting'
complete -c slotscope -n $connects -l resp -x -a '2 3' -d 'Protocol version'
