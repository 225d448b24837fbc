// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/proposal.h"

#include <QPointer>
#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTabWidget;

namespace slotscope::net {
class Lookup;
struct Endpoint;
} // namespace slotscope::net

namespace slotscope::ui {

class BehaviourSection;
class LoginSection;
class PasteField;
class TlsSection;
class WaySection;

/// One profile as a form. On top a field that takes whatever one has (an endpoint, a URL, the
/// output of `aws elasticache describe-replication-groups`, addresses from a program's source) and
/// fills the rest. Says below what the endpoint's name tells, as a guess, and what is wrong. Saves
/// nothing.
class ProfileForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProfileForm)
public:
    explicit ProfileForm(QWidget* parent = nullptr);

    void setProfile(const profile::Profile& profile);
    /// As it stands there; fields that the form does not show are kept.
    profile::Profile profile() const;
    profile::Secret password() const;
    void setPassword(const profile::Secret& password);
    /// Groups that there are already.
    void setGroups(const QStringList& groups);
    /// A sentence in red below; empty: none.
    void setMessage(const QString& text);
    void focusPaste();

Q_SIGNALS:
    /// The user has changed something.
    void edited();
    /// A text that was pasted held several profiles.
    void severalPasted(const QString& text);

private:
    void buildHead();
    void takePasted(const QString& text);
    void takeTyped(const QString& text);
    void takeBackTyped();
    void showProfile(const profile::Profile& profile);
    void fill(const profile::Proposal& proposal);
    void onEdited();
    void showGuess();
    void lookUpRealName();
    void takeRealName(const net::Endpoint& typed, const QString& name);

    /// What the fields said before the text that is being typed filled them.
    struct Before
    {
        profile::Profile profile;
        profile::Secret password;
    };

    profile::Profile m_base; ///< what was set
    std::optional<Before> m_beforeTyped;
    PasteField* m_paste = nullptr;
    QLabel* m_pasteNote = nullptr;
    QLineEdit* m_name = nullptr;
    QComboBox* m_group = nullptr;
    QComboBox* m_environment = nullptr;
    QComboBox* m_colour = nullptr;
    QPlainTextEdit* m_endpoints = nullptr;
    QLabel* m_guess = nullptr;
    QTabWidget* m_sections = nullptr;
    LoginSection* m_login = nullptr;
    TlsSection* m_tls = nullptr;
    WaySection* m_way = nullptr;
    BehaviourSection* m_behaviour = nullptr;
    QLabel* m_message = nullptr;
    QPointer<net::Lookup> m_lookup; ///< of the first endpoint's name
    bool m_isFilling = false; ///< not the user
};

} // namespace slotscope::ui
