// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/document.h"

#include "core/cluster/slottext.h"
#include "core/explain/errors.h"
#include "core/explain/wording.h"
#include "core/health/headline.h"
#include "core/support/bytes.h"
#include "ui/report/errorstable.h"
#include "ui/report/incident.h"
#include "ui/report/nodetables.h"
#include "ui/report/witnesses.h"
#include "ui/theme/connectiontext.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/severity.h"
#include "ui/theme/timetext.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct ReportTexts
{
    Q_DECLARE_TR_FUNCTIONS(ReportTexts)
};

constexpr qsizetype mostTraces = 10;
constexpr qsizetype mostEvents = 5000;
constexpr qsizetype mostRawBytes = 2 * 1024 * 1024; // of all answers together
constexpr qsizetype longestRawLine = 4000;

class Writer
{
public:
    Writer(const capture::Capture& capture, const ReportOptions& options,
        const ReportContents& contents)
        : m_capture(capture)
        , m_options(options)
        , m_contents(contents)
        , m_witnesses(capture)
    { }

    Document write()
    {
        m_document.theme = m_options.dark ? Theme::darkTheme() : Theme::light();
        m_document.caption = captionOf(m_capture, m_contents.time);
        m_document.title = m_options.title.isEmpty()
            ? ReportTexts::tr("Incident report: %1").arg(clusterNameOf(m_capture))
            : visibleText(m_options.title);
        if (m_contents.summary || !m_options.note.isEmpty())
            addSummary();
        if (m_contents.picture)
            addPicture();
        if (m_contents.topology)
            addFigure(ReportTexts::tr("Topology"), topologyFigure(m_capture, m_options.dark));
        if (m_contents.slotMap)
            addFigure(ReportTexts::tr("Slots"), slotMapFigure(m_capture, m_options.dark));
        if (m_contents.filmStrips || m_contents.sequences)
            addTraces();
        if (m_contents.timeline)
            addTimeline();
        if (m_contents.findings)
            addFindings();
        if (m_contents.nodeTable)
            addNodes();
        if (m_contents.rawReplies)
            addRawReplies();
        m_document.sections.removeIf(
            [](const Section& section) { return section.blocks.isEmpty(); });
        return m_document;
    }

private:
    Section& begin(const QString& title)
    {
        m_document.sections.append({ title, {} });
        return m_document.sections.last();
    }

    void addFigure(const QString& title, const Figure& figure)
    {
        if (!figure.isEmpty())
            begin(title).blocks.append(figure);
    }

    void addSummary()
    {
        Section& section = begin(ReportTexts::tr("Summary"));
        if (!m_options.note.isEmpty()) {
            for (const QString& line : m_options.note.split(u'\n', Qt::SkipEmptyParts))
                section.blocks.append(Paragraph { visibleText(line) });
        }
        if (!m_contents.summary)
            return;
        const Incident incident = Incident::of(m_capture);
        section.blocks.append(Paragraph { incident.headline.verdict, true });
        if (m_contents.time) // which it ends with; who answered stands below as well
            section.blocks.append(Paragraph { incident.evidence });
        section.blocks.append(factsTable());
        if (const Table errors = errorsTable(m_capture); !errors.rows.isEmpty())
            section.blocks.append(errors);
    }

    Table factsTable() const
    {
        const cluster::TopologyData& data = m_capture.topology.data();
        Table table;
        const auto add = [&table](const QString& name, const QString& text) {
            if (!text.isEmpty())
                table.rows.append({ name, text });
        };
        add(ReportTexts::tr("Cluster"), clusterNameOf(m_capture));
        if (m_contents.time)
            add(ReportTexts::tr("Captured"), utcText(m_capture.savedAt));
        add(ReportTexts::tr("Reached by"), visibleText(wayInText(data)));
        add(ReportTexts::tr("Connections"), securityText(data));
        QStringList dns;
        for (const QString& address : m_capture.dnsAnswers)
            dns.append(visibleText(address));
        for (const capture::ResolvedName& name : m_capture.names) {
            if (dns.isEmpty() && name.name == data.seed.host)
                dns.append(visibleText(name.why));
        }
        add(ReportTexts::tr("Its name gave"), dns.join(u", "_s));
        if (data.viewsAsked > 0) {
            const QString text = health::answeredText(m_capture.topology);
            add(ReportTexts::tr("Answered"),
                health::answeredOf(m_capture.topology).isPartial()
                    ? ReportTexts::tr("%1: PARTIAL").arg(text)
                    : text);
        }
        add(ReportTexts::tr("Views"), m_witnesses.viewsText());
        add(ReportTexts::tr("Server"), visibleText(productText(data)));
        if (data.kind == cluster::Kind::Cluster)
            add(ReportTexts::tr("Cluster state"), cluster::stateName(data.state));
        if (data.currentEpoch)
            add(ReportTexts::tr("Current epoch"), QString::number(*data.currentEpoch));
        add(ReportTexts::tr("Recording"), recordingText(m_capture));
        add(ReportTexts::tr("Made with"),
            ReportTexts::tr("Slotscope %1").arg(visibleText(m_capture.toolVersion)));
        add(ReportTexts::tr("Redaction"), redactionText(m_capture.redaction));
        for (const QString& warning : data.warnings)
            add(ReportTexts::tr("Missing"), visibleText(warning));
        for (const QString& sentence : m_capture.missing)
            add(ReportTexts::tr("Missing"), visibleText(sentence));
        return table;
    }

    void addPicture()
    {
        Section& section = begin(ReportTexts::tr("Picture"));
        section.blocks.append(incidentFigure(m_capture, m_options.dark));
        for (qsizetype i = 0; i < m_capture.marks.size(); ++i) {
            section.blocks.append(
                Paragraph { u"%1: %2"_s.arg(i + 1).arg(visibleText(m_capture.marks.at(i).text)) });
        }
    }

    QList<int> chosenTraces() const
    {
        QList<int> chosen;
        const int count = static_cast<int>(m_capture.traces.size());
        if (m_options.traces) {
            for (const int index : *m_options.traces) {
                if (index >= 0 && index < count)
                    chosen.append(index);
            }
            return chosen;
        }
        for (int i = std::max(0, count - static_cast<int>(mostTraces)); i < count; ++i)
            chosen.append(i);
        return chosen;
    }

    void addTraces()
    {
        Section section { ReportTexts::tr("Commands"), {} };
        int number = 0;
        for (const int index : chosenTraces()) {
            const command::Trace& trace = m_capture.traces.at(index);
            ++number;
            Figure strip = filmStripFigure(m_capture, trace, m_options.dark);
            if (strip.isEmpty())
                continue;
            const QString name = trace.startedAt.isValid()
                ? ReportTexts::tr("%1, at %2").arg(strip.title, utcText(trace.startedAt))
                : strip.title;
            section.blocks.append(Paragraph { u"%1. %2"_s.arg(number).arg(name), true });
            strip.name += u"-%1"_s.arg(number);
            if (m_contents.filmStrips)
                section.blocks.append(strip);
            Figure sequence = sequenceFigure(m_capture, trace, m_options.dark);
            sequence.name += u"-%1"_s.arg(number);
            if (m_contents.sequences)
                section.blocks.append(sequence);
        }
        m_document.sections.append(section);
    }

    void addTimeline()
    {
        Section& section = begin(ReportTexts::tr("What happened"));
        section.blocks.append(Paragraph { recordingText(m_capture) });
        const qsizetype leftOut = m_capture.events.size() - mostEvents;
        const QList<TimelineRow> rows
            = timelineOf(m_capture, leftOut > 0 ? m_capture.events.at(leftOut).at : QDateTime());
        if (rows.isEmpty())
            return;
        if (leftOut > 0) {
            section.blocks.append(
                Paragraph { ReportTexts::tr("%1 earlier ones are left out; the capture has them.")
                                .arg(leftOut) });
        }
        Table table;
        table.head = { ReportTexts::tr("Time (UTC)"), ReportTexts::tr("What"),
            ReportTexts::tr("Said by") };
        for (const TimelineRow& row : rows) {
            QString what = row.text;
            if (row.kind == TimelineRow::Kind::Note)
                what = ReportTexts::tr("Note: %1").arg(what);
            table.rows.append({ clockText(row.at, m_capture.savedAt), what, row.saidBy });
        }
        section.blocks.append(table);
        if (const Table primaries = primariesTable(); !primaries.rows.isEmpty()) {
            section.blocks.append(Paragraph { ReportTexts::tr("Who was primary"), true });
            section.blocks.append(primaries);
        }
    }

    /// Of the shards that have had more than one.
    Table primariesTable() const
    {
        QMap<QString, QList<const cluster::TopologyEvent*>> failovers;
        for (const cluster::TopologyEvent& event : m_capture.events) {
            if (event.change.kind == cluster::TopologyChange::Kind::Failover)
                failovers[event.change.shard].append(&event);
        }
        Table table;
        table.head = { ReportTexts::tr("Shard"), ReportTexts::tr("From (UTC)"),
            ReportTexts::tr("Until (UTC)"), ReportTexts::tr("Primary") };
        for (auto shard = failovers.cbegin(); shard != failovers.cend(); ++shard) {
            QString since = ReportTexts::tr("before");
            for (const cluster::TopologyEvent* event : shard.value()) {
                const QString until = clockText(event->at, m_capture.savedAt);
                table.rows.append(
                    { visibleText(shard.key()), since, until, visibleText(event->change.before) });
                since = until;
            }
            table.rows.append({ visibleText(shard.key()), since, ReportTexts::tr("still is"),
                visibleText(shard.value().last()->change.after) });
        }
        return table;
    }

    void addFindings()
    {
        Section& section = begin(ReportTexts::tr("Findings"));
        if (m_capture.findings.isEmpty()) {
            section.blocks.append(Paragraph { ReportTexts::tr("None.") });
            return;
        }
        Table table;
        table.head = { ReportTexts::tr("Severity"), ReportTexts::tr("Finding"),
            ReportTexts::tr("What it means"), ReportTexts::tr("Nodes"), ReportTexts::tr("Slots") };
        for (const health::Finding& finding : m_capture.findings) {
            QStringList nodes;
            constexpr qsizetype mostNodes = 12;
            for (const cluster::NodeId& id : finding.nodes.mid(0, mostNodes)) {
                const cluster::Node* node = m_capture.topology.nodeById(id);
                nodes.append(
                    visibleText(node ? m_capture.topology.labelOf(*node) : id.shortText()));
            }
            if (finding.nodes.size() > mostNodes)
                nodes.append(u"+%1"_s.arg(finding.nodes.size() - mostNodes));
            table.rows.append({ severityWord(finding.severity), visibleText(finding.title),
                visibleText(finding.detail), nodes.join(u", "_s),
                cluster::rangesText(finding.ranges, 8) });
        }
        section.blocks.append(table);
    }

    void addNodes()
    {
        Section& section = begin(ReportTexts::tr("Nodes"));
        if (const Table nodes = nodesTable(m_capture, m_witnesses); !nodes.rows.isEmpty())
            section.blocks.append(nodes);
        if (const Table facts = nodeFactsTable(m_capture); !facts.rows.isEmpty()) {
            section.blocks.append(
                Paragraph { ReportTexts::tr("What each told when it was asked"), true });
            section.blocks.append(facts);
        }
    }

    void addRawReplies()
    {
        Section& section = begin(ReportTexts::tr("Raw replies"));
        qsizetype room = mostRawBytes;
        int leftOut = 0;
        for (const capture::NodeAnswers& node : m_capture.nodes) {
            const cluster::Node* known = m_capture.topology.nodeById(node.id);
            const QString name
                = visibleText(known ? m_capture.topology.labelOf(*known) : node.address.toString());
            for (const capture::RawReply& reply : node.replies) {
                room -= reply.text.size();
                if (room < 0) {
                    ++leftOut;
                    continue;
                }
                RawText raw;
                raw.title = ReportTexts::tr("%1: %2").arg(name, visibleText(reply.command));
                if (reply.error) {
                    raw.lines.append(ReportTexts::tr("not available: %1")
                                         .arg(visibleText(explain::errorSentence(*reply.error))));
                }
                for (const QByteArray& line : reply.text.trimmed().split('\n')) {
                    if (!reply.text.isEmpty())
                        raw.lines.append(lineText(line));
                }
                section.blocks.append(raw);
            }
        }
        if (leftOut > 0) {
            section.blocks.append(Paragraph { explain::counted(leftOut,
                ReportTexts::tr("%1 more reply is left out; the capture has it."),
                ReportTexts::tr("%1 more replies are left out; the capture has them.")) });
        }
    }

    static QString lineText(const QByteArray& line)
    {
        QString text = support::toVisibleText(
            line.endsWith('\r') ? QByteArrayView(line).chopped(1) : QByteArrayView(line),
            longestRawLine);
        text.replace(QChar(0xfffe), QChar(0xfffd));
        text.replace(QChar(0xffff), QChar(0xfffd));
        return text;
    }

    const capture::Capture& m_capture;
    const ReportOptions& m_options;
    const ReportContents& m_contents;
    const Witnesses m_witnesses;
    Document m_document;
};

} // namespace

Document Document::of(
    const capture::Capture& capture, const ReportOptions& options, const ReportContents& contents)
{
    return Writer(capture, options, contents).write();
}

QList<Figure> Document::figures() const
{
    QList<Figure> figures;
    for (const Section& section : sections) {
        for (const Block& block : section.blocks) {
            if (const auto* figure = std::get_if<Figure>(&block))
                figures.append(*figure);
        }
    }
    return figures;
}

} // namespace slotscope::ui
