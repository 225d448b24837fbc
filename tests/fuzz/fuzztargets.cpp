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

void fuzzReplies(QByteArrayView data)
{
    const Parsed whole = readAll(data, false);
    const Parsed pieces = readAll(data, true);
    require(whole.replies.size() == pieces.replies.size(), "replies do not depend on cuts");
    for (std::size_t i = 0; i < whole.replies.size(); ++i) {
        const resp::Reply& reply = whole.replies[i];
        require(reply == pieces.replies[i], "a reply does not depend on cuts");
        (void)resp::toDisplayText(reply, 50);
        (void)cluster::parseSlots(reply);
        require(resp::replyFromJson(resp::toJson(reply)).type() == reply.type(),
            "JSON keeps a reply's type");
    }
}

void fuzzTopology(QByteArrayView data)
{
    const auto view = cluster::parseNodes(data);
    (void)cluster::parseInfo(data);
    if (!view)
        return;
    const auto topology = cluster::mergeViews(
        { { *view, {}, QStringLiteral("127.0.0.1"), 7000 } }, cluster::TopologyData {});
    const auto again = cluster::topologyFromJson(cluster::toJson(topology));
    if (!again)
        qWarning("%s in %s", qPrintable(again.error().detail),
            data.toByteArray().toPercentEncoding().constData());
    require(again.hasValue(), "a topology survives JSON");
    require(again->ownedRanges().size() == topology.ownedRanges().size(), "JSON keeps slot owners");
}

void fuzzText(QByteArrayView data)
{
    (void)command::parseRedirect(data);
    (void)cluster::keySlot(data);
    (void)support::toVisibleText(data, 200);
    const QString text = QString::fromUtf8(data);
    (void)session::understandInput(text);
    if (const auto argv = command::splitLine(text)) {
        (void)command::extractKeys(*argv);
        const auto again = command::splitLine(command::joinLine(*argv));
        require(again.hasValue() && *again == *argv, "a line round-trips");
    }
}

} // namespace

void fuzzOne(QByteArrayView data)
{
    fuzzReplies(data);
    fuzzTopology(data);
    fuzzText(data);
}

} // namespace slotscope::tests
