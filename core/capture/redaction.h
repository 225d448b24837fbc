// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/capture/pseudonyms.h"
#include "core/capture/timeline.h"

#include <functional>
#include <memory>

namespace slotscope::capture {

/// How names of one kind are written.
enum class Showing {
    Shown, ///< as they are
    /// Enough to tell them apart for who knows them: the last half of an IPv4 address, the last
    /// group of an IPv6 one, the first label of a host name (of an ElastiCache node its numbers
    /// alone), eight digits of an id, a key up to its first separator, a value's size.
    Shortened,
    Pseudonym, ///< "host-2", "node-1a", "key-3"
};

/// What becomes of the names in a capture before it leaves this computer. A plain value.
///
/// Ports, slots, labels of shards, epochs, times and versions always stay. Secrets are in no
/// capture, whatever is set.
struct RedactionOptions
{
    Showing hosts = Showing::Shown; ///< host names, and what profiles are called
    Showing addresses = Showing::Shown; ///< IP addresses
    Showing nodeIds = Showing::Shown; ///< also the ids of runs and replications
    Showing keys = Showing::Shown;
    Showing values = Showing::Shown; ///< arguments that are no keys, and replies
    Showing users = Showing::Shown; ///< but "default"

    static RedactionOptions none() { return {}; }
    static RedactionOptions shortened() { return all(Showing::Shortened); }
    static RedactionOptions pseudonyms() { return all(Showing::Pseudonym); }
    /// What is safe to post in one's own company, and still tells its readers which nodes are
    /// meant: shortened().
    static RedactionOptions usual() { return shortened(); }

    /// "none", "short", "pseudonym"; a mixture as "hosts short, addresses none, ...". This is what
    /// Capture::redaction says.
    QString toText() const;
    /// The inverse; nullopt for anything else.
    static std::optional<RedactionOptions> fromText(QStringView text);
    bool needPseudonyms() const; ///< some names become one
    /// What was replaced in a capture already, as far as it says so.
    static RedactionOptions doneIn(const Capture& capture);
    /// Of each kind what hides more.
    friend RedactionOptions strongest(const RedactionOptions& a, const RedactionOptions& b);
    friend bool operator==(const RedactionOptions&, const RedactionOptions&) = default;

private:
    static RedactionOptions all(Showing showing);
};

/// The same capture with other names: an equal cluster, with the same slots, shards, epochs and
/// times. Two names that differ still differ, but for shortened keys and values.
///
/// What `capture.redaction` says was replaced already stays as it is, so doing it twice is doing it
/// once; `redaction` of the result says what was. Nothing that the names stand for is in the
/// result: not in texts either (findings, raw replies, errors, notes), in which names that occur
/// anywhere in the capture are replaced, and whatever looks like an address, a host name, an id of
/// 40 digits or a path of this computer or a server.
///
/// Notes and marks may be newer than what was replaced: in them such looks are replaced even then.
///
/// `pseudonyms`: those to use and to add to; null: ones of its own.
Capture redacted(
    const Capture& capture, const RedactionOptions& options, Pseudonyms* pseudonyms = nullptr);

/// Calls `use` once: with the pseudonyms of `file`, which gets what is added; or, when `options`
/// need none, `file` is empty, or it cannot be used, with `own`, and leaves the file alone. An
/// error says why it could not be used, or that what was added could not be kept.
support::Result<support::Done> withPseudonyms(const RedactionOptions& options, const QString& file,
    Pseudonyms* own, const std::function<void(Pseudonyms*)>& use);
/// The same with new ones where the file cannot be used.
void withPseudonyms(const RedactionOptions& options, const QString& file,
    const std::function<void(Pseudonyms*)>& use);
/// redacted() with them.
Capture redactedWith(const QString& file, const Capture& capture, const RedactionOptions& options);

/// The same for what goes into one file: a capture, and stretches of the recording that it was
/// taken from. All of it is learned first, then each part redacted; a name in a text is found
/// wherever else it occurs.
class Redaction
{
public:
    /// `done`: what was replaced in all of it already (Capture::redaction). `pseudonyms`: as above;
    /// must outlive it.
    explicit Redaction(const RedactionOptions& options, Pseudonyms* pseudonyms = nullptr,
        const RedactionOptions& done = RedactionOptions::none());
    ~Redaction();
    Q_DISABLE_COPY_MOVE(Redaction)

    void learn(const Capture& capture);
    void learn(const Stretch& stretch);
    /// Nothing is learned after the first of these.
    Capture redacted(const Capture& capture);
    Stretch redacted(const Stretch& stretch);
    /// Answers that came later than all of that.
    QList<NodeAnswers> redacted(const QList<NodeAnswers>& late);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::capture
