// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/support/result.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace slotscope::ui {

/// What was typed as a key or a pattern: as it stands (UTF-8), or, when it begins with a quote, as
/// redis-cli reads it, with its escapes.
support::Result<QByteArray> bytesFromText(QStringView text);

/// Why a key is in its slot. A value.
struct KeyExplanation
{
    enum class Why {
        WholeKey, ///< it has no {
        NotClosed, ///< no } follows the first {
        NothingInside, ///< the first } follows the first { at once
        Tag, ///< only what stands between them
    };

    QByteArray key;
    Why why = Why::WholeKey;
    qsizetype hashedBegin = 0;
    qsizetype hashedLength = 0;
    quint16 crc = 0; ///< CRC16 of the part that is hashed
    cluster::Slot slot;

    static KeyExplanation of(const QByteArray& key);
    /// "Only {user} is hashed.", "The whole key is hashed: ..."
    QString sentence() const;
};

/// A key as it is typed, the part that is hashed underlined.
class HashedKeyView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HashedKeyView)
public:
    explicit HashedKeyView(QWidget* parent = nullptr);
    void setExplanation(const KeyExplanation& explanation);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    KeyExplanation m_explanation;
};

/// A field for a key; tells its slot, its owner, and why. Its parent keeps the explanation too.
class SlotCalculator final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SlotCalculator)
public:
    explicit SlotCalculator(QWidget* parent = nullptr);

    void setTopology(const cluster::Topology& topology);
    void clear();
    /// Why: to be placed where there is width; hidden while no key is typed.
    QWidget* explanation() const { return m_explanation; }

Q_SIGNALS:
    /// Of the key as it is typed; -1: there is none.
    void slotTyped(int slot);
    /// Enter was pressed.
    void slotChosen(int slot);

private:
    void calculate();

    cluster::Topology m_topology;
    QLineEdit* m_field = nullptr;
    QLabel* m_slot = nullptr;
    QWidget* m_explanation = nullptr; ///< may stand elsewhere
    HashedKeyView* m_key = nullptr;
    QLabel* m_why = nullptr;
    QLabel* m_sum = nullptr;
    int m_typed = -1;
};

} // namespace slotscope::ui
