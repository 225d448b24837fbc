// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/profiles/profilesections.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <cmath>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

using profile::WayIn;

namespace {

std::chrono::milliseconds milliseconds(double seconds)
{
    return std::chrono::milliseconds(std::llround(seconds * 1000));
}

double seconds(std::chrono::milliseconds time)
{
    return static_cast<double>(time.count()) / 1000;
}

} // namespace

WaySection::WaySection(QWidget* parent)
    : QWidget(parent)
{
    m_kind = new QComboBox(this);
    m_kind->setObjectName(u"wayKind"_s);
    m_kind->addItem(tr("Directly"), static_cast<int>(WayIn::Kind::Direct));
    m_kind->addItem(tr("Through an SSH server"), static_cast<int>(WayIn::Kind::Ssh));
    m_kind->addItem(tr("Through a SOCKS5 proxy"), static_cast<int>(WayIn::Kind::Socks));
    m_address = new QLineEdit(this);
    m_address->setObjectName(u"wayAddress"_s);
    m_about = new QLabel(this);
    m_about->setTextFormat(Qt::PlainText);
    m_about->setWordWrap(true);
    m_map = new QPlainTextEdit(this);
    m_map->setObjectName(u"wayMap"_s);
    m_map->setFont(fixedFont(13));
    m_map->setTabChangesFocus(true);
    m_map->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_map->setPlaceholderText(u"10.0.1.4:6379=localhost:7001\n10.0.1.5=bastion"_s);
    m_map->setToolTip(tr("Where announced addresses can be reached from here: ANNOUNCED=HERE, one "
                         "on a line"));
    auto* layout = new QFormLayout(this);
    layout->addRow(tr("Wa&y"), m_kind);
    layout->addRow(tr("Ove&r"), m_address);
    layout->addRow(QString(), m_about);
    layout->addRow(tr("Address &map"), m_map);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &WaySection::showKind);
    connect(m_kind, &QComboBox::activated, this, &WaySection::edited);
    connect(m_address, &QLineEdit::textEdited, this, &WaySection::edited);
    connect(m_map, &QPlainTextEdit::textChanged, this, [this] {
        if (m_map->hasFocus())
            Q_EMIT edited();
    });
    showKind();
}

void WaySection::showKind()
{
    const auto kind = static_cast<WayIn::Kind>(m_kind->currentData().toInt());
    m_address->setEnabled(kind != WayIn::Kind::Direct);
    switch (kind) {
    case WayIn::Kind::Direct:
        m_address->setPlaceholderText({});
        m_about->setText(tr("Every node is reached at the address it announces."));
        break;
    case WayIn::Kind::Socks:
        m_address->setPlaceholderText(u"localhost:1080"_s);
        m_about->setText(tr("Names are resolved at the far end of the proxy."));
        break;
    case WayIn::Kind::Ssh:
        m_address->setPlaceholderText(tr("user@bastion, or a name of ~/.ssh/config"));
        m_about->setText(tr("The ssh program of this system makes the tunnel, with its "
                            "configuration, agent and known hosts. Names are resolved there."));
        break;
    }
}

void WaySection::setProfile(const profile::Profile& profile)
{
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(profile.wayIn.kind)));
    m_address->setText(profile.wayIn.address);
    m_map->setPlainText(profile.addressMap.join(u'\n'));
    showKind();
}

void WaySection::writeTo(profile::Profile* profile) const
{
    profile->wayIn.kind = static_cast<WayIn::Kind>(m_kind->currentData().toInt());
    profile->wayIn.address
        = profile->wayIn.kind == WayIn::Kind::Direct ? QString() : m_address->text().trimmed();
    profile->addressMap.clear();
    for (const QString& line : m_map->toPlainText().split(u'\n')) {
        if (!line.trimmed().isEmpty())
            profile->addressMap.append(line.trimmed());
    }
}

BehaviourSection::BehaviourSection(QWidget* parent)
    : QWidget(parent)
{
    m_readOnly = new QCheckBox(tr("Slotscope is &read-only: it sends no writes"), this);
    m_readOnly->setObjectName(u"readOnlyBox"_s);
    const auto spin = [this](const QString& name, double least, double most) {
        auto* box = new QDoubleSpinBox(this);
        box->setObjectName(name);
        box->setRange(least, most);
        box->setDecimals(1);
        box->setSuffix(tr(" s"));
        connect(box, &QDoubleSpinBox::valueChanged, this, [this, box] {
            if (box->hasFocus())
                Q_EMIT edited();
        });
        return box;
    };
    m_timeout = spin(u"timeoutBox"_s, 0, 600);
    m_timeout->setSpecialValueText(tr("as usual (5 s)"));
    m_timeout->setToolTip(tr("How long each reply may take, and connecting"));
    m_connectTimeout = spin(u"connectTimeoutBox"_s, 0, 600);
    m_connectTimeout->setSpecialValueText(tr("as the time limit"));
    m_connectTimeout->setToolTip(tr("How long the name, TCP and TLS of a node may take together"));
    m_refresh = spin(u"refreshBox"_s, -1, 3600);
    m_refresh->setSpecialValueText(tr("as usual (2 s)"));
    m_refresh->setToolTip(tr("How often the topology is asked for; 0: never by itself"));
    m_resp = new QComboBox(this);
    m_resp->setObjectName(u"respBox"_s);
    m_resp->addItem(tr("RESP3 where the server has it"), 0);
    m_resp->addItem(tr("RESP2"), 2);
    m_resp->addItem(tr("RESP3"), 3);
    auto* layout = new QFormLayout(this);
    layout->addRow(m_readOnly);
    layout->addRow(tr("Ti&me limit"), m_timeout);
    layout->addRow(tr("&For connecting"), m_connectTimeout);
    layout->addRow(tr("Refres&h"), m_refresh);
    layout->addRow(tr("&Protocol"), m_resp);
    m_redaction = new QComboBox(this);
    m_redaction->setObjectName(u"redactionBox"_s);
    m_redaction->setToolTip(tr("What a capture (Ctrl+Shift+C) does with host names, addresses, "
                               "ids, keys, values and users"));
    using profile::Redaction;
    m_redaction->addItem(tr("as usual (shortened)"), static_cast<int>(Redaction::Usual));
    m_redaction->addItem(tr("shown as they are"), static_cast<int>(Redaction::None));
    m_redaction->addItem(tr("shortened"), static_cast<int>(Redaction::Short));
    m_redaction->addItem(tr("replaced by pseudonyms"), static_cast<int>(Redaction::Pseudonym));
    layout->addRow(tr("N&ames in captures"), m_redaction);
    connect(m_redaction, &QComboBox::activated, this, &BehaviourSection::edited);
    connect(m_readOnly, &QCheckBox::clicked, this, [this](bool checked) {
        m_wished = checked;
        Q_EMIT edited();
    });
    connect(m_resp, &QComboBox::activated, this, &BehaviourSection::edited);
}

void BehaviourSection::setProfile(const profile::Profile& profile)
{
    m_wished = profile.readOnly;
    m_timeout->setValue(profile.timeout ? seconds(*profile.timeout) : 0);
    m_connectTimeout->setValue(profile.connectTimeout ? seconds(*profile.connectTimeout) : 0);
    m_refresh->setValue(profile.refreshInterval ? seconds(*profile.refreshInterval) : -1);
    m_resp->setCurrentIndex(m_resp->findData(profile.respVersion.value_or(0)));
    m_redaction->setCurrentIndex(m_redaction->findData(static_cast<int>(profile.redaction)));
    setProduction(profile.environment == profile::Environment::Production);
}

void BehaviourSection::writeTo(profile::Profile* profile) const
{
    profile->readOnly = m_wished;
    profile->timeout.reset();
    if (m_timeout->value() > 0)
        profile->timeout = milliseconds(m_timeout->value());
    profile->connectTimeout.reset();
    if (m_connectTimeout->value() > 0)
        profile->connectTimeout = milliseconds(m_connectTimeout->value());
    profile->refreshInterval.reset();
    if (m_refresh->value() >= 0)
        profile->refreshInterval = milliseconds(m_refresh->value());
    profile->redaction = static_cast<profile::Redaction>(m_redaction->currentData().toInt());
    profile->respVersion.reset();
    if (const int version = m_resp->currentData().toInt(); version != 0)
        profile->respVersion = version;
}

void BehaviourSection::setProduction(bool production)
{
    m_production = production;
    showReadOnly();
}

void BehaviourSection::showReadOnly()
{
    m_readOnly->setEnabled(!m_production);
    m_readOnly->setChecked(m_wished || m_production);
    m_readOnly->setToolTip(m_production ? tr("Production opens read-only") : QString());
}

} // namespace slotscope::ui
