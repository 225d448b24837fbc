#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Slotscope contributors
# SPDX-License-Identifier: MIT
"""Writes commandtable.inc from the COMMAND reply of a real redis-server (7.0 or newer).

    ./make_commandtable.py [redis-server] > commandtable.inc

Starts the server on a free loopback port in a temporary folder, asks it, and ends it.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time

FLAGS = [("write", "WriteFlag"), ("readonly", "ReadOnlyFlag"), ("blocking", "BlockingFlag"),
         ("movablekeys", "MovableKeysFlag"), ("@dangerous", "DangerousFlag"),
         ("@admin", "AdminFlag")]
REQUEST = {"all_nodes": "AllNodes", "all_shards": "AllShards", "multi_shard": "MultiShard",
           "special": "SpecialRequest"}
RESPONSE = {"one_succeeded": "OneSucceeded", "all_succeeded": "AllSucceeded", "agg_sum": "Sum",
            "agg_min": "Min", "agg_logical_and": "LogicalAnd", "special": "SpecialReply"}


def read_reply(stream):
    line = stream.readline()
    kind, rest = line[:1], line[1:-2]
    if kind == b"+":
        return rest.decode()
    if kind == b":":
        return int(rest)
    if kind == b"$":
        size = int(rest)
        return None if size < 0 else stream.read(size + 2)[:-2].decode("utf-8", "replace")
    if kind == b"*":
        return [read_reply(stream) for _ in range(int(rest))]
    sys.exit(f"unexpected reply: {line!r}")


def ask(connection, command):
    connection.sendall(command + b"\r\n")
    return read_reply(connection.makefile("rb"))


def pairs(flat):
    return dict(zip(flat[::2], flat[1::2]))


def spec_text(spec):
    begin, find = pairs(spec["begin_search"]), pairs(spec["find_keys"])
    if "unknown" in (begin["type"], find["type"]):
        return None
    where, how = pairs(begin["spec"]), pairs(find["spec"])
    if begin["type"] == "index":
        start = f"{where['index']}, nullptr"
    else:
        start = f"{where['startfrom']}, \"{where['keyword']}\""
    end = ", true" if "not_key" in spec["flags"] else ""
    if find["type"] == "range":
        return f"{{ Range, {start}, {how['lastkey']}, {how['keystep']}, {how['limit']}{end} }}"
    return f"{{ KeyNumber, {start}, {how['keynumidx']}, {how['keystep']}, {how['firstkey']}{end} }}"


def policies(tips):
    values = dict(tip.split(":", 1) for tip in tips if ":" in tip)
    if "request_policy" not in values:
        return ""
    response = values.get("response_policy")
    return ", " + REQUEST[values["request_policy"]] + ", " + (
        RESPONSE[response] if response else "AnyReply")


def entries(commands):
    for command in commands:
        name, arity, flags = command[:3]
        words = [word for flag, word in FLAGS if flag in flags + command[6]]
        if command[9]:
            words.append("ContainerFlag")
        specs = [text for text in (spec_text(pairs(spec)) for spec in command[8]) if text]
        text = f"{{ \"{name.lower()}\", {' | '.join(words) or 'NoFlags'}"
        text += f", {{ {{ {', '.join(specs)} }} }}" if specs else ", {}"
        yield name.lower(), text + f", {arity}{policies(command[7])} }},"
        yield from entries(command[9])


def main():
    server = sys.argv[1] if len(sys.argv) > 1 else "redis-server"
    folder = tempfile.mkdtemp(prefix="commandtable-")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([server, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder,
                                "--save", ""], stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                connection = socket.create_connection(("127.0.0.1", port))
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        else:
            sys.exit("the server does not answer")
        if ask(connection, b"CONFIG GET dir")[1] != folder:
            sys.exit("another server answers")
        info = dict(line.split(":", 1) for line in ask(connection, b"INFO server").split("\r\n")
                    if ":" in line)
        print("// SPDX-FileCopyrightText: 2026 Slotscope contributors")
        print("// SPDX-License-Identifier: MIT")
        print("//")
        print("// Made by make_commandtable.py from COMMAND of redis-server", info["redis_version"])
        print("// One command a line; as long as the list of commands is.")
        print("// clang-format off")
        for _, text in sorted(entries(ask(connection, b"COMMAND"))):
            print(text)
        print("// clang-format on")
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


main()
