// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/loginkeeper.h"

#include <algorithm>

namespace slotscope::profile {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds renewBefore = std::chrono::minutes(5);

} // namespace

LoginKeeper::LoginKeeper(Profile profile, std::weak_ptr<net::CurrentPassword> password,
    QProcessEnvironment environment, QObject* parent)
    : QObject(parent)
    , m_profile(std::move(profile))
    , m_password(std::move(password))
    , m_environment(std::move(environment))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &LoginKeeper::renew);
}

void LoginKeeper::start(const Login& login)
{
    if (login.expires.isValid()) {
        m_timer.start(
            std::max(m_least, untilRenewal(login.expires, QDateTime::currentDateTimeUtc())));
    }
}

void LoginKeeper::setPace(milliseconds least, milliseconds afterFailure)
{
    m_least = least;
    m_afterFailure = afterFailure;
}

milliseconds LoginKeeper::untilRenewal(const QDateTime& expires, const QDateTime& now)
{
    return std::max(milliseconds(now.msecsTo(expires)) - renewBefore, milliseconds(0));
}

void LoginKeeper::renew()
{
    if (m_password.expired()) {
        Q_EMIT unused();
        return;
    }
    auto* request = new LoginRequest(m_profile, m_environment, this);
    connect(request, &LoginRequest::finished, this, &LoginKeeper::onFinished);
    connect(request, &LoginRequest::finished, request, &QObject::deleteLater);
    request->start();
}

void LoginKeeper::onFinished(const Login& login)
{
    if (login.outcome != Login::Outcome::Ready || login.password.isEmpty()) {
        m_timer.start(m_afterFailure);
        Q_EMIT failed(login);
        return;
    }
    if (const auto password = m_password.lock())
        password->replace(login.password.reveal());
    start(login);
    Q_EMIT renewed(login);
}

} // namespace slotscope::profile
