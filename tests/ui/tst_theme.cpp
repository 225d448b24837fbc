// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/paintfixtures.h"
#include "ui/theme/drawing.h"
#include "ui/theme/logo.h"
#include "ui/theme/nodetext.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/windowstyle.h"

#include <QApplication>
#include <QComboBox>
#include <QFontInfo>
#include <QPainter>
#include <QScrollArea>
#include <QSvgRenderer>
#include <QTest>
#include <QTextDocument>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <array>
#include <cmath>

using namespace slotscope;
using namespace slotscope::ui;

namespace {

struct Rgb
{
    double r = 0;
    double g = 0;
    double b = 0;
};

double toLinear(double c)
{
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

Rgb linearOf(const QColor& color)
{
    return { toLinear(color.redF()), toLinear(color.greenF()), toLinear(color.blueF()) };
}

enum class Eyes { Usual, Protan, Deutan, Tritan };

// Machado, Oliveira and Fernandes 2009, severity 1.
Rgb seen(const QColor& color, Eyes eyes)
{
    const Rgb c = linearOf(color);
    std::array<double, 9> m { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
    if (eyes == Eyes::Protan)
        m = { 0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
            1.051998 };
    else if (eyes == Eyes::Deutan)
        m = { 0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
            0.968881 };
    else if (eyes == Eyes::Tritan)
        m = { 1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
            0.303900 };
    const auto row = [&](size_t i) {
        return std::clamp(m[i] * c.r + m[i + 1] * c.g + m[i + 2] * c.b, 0.0, 1.0);
    };
    return { row(0), row(3), row(6) };
}

// Distance in CIE L*a*b* (1976); about 2.3 is the least that one notices.
double distance(const Rgb& one, const Rgb& other)
{
    const auto lab = [](const Rgb& c) {
        const auto f
            = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
        const double x = f((0.4124 * c.r + 0.3576 * c.g + 0.1805 * c.b) / 0.95047);
        const double y = f(0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b);
        const double z = f((0.0193 * c.r + 0.1192 * c.g + 0.9505 * c.b) / 1.08883);
        return std::array<double, 3> { 116 * y - 16, 500 * (x - y), 200 * (y - z) };
    };
    const auto a = lab(one);
    const auto b = lab(other);
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

double luminance(const QColor& color)
{
    const Rgb c = linearOf(color);
    return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b;
}

double contrast(const QColor& a, const QColor& b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

net::Endpoint endpoint(const char* host, quint16 port)
{
    return { QString::fromLatin1(host), port };
}

} // namespace

namespace slotscope::tests {

class TestTheme final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    /// A form that is scrolled must not change what it hides.
    void theWheelScrollsAndNeverChooses()
    {
        QScrollArea area;
        auto* form = new QWidget;
        form->setMinimumHeight(2000);
        auto* choice = new QComboBox(form);
        choice->addItems({ QStringLiteral("shortened"), QStringLiteral("shown") });
        area.setWidget(form);
        area.resize(300, 200);
        ui::WindowStyle style;
        choice->setStyle(&style);
        area.show();
        QVERIFY(QTest::qWaitForWindowExposed(&area));
        choice->setFocus();
        const QPointF at = choice->rect().center();
        QWheelEvent wheel(at, choice->mapToGlobal(at), {}, { 0, -120 }, Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(choice, &wheel);
        QCOMPARE(choice->currentIndex(), 0);
        QVERIFY(!wheel.isAccepted()); // the form takes it
        QTest::keyClick(choice, Qt::Key_Down); // the keyboard chooses
        QCOMPARE(choice->currentIndex(), 1);
    }

    void neighbouringShardsDiffer_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("eyes");
        for (const bool dark : { false, true }) {
            const char* name = dark ? "dark" : "light";
            QTest::addRow("%s, usual eyes", name) << dark << int(Eyes::Usual);
            QTest::addRow("%s, protanopia", name) << dark << int(Eyes::Protan);
            QTest::addRow("%s, deuteranopia", name) << dark << int(Eyes::Deutan);
            QTest::addRow("%s, tritanopia", name) << dark << int(Eyes::Tritan);
        }
    }
    void neighbouringShardsDiffer()
    {
        QFETCH(bool, dark);
        QFETCH(int, eyes);
        const Theme theme = dark ? Theme::darkTheme() : Theme::light();
        for (int i = 0; i < 40; ++i) {
            const double apart = distance(
                seen(theme.shardColor(i), Eyes(eyes)), seen(theme.shardColor(i + 1), Eyes(eyes)));
            QVERIFY2(apart > 20, qPrintable(QStringLiteral("%1: %2").arg(i).arg(apart)));
        }
    }

    void textIsReadable_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textIsReadable()
    {
        QFETCH(bool, dark);
        const Theme theme = dark ? Theme::darkTheme() : Theme::light();
        for (const QColor& ground : { theme.window, theme.surface }) {
            QVERIFY(contrast(theme.text, ground) > 7);
            for (const QColor& ink :
                { theme.mutedText, theme.accent, theme.danger, theme.warning, theme.good })
                QVERIFY2(contrast(ink, ground) > 4.5, qPrintable(ink.name()));
        }
        for (int i = 0; i < 10; ++i) {
            QVERIFY2(contrast(theme.onShardColor(i), theme.shardColor(i)) > 4.5,
                qPrintable(theme.shardColor(i).name()));
        }
    }

    void colorsRepeat()
    {
        const Theme theme = Theme::light();
        QCOMPARE(theme.shardColor(10), theme.shardColor(0));
        QCOMPARE(theme.shardColor(-1), theme.shardColor(9));
    }

    void paletteTellsDark()
    {
        QVERIFY(Theme::of(Theme::darkTheme().palette()).dark);
        QVERIFY(!Theme::of(Theme::light().palette()).dark);
    }

    void hatchStaysInside()
    {
        const QRectF rect(10.5, 3, 40, 17);
        const QList<QLineF> lines = hatchLines(rect, 4, Hatch::Crossed);
        QVERIFY(lines.size() > 10);
        for (const QLineF& line : lines) {
            QVERIFY(rect.adjusted(-0.01, -0.01, 0.01, 0.01).contains(line.p1()));
            QVERIFY(rect.adjusted(-0.01, -0.01, 0.01, 0.01).contains(line.p2()));
        }
        QVERIFY(hatchLines({}, 4, Hatch::Rising).isEmpty());
    }

    void hatchJoins()
    {
        // What the left half ends with, the right half begins with.
        const auto left = hatchLines(QRectF(0, 0, 20, 10), 5, Hatch::Rising);
        const auto right = hatchLines(QRectF(20, 0, 20, 10), 5, Hatch::Rising);
        for (const QLineF& line : left) {
            if (qFuzzyCompare(line.x2(), 20.0) && line.y2() > 0.01) {
                QVERIFY(std::any_of(right.begin(), right.end(), [&line](const QLineF& other) {
                    return QLineF(other.p1(), line.p2()).length() < 0.01;
                }));
            }
        }
    }

    void shortAddresses_data()
    {
        QTest::addColumn<QList<net::Endpoint>>("addresses");
        QTest::addColumn<QStringList>("texts");
        const auto u = [](const char* text) { return QString::fromLatin1(text); };
        QTest::newRow("one host") << QList { endpoint("127.0.0.1", 7001),
            endpoint("127.0.0.1", 7002) }
                                  << QStringList { u(":7001"), u(":7002") };
        QTest::newRow("one port") << QList { endpoint("10.0.1.4", 6379),
            endpoint("10.0.1.12", 6379) }
                                  << QStringList { u("10.0.1.4"), u("10.0.1.12") };
        QTest::newRow("both differ")
            << QList { endpoint("10.0.1.4", 6379), endpoint("10.0.1.5", 6380) }
            << QStringList { u("10.0.1.4:6379"), u("10.0.1.5:6380") };
        QTest::newRow("IPv6") << QList { endpoint("::1", 1), endpoint("::2", 2) }
                              << QStringList { u("[::1]:1"), u("[::2]:2") };
        QTest::newRow("names") << QList {
            endpoint("orders-0001-001.x.use1.cache.amazonaws.com", 6379),
            endpoint("orders-0001-002.x.use1.cache.amazonaws.com", 6379),
            endpoint("orders-0002-001.x.use1.cache.amazonaws.com", 6379)
        } << QStringList { u("0001-001"), u("0001-002"), u("0002-001") };
        QTest::newRow("a name that is another's beginning") << QList { endpoint("redis", 6379),
            endpoint("redis-2", 6379) } << QStringList { u("redis"), u("redis-2") };
        QTest::newRow("alone") << QList { endpoint("127.0.0.1", 6379) }
                               << QStringList { u("127.0.0.1:6379") };
        QTest::newRow("the same twice") << QList { endpoint("10.0.0.1", 1),
            endpoint("10.0.0.1", 1) } << QStringList { u("10.0.0.1"), u("10.0.0.1") };
        QTest::newRow("none") << QList<net::Endpoint>() << QStringList();
        QTest::newRow("hostile") << QList { endpoint("a\nb", 1), endpoint("c", 2) }
                                 << QStringList { u("a\\nb:1"), u("c:2") };
    }
    void shortAddresses()
    {
        QFETCH(QList<net::Endpoint>, addresses);
        QFETCH(QStringList, texts);
        QCOMPARE(ui::shortAddresses(addresses), texts);
    }

    void toolTipsArePlain()
    {
        const QString hostile = QStringLiteral("<b>x</b><img src=file:///etc/passwd>\n&amp; S01");
        QTextDocument document;
        document.setHtml(plainToolTip(hostile));
        QCOMPARE(document.toPlainText().replace(QChar(0x2028), QLatin1Char('\n')), hostile);
    }

    void aWindowNamesNoOptions()
    {
        QCOMPARE(withoutOptions(QStringLiteral("Through an SSH server there (--ssh).")),
            QStringLiteral("Through an SSH server there."));
        QCOMPARE(withoutOptions(QStringLiteral(
                     "A certificate and its key (--cert, --key) that it has signed.")),
            QStringLiteral("A certificate and its key that it has signed."));
        const QString others
            = QStringLiteral("Run redis-cli --cluster fix (CLUSTER FORGET) (-- or not).");
        QCOMPARE(withoutOptions(others), others);
    }

    void visibleTextHidesNothing()
    {
        QCOMPARE(visibleText(QStringLiteral("a\u202eb\nc")), QStringLiteral("a\\u202eb\\nc"));
        QVERIFY(!visibleText(QString(QChar(0xffff))).contains(QChar(0xffff)));
    }

    void numbers()
    {
        QCOMPARE(countText(999), QStringLiteral("999"));
        QCOMPARE(countText(5461), QStringLiteral("5461"));
        QCOMPARE(countText(16384), QStringLiteral("16\u202f384"));
        QCOMPARE(shareText(5461), QStringLiteral("33.3 %"));
        QCOMPARE(shareText(16384), QStringLiteral("100 %"));
        QCOMPARE(shareText(1), QStringLiteral("< 0.1 %"));
    }

    void elisionFits()
    {
        const QFont font = textFont(13);
        const QString text = elidedText(QString(200, QLatin1Char('x')), font, 90);
        QVERIFY(textWidth(text, font) <= 90);
        QVERIFY(text.endsWith(QChar(0x2026)));
    }

    void fontsHaveTheirSize()
    {
        QCOMPARE(textFont(13).pixelSize(), 13);
        QCOMPARE(fixedFont(11.6).pixelSize(), 12);
        QVERIFY(QFontInfo(fixedFont(13)).fixedPitch());
    }

    void logoIsTheIcon_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("size");
        QTest::newRow("scalable") << QStringLiteral("slotscope.svg") << 128;
        for (const int size : { 48, 128, 256 })
            QTest::addRow("%d", size) << QStringLiteral("slotscope-%1.png").arg(size) << size;
    }

    /// The desktop's icons and the one that the program paints are the same drawing.
    void logoIsTheIcon()
    {
        QFETCH(const QString, file);
        QFETCH(const int, size);
        const QString path = QStringLiteral(SLOTSCOPE_ICONS "/") + file;
        QImage icon(size, size, QImage::Format_ARGB32);
        if (file.endsWith(QLatin1String(".svg"))) {
            QSvgRenderer renderer(path);
            QVERIFY(renderer.isValid());
            icon.fill(Qt::transparent);
            QPainter painter(&icon);
            renderer.render(&painter);
        } else {
            icon = QImage(path).convertToFormat(QImage::Format_ARGB32);
        }
        const QImage logo = logoPixmap(size, 1).toImage().convertToFormat(QImage::Format_ARGB32);
        QCOMPARE(logo.size(), icon.size());
        int different = 0;
        for (int y = 0; y < size; ++y) {
            for (int x = 0; x < size; ++x) {
                const QColor a = icon.pixelColor(x, y);
                const QColor b = logo.pixelColor(x, y);
                const int distance = std::abs(a.red() - b.red()) + std::abs(a.green() - b.green())
                    + std::abs(a.blue() - b.blue()) + std::abs(a.alpha() - b.alpha());
                different += distance > 60 ? 1 : 0;
            }
        }
        QVERIFY2(different < size, qPrintable(QString::number(different)));
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestTheme)
#include "tst_theme.moc"
