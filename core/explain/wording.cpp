// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/wording.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace slotscope::explain {
namespace {

// The translation context.
struct Wording
{
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

QString percentText(double percent)
{
    if (percent > 0 && percent < 0.05)
        return Wording::tr("less than 0.1 %");
    return Wording::tr("%1 %").arg(QString::number(percent, 'f', 1));
}

} // namespace

QString counted(qint64 count, const QString& one, const QString& many)
{
    return counted(count, one, many, QString::number(count));
}

QString counted(qint64 count, const QString& one, const QString& many, const QString& number)
{
    return (count == 1 ? one : many).arg(number);
}

QString bytesText(double bytes)
{
    static const std::array<const char*, 5> units { QT_TRANSLATE_NOOP("Wording", "B"),
        QT_TRANSLATE_NOOP("Wording", "KiB"), QT_TRANSLATE_NOOP("Wording", "MiB"),
        QT_TRANSLATE_NOOP("Wording", "GiB"), QT_TRANSLATE_NOOP("Wording", "TiB") };
    std::size_t unit = 0;
    while (bytes >= 1024 && unit + 1 < units.size()) {
        bytes /= 1024;
        ++unit;
    }
    const int decimals = unit == 0 || bytes >= 100 ? 0 : 1;
    return QString::number(bytes, 'f', decimals) % QChar(0x202f) % Wording::tr(units.at(unit));
}

QString moreRanges(qsizetype count)
{
    return counted(count, Wording::tr("+%1 range"), Wording::tr("+%1 ranges"));
}

QString slotsWord(int count)
{
    return counted(count, Wording::tr("%1 slot"), Wording::tr("%1 slots"));
}

QString slotsAndPercent(int slotCount, double percent)
{
    return Wording::tr("%1 (%2)").arg(slotsWord(slotCount), percentText(percent));
}

QString named(const QStringList& names, const QString& one, const QString& many)
{
    return (names.size() == 1 ? one : many).arg(listed(names));
}

QString listed(const QStringList& names)
{
    constexpr int most = 5;
    if (names.size() <= most)
        return names.join(u", "_s);
    return Wording::tr("%1 and %2 more")
        .arg(QStringList(names.first(most)).join(u", "_s), QString::number(names.size() - most));
}

QString nodesWord(qsizetype count)
{
    return (count == 1 ? Wording::tr("%1 node") : Wording::tr("%1 nodes")).arg(count);
}

QString told(const QStringList& sentences)
{
    constexpr qsizetype most = 5;
    QString text = QStringList(sentences.first(qMin(most, sentences.size()))).join(u' ');
    if (sentences.size() > most)
        text += u' ' + Wording::tr("And %1 more.").arg(sentences.size() - most);
    return text;
}

} // namespace slotscope::explain
