// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// A developer's tool, not a test: paints synthetic clusters and stories to PNG files, to be looked
// at.
//     slotscope_pictures FOLDER [--dark] [part of a name]

#include "tests/ui/paintfixtures.h"
#include "tests/ui/reportfixtures.h"
#include "ui/report/comparisonview.h"
#include "ui/report/picture.h"
#include "ui/slotmap/ribbonwidget.h"
#include "ui/slotmap/slotmapwidget.h"
#include "ui/theme/theme.h"
#include "ui/topology/topologyview.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QPainter>
#include <QTableView>
#include <QTextStream>

using namespace slotscope;
using namespace slotscope::tests;

namespace {

class Studio
{
public:
    Studio(QDir folder, bool dark, QString only)
        : m_folder(std::move(folder))
        , m_dark(dark)
        , m_only(std::move(only))
    { }

    bool wants(const QString& name) const { return name.contains(m_only); }

    void shoot(const QString& name, QWidget& widget, QSize size)
    {
        const ui::Theme theme = m_dark ? ui::Theme::darkTheme() : ui::Theme::light();
        widget.setPalette(theme.palette());
        widget.setAutoFillBackground(true);
        widget.resize(size);
        constexpr int pixelRatio = 2;
        QImage image(size * pixelRatio, QImage::Format_RGB32);
        image.setDevicePixelRatio(pixelRatio);
        image.fill(theme.window);
        widget.render(&image);
        save(name, image);
    }

    void topology(const QString& name, const cluster::Topology& topology, QSize size = { 940, 520 },
        const command::Storyboard& story = {}, command::StoryFrame frame = {})
    {
        if (!wants(name))
            return;
        ui::TopologyView view;
        view.setTopology(topology);
        view.setStory(story);
        view.setFrame(frame);
        shoot(name, view, size);
    }

    void slotMap(const QString& name, const cluster::Topology& topology)
    {
        if (!wants(name))
            return;
        ui::SlotMapWidget map;
        map.setTopology(topology);
        map.setMarkedSlot(1738);
        shoot(name + QStringLiteral("-map"), map, { 420, 540 });
        ui::RibbonWidget ribbon;
        ribbon.setTopology(topology);
        ribbon.setMarkedSlot(1738);
        shoot(name + QStringLiteral("-ribbon"), ribbon, { 1100, 52 });
    }

    void incident(const QString& name, const capture::Capture& capture,
        const command::Storyboard& story = {}, command::StoryFrame frame = {})
    {
        if (!wants(name))
            return;
        const ui::PictureOptions options { m_dark, story, frame };
        save(name, renderPicture(capture, options));
        QFile svg(m_folder.filePath(name + QStringLiteral(".svg")));
        if (!svg.open(QIODevice::WriteOnly) || svg.write(pictureSvg(capture, options)) < 0)
            qWarning("cannot write the SVG");
    }

    void comparison(const QString& name, const cluster::Topology& before,
        const cluster::Topology& after, QSize size = { 1000, 560 })
    {
        if (!wants(name))
            return;
        const auto captureOf = [](const cluster::Topology& topology, int seconds) {
            capture::Capture capture;
            capture.name = QStringLiteral("orders PROD");
            capture.savedAt = topology.data().capturedAt.addSecs(seconds);
            capture.topology = topology;
            return capture;
        };
        ui::ComparisonView view(
            ui::ComparedCaptures::of(captureOf(before, 0), captureOf(after, 140)));
        if (auto* table = view.findChild<QTableView*>())
            table->selectRow(1);
        shoot(name, view, size);
    }

private:
    void save(const QString& name, const QImage& image)
    {
        if (!image.save(m_folder.filePath(name + QStringLiteral(".png"))))
            qWarning("cannot write a PNG");
    }

    QDir m_folder;
    bool m_dark = false;
    QString m_only;
};

void shootAll(Studio& studio)
{
    const auto u = [](const char* text) { return QString::fromLatin1(text); };
    const cluster::Topology healthy = healthyCluster();
    const cluster::Topology migrating = migratingCluster();
    studio.topology(u("topology-healthy"), healthy);
    studio.topology(u("topology-one"), cluster::Topology::build(evenCluster(1)));
    studio.topology(u("topology-troubled"), troubledCluster());
    studio.topology(u("topology-migrating"), migrating);
    studio.topology(u("topology-12"), cluster::Topology::build(evenCluster(12)));
    studio.topology(u("topology-40"), cluster::Topology::build(evenCluster(40, 2)));
    auto sick = evenCluster(40, 2);
    sick.nodes[51].health = cluster::Health::Fail;
    sick.nodes[70].health = cluster::Health::PFail;
    const cluster::Topology sick40 = cluster::Topology::build(sick);
    studio.topology(u("topology-sick40"), sick40);
    auto sickMany = evenCluster(500, 1);
    sickMany.nodes[300].health = cluster::Health::Fail;
    const cluster::Topology many = cluster::Topology::build(sickMany);
    studio.topology(u("topology-500"), many);
    for (const int shards : { 6, 30, 100, 1000 }) {
        studio.topology(
            u("topology-%1").arg(shards), cluster::Topology::build(evenCluster(shards, 1)));
        auto failing = evenCluster(shards, 1);
        failing.nodes[4].health = cluster::Health::Fail;
        failing.nodes[7].health = cluster::Health::PFail;
        failing.nodes[9].health = cluster::Health::Unknown;
        failing.claims.append(
            { { { cluster::Slot(0), cluster::Slot(10) } }, nodeId(1), { nodeId(1), nodeId(2) } });
        studio.topology(u("topology-failing%1").arg(shards), cluster::Topology::build(failing));
    }
    studio.topology(u("topology-named"), namedCluster(6));
    studio.topology(u("topology-standalone"), standaloneServer());
    studio.topology(u("topology-sentinel"), sentinelServer());

    const command::Storyboard moved = movedStory(healthy);
    for (int step = 0; step < moved.size(); ++step) {
        studio.topology(u("story-moved-%1").arg(step), healthy, { 940, 560 }, moved,
            { step, step + 1 == moved.size() ? 1.0 : 0.5 });
    }
    const command::Storyboard ask = askStory(migrating);
    for (int step = 0; step < ask.size(); ++step) {
        studio.topology(u("story-ask-%1").arg(step), migrating, { 940, 560 }, ask,
            { step, step + 1 == ask.size() ? 1.0 : 0.5 });
    }
    const auto last = [](const command::Storyboard& story) {
        return command::StoryFrame { static_cast<int>(story.size()) - 1, 1.0 };
    };
    const command::Storyboard plain = movedStory(healthy, false);
    studio.topology(u("story-plain"), healthy, { 940, 560 }, plain, last(plain));
    const command::Storyboard wait = waitStory(migrating);
    studio.topology(u("story-wait"), migrating, { 940, 560 }, wait, { 2, 0.6 });
    studio.topology(u("story-waited"), migrating, { 940, 560 }, wait, last(wait));
    const command::Storyboard failed = connectFailedStory(healthy);
    studio.topology(u("story-failed"), healthy, { 940, 560 }, failed, last(failed));
    const command::Storyboard unknown = outcomeUnknownStory(healthy);
    studio.topology(u("story-unknown"), healthy, { 940, 560 }, unknown, last(unknown));
    const command::Storyboard stranger = strangerStory(healthy);
    studio.topology(u("story-stranger"), healthy, { 940, 560 }, stranger, last(stranger));
    const command::Storyboard together = togetherStory(sick40);
    studio.topology(
        u("story-together-40"), sick40, { 940, 640 }, together, command::frameAt(together, 0.6));
    const command::Storyboard three = togetherStory(healthy);
    studio.topology(
        u("story-together"), healthy, { 940, 560 }, three, command::frameAt(three, 1.4));
    const command::Storyboard in40 = movedStory(sick40);
    studio.topology(u("story-40"), sick40, { 940, 640 }, in40, { 1, 0.5 });
    const command::Storyboard in500 = movedStory(many);
    studio.topology(u("story-500"), many, { 1100, 700 }, in500, last(in500));
    studio.topology(u("story-small"), healthy, { 520, 340 }, moved, { 1, 0.5 });

    studio.slotMap(u("slots-healthy"), healthy);
    studio.slotMap(u("slots-troubled"), troubledCluster());
    studio.slotMap(u("slots-migrating"), migrating);
    studio.slotMap(u("slots-500"), many);

    studio.comparison(u("comparison-same"), healthy, healthy);
    studio.comparison(u("comparison-trouble"), healthy, troubledCluster());
    auto moved12 = evenCluster(12);
    moved12.currentEpoch = 14;
    moved12.nodes[0].ranges = { { cluster::Slot(200), cluster::Slot(1364) } };
    moved12.nodes[6].ranges.append({ cluster::Slot(0), cluster::Slot(199) });
    std::swap(moved12.nodes[8].ranges, moved12.nodes[9].ranges);
    moved12.nodes[8].health = cluster::Health::Fail;
    moved12.nodes[9].role = cluster::Role::Primary;
    moved12.nodes[9].primaryId = {};
    auto even12 = evenCluster(12);
    even12.currentEpoch = 12;
    const cluster::Topology before12 = cluster::Topology::build(even12);
    studio.comparison(u("comparison-12"), before12, cluster::Topology::build(moved12, &before12));
    studio.comparison(u("comparison-strangers"), namedCluster(6), before12);

    studio.incident(u("picture-healthy"), healthyCapture());
    studio.incident(u("picture-healthy6"), healthyCapture(6, 2));
    studio.incident(u("picture-healthy1000"), healthyCapture(500, 1));
    studio.incident(u("picture-troubled"), incidentCapture(3, 1, { 1 }));
    studio.incident(u("picture-afterwards"), afterwardsCapture());
    studio.incident(u("picture-partial"), partialCapture());
    studio.incident(u("picture-sick40"), incidentCapture(40, 2, { 17, 23, 31 }));
    QList<int> every;
    for (int i = 0; i < 100; ++i)
        every.append(i);
    studio.incident(u("picture-all100"), incidentCapture(100, 1, every));
    studio.incident(u("picture-1000"), incidentCapture(500, 1, { 17, 230 }));
    studio.incident(u("picture-hostile"), hostileCapture());
    studio.incident(u("picture-moved"), healthyCapture(), moved, last(moved));
    capture::Capture single = healthyCapture();
    single.topology = standaloneServer();
    studio.incident(u("picture-standalone"), single);
    single.topology = sentinelServer();
    studio.incident(u("picture-sentinel"), single);
    single.topology = cluster::Topology::build(evenCluster(1, 0));
    studio.incident(u("picture-one"), single);
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QStringList arguments = QApplication::arguments().mid(1);
    const bool dark = arguments.removeAll(QStringLiteral("--dark")) > 0;
    if (arguments.isEmpty()) {
        QTextStream(stderr) << "slotscope_pictures FOLDER [--dark] [part of a name]\n";
        return 2;
    }
    const QDir folder(arguments.first());
    if (!folder.mkpath(QStringLiteral("."))) {
        QTextStream(stderr) << "cannot make the folder\n";
        return 1;
    }
    Studio studio(folder, dark, arguments.value(1));
    shootAll(studio);
    return 0;
}
