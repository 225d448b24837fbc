# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Completion of slotscope for bash. Needs nothing of the package bash-completion; with it, this file
# is read at the first Tab.

# Prints profile:NAME for each profile. Their names are all that is read.
_slotscope_profiles() {
    local name
    while IFS= read -r name; do
        printf 'profile:%s\n' "$name"
    done < <("$1" --list-profiles 2>/dev/null)
}

_slotscope() {
    # Bash takes host:port and --option=value apart; here are the words as they were typed.
    local words=() cword word piece rest=$COMP_LINE index
    for ((index = 0; index <= COMP_CWORD; ++index)); do
        piece=${COMP_WORDS[index]}
        if ((index > 0)) && [[ -n $rest && $rest != [[:space:]]* ]]; then
            words[-1]+=$piece
        else
            words+=("$piece")
        fi
        rest=${rest#"${rest%%[![:space:]]*}"}
        rest=${rest#"$piece"}
    done
    cword=$((${#words[@]} - 1))
    local current=${words[cword]} previous=${words[cword - 1]}

    local connecting='--user --password-file --tls --ca --cert --key --key-password-file --tls-name
        --insecure-tls --map --socks --ssh --timeout
        --connect-timeout --resp'
    local commands='inspect check doctor exec report sandbox' command= options
    if ((cword > 1)) && [[ " $commands " == *" ${words[1]} "* ]]; then
        command=${words[1]}
    fi
    case $command in
    inspect) options="--help --format --shards $connecting" ;;
    check) options="--help --format --watch $connecting" ;;
    doctor) options="--help --format --client $connecting" ;;
    exec) options="--help --format --from --redirects --on --split --allow-writes $connecting" ;;
    report) options="--help --output --force --deadline --late --note --redact --pseudonyms --slowlog-arguments $connecting" ;;
    sandbox) options='--help --primaries --replicas --server --port --no-window --demo' ;;
    *) options="--help --version $connecting" ;;
    esac

    # Where the cursor is: in the value of an option, or how many words before it are none.
    local positional=0 takes_value=
    for word in "${words[@]:1:cword-1}"; do
        if [[ -n $takes_value ]]; then
            takes_value=
            continue
        fi
        case $word in
        --) return 0 ;; # a command for the servers
        --help | --version | --tls | --insecure-tls | --shards | --split | --allow-writes | --no-window | --force | --slowlog-arguments) ;;
        --*=*) ;;
        --*) takes_value=1 ;;
        -*) ;;
        *) ((++positional)) ;;
        esac
    done
    if [[ -z $takes_value && $current == --*=* ]]; then
        takes_value=1
        previous=${current%%=*}
        current=${current#*=}
    fi

    COMPREPLY=()
    if [[ -n $takes_value ]]; then
        local values=
        case $previous in
        --password-file | --ca | --cert | --key | --key-password-file | --server | --output)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return 0
            ;;
        --demo)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -d -- "$current")
            return 0
            ;;
        --client)
            values='all go-redis rueidis Jedis Lettuce Redisson StackExchange.Redis redis-rs
                redis-cli redis-py ioredis node-redis valkey-glide redis-rb phpredis Predis'
            ;;
        --format) values='text json' ;;
        --from) values='owner replica seed' ;;
        --on) values='primaries replicas nodes auto' ;;
        --pseudonyms) values='kept new' ;;
        --redact) values='none short pseudonym' ;;
        --redirects) values='follow stop' ;;
        --resp) values='2 3' ;;
        esac
        mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current")
        return 0
    fi
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
        return 0
    fi

    if ((cword == 1)); then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
    fi
    local wanted=0 candidate
    [[ -z $command ]] || wanted=1
    if ((positional == wanted)) && [[ $command != sandbox ]]; then
        local plain=${current//\\/}
        while IFS= read -r candidate; do
            [[ $candidate == "$plain"* ]] && COMPREPLY+=("$(printf '%q' "$candidate")")
        done < <(_slotscope_profiles "${words[0]}")
        if [[ $command == report ]]; then # or a capture
            compopt -o filenames 2>/dev/null
            while IFS= read -r candidate; do
                COMPREPLY+=("$candidate")
            done < <(compgen -f -- "$current")
        fi
    fi
    # Bash replaces only what stands behind the last colon.
    if [[ $current == *:* && $COMP_WORDBREAKS == *:* ]]; then
        local before=${current%"${current##*:}"}
        COMPREPLY=("${COMPREPLY[@]#"$before"}")
    fi
}
complete -F _slotscope slotscope
