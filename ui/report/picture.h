// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/storyboard.h"
#include "core/health/headline.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QImage>
#include <QSet>

namespace slotscope::ui {

/// What goes into a picture for an incident report. Everything is shown as plain text.
struct PictureInput
{
    cluster::Topology topology;
    health::Headline headline;
    QString footer; ///< date (UTC), endpoint, version, tool version
    command::Storyboard story; ///< may be empty
    command::StoryFrame frame;
    QSet<cluster::NodeId> silent; ///< were asked, and have not answered
    bool dark = false;
};

/// 1600 x 900 logical pixels at 2x: headline, ribbon, topology (with the redirect if there is one),
/// footer.
QImage renderPicture(const PictureInput& input);
support::Result<support::Done> savePicturePng(const QString& file, const PictureInput& input);
/// The same picture as SVG, real text, everything from a server escaped.
support::Result<support::Done> savePictureSvg(const QString& file, const PictureInput& input);

} // namespace slotscope::ui
