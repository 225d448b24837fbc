// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/fuzz/fuzztargets.h"

#include "core/cluster/keyslot.h"
#include "core/cluster/mergeviews.h"
#include "core/cluster/topologyjson.h"
#include "core/cluster/viewparsers.h"
#include "core/command/commandline.h"
#include "core/command/keyextraction.h"
#include "core/command/redirect.h"
#include "core/resp/replyformat.h"
#include "core/resp/replyreader.h"
#include "core/session/userinput.h"
#include "core/support/bytes.h"
#include "tests/fuzz/capturetargets.h"

#include <vector>

namespace slotscope::tests {

namespace {

void require(bool holds, const char* property)
{
    if (!holds)
        qFatal("fuzzing: %s does not hold", property);
}

resp::Limits smallLimits()
{
    resp::Limits limits;
    limits.bytes = 1 << 20;
    limits.elements = 10'000;
    limits.depth = 32;
    limits.lineLength = 4096;
    return limits;
}

struct Parsed
{
    std::vector<resp::Reply> replies;
    bool failed = false;
};

/// Reads all replies; `cut` > 0 feeds pieces whose sizes follow from the bytes themselves.
Parsed readAll(QByteArrayView data, bool cut)
{
    resp::ReplyReader reader(smallLimits());
    Parsed parsed;
    qsizetype at = 0;
    while (at < data.size() && !parsed.failed) {
        const qsizetype wanted = cut ? 1 + (static_cast<uchar>(data[at]) & 0x0f) : data.size();
        const QByteArrayView piece = data.sliced(at, qMin(wanted, data.size() - at));
        at += piece.size();
        reader.feed(piece);
        for (;;) {
            const auto next = reader.next();
            parsed.failed = !next;
            if (!next || !next->has_value())
                break;
            parsed.replies.push_back(**next);
        }
    }
    return parsed;
}

void fuzzReader(QByteArrayView data)
{
    const Parsed whole = readAll(data, false);
    const Parsed pieces = readAll(data, true);
    require(whole.failed == pieces.failed, "errors do not depend on cuts");
    require(whole.replies.size() == pieces.replies.size(), "replies do not depend on cuts");
    for (std::size_t i = 0; i < whole.replies.size(); ++i) {
        const resp::Reply& reply = whole.replies[i];
        require(reply == pieces.replies[i], "a reply does not depend on cuts");
        (void)resp::toDisplayText(reply, 50);
        require(resp::replyFromJson(resp::toJson(reply)).type() == reply.type(),
            "JSON keeps a reply's type");
    }
}

/// Costs a hundred times what parsing does: of mutated inputs, one in 64.
void requireSane(
    QByteArrayView data, const cluster::NodesView& nodes, const cluster::SlotsView& entries)
{
    if (qHash(data, 0) % 64 != 0)
        return;
    cluster::ViewInput view;
    view.nodes = nodes;
    view.slotsView = entries;
    view.connectionHost = QStringLiteral("127.0.0.1");
    view.connectionPort = 7000;
    const auto topology = cluster::mergeViews({ view }, cluster::TopologyData {});
    const auto again = cluster::topologyFromJson(cluster::toJson(topology));
    require(again.hasValue(), "a topology survives JSON");
    require(again->ownedRanges().size() == topology.ownedRanges().size(), "JSON keeps slot owners");
}

void fuzzNodes(QByteArrayView data)
{
    (void)cluster::parseInfo(data);
    if (const auto nodes = cluster::parseNodes(data))
        requireSane(data, *nodes, {});
}

void fuzzSlots(QByteArrayView data)
{
    for (const resp::Reply& reply : readAll(data, false).replies) {
        if (const auto entries = cluster::parseSlots(reply))
            requireSane(data, {}, *entries);
    }
}

void fuzzRedirect(QByteArrayView data)
{
    if (const auto redirect = command::parseRedirect(data)) {
        const auto target = command::resolveTarget(*redirect, { QStringLiteral("::1"), 7000 });
        require(!target || target->isDialable(), "a target can be dialled");
    }
    (void)command::errorWord(data);
    (void)support::toVisibleText(data, 200);
    (void)session::understandInput(QString::fromUtf8(data));
}

void fuzzCommandLine(QByteArrayView data)
{
    (void)cluster::keySlot(data);
    const auto argv = command::splitLine(QString::fromUtf8(data));
    if (!argv)
        return;
    (void)command::extractKeys(*argv);
    const auto again = command::splitLine(command::joinLine(*argv));
    require(again.hasValue() && *again == *argv, "a line round-trips");
}

} // namespace

const std::vector<FuzzTarget>& fuzzTargets()
{
    static const std::vector<FuzzTarget> targets {
        { "reader", fuzzReader },
        { "nodes", fuzzNodes },
        { "slots", fuzzSlots },
        { "redirect", fuzzRedirect },
        { "commandline", fuzzCommandLine },
        { "capture", fuzzCaptureFile },
        { "capturelines", fuzzCaptureLines },
    };
    return targets;
}

} // namespace slotscope::tests
