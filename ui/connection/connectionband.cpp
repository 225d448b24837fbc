// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/connection/connectionband.h"

#include "core/explain/writeguard.h"
#include "core/net/waytext.h"
#include "ui/profiles/profilelabels.h"
#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int iconRoom = 24;
constexpr int stripe = 6;

/// A label in a frame of its own colour, with a sign before its text.
class Badge final : public QLabel
{
public:
    enum class Sign { Lock, Warning };

    Badge(Sign sign, const QString& text, QWidget* parent)
        : QLabel(text, parent)
        , m_sign(sign)
    {
        setTextFormat(Qt::PlainText);
        setFont(textFont(13, QFont::DemiBold));
        setContentsMargins(iconRoom, 2, 10, 2);
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        const QColor color = palette().color(QPalette::WindowText);
        const QColor ground = palette().color(QPalette::Window);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        const QPointF centre(iconRoom / 2.0 + 1, height() / 2.0);
        if (m_sign == Sign::Warning)
            paintWarningSign(painter, centre, 14, color, ground);
        else
            paintLock(painter, centre, color);
        painter.end();
        QLabel::paintEvent(event);
    }

private:
    static void paintLock(QPainter& painter, const QPointF& centre, const QColor& color)
    {
        painter.setPen(QPen(color, 1.6));
        painter.drawArc(QRectF(centre.x() - 3, centre.y() - 6.5, 6, 8), 0, 180 * 16);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(QRectF(centre.x() - 5, centre.y() - 1.5, 10, 7), 1.2, 1.2);
    }

    const Sign m_sign;
};

/// Text that can be pressed, with a sign before it where it warns. What has no room is cut off.
class Link final : public QPushButton
{
public:
    Link(bool warns, const QString& name, QWidget* parent)
        : QPushButton(parent)
        , m_warns(warns)
    {
        setObjectName(name);
        setFlat(true);
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
        setFont(textFont(13, warns ? QFont::DemiBold : QFont::Normal));
        // Where there is little room the beginning stays.
        setMinimumWidth(40);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    }

    QSize sizeHint() const override
    {
        const QFontMetrics metrics = fontMetrics();
        return { metrics.horizontalAdvance(text()) + 2 * linkMargin + (m_warns ? signRoom : 0),
            metrics.height() + 6 };
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const QColor color = palette().color(QPalette::ButtonText);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color, 1));
        if (hasFocus())
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        QRect room = rect().adjusted(linkMargin, 0, -linkMargin, 0);
        if (m_warns) {
            paintWarningSign(painter, QPointF(room.left() + 7, height() / 2.0), 14, color,
                palette().color(QPalette::Window));
            room.setLeft(room.left() + signRoom);
        }
        QFont own = font();
        own.setUnderline(true);
        painter.setFont(own);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
    }

private:
    static constexpr int linkMargin = 4;
    static constexpr int signRoom = 20;

    const bool m_warns;
};

QLabel* bandLabel(QWidget* parent, const QString& name, const QFont& font)
{
    QLabel* label = plainLabel(parent, name);
    label->setFont(font);
    return label;
}

} // namespace

ConnectionBand::ConnectionBand(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"connectionBand"_s);
    setAccessibleName(tr("About this connection"));
    m_name = bandLabel(this, u"profileName"_s, textFont(14, QFont::DemiBold));
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_name->setMinimumWidth(120); // where there is little room, some of it stays
    m_way = new Link(false, u"wayLabel"_s, this);
    m_otherwise = new Link(true, u"nameOtherwise"_s, this);
    m_otherwise->setText(tr("Not what its name says"));
    QFont spaced = textFont(13, QFont::Bold);
    spaced.setLetterSpacing(QFont::AbsoluteSpacing, 1.5);
    m_environment = bandLabel(this, u"environmentLabel"_s, spaced);
    m_tls = new Badge(Badge::Sign::Warning, tr("TLS is not verified"), this);
    m_tls->setObjectName(u"tlsBadge"_s);
    m_tls->setToolTip(tr("Nothing proves that the servers are who they say they are."));
    m_readOnly = new Badge(Badge::Sign::Lock, explain::slotscopeIsReadOnly(), this);
    m_readOnly->setObjectName(u"readOnlyBadge"_s);
    m_readOnly->setToolTip(
        tr("What is not known to only read is not sent. Menu Connection switches it off."));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12 + stripe, 4, 10, 4);
    layout->setSpacing(14);
    layout->addWidget(m_environment);
    layout->addWidget(m_name, 1);
    layout->addWidget(m_way);
    layout->addWidget(m_otherwise);
    layout->addWidget(m_tls);
    layout->addWidget(m_readOnly);
    for (QPushButton* link : { m_way, m_otherwise })
        connect(link, &QPushButton::clicked, this, &ConnectionBand::detailsRequested);
    setState({}, false, {});
}

QString ConnectionBand::wayIn(const net::ConnectionOptions& options, bool isConnected)
{
    QStringList parts;
    if (const QString way = net::wayText(options); !way.isEmpty())
        parts << tr("via %1").arg(visibleText(way));
    if (options.tls.enabled && !options.tls.insecure)
        parts << (isConnected ? tr("TLS verified") : tr("TLS"));
    return parts.join(u", "_s);
}

void ConnectionBand::setState(
    const TabMark& mark, bool readOnly, const net::ConnectionOptions& options, bool isConnected)
{
    m_mark = mark;
    m_name->setText(visibleText(mark.profileName));
    m_environment->setText(environmentLabel(mark.environment).toUpper());
    m_environment->setVisible(mark.environment != profile::Environment::None);
    m_name->setToolTip(plainToolTip(mark.loginSource));
    m_wayIn = wayIn(options, isConnected);
    m_isEncrypted = isConnected && options.tls.enabled;
    showWay();
    m_tls->setVisible(options.tls.enabled && options.tls.insecure);
    m_readOnly->setVisible(readOnly);
    applyTheme();
}

void ConnectionBand::setGuess(const doctor::GuessCheck& check)
{
    m_check = check;
    showWay();
    applyTheme();
}

void ConnectionBand::showWay()
{
    using Outcome = doctor::GuessFinding::Outcome;
    const Outcome outcome = doctor::outcomeOf(m_check);
    QStringList parts { m_wayIn };
    if (outcome == Outcome::Confirmed)
        parts << tr("name confirmed");
    parts.removeAll(QString());
    if (parts.isEmpty() && m_isEncrypted)
        parts << tr("details");
    m_way->setText(parts.join(u", "_s));
    m_way->setToolTip(
        plainToolTip(outcome == Outcome::Confirmed ? doctor::headlineOf(m_check) : m_way->text()));
    m_way->setAccessibleDescription(tr("Shows more about this connection"));
    m_way->setVisible(!parts.isEmpty());
    m_otherwise->setToolTip(plainToolTip(doctor::headlineOf(m_check)));
    m_otherwise->setAccessibleDescription(doctor::headlineOf(m_check));
    m_otherwise->setVisible(outcome == Outcome::Otherwise);
}

bool ConnectionBand::hasSomethingToSay() const
{
    return !m_name->text().isEmpty() || m_environment->isVisibleTo(this) || m_tls->isVisibleTo(this)
        || m_readOnly->isVisibleTo(this) || m_isEncrypted || !m_check.isEmpty();
}

void ConnectionBand::changeEvent(QEvent* event)
{
    // The children hear of it after their parent; what they are given now would be overwritten.
    if (event->type() == QEvent::PaletteChange && m_readOnly)
        QMetaObject::invokeMethod(this, &ConnectionBand::applyTheme, Qt::QueuedConnection);
    QWidget::changeEvent(event);
}

namespace {

/// Of the band: the other one of light and dark for production.
Theme themeOf(const QWidget* band, bool isProduction)
{
    const Theme theme = Theme::of(band->palette());
    if (!isProduction)
        return theme;
    return theme.dark ? Theme::light() : Theme::darkTheme();
}

QColor groundOf(const Theme& theme, bool isProduction)
{
    return isProduction ? theme.window : theme.sunken;
}

} // namespace

void ConnectionBand::applyTheme()
{
    const Theme theme = themeOf(this, m_mark.isProduction());
    for (QLabel* label : { m_name, m_environment, m_tls, m_readOnly }) {
        QPalette own = label->palette();
        own.setColor(QPalette::WindowText, label == m_tls ? theme.danger : theme.text);
        own.setColor(QPalette::Window, groundOf(theme, m_mark.isProduction()));
        label->setPalette(own);
    }
    const QColor ground = groundOf(theme, m_mark.isProduction());
    for (QPushButton* link : { m_way, m_otherwise }) {
        QPalette own = link->palette();
        own.setColor(QPalette::ButtonText, link == m_otherwise ? theme.danger : theme.text);
        own.setColor(QPalette::Button, ground);
        own.setColor(QPalette::Window, ground);
        link->setPalette(own);
    }
    update();
}

void ConnectionBand::paintEvent(QPaintEvent*)
{
    const Theme theme = themeOf(this, m_mark.isProduction());
    QPainter painter(this);
    painter.fillRect(rect(), groundOf(theme, m_mark.isProduction()));
    if (const QColor colour = profileColour(m_mark.colour, theme); colour.isValid())
        painter.fillRect(QRect(0, 0, stripe, height()), colour);
    if (!m_mark.isProduction())
        painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border);
}

} // namespace slotscope::ui
