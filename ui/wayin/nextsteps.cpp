// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/wayin/nextsteps.h"

#include "core/health/headline.h"

#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using support::ErrorCode;

namespace {

struct StepWords
{
    QString text;
    QString tip;
    QString name; ///< of the button, for tests
};

StepWords wordsOf(NextStep step)
{
    switch (step) {
    case NextStep::TryAgain:
        return { StepBar::tr("Try again"), {}, u"retryButton"_s };
    case NextStep::AskAgain:
        return { StepBar::tr("Ask every node"), StepBar::tr("Asks every node again, now (F5)"),
            u"askAgainButton"_s };
    case NextStep::Credentials:
        return { StepBar::tr("User and password…"), {}, u"credentialsButton"_s };
    case NextStep::WithTls:
        return { StepBar::tr("Connect with TLS"), {}, u"withTlsButton"_s };
    case NextStep::WithoutTls:
        return { StepBar::tr("Connect without TLS"),
            StepBar::tr("Nothing is encrypted then; the password is not sent, but asked for again"),
            u"withoutTlsButton"_s };
    case NextStep::VerifyRealName:
        return { StepBar::tr("Verify the real name"),
            StepBar::tr("Connects with the name that the typed one stands for as the name to "
                        "verify; make sure that it is yours"),
            u"verifyRealNameButton"_s };
    case NextStep::UseSsh:
        return { StepBar::tr("Use SSH…"),
            StepBar::tr("Goes through an SSH server that reaches the nodes"), u"useSshButton"_s };
    case NextStep::MapAddresses:
        return { StepBar::tr("Map addresses…"),
            StepBar::tr("Where the announced addresses can be reached from here"),
            u"mapAddressesButton"_s };
    case NextStep::Test:
        return { StepBar::tr("Test…"),
            StepBar::tr("Goes stage by stage through the way to the endpoint and to every node"),
            u"testButton"_s };
    case NextStep::ShowProblems:
        return { StepBar::tr("What to do…"), StepBar::tr("Shows what is wrong, and what helps"),
            u"showProblemsButton"_s };
    case NextStep::EnterAddress:
        return { StepBar::tr("Connect…"),
            StepBar::tr("Puts the address of one of its nodes into the field above; nothing is "
                        "dialled before you press Enter there"),
            u"enterAddressButton"_s };
    case NextStep::OtherEndpoint:
        return { StepBar::tr("Another endpoint"), {}, u"otherEndpointButton"_s };
    }
    return {};
}

} // namespace

QList<NextStep> stepsAfter(const support::Error& error)
{
    switch (error.code) {
    case ErrorCode::AuthRequired:
    case ErrorCode::AuthFailed:
    case ErrorCode::NoPermission:
        return { NextStep::Credentials, NextStep::TryAgain, NextStep::OtherEndpoint };
    case ErrorCode::TokenRefused: // made anew each time; nobody could type one
        return { NextStep::TryAgain, NextStep::Test, NextStep::OtherEndpoint };
    case ErrorCode::TlsExpected:
        return { NextStep::WithTls, NextStep::TryAgain, NextStep::Test, NextStep::OtherEndpoint };
    case ErrorCode::NoReply:
        if (error.detail.isEmpty())
            return { NextStep::TryAgain, NextStep::WithTls, NextStep::Test,
                NextStep::OtherEndpoint };
        return { NextStep::TryAgain, NextStep::Test, NextStep::OtherEndpoint };
    case ErrorCode::TlsNotSpoken:
        return { NextStep::WithoutTls, NextStep::TryAgain, NextStep::OtherEndpoint };
    case ErrorCode::TlsFailed:
    case ErrorCode::TlsOutOfTime:
        if (error.suggestion.isEmpty())
            return { NextStep::TryAgain, NextStep::Test, NextStep::OtherEndpoint };
        return { NextStep::VerifyRealName, NextStep::TryAgain, NextStep::Test,
            NextStep::OtherEndpoint };
    case ErrorCode::ConnectTimeout:
    case ErrorCode::ConnectFailed:
    case ErrorCode::ConnectionRefused:
    case ErrorCode::ProxyRefused:
    case ErrorCode::WrongNode:
        return { NextStep::TryAgain, NextStep::Test, NextStep::UseSsh, NextStep::MapAddresses,
            NextStep::OtherEndpoint };
    case ErrorCode::ResolveFailed: // perhaps a name of another network
        return { NextStep::TryAgain, NextStep::Test, NextStep::UseSsh, NextStep::OtherEndpoint };
    default:
        return { NextStep::TryAgain, NextStep::Test, NextStep::OtherEndpoint };
    }
}

QList<NextStep> stepsFor(const cluster::Topology& topology, bool troubled)
{
    const cluster::TopologyData& data = topology.data();
    if (data.kind == cluster::Kind::Standalone && !topology.isEmpty() && !troubled)
        return { NextStep::OtherEndpoint };
    if (data.kind != cluster::Kind::Cluster || topology.isEmpty())
        return troubled ? QList { NextStep::AskAgain } : QList<NextStep>();
    if (!topology.slotsKnown()) {
        const bool isLoading = std::any_of(data.nodes.begin(), data.nodes.end(),
            [](const cluster::Node& node) { return node.health == cluster::Health::Loading; });
        return isLoading || health::isSilent(topology)
            ? QList { NextStep::AskAgain }
            : QList { NextStep::Credentials, NextStep::AskAgain };
    }
    if (data.viewsAnswered < data.viewsAsked)
        return { NextStep::AskAgain, NextStep::Test, NextStep::UseSsh, NextStep::MapAddresses };
    if (topology.ownedRanges().isEmpty())
        return { NextStep::ShowProblems, NextStep::AskAgain, NextStep::OtherEndpoint };
    return troubled ? QList { NextStep::AskAgain } : QList<NextStep>();
}

QList<NextStep> stepsOffline(const cluster::Topology& topology)
{
    if (!addressToEnter(topology).isDialable())
        return { NextStep::OtherEndpoint };
    return { NextStep::EnterAddress, NextStep::OtherEndpoint };
}

net::Endpoint addressToEnter(const cluster::Topology& topology)
{
    net::Endpoint any;
    for (const cluster::Node& node : topology.nodes()) {
        if (!node.address.isDialable())
            continue;
        if (node.role == cluster::Role::Primary && node.health == cluster::Health::Ok)
            return node.address;
        if (!any.isDialable())
            any = node.address;
    }
    return any;
}

StepBar::StepBar(QWidget* parent)
    : QWidget(parent)
{
    m_layout = new QHBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    hide();
}

void StepBar::setSteps(const QList<NextStep>& steps)
{
    if (steps == m_steps)
        return;
    m_steps = steps;
    // It may be one of these buttons that led here.
    for (QPushButton* button : findChildren<QPushButton*>(QString(), Qt::FindDirectChildrenOnly)) {
        button->setObjectName({});
        button->hide();
        button->deleteLater();
    }
    for (const NextStep step : steps) {
        const StepWords words = wordsOf(step);
        auto* button = new QPushButton(words.text, this);
        button->setObjectName(words.name);
        button->setToolTip(words.tip);
        button->setAccessibleDescription(words.tip);
        connect(button, &QPushButton::clicked, this, [this, step] { Q_EMIT chosen(step); });
        const QSize size = button->sizeHint();
        button->setMinimumSize(size.width() + 20, size.height() + 6);
        m_layout->addWidget(button);
        button->show();
    }
    setVisible(!steps.isEmpty());
}

} // namespace slotscope::ui
