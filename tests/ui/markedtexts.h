// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QRegularExpression>
#include <QTranslator>

class QWidget;

namespace slotscope::tests {

/// A catalogue that has everything: each text that goes through it stands in « », but for the
/// places of its arguments. A full stop stays the last character, as it does in a sentence that
/// another one goes around.
class MarkingTranslator final : public QTranslator
{
public:
    using QTranslator::QTranslator;
    QString translate(
        const char* context, const char* source, const char* disambiguation, int n) const override;
    bool isEmpty() const override { return false; }
};

/// What of a text stands in no « » and is more than data: words that a translation would not reach.
/// Not of ours are: what has no two letters in a row, addresses, ids, paths, labels of shards,
/// words of the protocol in capitals, names of products, and what `known` matches (regular
/// expressions).
QString notTranslated(const QString& text, const QList<QRegularExpression>& known);

/// The texts of `root` and of all that is in it, shown or not, each with where it stands: labels,
/// buttons, actions, headers and cells, tabs, titles, hints, tooltips, names for screen readers,
/// and, of the parts of a painted view, those that it has for screen readers.
struct FoundText
{
    QString where;
    QString text;
};
QList<FoundText> textsIn(QWidget* root);

/// Those of textsIn() that are notTranslated(), a line each.
QString notTranslatedIn(QWidget* root, const QList<QRegularExpression>& known);

} // namespace slotscope::tests
