// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/examhandle.h"
#include "core/doctor/examverdict.h"
#include "core/net/unreached.h"
#include "core/profile/endpointguess.h"
#include "core/session/session.h"

#include <QDateTime>
#include <QDialog>

class QLabel;
class QPushButton;
class QTableView;
class QTabWidget;

namespace slotscope::ui {

class ClientAdviceView;
class DoctorModel;

/// The doctor in a window of its own: tests an endpoint and every node that it names, stage by
/// stage, and shows the verdict, the matrix, what a failure means and what to do, and what client
/// libraries do with this endpoint. Not modal. Begins with the test; closing it ends the test.
class DoctorDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DoctorDialog)
public:
    /// `io` must outlive it. Of `config`, what says where and how to connect.
    DoctorDialog(
        session::IoThread& io, const session::SessionConfig& config, QWidget* parent = nullptr);
    ~DoctorDialog() override;

    /// Shows a dialog for this endpoint beside `parent`, which owns it; it is deleted when closed.
    /// One that is there already for the same way in comes to the front.
    static DoctorDialog* showFor(
        session::IoThread& io, const session::SessionConfig& config, QWidget* parent);

    const session::SessionConfig& config() const { return m_config; }
    /// What the test has found so far.
    const doctor::Examination& found() const { return m_found; }
    /// Tests again from the start, in another way.
    void setWay(const net::ConnectionOptions& options);
    /// Tests again from the start.
    void run();
    /// What is under way: the test, or the demonstration of clients after it.
    void stop();
    bool isUnderWay() const { return m_verdict.kind == doctor::ExamVerdict::Kind::UnderWay; }
    /// What Copy and Save give: verdict, matrix, causes and remedies, clients.
    QString reportText() const;
    void saveReport(const QString& file);

Q_SIGNALS:
    /// The user wants to try another way to what was not reached, this one first.
    void wayWanted(slotscope::net::WayProposal::Kind kind);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildNodes();
    QWidget* buildWays();
    QWidget* buildButtons();
    void onChanged(const doctor::Examination& examination);
    void onFinished(const doctor::Examination& examination);
    void onEnded();
    void addMeasured(const QStringList& lines);
    void showGuess();
    void showExamination(const doctor::Examination& examination, bool underWay);
    void showRefused();
    void showVerdict(const doctor::ExamVerdict& verdict);
    void showWays();
    void showDetail();
    void showClients(const QString& instead);
    void say(const QString& message);
    void askForFile();
    void applyTheme();
    void colourVerdict();

    session::IoThread& m_io;
    session::SessionConfig m_config;
    const profile::EndpointGuess m_guess;
    doctor::ExamHandle* m_exam = nullptr; ///< a child; of the last test
    doctor::Examination m_found;
    QString m_measured; ///< what clients were answered; empty: not tried
    doctor::ExamVerdict m_verdict;
    QDateTime m_finishedAt;
    bool m_hasClients = false;
    bool m_isAsking = false; ///< the test, or what follows it

    DoctorModel* m_model = nullptr;
    QWidget* m_sign = nullptr;
    QLabel* m_sentence = nullptr;
    QLabel* m_guessLabel = nullptr;
    QLabel* m_clock = nullptr; ///< what the nodes say of theirs
    QWidget* m_ways = nullptr; ///< what else may be tried
    QTabWidget* m_tabs = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_detailTitle = nullptr;
    QLabel* m_detailText = nullptr;
    QLabel* m_remedy = nullptr;
    ClientAdviceView* m_clients = nullptr;
    QLabel* m_message = nullptr;
    QPushButton* m_again = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_save = nullptr;
};

} // namespace slotscope::ui
