// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/health/headline.h"
#include "ui/report/timeline.h"
#include "ui/topology/topologygeometry.h"

namespace slotscope::ui {

/// What there is to say about the moment of a capture, in the words of a picture; without places
/// and colours. Every text is safe to draw.
struct Incident
{
    /// A card that something is wrong with or that has changed: as it was, and as it is.
    struct Affected
    {
        QString title; ///< "S17"
        std::optional<Card> before; ///< none: unknown, it was not there, or it has not changed
        QString beforeText; ///< "before, 13:52:10Z"; without a card: why there is none
        std::optional<Card> now; ///< none: it is gone
        QString nowText;
        QStringList saidBy; ///< who says so, a line each; of the first mostLarge only
        int weight = 0; ///< the more, the worse
    };

    /// More are never shown large.
    static constexpr int mostLarge = 6;

    health::Headline headline;
    QString name; ///< "orders (production)"; empty when it has none
    QString evidence; ///< "118 of 120 nodes answered, at 2026-11-23 14:07:41Z"
    QString badge; ///< "PARTIAL 118/120"; empty when everybody answered
    QList<Affected> affected; ///< worst first
    QList<Card> rest; ///< of which nothing is wrong and nothing has changed
    QList<TimelineRow> rows; ///< of the last minutes, oldest first
    QString recording; ///< when it began
    QString lastEvent; ///< when nothing happened in the last minutes; may be empty
    QStringList marks; ///< the lines of the numbered marks
    QStringList footer;
    QSet<cluster::NodeId> silent;

    static Incident of(const capture::Capture& capture);

    /// Something is wrong, or was in the last minutes.
    bool isTroubled() const;
};

/// Below every picture: cluster, time in UTC, whose view, partial or not.
QString captionOf(const capture::Capture& capture, bool hasTime = true);
/// "orders (production)"; else the endpoint; else "cluster".
QString clusterNameOf(const capture::Capture& capture);
/// "nothing was replaced", "names and addresses are pseudonyms".
QString redactionText(const QString& redaction);
/// "2026-11-23 14:07:41 UTC".
QString utcText(const QDateTime& at);

} // namespace slotscope::ui
