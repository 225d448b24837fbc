// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/wayin/reachdialog.h"

#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/explain/wording.h"
#include "core/net/sshtunnel.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QDialogButtonBox>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

using Kind = net::WayProposal::Kind;

namespace {

constexpr quint16 usualSocksPort = 1080;

QList<net::AddressOutcome> nodesOf(const cluster::Topology& topology)
{
    QList<net::AddressOutcome> nodes;
    for (const cluster::Node& node : topology.nodes()) {
        if (node.address.isDialable())
            nodes.append({ node.address, node.id.toString().toLatin1(), {} });
    }
    return nodes;
}

} // namespace

ReachDialog::ReachDialog(session::IoThread& io, session::SessionConfig config,
    cluster::Topology topology, std::function<void(const net::ConnectionOptions&)> adopt,
    QWidget* parent)
    : QDialog(parent)
    , m_io(io)
    , m_config(std::move(config))
    , m_nodes(nodesOf(topology))
    , m_adopt(std::move(adopt))
{
    setObjectName(u"reachDialog"_s);
    setWindowTitle(tr("Reach every node"));
    resize(640, 500);
    m_taken.typed = m_config.endpoint.endpoint;
    if (m_nodes.isEmpty())
        m_nodes.append({ m_taken.typed, {}, {} });
    if (const auto dialled = net::Endpoint::parse(topology.data().seedDialled))
        m_taken.dialled = *dialled;
    if (const cluster::Node* seed = topology.nodeById(topology.data().answeredBy))
        m_taken.announced = seed->address;
    if (m_config.options.tunnel)
        m_taken.way = net::Way::Ssh;
    else if (m_config.options.socks)
        m_taken.way = net::Way::Socks;

    m_verdict = wrappingLabel(this);
    m_verdict->setObjectName(u"reachVerdict"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 14);
    layout->setSpacing(10);
    layout->addWidget(m_verdict);
    for (const Kind kind : { Kind::Map, Kind::Ssh, Kind::Socks })
        addWay(kind, layout);
    layout->addStretch();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    // Return in a field tries its way, and closes nothing.
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    askEveryNode();
}

ReachDialog::Way* ReachDialog::addWay(Kind kind, QVBoxLayout* layout)
{
    Way* way = m_ways.emplace_back(std::make_unique<Way>()).get();
    way->kind = kind;
    auto* box = new QGroupBox(this);
    auto* inside = new QVBoxLayout(box);
    auto* row = new QHBoxLayout;
    switch (kind) {
    case Kind::Map:
        box->setTitle(tr("Other addresses for the same nodes"));
        way->rules = new QPlainTextEdit(m_config.options.addressMap.rules().join(u'\n'), box);
        way->rules->setObjectName(u"reachRules"_s);
        way->rules->setAccessibleName(tr("Rules, ANNOUNCED=HERE, one on a line"));
        way->rules->setPlaceholderText(u"10.0.1.4:6379=localhost:7001\n10.0.*=@seed"_s);
        way->rules->setFont(fixedFont(13));
        way->rules->setTabChangesFocus(true);
        way->rules->setMaximumHeight(86);
        row->addWidget(way->rules, 1);
        break;
    case Kind::Ssh:
        box->setTitle(tr("Through an SSH server that reaches them"));
        way->address = new QLineEdit(box);
        way->address->setObjectName(u"reachSsh"_s);
        way->address->setPlaceholderText(tr("user@bastion, or a name of ~/.ssh/config"));
        break;
    case Kind::Socks:
        box->setTitle(tr("Through a SOCKS5 proxy that reaches them"));
        way->address = new QLineEdit(box);
        way->address->setObjectName(u"reachSocks"_s);
        way->address->setPlaceholderText(u"localhost:1080"_s);
        break;
    }
    if (way->address) {
        way->address->setAccessibleName(box->title());
        row->addWidget(way->address, 1);
    }
    way->tryIt = new QPushButton(tr("Try it"), box);
    way->tryIt->setAutoDefault(false);
    way->use = new QPushButton(tr("Connect this way"), box);
    way->use->setAutoDefault(false);
    way->use->setEnabled(false);
    row->addWidget(way->tryIt, 0, Qt::AlignTop);
    row->addWidget(way->use, 0, Qt::AlignTop);
    way->result = wrappingLabel(box);
    way->result->hide();
    inside->addLayout(row);
    inside->addWidget(way->result);
    layout->addWidget(box);
    const QString name = kind == Kind::Map ? u"Map"_s : kind == Kind::Ssh ? u"Ssh"_s : u"Socks"_s;
    way->tryIt->setObjectName(u"try"_s + name);
    way->use->setObjectName(u"use"_s + name);
    way->result->setObjectName(u"result"_s + name);
    connect(way->tryIt, &QPushButton::clicked, this, [this, way] { tryWay(way); });
    connect(way->use, &QPushButton::clicked, this, [this, way] {
        Q_EMIT wayChosen(way->tried);
        accept();
    });
    const auto changed = [way] { way->use->setEnabled(false); };
    if (way->rules) {
        connect(way->rules, &QPlainTextEdit::textChanged, this, changed);
    } else {
        connect(way->address, &QLineEdit::textChanged, this, changed);
        connect(way->address, &QLineEdit::returnPressed, this, [this, way] { tryWay(way); });
    }
    return way;
}

void ReachDialog::focusOn(Kind kind)
{
    for (const auto& way : m_ways) {
        if (way->kind == kind && way->rules)
            way->rules->setFocus();
        else if (way->kind == kind)
            way->address->setFocus();
    }
}

void ReachDialog::askEveryNode()
{
    m_verdict->setText(
        explain::counted(m_nodes.size(), tr("Asking %1 node at the address it announces…"),
            tr("Asking each of %1 nodes at the address it announces…")));
    // It goes on beside what the user tries meanwhile.
    auto* survey = new session::TrialHandle(m_io, m_config.options, m_nodes, this);
    connect(survey, &session::TrialHandle::finished, this, &ReachDialog::showReached);
}

void ReachDialog::showReached(const QList<net::TrialResult>& results)
{
    for (qsizetype i = 0; i < m_nodes.size() && i < results.size(); ++i)
        m_nodes[i].error = results.at(i).error;
    const net::Unreached unreached = net::judge(m_taken, m_nodes);
    const QStringList sentences = net::sentencesOf(unreached);
    m_verdict->setText(sentences.isEmpty() ? tr("Every node answers at the address it announces.")
                                           : sentences.join(u'\n'));
    for (const net::WayProposal& proposal : unreached.proposals) {
        for (const auto& way : m_ways) {
            // What the user has written meanwhile stays.
            if (way->kind == Kind::Map && proposal.kind == Kind::Map
                && !way->rules->document()->isModified()) {
                QStringList rules = m_config.options.addressMap.rules();
                way->rules->setPlainText((rules + proposal.rules).join(u'\n'));
            }
        }
    }
}

support::Result<net::ConnectionOptions> ReachDialog::optionsFor(const Way& way) const
{
    net::ConnectionOptions options = m_config.options;
    options.tap.reset(); // a trial is not the session's
    if (way.kind == Kind::Map) {
        net::AddressMap map;
        for (const QString& line : way.rules->toPlainText().split(u'\n', Qt::SkipEmptyParts)) {
            if (line.trimmed().isEmpty())
                continue;
            if (const auto added = map.addRule(line.trimmed()); !added)
                return added.error();
        }
        map.setSeedHost(m_config.endpoint.endpoint.host);
        options.addressMap = map;
        return options;
    }
    options.socks.reset();
    options.tunnel.reset();
    const QString address = way.address->text().trimmed();
    if (way.kind == Kind::Socks) {
        const auto proxy = net::Endpoint::parse(address, usualSocksPort);
        if (!proxy)
            return proxy.error();
        options.socks = *proxy;
        return options;
    }
    const auto target = net::SshTarget::parse(address);
    if (!target)
        return target.error();
    auto ssh = net::SshOptions::of(*target, options.timeToConnect());
    ssh.hide(options.password.value_or(QString()));
    ssh.hide(options.tls.keyPassphrase.value_or(QString()));
    options.tunnel = net::SshTunnel::create(ssh);
    return options;
}

void ReachDialog::tryWay(Way* way)
{
    way->use->setEnabled(false);
    way->result->show();
    const auto options = optionsFor(*way);
    if (!options) {
        way->result->setText(withoutOptions(explain::errorSentence(options.error())));
        return;
    }
    way->tried = *options;
    m_adopt(way->tried);
    way->result->setText(tr("Trying…"));
    for (const auto& other : m_ways)
        other->tryIt->setEnabled(false);
    delete m_trial;
    m_trial = new session::TrialHandle(m_io, way->tried, m_nodes, this);
    connect(m_trial, &session::TrialHandle::finished, this,
        [this, way](const QList<net::TrialResult>& results) { showTrial(way, results); });
}

void ReachDialog::showTrial(Way* way, const QList<net::TrialResult>& results)
{
    for (const auto& other : m_ways)
        other->tryIt->setEnabled(true);
    const auto failure = std::find_if(results.begin(), results.end(),
        [](const net::TrialResult& result) { return result.error.has_value(); });
    const auto reached = std::count_if(results.begin(), results.end(),
        [](const net::TrialResult& result) { return !result.error; });
    const auto known = std::count_if(results.begin(), results.end(),
        [](const net::TrialResult& result) { return result.isIdentityKnown; });
    QString text = explain::answered(static_cast<int>(reached), static_cast<int>(results.size()));
    if (known == reached && reached > 0)
        text += tr(", each the one that was meant.");
    else if (reached > 0)
        text += tr("; not every one says which it is.");
    else
        text += u'.';
    if (failure != results.end())
        text += u' ' + withoutOptions(explain::errorSentence(*failure->error));
    way->result->setText(text);
    const bool isWrong = std::any_of(results.begin(), results.end(), [](const auto& result) {
        return result.error && result.error->code == support::ErrorCode::WrongNode;
    });
    // Another cluster's data is worse than none.
    way->use->setEnabled(reached > 0 && !isWrong);
}

} // namespace slotscope::ui
