// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"
#include "core/net/sshtarget.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <memory>

namespace slotscope::net {

/// What the tunnel is made with.
struct SshOptions
{
    SshTarget target;
    /// An executable whose main() calls runAskPass(): this one. Empty: ssh cannot ask.
    QString askPassProgram;
    std::chrono::milliseconds timeout { 5000 }; ///< for connecting; questions take their time
    /// For all the rest until it is up, in which nothing is asked: several hops, a second factor.
    std::chrono::milliseconds patience { 120'000 };
    QStringList moreArguments; ///< before all others: `-F FILE`
    QStringList secretVariables; ///< of our environment, that ssh does not get
    QString program = QStringLiteral("ssh");

    /// This executable asks: its main() must call runAskPass() where that is wanted.
    static SshOptions of(const SshTarget& target, std::chrono::milliseconds timeout);
    /// Adds the variables that hold it to `secretVariables`: for where it is not known which.
    void hide(const QString& secret);
};

/// Something that ssh wants to know.
struct SshQuestion
{
    enum class Kind {
        Secret, ///< a password or a passphrase: not shown while it is typed
        YesNo, ///< an unknown host key, or the use of a key of the agent
        Notice, ///< nothing to answer ("touch the key"); withdrawn when it is over
    };

    quint64 id = 0;
    Kind kind = Kind::Secret;
    QString text; ///< ssh's words; untrusted, plain text, may be several lines

    /// An answer to a YesNo may also be the fingerprint, as ssh says itself.
    static Kind kindOf(char hint, QStringView text);
};

/// Owner of a tunnel: the system's OpenSSH as `ssh -N -D`, so that ~/.ssh/config, ProxyJump,
/// agents, hardware keys and known_hosts are the user's own, and host keys are verified as the user
/// has it set. While it is up a SOCKS5 server on loopback leads to the far end.
///
/// It is started by the first use(), and again, with a growing delay, when it ends after it was up.
/// An attempt that fails although, or because, a question was asked is not repeated by itself: the
/// user would be asked without end. Ends with this object, and (on Linux) with the thread that it
/// lives in, however that ends. No secret is in its arguments or its environment.
/// Lives in the I/O thread, in which it is first used; may be created in another.
class SshTunnel final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SshTunnel)
public:
    enum class State {
        Idle, ///< not used yet, or given up
        Starting, ///< may last as long as a question is open
        Up,
        Waiting, ///< for the next attempt
    };

    explicit SshTunnel(SshOptions options, QObject* parent = nullptr);
    ~SshTunnel() override;
    /// For ConnectionOptions. The last owner may be in another thread.
    static std::shared_ptr<SshTunnel> create(const SshOptions& options);

    /// Starts it where it is not up and not on its way. up() or down() follow where it is Starting.
    void use();
    State state() const;
    const SshTarget& target() const;
    /// The SOCKS5 server, while it is up.
    Endpoint proxy() const;
    /// Why it is not up: TunnelFailed; its detail is what ssh said last, its address the target.
    support::Error error() const;
    /// Why ssh could not make its last connection to `target`, as dialled, at the far end; empty
    /// where it could. It is read soon after such a connection has closed, not always before.
    QString complaint(const Endpoint& target) const;
    /// Whether the last connection to `target`, as dialled, was made at the far end, as far as ssh
    /// has said so by now.
    bool hasReached(const Endpoint& target) const;

    /// To an open question; nothing happens when it is not open any more.
    void answer(quint64 id, const QString& text);
    void refuse(quint64 id);
    /// After a refused question: the next use() may ask again.
    void forgive();

Q_SIGNALS:
    void up();
    /// Each time that an attempt has failed or the tunnel has ended by itself.
    void down(const slotscope::support::Error& error);
    /// Where nobody listens to this it is refused at once.
    void asked(const slotscope::net::SshQuestion& question);
    /// It needs no answer any more: answered, refused, or ssh has ended.
    void withdrawn(quint64 id);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::net

Q_DECLARE_METATYPE(slotscope::net::SshQuestion)
