// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/profile/endpointguess.h"

#include <QJsonArray>

namespace slotscope::doctor {

/// What the server says to one thing that its endpoint's name had told.
struct GuessFinding
{
    enum class About {
        Kind, ///< cluster or single server, primary or replica
        Tls,
        Service, ///< that it is AWS's
        Place, ///< the cluster's id and its region
        Node, ///< that this node answers and no other
    };
    enum class Outcome {
        Confirmed,
        Otherwise, ///< the name is wrong about it
        NotTold, ///< nobody but the name says so
    };

    About about = About::Kind;
    Outcome outcome = Outcome::NotTold;
    QString sentence; ///< for the user; what servers announce is made visible

    friend bool operator==(const GuessFinding&, const GuessFinding&) = default;
};

/// A guess from a name, verified. What was not guessed is not in it.
using GuessCheck = QList<GuessFinding>;

/// Compares `guess` with what the server has told since. `tls`: how it was reached. Empty where the
/// name told nothing, or the server nothing yet.
GuessCheck checkGuess(
    const profile::EndpointGuess& guess, const cluster::Topology& topology, bool tls);

/// Otherwise when any of it is, else what became of the kind.
GuessFinding::Outcome outcomeOf(const GuessCheck& check);
/// The sentence that matters most: what turned out otherwise, else that of the kind.
QString headlineOf(const GuessCheck& check);
/// "✓  The name looks like ...", "✗  ...", "–  ...".
QString markedSentence(const GuessFinding& finding);
/// All of them.
QStringList sentencesOf(const GuessCheck& check);

/// [{"about": "kind|tls|service|place|node", "outcome": "confirmed|otherwise|not_told",
/// "sentence"}]; the member `verified` of `recognised`.
QJsonArray toJson(const GuessCheck& check);
/// The object `recognised` with its `verified`; null instead of that as long as nothing is known.
QJsonObject toJson(const profile::EndpointGuess& guess, const GuessCheck& check);

} // namespace slotscope::doctor
