// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/wayin/doctorways.h"

#include "ui/wayin/doctordialog.h"
#include "ui/wayin/reachdialog.h"

namespace slotscope::ui {

void offerWays(DoctorDialog* dialog, session::IoThread& io,
    std::function<void(const net::ConnectionOptions&)> adopt,
    std::function<void(const net::ConnectionOptions&)> chosen)
{
    QObject::disconnect(dialog, &DoctorDialog::wayWanted, nullptr, nullptr);
    QObject::connect(dialog, &DoctorDialog::wayWanted, dialog,
        [dialog, &io, adopt = std::move(adopt), chosen = std::move(chosen)](
            net::WayProposal::Kind kind) {
            auto* reach
                = new ReachDialog(io, dialog->config(), dialog->found().topology, adopt, dialog);
            reach->setAttribute(Qt::WA_DeleteOnClose);
            QObject::connect(reach, &ReachDialog::wayChosen, dialog,
                [dialog, chosen](const net::ConnectionOptions& options) {
                    dialog->setWay(options);
                    chosen(options);
                });
            reach->open();
            reach->focusOn(kind);
        });
}

} // namespace slotscope::ui
