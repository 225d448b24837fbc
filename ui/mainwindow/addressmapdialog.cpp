// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/addressmapdialog.h"

#include "core/explain/errors.h"
#include "ui/theme/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

QString addressMapText(const net::AddressMap& map, const cluster::Topology& topology)
{
    QStringList lines = map.rules();
    for (const cluster::Node& node : topology.nodes()) {
        if (node.health != cluster::Health::Unknown || !node.address.isDialable())
            continue;
        const QString waiting = node.address.toString() + u'=';
        const bool isMapped = map.toDialled(node.address) != node.address;
        if (!isMapped && !lines.contains(waiting))
            lines.append(waiting);
    }
    return lines.join(u'\n');
}

support::Result<net::AddressMap> parseAddressMap(const QString& text)
{
    net::AddressMap map;
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : lines) {
        const QString rule = line.trimmed();
        if (rule.isEmpty() || rule.endsWith(u'='))
            continue;
        if (const auto added = map.addRule(rule); !added)
            return added.error();
    }
    return map;
}

AddressMapDialog::AddressMapDialog(const QString& text, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(u"addressMapDialog"_s);
    setWindowTitle(tr("Map addresses"));
    auto* about
        = new QLabel(tr("Nodes announce addresses that may not lead anywhere from here. "
                        "Say where each can be reached, one on a line: ANNOUNCED=HERE, with "
                        "ports (10.0.1.4:6379=localhost:7001) or without (10.0.1.4=bastion)."),
            this);
    about->setWordWrap(true);
    m_rules = new QPlainTextEdit(text, this);
    m_rules->setObjectName(u"addressRules"_s);
    m_rules->setAccessibleName(tr("Rules, one on a line"));
    m_rules->setFont(fixedFont(13));
    m_rules->setTabChangesFocus(true);
    m_rules->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_message = new QLabel(this);
    m_message->setObjectName(u"addressMapMessage"_s);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_connect = buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
    m_connect->setObjectName(u"connectMapped"_s);
    m_connect->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(about);
    layout->addWidget(m_rules, 1);
    layout->addWidget(m_message);
    layout->addWidget(buttons);
    resize(560, 340);

    connect(m_rules, &QPlainTextEdit::textChanged, this, &AddressMapDialog::check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        if (const auto map = parseAddressMap(m_rules->toPlainText())) {
            accept();
            Q_EMIT mapGiven(*map);
        }
    });
    check();
}

void AddressMapDialog::check()
{
    const auto map = parseAddressMap(m_rules->toPlainText());
    m_connect->setEnabled(static_cast<bool>(map));
    m_message->setText(map ? QString() : explain::errorSentence(map.error()));
}

} // namespace slotscope::ui
