// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/health/healthreport.h"
#include "core/net/connectionoptions.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace slotscope::ui {

class StepBar;
class WarningLines;
enum class NextStep;

/// The one sentence on top: the worst finding, who answered and how long ago, said anew each
/// second; below it the way in, the server and what is missing.
class HeadlineBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HeadlineBar)
public:
    explicit HeadlineBar(QWidget* parent = nullptr);

    /// `how`: where it comes from when it is not live ("pasted, time unknown"), else empty.
    void setTopology(const cluster::Topology& topology, const QString& how);
    /// It was pasted: there is no connection, and the buttons lead to one.
    void setOffline(bool offline);
    /// When what is shown was true, if that is the past: the sentence begins with it.
    void setMoment(const QString& moment);
    /// What is wrong besides what the topology tells by itself, the worst first.
    void setFindings(const QList<health::Finding>& findings);
    /// What protects the way in: "TLS verified", "TLS, NOT VERIFIED", nothing without TLS. On the
    /// screen the band above says what is not verified; here it is "TLS" then.
    void setTls(const net::TlsOptions& tls);
    /// The last refresh failed; an empty sentence takes it away.
    void setTrouble(const QString& sentence);

    const health::Headline& headline() const { return m_headline; }
    /// connectionText() of what is shown, and what protects the way in.
    QString connection() const;

Q_SIGNALS:
    /// One of the buttons that stand beside what is missing.
    void stepChosen(slotscope::ui::NextStep step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void tell();
    void showEvidence();

    cluster::Topology m_topology;
    QString m_how;
    QString m_moment;
    QList<health::Finding> m_findings;
    QString m_wayIn;
    QString m_trouble;
    bool m_unsafe = false;
    bool m_isOffline = false;
    health::Headline m_headline;
    QTimer m_timer;
    QWidget* m_sign = nullptr;
    QLabel* m_verdict = nullptr;
    QLabel* m_evidence = nullptr;
    QLabel* m_connection = nullptr;
    WarningLines* m_warnings = nullptr;
    StepBar* m_steps = nullptr;
};

} // namespace slotscope::ui
