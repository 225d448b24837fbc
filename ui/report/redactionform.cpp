// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/redactionform.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using capture::RedactionOptions;
using capture::Showing;

namespace {

/// In the order of the boxes.
constexpr std::array members { &RedactionOptions::hosts, &RedactionOptions::addresses,
    &RedactionOptions::nodeIds, &RedactionOptions::keys, &RedactionOptions::values,
    &RedactionOptions::users };

} // namespace

RedactionForm::RedactionForm(QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QFormLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto fill = [](QComboBox* box) {
        box->addItem(tr("shown"), static_cast<int>(Showing::Shown));
        box->addItem(tr("shortened"), static_cast<int>(Showing::Shortened));
        box->addItem(tr("pseudonyms"), static_cast<int>(Showing::Pseudonym));
    };
    m_preset = new QComboBox(this);
    m_preset->setObjectName(u"redactionPreset"_s);
    fill(m_preset);
    m_preset->addItem(tr("each its own way"));
    layout->addRow(tr("All &names"), m_preset);
    const std::array names { u"redactHosts"_s, u"redactAddresses"_s, u"redactIds"_s,
        u"redactKeys"_s, u"redactValues"_s, u"redactUsers"_s };
    const std::array titles { tr("Host names"), tr("IP addresses"), tr("Node ids"), tr("Keys"),
        tr("Values"), tr("Users") };
    for (size_t i = 0; i < m_boxes.size(); ++i) {
        m_boxes.at(i) = new QComboBox(this);
        m_boxes.at(i)->setObjectName(names.at(i));
        fill(m_boxes.at(i));
        layout->addRow(titles.at(i), m_boxes.at(i));
        connect(m_boxes.at(i), &QComboBox::activated, this, [this] {
            showPreset();
            Q_EMIT changed();
        });
    }
    m_keep = new QCheckBox(tr("The same pseudonyms as in other reports"), this);
    m_keep->setObjectName(u"keepPseudonyms"_s);
    m_keep->setToolTip(
        tr("Two reports can be compared then. A file of yours keeps them, without the names."));
    m_keep->setChecked(true);
    layout->addRow(m_keep);
    connect(m_preset, &QComboBox::activated, this, &RedactionForm::onPreset);
    connect(m_keep, &QCheckBox::clicked, this, &RedactionForm::changed);
    showPreset();
}

void RedactionForm::onPreset(int index)
{
    // The last one says that the boxes differ; to choose it changes nothing.
    if (index < m_preset->count() - 1) {
        for (QComboBox* box : m_boxes)
            box->setCurrentIndex(index);
    }
    showPreset();
    Q_EMIT changed();
}

void RedactionForm::showPreset()
{
    const int first = m_boxes.front()->currentIndex();
    const bool areAlike = std::all_of(m_boxes.begin(), m_boxes.end(),
        [first](const QComboBox* box) { return box->currentIndex() == first; });
    m_preset->setCurrentIndex(areAlike ? first : m_preset->count() - 1);
    const int pseudonym = m_preset->findData(static_cast<int>(Showing::Pseudonym));
    m_keep->setEnabled(std::any_of(m_boxes.begin(), m_boxes.end(),
        [pseudonym](const QComboBox* box) { return box->currentIndex() == pseudonym; }));
}

void RedactionForm::setOptions(const RedactionOptions& options)
{
    for (size_t i = 0; i < m_boxes.size(); ++i) {
        QComboBox* box = m_boxes.at(i);
        box->setCurrentIndex(box->findData(static_cast<int>(options.*members.at(i))));
    }
    showPreset();
}

RedactionOptions RedactionForm::options() const
{
    RedactionOptions options;
    for (size_t i = 0; i < m_boxes.size(); ++i)
        options.*members.at(i) = static_cast<Showing>(m_boxes.at(i)->currentData().toInt());
    return options;
}

bool RedactionForm::keepsPseudonyms() const
{
    return m_keep->isChecked();
}

} // namespace slotscope::ui
