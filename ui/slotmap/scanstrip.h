// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/keyscan.h"

#include <QWidget>

namespace slotscope::ui {

/// How much of a node's keys a scan has looked at, 0 to 1; -1: not known.
double scannedShare(const command::ShardScan& shard);
/// "S02: 45 %, 1 200 found", "S03: waiting: connection refused", ...
QString scanText(const command::ShardScan& shard);

/// How far a scan is, shard beside shard: a bar that fills, hatched where the scan failed. The tool
/// tip tells about the shard under the pointer.
class ScanStrip final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScanStrip)
public:
    explicit ScanStrip(QWidget* parent = nullptr);

    void setProgress(const command::KeyScanProgress& progress, const cluster::Topology& topology);
    QSize sizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QRectF rectOf(qsizetype shard) const;

    QList<command::ShardScan> m_shards;
    QList<int> m_colors; ///< Shard::index of each; -1: none
};

} // namespace slotscope::ui
