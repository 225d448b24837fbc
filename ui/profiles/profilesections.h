// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profile.h"
#include "core/profile/secret.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QDoubleSpinBox;

namespace slotscope::ui {

// The parts of the profile form. Each shows its part of a profile and writes it back; what makes no
// sense together is told by profile::checked(), not here. edited(): the user changed something.

/// Where a secret comes from: kept in the keychain, asked each time, a variable, a command.
class SecretSourceField final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SecretSourceField)
public:
    explicit SecretSourceField(QWidget* parent = nullptr);

    void setSource(const profile::SecretSource& source);
    profile::SecretSource source() const;

Q_SIGNALS:
    void edited();

private:
    void showKind();

    QComboBox* m_kind = nullptr;
    QLineEdit* m_detail = nullptr; ///< the variable or the command
};

/// No log-in, password, ACL user, IAM.
class LoginSection final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoginSection)
public:
    explicit LoginSection(QWidget* parent = nullptr);

    void setProfile(const profile::Profile& profile);
    void writeTo(profile::Profile* profile) const;
    /// What was typed into the password field; never part of a profile.
    profile::Secret password() const;
    void setPassword(const profile::Secret& password);

Q_SIGNALS:
    void edited();

private:
    profile::AuthenticationKind kind() const;
    void showKind();

    QFormLayout* m_layout = nullptr;
    QComboBox* m_kind = nullptr;
    QLineEdit* m_user = nullptr;
    QLineEdit* m_password = nullptr;
    SecretSourceField* m_source = nullptr;
    QLineEdit* m_cacheName = nullptr;
    QLineEdit* m_region = nullptr;
    QLineEdit* m_awsProfile = nullptr;
    QLabel* m_about = nullptr;
};

/// TLS: whom to trust, which name to verify, who we are.
class TlsSection final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TlsSection)
public:
    explicit TlsSection(QWidget* parent = nullptr);

    void setProfile(const profile::Profile& profile);
    void writeTo(profile::Profile* profile) const;
    /// This endpoint says TLS by its name or scheme, whatever the box says; empty: none does.
    void setSaidBy(const QString& endpoint);
    /// This name is to be verified, for every node; counts as a change by the user.
    void verifyAlways(const QString& name);
    /// A sentence about the name to verify; empty: none.
    void setNameNote(const QString& text);

Q_SIGNALS:
    void edited();
    /// The name that the endpoint's stands for (a CNAME) is to be verified.
    void realNameWanted();

private:
    QLineEdit* addFile(const QString& label, const QString& name, const QString& placeholder);
    void showEnabled();

    QFormLayout* m_layout = nullptr;
    QCheckBox* m_enabled = nullptr;
    QLabel* m_reason = nullptr; ///< for m_enabled, where an endpoint is
    QLineEdit* m_caFile = nullptr;
    QComboBox* m_verify = nullptr;
    QLineEdit* m_fixedName = nullptr;
    QPushButton* m_realName = nullptr;
    QLabel* m_nameNote = nullptr;
    QLineEdit* m_certificateFile = nullptr;
    QLineEdit* m_keyFile = nullptr;
    QLineEdit* m_pkcs12File = nullptr;
    SecretSourceField* m_keySource = nullptr;
    QCheckBox* m_insecure = nullptr;
    QLabel* m_warning = nullptr;
    bool m_wished = false; ///< what the box says where no endpoint does
};

/// Direct, SOCKS5 or SSH, and the address map.
class WaySection final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WaySection)
public:
    explicit WaySection(QWidget* parent = nullptr);

    void setProfile(const profile::Profile& profile);
    void writeTo(profile::Profile* profile) const;

Q_SIGNALS:
    void edited();

private:
    void showKind();

    QComboBox* m_kind = nullptr;
    QLineEdit* m_address = nullptr;
    QLabel* m_about = nullptr;
    QPlainTextEdit* m_map = nullptr;
};

/// Read-only, time limits, RESP, refresh, redaction.
class BehaviourSection final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BehaviourSection)
public:
    explicit BehaviourSection(QWidget* parent = nullptr);

    void setProfile(const profile::Profile& profile);
    void writeTo(profile::Profile* profile) const;
    /// Production is read-only whatever the box says.
    void setProduction(bool production);

Q_SIGNALS:
    void edited();

private:
    void showReadOnly();

    QCheckBox* m_readOnly = nullptr;
    QDoubleSpinBox* m_connectTimeout = nullptr;
    QDoubleSpinBox* m_timeout = nullptr; ///< seconds; 0: as usual
    QComboBox* m_resp = nullptr;
    QDoubleSpinBox* m_refresh = nullptr; ///< seconds; 0: never, below: as usual
    QComboBox* m_redaction = nullptr;
    bool m_wished = false; ///< what the box said before production decided
    bool m_production = false;
};

} // namespace slotscope::ui
