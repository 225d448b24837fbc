// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/wayin/tunnelquestions.h"

#include "ui/theme/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QThread>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

using net::SshQuestion;

namespace {

/// In the tunnel's own thread, if it still lives.
template <typename Function>
void inItsThread(const std::weak_ptr<net::SshTunnel>& tunnel, Function function)
{
    if (const auto lives = tunnel.lock())
        QMetaObject::invokeMethod(lives.get(), [raw = lives.get(), function] { function(raw); });
}

} // namespace

SshQuestionDialog::SshQuestionDialog(
    const SshQuestion& question, const QString& target, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(u"sshQuestion"_s);
    setWindowTitle(tr("SSH"));
    setMinimumWidth(520);
    auto* title = new QLabel(tr("The way through %1").arg(target), this);
    title->setTextFormat(Qt::PlainText);
    title->setFont(textFont(16, QFont::DemiBold));
    title->setWordWrap(true);
    auto* words = new QLabel(question.text, this);
    words->setObjectName(u"sshWords"_s);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 14);
    layout->setSpacing(12);
    layout->addWidget(title);
    layout->addWidget(words);
    if (question.kind == SshQuestion::Kind::Secret) {
        m_secret = new QLineEdit(this);
        m_secret->setObjectName(u"sshSecret"_s);
        m_secret->setEchoMode(QLineEdit::Password);
        m_secret->setAccessibleName(question.text);
        m_secret->setPlaceholderText(tr("given to ssh, never stored"));
        layout->addWidget(m_secret);
    }
    addButtons(question.kind);
    if (m_secret)
        m_secret->setFocus();
    connect(this, &QDialog::accepted, this, [this] {
        m_isAnswered = true;
        const QString text = m_secret ? m_secret->text() : u"yes"_s;
        if (m_secret)
            m_secret->clear();
        Q_EMIT answered(text);
    });
    connect(this, &QDialog::rejected, this, [this] {
        if (!std::exchange(m_isAnswered, true))
            Q_EMIT refused();
    });
}

void SshQuestionDialog::addButtons(SshQuestion::Kind kind)
{
    auto* buttons = new QDialogButtonBox(this);
    switch (kind) {
    case SshQuestion::Kind::Secret:
        buttons->setStandardButtons(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
        break;
    case SshQuestion::Kind::YesNo:
        buttons->setStandardButtons(QDialogButtonBox::Yes | QDialogButtonBox::No);
        // The careful answer is the one that comes with Return.
        buttons->button(QDialogButtonBox::No)->setDefault(true);
        buttons->button(QDialogButtonBox::No)->setFocus();
        break;
    case SshQuestion::Kind::Notice:
        buttons->setStandardButtons(QDialogButtonBox::Close);
        break;
    }
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout()->addWidget(buttons);
}

TunnelQuestions::TunnelQuestions(QWidget* window)
    : QObject(window)
    , m_window(window)
{ }

void TunnelQuestions::adopt(const net::ConnectionOptions& options, QThread* thread)
{
    const std::shared_ptr<net::SshTunnel>& tunnel = options.tunnel;
    if (!tunnel || tunnel->thread() != QThread::currentThread())
        return; // no tunnel, or one that is known
    const QString target = tunnel->target().toString();
    connect(
        tunnel.get(), &net::SshTunnel::asked, this,
        [this, weak = Tunnel(tunnel), target](
            const SshQuestion& question) { ask(weak, target, question); },
        Qt::QueuedConnection);
    connect(
        tunnel.get(), &net::SshTunnel::withdrawn, this,
        [this, key = tunnel.get()](quint64 id) {
            withdraw({ key, id });
        },
        Qt::QueuedConnection);
    tunnel->moveToThread(thread);
}

void TunnelQuestions::withdraw(const Key& key)
{
    if (SshQuestionDialog* dialog = m_open.take(key)) {
        dialog->disconnect(this);
        dialog->close();
    }
}

void TunnelQuestions::ask(const Tunnel& tunnel, const QString& target, const SshQuestion& question)
{
    auto* dialog = new SshQuestionDialog(question, target, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const quint64 id = question.id;
    const Key key(tunnel.lock().get(), id);
    m_open.insert(key, dialog);
    connect(dialog, &SshQuestionDialog::answered, this, [=, this](const QString& text) {
        m_open.remove(key);
        inItsThread(tunnel, [id, text](net::SshTunnel* lives) { lives->answer(id, text); });
    });
    connect(dialog, &SshQuestionDialog::refused, this, [=, this] {
        m_open.remove(key);
        inItsThread(tunnel, [id](net::SshTunnel* lives) { lives->refuse(id); });
    });
    dialog->open();
}

} // namespace slotscope::ui
