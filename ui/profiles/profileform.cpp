// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/profiles/profileform.h"

#include "core/explain/errors.h"
#include "core/net/lookup.h"
#include "core/net/typedendpoint.h"
#include "core/profile/endpointguess.h"
#include "core/profile/profileoptions.h"
#include "ui/profiles/pastefield.h"
#include "ui/profiles/profilelabels.h"
#include "ui/profiles/profilesections.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QVBoxLayout>

#include <utility>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

QIcon colourIcon(const QColor& colour)
{
    QPixmap pixmap(14, 14);
    pixmap.fill(Qt::transparent);
    if (colour.isValid()) {
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(1, 1, 12, 12, 3, 3);
    }
    return QIcon(pixmap);
}

QLabel* hiddenLabel(QWidget* parent, const QString& name)
{
    QLabel* label = wrappingLabel(parent, name);
    label->hide();
    return label;
}

void setShown(QLabel* label, const QString& text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

void takeIfEmpty(QString* into, const QString& found)
{
    if (into->isEmpty())
        *into = found;
}

template <typename Value>
void takeIfSaid(Value* into, const Value& found)
{
    if (found != Value())
        *into = found;
}

/// Most texts tell only whether there is any.
void takeTls(profile::Tls* into, const profile::Tls& found)
{
    profile::Tls alone;
    alone.enabled = found.enabled;
    if (found != alone)
        *into = found;
    else if (found.enabled)
        into->enabled = true;
}

/// Most texts tell nobody's name; an endpoint's tells what a token is for.
void takeLogin(profile::Authentication* into, const profile::Authentication& found)
{
    if (found.kind != profile::AuthenticationKind::None) {
        into->kind = found.kind;
        into->user = found.user;
    }
    takeIfSaid(&into->cacheName, found.cacheName);
    takeIfSaid(&into->region, found.region);
    takeIfSaid(&into->awsProfile, found.awsProfile);
}

/// So many lines of text and the frame.
void setLines(QPlainTextEdit* edit, int lines)
{
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * lines + 14);
    edit->setTabChangesFocus(true);
}

} // namespace

ProfileForm::ProfileForm(QWidget* parent)
    : QWidget(parent)
{
    buildHead();
    m_login = new LoginSection(this);
    m_tls = new TlsSection(this);
    m_way = new WaySection(this);
    m_behaviour = new BehaviourSection(this);
    m_sections = new QTabWidget(this);
    m_sections->setObjectName(u"profileSections"_s);
    m_sections->setDocumentMode(true); // its frame would have a ground of its own
    m_sections->addTab(m_login, tr("Log-in"));
    m_sections->addTab(m_tls, tr("TLS"));
    m_sections->addTab(m_way, tr("Way in"));
    m_sections->addTab(m_behaviour, tr("Behaviour"));
    m_message = hiddenLabel(this, u"profileMessage"_s);

    auto* head = new QFormLayout;
    head->addRow(tr("&Name"), m_name);
    auto* marks = new QHBoxLayout;
    marks->addWidget(m_group, 1);
    auto* environmentLabel = new QLabel(tr("En&vironment"), this);
    environmentLabel->setBuddy(m_environment);
    marks->addWidget(environmentLabel);
    marks->addWidget(m_environment);
    auto* colourLabel = new QLabel(tr("Co&lour"), this);
    colourLabel->setBuddy(m_colour);
    marks->addWidget(colourLabel);
    marks->addWidget(m_colour);
    auto* groupLabel = new QLabel(tr("&Group"), this);
    groupLabel->setBuddy(m_group);
    head->addRow(groupLabel, marks);
    head->addRow(tr("&Endpoints"), m_endpoints);
    head->addRow(QString(), m_guess);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_paste);
    layout->addWidget(m_pasteNote);
    layout->addLayout(head);
    layout->addWidget(m_sections, 1);
    layout->addWidget(m_message);

    connect(m_login, &LoginSection::edited, this, &ProfileForm::onEdited);
    connect(m_tls, &TlsSection::edited, this, &ProfileForm::onEdited);
    connect(m_tls, &TlsSection::realNameWanted, this, &ProfileForm::lookUpRealName);
    connect(m_way, &WaySection::edited, this, &ProfileForm::onEdited);
    connect(m_behaviour, &BehaviourSection::edited, this, &ProfileForm::onEdited);
}

void ProfileForm::buildHead()
{
    m_paste = new PasteField(this);
    m_paste->setObjectName(u"pasteField"_s);
    m_paste->setAccessibleName(tr("Paste what you have; it fills the form"));
    m_paste->setPlaceholderText(
        tr("Paste an endpoint, a URL, the output of aws elasticache describe-replication-groups, "
           "or the addresses in your code. It fills the form."));
    setLines(m_paste, 2);
    m_pasteNote = hiddenLabel(this, u"pasteNote"_s);
    m_name = new QLineEdit(this);
    m_name->setObjectName(u"profileName"_s);
    m_group = new QComboBox(this);
    m_group->setObjectName(u"profileGroup"_s);
    m_group->setEditable(true);
    m_group->lineEdit()->setPlaceholderText(tr("none"));
    m_environment = new QComboBox(this);
    m_environment->setObjectName(u"profileEnvironment"_s);
    for (const profile::Environment environment : environments()) {
        const QString label = environmentLabel(environment);
        m_environment->addItem(label.isEmpty() ? tr("None") : label, static_cast<int>(environment));
    }
    m_colour = new QComboBox(this);
    m_colour->setObjectName(u"profileColour"_s);
    const Theme theme = Theme::of(palette());
    for (const ProfileColour& colour : profileColours())
        m_colour->addItem(colourIcon(profileColour(colour.key, theme)), colour.label, colour.key);
    m_endpoints = new QPlainTextEdit(this);
    m_endpoints->setObjectName(u"profileEndpoints"_s);
    m_endpoints->setFont(fixedFont(13));
    m_endpoints->setPlaceholderText(tr("host:port; further ones, one on a line, are tried next"));
    setLines(m_endpoints, 2);
    m_guess = hiddenLabel(this, u"profileGuess"_s);

    connect(m_paste, &PasteField::given, this, &ProfileForm::takePasted);
    connect(m_paste, &PasteField::typed, this, &ProfileForm::takeTyped);
    connect(m_name, &QLineEdit::textEdited, this, &ProfileForm::onEdited);
    connect(m_group, &QComboBox::editTextChanged, this, &ProfileForm::onEdited);
    connect(m_environment, &QComboBox::activated, this, [this] {
        m_behaviour->setProduction(m_environment->currentData().toInt()
            == static_cast<int>(profile::Environment::Production));
        onEdited();
    });
    connect(m_colour, &QComboBox::activated, this, &ProfileForm::onEdited);
    connect(m_endpoints, &QPlainTextEdit::textChanged, this, [this] {
        showGuess();
        onEdited();
    });
}

void ProfileForm::onEdited()
{
    if (!m_isFilling)
        Q_EMIT edited();
}

void ProfileForm::setProfile(const profile::Profile& profile)
{
    m_beforeTyped.reset();
    m_paste->clear();
    showProfile(profile);
}

void ProfileForm::showProfile(const profile::Profile& profile)
{
    m_isFilling = true;
    m_base = profile;
    m_pasteNote->hide();
    m_name->setText(profile.name);
    m_group->setEditText(profile.group);
    m_environment->setCurrentIndex(m_environment->findData(static_cast<int>(profile.environment)));
    int colour = m_colour->findData(profile.colour);
    if (colour < 0) { // one of the user's own, from the file
        m_colour->addItem(colourIcon(profileColour(profile.colour, Theme::of(palette()))),
            profile.colour, profile.colour);
        colour = m_colour->count() - 1;
    }
    m_colour->setCurrentIndex(colour);
    m_endpoints->setPlainText(profile.endpoints.join(u'\n'));
    m_login->setProfile(profile);
    m_tls->setProfile(profile);
    m_way->setProfile(profile);
    m_behaviour->setProfile(profile);
    const auto edits = findChildren<QLineEdit*>();
    for (QLineEdit* edit : edits)
        edit->setCursorPosition(0); // of what is longer the beginning is seen
    m_isFilling = false;
    showGuess();
}

profile::Profile ProfileForm::profile() const
{
    profile::Profile profile = m_base;
    profile.name = m_name->text().trimmed();
    profile.group = m_group->currentText().trimmed();
    profile.colour = m_colour->currentData().toString();
    profile.environment = static_cast<profile::Environment>(m_environment->currentData().toInt());
    profile.endpoints.clear();
    for (const QString& line : m_endpoints->toPlainText().split(u'\n')) {
        if (!line.trimmed().isEmpty())
            profile.endpoints.append(line.trimmed());
    }
    m_login->writeTo(&profile);
    m_tls->writeTo(&profile);
    m_way->writeTo(&profile);
    m_behaviour->writeTo(&profile);
    return profile;
}

profile::Secret ProfileForm::password() const
{
    return m_login->password();
}

void ProfileForm::setPassword(const profile::Secret& password)
{
    m_login->setPassword(password);
}

void ProfileForm::setGroups(const QStringList& groups)
{
    m_isFilling = true;
    const QString current = m_group->currentText();
    m_group->clear();
    m_group->addItems(groups);
    m_group->setEditText(current);
    m_group->lineEdit()->setCursorPosition(0);
    m_isFilling = false;
}

void ProfileForm::setMessage(const QString& text)
{
    setInk(m_message, Theme::of(palette()).danger);
    setShown(m_message, withoutOptions(text));
}

void ProfileForm::focusPaste()
{
    m_paste->setFocus();
}

/// The form follows the text as it grows; what a shorter one has filled is taken back. The text
/// stays until it is given.
void ProfileForm::takeTyped(const QString& text)
{
    const auto proposals = profile::proposeProfiles(text);
    const bool isOne = proposals && proposals->size() == 1;
    if (!m_beforeTyped && !isOne)
        return;
    takeBackTyped();
    if (isOne) {
        m_beforeTyped = Before { profile(), password() };
        fill(proposals->constFirst());
    } else {
        onEdited();
    }
}

void ProfileForm::takeBackTyped()
{
    if (const auto before = std::exchange(m_beforeTyped, std::nullopt)) {
        showProfile(before->profile);
        setPassword(before->password);
    }
}

void ProfileForm::takePasted(const QString& text)
{
    if (m_beforeTyped) {
        takeBackTyped();
        onEdited();
    }
    const auto proposals = profile::proposeProfiles(text);
    if (!proposals)
        return setShown(m_pasteNote, explain::errorSentence(proposals.error()));
    if (proposals->size() > 1) {
        setShown(m_pasteNote, tr("%1 profiles are in there.").arg(proposals->size()));
        Q_EMIT severalPasted(text);
        return;
    }
    // A secret that was pasted is on the screen no longer than it has to be.
    m_paste->clear();
    fill(proposals->constFirst());
}

/// What the user has said already stays, but for where it leads and as whom, which is what is
/// pasted; the rest of a profile is only in our own exports.
void ProfileForm::fill(const profile::Proposal& proposal)
{
    const profile::Profile& found = proposal.profile;
    profile::Profile filled = profile();
    takeIfEmpty(&filled.name, found.name);
    takeIfEmpty(&filled.group, found.group);
    takeIfEmpty(&filled.colour, found.colour);
    takeIfSaid(&filled.environment, found.environment);
    takeIfSaid(&filled.endpoints, found.endpoints);
    takeTls(&filled.tls, found.tls);
    takeLogin(&filled.authentication, found.authentication);
    takeIfSaid(&filled.secret, found.secret);
    takeIfSaid(&filled.keySecret, found.keySecret);
    takeIfSaid(&filled.wayIn, found.wayIn);
    takeIfSaid(&filled.addressMap, found.addressMap);
    takeIfSaid(&filled.timeout, found.timeout);
    takeIfSaid(&filled.connectTimeout, found.connectTimeout);
    takeIfSaid(&filled.respVersion, found.respVersion);
    takeIfSaid(&filled.refreshInterval, found.refreshInterval);
    takeIfSaid(&filled.readOnly, found.readOnly);
    takeIfSaid(&filled.redaction, found.redaction);
    const profile::Secret typed = password();
    showProfile(filled);
    setPassword(proposal.password.isEmpty() ? typed : proposal.password);
    setShown(m_pasteNote, proposal.notes.join(u' '));
    if (!proposal.password.isEmpty() && m_sections->currentWidget() != m_login)
        m_sections->setCurrentWidget(m_login);
    onEdited();
}

void ProfileForm::showGuess()
{
    const QString first = m_endpoints->toPlainText().section(u'\n', 0, 0).trimmed();
    QString text;
    if (const auto typed = net::parseTypedEndpoint(first)) {
        const profile::EndpointGuess guess = profile::guessEndpoint(typed->endpoint);
        if (guess.provider != profile::Provider::None)
            text = tr("A guess from the name: %1").arg(guess.reason);
    }
    setShown(m_guess, text);
    QString tlsSaidBy;
    for (const QString& line : m_endpoints->toPlainText().split(u'\n')) {
        const auto typed = net::parseTypedEndpoint(line.trimmed());
        if (tlsSaidBy.isEmpty() && typed && profile::wantsTls(*typed))
            tlsSaidBy = typed->endpoint.toString();
    }
    m_tls->setSaidBy(tlsSaidBy);
}

/// Only when asked to: what is typed here is nobody's business until then.
void ProfileForm::lookUpRealName()
{
    const QString first = m_endpoints->toPlainText().section(u'\n', 0, 0).trimmed();
    const auto typed = net::parseTypedEndpoint(first);
    if (!typed)
        return m_tls->setNameNote(explain::errorSentence(typed.error()));
    delete m_lookup;
    m_lookup = new net::Lookup(typed->endpoint.host, this);
    connect(m_lookup, &net::Lookup::finished, this,
        [this, endpoint = typed->endpoint](const QList<QHostAddress>& addresses, const QString&) {
            const QString& host = endpoint.host;
            const QString name = m_lookup->realName();
            m_lookup->deleteLater();
            if (addresses.isEmpty()) {
                m_tls->setNameNote(
                    explain::errorSentence({ support::ErrorCode::ResolveFailed, {}, host }));
            } else if (name.isEmpty() || name == host.toLower()) {
                m_tls->setNameNote(
                    tr("%1 stands for no other name: it is the real one.").arg(host));
            } else {
                takeRealName(endpoint, name);
            }
        });
    m_tls->setNameNote(tr("Asking DNS for %1…").arg(typed->endpoint.host));
    m_lookup->start();
}

/// DNS is no proof: the user sees the name before it is saved or used.
void ProfileForm::takeRealName(const net::Endpoint& typed, const QString& name)
{
    m_tls->verifyAlways(name);
    const profile::EndpointGuess guess = profile::guessEndpoint({ name, typed.port });
    const bool isKnown = guess.provider != profile::Provider::None;
    m_tls->setNameNote(tr("%1 stands for %2, says DNS. Make sure that it is yours.")
                           .arg(visibleText(typed.host), visibleText(name))
        + (isKnown ? u' ' + guess.reason : QString()));
}

} // namespace slotscope::ui
