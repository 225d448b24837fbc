// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/slotcalculator.h"

#include "core/cluster/keyslot.h"
#include "core/command/commandline.h"
#include "core/support/bytes.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

#include <array>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr qreal keySize = 13;
constexpr qsizetype mostShown = 300;

// The translation context.
struct CalculatorTexts
{
    Q_DECLARE_TR_FUNCTIONS(CalculatorTexts)
};

} // namespace

support::Result<QByteArray> bytesFromText(QStringView text)
{
    if (!text.startsWith(u'"') && !text.startsWith(u'\''))
        return text.toUtf8();
    const auto words = command::splitLine(text);
    if (!words)
        return words.error();
    if (words->size() != 1) {
        return support::Error { support::ErrorCode::InvalidInput,
            CalculatorTexts::tr("Text follows the closing quote."), {} };
    }
    return words->first();
}

KeyExplanation KeyExplanation::of(const QByteArray& key)
{
    KeyExplanation result;
    result.key = key;
    const QByteArrayView hashed = cluster::hashTag(key);
    result.hashedBegin = hashed.data() - key.constData();
    result.hashedLength = hashed.size();
    const qsizetype open = key.indexOf('{');
    if (result.hashedLength < key.size())
        result.why = Why::Tag;
    else if (open < 0)
        result.why = Why::WholeKey;
    else
        result.why = key.indexOf('}', open) < 0 ? Why::NotClosed : Why::NothingInside;
    result.crc = cluster::keyCrc16(key);
    result.slot = cluster::keySlot(key);
    return result;
}

QString KeyExplanation::sentence() const
{
    switch (why) {
    case Why::WholeKey:
        return key.isEmpty() ? CalculatorTexts::tr("The empty key is in slot 0.")
                             : CalculatorTexts::tr("The whole key is hashed.");
    case Why::NotClosed:
        return CalculatorTexts::tr("The whole key is hashed: no } follows the first {.");
    case Why::NothingInside:
        return CalculatorTexts::tr(
            "The whole key is hashed: nothing stands between the first { and }.");
    case Why::Tag:
        break;
    }
    const QByteArrayView tag = QByteArrayView(key).sliced(hashedBegin, hashedLength);
    return CalculatorTexts::tr("Only {%1} is hashed, without the braces.")
        .arg(support::toVisibleText(tag, 40));
}

HashedKeyView::HashedKeyView(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void HashedKeyView::setExplanation(const KeyExplanation& explanation)
{
    m_explanation = explanation;
    setAccessibleName(support::toVisibleText(explanation.key, mostShown));
    setAccessibleDescription(explanation.sentence());
    update();
}

QSize HashedKeyView::sizeHint() const
{
    return { 100, int(QFontMetricsF(fixedFont(keySize)).height()) + 4 };
}

void HashedKeyView::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event)
    const Theme theme = Theme::of(palette());
    const QFont font = fixedFont(keySize);
    QFont strong = font;
    strong.setWeight(QFont::Bold);
    const QFontMetricsF metrics(font);
    const QByteArrayView key(m_explanation.key);
    const qsizetype end = m_explanation.hashedBegin + m_explanation.hashedLength;
    struct Part
    {
        QByteArrayView bytes;
        bool isHashed;
    };
    const std::array<Part, 3> parts { Part { key.first(m_explanation.hashedBegin), false },
        Part { key.sliced(m_explanation.hashedBegin, m_explanation.hashedLength), true },
        Part { key.sliced(end), false } };

    QPainter painter(this);
    qreal x = 0;
    const qreal base = 2 + metrics.ascent();
    for (const Part& part : parts) {
        const QFont& own = part.isHashed ? strong : font;
        const QString text = elidedText(
            support::toVisibleText(part.bytes, mostShown), own, std::max(0.0, width() - x));
        if (text.isEmpty())
            continue;
        const qreal wide = textWidth(text, own);
        painter.setFont(own);
        painter.setPen(part.isHashed ? theme.text : theme.mutedText);
        painter.drawText(QPointF(x, base), text);
        if (part.isHashed)
            painter.fillRect(QRectF(x, base + 2, wide, 2), theme.accent);
        x += wide;
    }
}

SlotCalculator::SlotCalculator(QWidget* parent)
    : QWidget(parent)
{
    m_field = new QLineEdit(this);
    m_field->setObjectName(u"calculatorField"_s);
    m_field->setAccessibleName(tr("Key to calculate the slot of"));
    m_field->setPlaceholderText(tr("Slot of a key"));
    m_field->setToolTip(tr("The slot of a key as it is typed. In quotes as redis-cli takes it: "
                           "\"a\\x00b\". Enter selects the slot."));
    m_field->setClearButtonEnabled(true);
    m_slot = new QLabel(this);
    m_slot->setObjectName(u"calculatorSlot"_s);
    m_slot->setTextFormat(Qt::PlainText);
    m_slot->setFont(textFont(13, QFont::DemiBold));
    m_slot->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_explanation = new QWidget(parent ? parent : this);
    m_key = new HashedKeyView(m_explanation);
    const auto label = [this](const QString& name) {
        auto* one = new QLabel(m_explanation);
        one->setObjectName(name);
        one->setTextFormat(Qt::PlainText);
        one->setTextInteractionFlags(Qt::TextSelectableByMouse);
        return one;
    };
    m_why = label(u"calculatorWhy"_s);
    m_why->setWordWrap(true);
    m_sum = label(u"calculatorSum"_s);
    m_sum->setForegroundRole(QPalette::PlaceholderText);

    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_field, 1);
    line->addWidget(m_slot);
    auto* first = new QHBoxLayout;
    first->addWidget(m_key, 1);
    first->addWidget(m_sum);
    auto* layout = new QVBoxLayout(m_explanation);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(first);
    layout->addWidget(m_why);
    connect(m_field, &QLineEdit::textChanged, this, &SlotCalculator::calculate);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        if (m_typed >= 0)
            Q_EMIT slotChosen(m_typed);
    });
    calculate();
}

void SlotCalculator::setTopology(const cluster::Topology& topology)
{
    m_topology = topology;
    if (m_typed >= 0)
        calculate();
}

void SlotCalculator::clear()
{
    m_field->clear();
}

void SlotCalculator::calculate()
{
    const QString text = m_field->text();
    const auto key = bytesFromText(text);
    const bool known = !text.isEmpty() && key.hasValue();
    m_slot->setVisible(known);
    m_key->setVisible(known);
    m_sum->setVisible(known);
    m_explanation->setVisible(!text.isEmpty());
    int slot = -1;
    if (known) {
        const KeyExplanation explanation = KeyExplanation::of(*key);
        slot = explanation.slot.number();
        m_key->setExplanation(explanation);
        const cluster::Node* owner = m_topology.ownerOf(explanation.slot);
        m_slot->setText(owner
                ? tr("slot %1: %2").arg(slot).arg(visibleText(m_topology.labelOf(*owner)))
                : (m_topology.slotsKnown() ? tr("slot %1: no owner") : tr("slot %1")).arg(slot));
        m_slot->setToolTip(owner ? plainToolTip(owner->address.toString()) : QString());
        m_why->setText(explanation.sentence());
        m_sum->setText(tr("CRC16 0x%1 = %2, mod 16384 = %3")
                           .arg(QString::number(explanation.crc, 16).rightJustified(4, u'0'),
                               QString::number(explanation.crc), QString::number(slot)));
    } else if (!text.isEmpty()) {
        m_why->setText(key.error().detail);
    }
    if (slot != std::exchange(m_typed, slot))
        Q_EMIT slotTyped(slot);
}

} // namespace slotscope::ui
