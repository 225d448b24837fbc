// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

#include <QWidget>

class QComboBox;
class QToolButton;

namespace slotscope::ui {

/// Above the picture: whose view it shows, which shard it is limited to, and how large it is.
class PictureBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PictureBar)
public:
    explicit PictureBar(QWidget* parent = nullptr);

    /// The nodes whose own views can be chosen. The choice stays while its node is among them.
    void setViews(const QList<cluster::NodeId>& nodes, const cluster::Topology& topology);
    cluster::NodeId chosenView() const; ///< null: all of them together
    /// "S03"; empty: all shards.
    void setFilter(const QString& shard);
    void setFit(bool isFit);

Q_SIGNALS:
    void viewChosen();
    void filterCleared();
    void zoomInRequested();
    void zoomOutRequested();
    void fitRequested();

private:
    QToolButton* addButton(const QString& text, const QString& name, const QString& toolTip);

    QComboBox* m_views = nullptr;
    QToolButton* m_filter = nullptr;
    QToolButton* m_fit = nullptr;
    QToolButton* m_zoomOut = nullptr;
};

} // namespace slotscope::ui
