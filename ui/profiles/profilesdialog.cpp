// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/profiles/profilesdialog.h"

#include "core/explain/errors.h"
#include "core/explain/wording.h"
#include "core/support/savefile.h"
#include "ui/profiles/profileform.h"
#include "ui/profiles/profilelistpane.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/savequestion.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

using profile::Profile;
using profile::ProfileList;
using profile::Secret;

namespace {

constexpr qint64 largestImport = 4 * 1024 * 1024;

QPushButton* makeButton(const QString& text, const QString& name, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setAutoDefault(false);
    return button;
}

} // namespace

ProfilesDialog::ProfilesDialog(profile::ProfileStore store, QWidget* parent)
    : QDialog(parent)
    , m_store(std::move(store))
{
    setObjectName(u"profilesDialog"_s);
    setWindowTitle(tr("Profiles"));
    resize(980, 660);
    auto* splitter = new QSplitter(this);
    m_pane = new ProfileListPane(this);
    splitter->addWidget(m_pane);
    splitter->addWidget(buildForm());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({ 300, 680 });
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(splitter);
    wirePane();
    load();
    if (m_profiles.isEmpty())
        startNew();
    else
        select(m_profiles.constFirst().id);
}

ProfilesDialog::~ProfilesDialog() = default;

void ProfilesDialog::wirePane()
{
    connect(m_pane, &ProfileListPane::chosen, this, &ProfilesDialog::select);
    connect(m_pane, &ProfileListPane::openRequested, this, &ProfilesDialog::connectNow);
    connect(m_pane, &ProfileListPane::newRequested, this, [this] { startNew(); });
    connect(m_pane, &ProfileListPane::cloneRequested, this, &ProfilesDialog::clone);
    connect(m_pane, &ProfileListPane::removeRequested, this, &ProfilesDialog::remove);
    connect(m_pane, &ProfileListPane::undoRequested, this, &ProfilesDialog::undoRemove);
    connect(m_pane, &ProfileListPane::moveRequested, this, &ProfilesDialog::move);
    connect(m_pane, &ProfileListPane::importRequested, this, &ProfilesDialog::askForImport);
    connect(m_pane, &ProfileListPane::exportRequested, this, &ProfilesDialog::askForExport);
}

QWidget* ProfilesDialog::buildForm()
{
    auto* side = new QWidget(this);
    m_form = new ProfileForm(side);
    auto* examine = makeButton(tr("&Test…"), u"testProfile"_s, side);
    m_save = makeButton(tr("&Save"), u"saveProfile"_s, side);
    auto* open = makeButton(tr("C&onnect"), u"connectProfile"_s, side);
    open->setDefault(true);
    auto* close = makeButton(tr("Close"), u"closeProfiles"_s, side);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(examine);
    buttons->addStretch();
    buttons->addWidget(m_save);
    buttons->addWidget(open);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(6, 0, 0, 0);
    layout->addWidget(m_form, 1);
    layout->addLayout(buttons);
    connect(m_form, &ProfileForm::edited, this, &ProfilesDialog::onEdited);
    connect(m_form, &ProfileForm::severalPasted, this, &ProfilesDialog::importText);
    connect(examine, &QPushButton::clicked, this, &ProfilesDialog::test);
    connect(m_save, &QPushButton::clicked, this, [this] { save(); });
    connect(open, &QPushButton::clicked, this, &ProfilesDialog::connectNow);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    return side;
}

void ProfilesDialog::load()
{
    if (const auto profiles = m_store.load())
        m_profiles = *profiles;
    else
        m_pane->showNotice(explain::errorSentence(profiles.error()));
    showList();
}

void ProfilesDialog::showList()
{
    ProfileList shown = m_profiles;
    for (Profile& profile : shown) {
        if (m_drafts.contains(profile.id))
            profile = m_drafts.value(profile.id).profile;
    }
    QStringList groups;
    for (const Profile& profile : std::as_const(shown)) {
        if (!profile.group.isEmpty() && !groups.contains(profile.group))
            groups.append(profile.group);
    }
    const QList<QString> drafts = m_drafts.keys();
    m_pane->setProfiles(shown, { drafts.begin(), drafts.end() }, m_shown);
    m_form->setGroups(groups);
    m_save->setEnabled(m_drafts.contains(m_shown));
}

void ProfilesDialog::startNew(const Profile& profile)
{
    m_shown.clear();
    if (profile != Profile())
        m_drafts.insert({}, { profile, {} });
    // The one that was begun and not saved, if there is one.
    const Draft draft = m_drafts.value({});
    m_form->setProfile(draft.profile);
    m_form->setPassword(draft.password);
    m_form->setMessage({});
    showList();
    m_form->focusPaste();
}

void ProfilesDialog::select(const QString& id)
{
    const qsizetype index = profile::indexOfId(m_profiles, id);
    if (index < 0)
        return;
    m_shown = id;
    const auto draft = m_drafts.constFind(id);
    m_form->setProfile(draft != m_drafts.cend() ? draft->profile : m_profiles.at(index));
    if (draft != m_drafts.cend())
        m_form->setPassword(draft->password);
    m_form->setMessage(m_profiles.at(index).problems.join(u' '));
    showList();
}

void ProfilesDialog::takeWay(const QString& id, const Profile& way)
{
    if (id != m_shown)
        select(id);
    if (id != m_shown)
        return; // deleted meanwhile
    Profile changed = m_form->profile();
    changed.wayIn = way.wayIn;
    changed.addressMap = way.addressMap;
    const Secret password = m_form->password();
    m_form->setProfile(changed);
    m_form->setPassword(password);
    onEdited();
    m_pane->showNotice(tr("The way that was tried is in the form now. Save keeps it."));
}

void ProfilesDialog::onEdited()
{
    keepDraft();
    m_form->setMessage({});
    m_pane->showNotice({});
    showList();
}

void ProfilesDialog::keepDraft()
{
    const Draft draft { m_form->profile(), m_form->password() };
    const qsizetype index = profile::indexOfId(m_profiles, m_shown);
    const Profile saved = index < 0 ? Profile() : m_profiles.at(index);
    if (draft.profile == saved && draft.password.isEmpty())
        m_drafts.remove(m_shown);
    else
        m_drafts.insert(m_shown, draft);
}

bool ProfilesDialog::apply(const profile::ProfileStore::Change& change)
{
    const auto written = m_store.change(change);
    if (!written) {
        m_form->setMessage(explain::errorSentence(written.error()));
        return false;
    }
    m_profiles = *written;
    return true;
}

std::optional<Profile> ProfilesDialog::save()
{
    Profile wanted = m_form->profile();
    if (wanted.name.isEmpty() && !wanted.endpoints.isEmpty())
        wanted.name = profile::uniqueName(m_profiles, wanted.firstEndpoint());
    auto usable = profile::checked(wanted);
    if (!usable) {
        m_form->setMessage(explain::errorSentence(usable.error()));
        return {};
    }
    const Secret password = m_form->password();
    const bool isNew = m_shown.isEmpty();
    const qsizetype shown = profile::indexOfId(m_profiles, m_shown);
    const Profile before = shown < 0 ? Profile() : m_profiles.at(shown);
    const bool isSaved
        = apply([&](const ProfileList& now) { return profile::withEdited(now, before, *usable); });
    if (!isSaved)
        return {};
    const qsizetype index = isNew ? profile::indexOfName(m_profiles, usable->name)
                                  : profile::indexOfId(m_profiles, m_shown);
    if (index < 0)
        return {};
    const Profile saved = m_profiles.at(index);
    m_drafts.remove(m_shown);
    m_shown = saved.id;
    m_form->setProfile(saved);
    m_form->setPassword(password);
    m_form->setMessage({});
    showList();
    if (saved.secret.kind == profile::SecretSource::Kind::Keychain && !password.isEmpty())
        Q_EMIT passwordGiven(saved, password);
    return saved;
}

bool ProfilesDialog::saveAll()
{
    while (!m_drafts.isEmpty()) {
        const QString id = m_drafts.constBegin().key();
        const Draft draft = m_drafts.constBegin().value();
        m_shown = id;
        m_form->setProfile(draft.profile);
        m_form->setPassword(draft.password);
        if (!save()) {
            showList();
            return false;
        }
    }
    return true;
}

void ProfilesDialog::clone()
{
    const QString id = m_shown;
    if (!apply([&id](const ProfileList& now) { return profile::withClone(now, id); }))
        return;
    const qsizetype index = profile::indexOfId(m_profiles, id);
    if (index >= 0 && index + 1 < m_profiles.size())
        select(m_profiles.at(index + 1).id);
}

void ProfilesDialog::remove()
{
    const QString id = m_shown;
    if (id.isEmpty())
        return;
    std::optional<profile::Removed> removed;
    const bool done = apply([&](const ProfileList& now) -> support::Result<ProfileList> {
        auto without = profile::withRemoved(now, id);
        if (!without)
            return without.error();
        removed = without->removed;
        return without->profiles;
    });
    if (!done || !removed)
        return;
    m_removed = removed;
    m_drafts.remove(id);
    Q_EMIT profileRemoved(removed->profile);
    m_pane->showNotice(tr("%1 was deleted.").arg(removed->profile.name), true);
    if (m_profiles.isEmpty())
        startNew();
    else
        select(m_profiles.at(std::min(removed->position, m_profiles.size() - 1)).id);
}

void ProfilesDialog::undoRemove()
{
    if (!m_removed)
        return;
    const profile::Removed removed = *m_removed;
    if (!apply([&removed](const ProfileList& now) -> support::Result<ProfileList> {
            return profile::withRestored(now, removed);
        }))
        return;
    m_removed.reset();
    m_pane->showNotice({});
    select(removed.profile.id);
}

void ProfilesDialog::move(int steps)
{
    const QString id = m_shown;
    apply([&](const ProfileList& now) {
        const qsizetype to = profile::indexOfId(now, id) + steps;
        return profile::withMoved(now, id, std::clamp<qsizetype>(to, 0, now.size() - 1));
    });
    showList();
}

int ProfilesDialog::importText(const QString& text)
{
    const auto proposals = profile::proposeProfiles(text);
    if (!proposals) {
        m_pane->showNotice(explain::errorSentence(proposals.error()));
        return 0;
    }
    QStringList notes;
    QList<std::pair<QString, Secret>> secrets; // by name
    int taken = 0;
    const bool done = apply([&](ProfileList now) -> support::Result<ProfileList> {
        taken = 0;
        notes.clear();
        secrets.clear();
        for (const profile::Proposal& proposal : *proposals) {
            Profile wanted = proposal.profile;
            wanted.id.clear();
            wanted.name = profile::uniqueName(
                now, wanted.name.isEmpty() ? wanted.firstEndpoint() : wanted.name);
            notes += proposal.notes;
            auto usable = profile::checked(wanted);
            if (!usable) {
                notes.append(wanted.name + u": "_s + explain::errorSentence(usable.error()));
                continue;
            }
            auto with = profile::withSaved(now, *usable);
            if (!with)
                return with.error();
            now = *with;
            ++taken;
            if (!proposal.password.isEmpty())
                secrets.append({ usable->name, proposal.password });
        }
        return now;
    });
    if (!done)
        return 0;
    for (const auto& [name, secret] : std::as_const(secrets)) {
        const qsizetype index = profile::indexOfName(m_profiles, name);
        if (index >= 0 && m_profiles.at(index).secret.kind == profile::SecretSource::Kind::Keychain)
            Q_EMIT passwordGiven(m_profiles.at(index), secret);
    }
    notes.removeDuplicates();
    m_pane->showNotice(
        explain::counted(taken, tr("%1 profile imported."), tr("%1 profiles imported.")) + u' '
        + notes.join(u' '));
    if (taken > 0)
        select(m_profiles.constLast().id);
    return taken;
}

void ProfilesDialog::askForImport()
{
    auto* dialog = new QFileDialog(this, tr("Import profiles"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({ tr("Exports of Slotscope, RedisInsight, Another Redis Desktop Manager "
                                "(*.json *.ano *.txt)"),
        tr("All files (*)") });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& name) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly))
            return m_pane->showNotice(
                explain::errorSentence({ support::ErrorCode::FileError, file.errorString(), {} }));
        if (file.size() > largestImport)
            return m_pane->showNotice(tr("%1 is too large to be an export of profiles: more than "
                                         "4 MiB.")
                                          .arg(visibleText(QFileInfo(name).fileName())));
        importText(QString::fromUtf8(file.readAll()));
    });
    dialog->open();
}

void ProfilesDialog::askForExport()
{
    const SaveQuestion question { tr("Export profiles"), u"slotscope-profiles.json"_s,
        tr("Profiles (*.json);;All files (*)") };
    askWhereToSave(this, question, [this](const QString& name) {
        QSaveFile file(name);
        const bool done = file.open(QIODevice::WriteOnly)
            && support::commit(file, profile::exportProfiles(m_profiles));
        m_pane->showNotice(done ? explain::counted(m_profiles.size(),
                               tr("%1 profile exported, without any password."),
                               tr("%1 profiles exported, without any password."))
                                : explain::errorSentence(
                                    { support::ErrorCode::FileError, file.errorString(), {} }));
    });
}

void ProfilesDialog::connectNow()
{
    const Secret password = m_form->password();
    const bool isChanged = m_shown.isEmpty() || m_drafts.contains(m_shown);
    const qsizetype index = profile::indexOfId(m_profiles, m_shown);
    const std::optional<Profile> saved
        = isChanged || index < 0 ? save() : std::optional(m_profiles.at(index));
    if (!saved)
        return;
    Q_EMIT connectRequested(*saved, password);
    if (m_drafts.isEmpty())
        accept();
}

void ProfilesDialog::test()
{
    Profile wanted = m_form->profile();
    if (wanted.name.isEmpty())
        wanted.name = wanted.firstEndpoint();
    const auto usable = profile::checked(wanted);
    if (!usable) {
        m_form->setMessage(explain::errorSentence(usable.error()));
        return;
    }
    Q_EMIT testRequested(*usable, m_form->password());
}

void ProfilesDialog::reject()
{
    if (m_drafts.isEmpty() || m_mayClose)
        QDialog::reject();
    else
        askBeforeClosing();
}

void ProfilesDialog::askBeforeClosing()
{
    auto* box = new QMessageBox(QMessageBox::Question, tr("Profiles"),
        tr("There are changes that are not saved."),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    box->setObjectName(u"unsavedQuestion"_s);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QMessageBox::buttonClicked, this, [this, box](QAbstractButton* button) {
        const QMessageBox::StandardButton answer = box->standardButton(button);
        if (answer == QMessageBox::Cancel || (answer == QMessageBox::Save && !saveAll()))
            return;
        m_mayClose = true;
        reject();
    });
    box->open();
}

} // namespace slotscope::ui
