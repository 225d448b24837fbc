// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/net/addressmap.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace slotscope::ui {

/// The lines that the dialog begins with: the rules there are, then each announced host that did
/// not answer, waiting for where to find it.
QString addressMapText(const net::AddressMap& map, const cluster::Topology& topology);
/// One rule a line; a host that still waits for its other side is left out.
support::Result<net::AddressMap> parseAddressMap(const QString& text);

/// Asks where the addresses that nodes announce can be reached from here.
class AddressMapDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AddressMapDialog)
public:
    explicit AddressMapDialog(const QString& text, QWidget* parent = nullptr);

Q_SIGNALS:
    void mapGiven(const slotscope::net::AddressMap& map);

private:
    void check();

    QPlainTextEdit* m_rules = nullptr;
    QLabel* m_message = nullptr;
    QPushButton* m_connect = nullptr;
};

} // namespace slotscope::ui
