// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/nameredactor.h"

#include "core/command/commandtable.h"
#include "core/support/bytes.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace slotscope::capture {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView amazonEnds[] { ".amazonaws.com", ".amazonaws.com.cn" };

bool isAmazonName(const QByteArray& name)
{
    return std::any_of(std::begin(amazonEnds), std::end(amazonEnds),
        [&](QByteArrayView end) { return name.endsWith(end); });
}

/// Labels of an Amazon name that say nothing of whose it is.
bool isAmazonWord(const QByteArray& label)
{
    static const QSet<QByteArray> words { "clustercfg", "master", "replica", "ng", "cache",
        "serverless", "memorydb", "amazonaws", "com", "cn" };
    static const QRegularExpression region(
        u"^[a-z]{3,4}[0-9]{1,2}$|^[a-z]+-[a-z]+-[0-9]$|^[0-9]+$"_s);
    return words.contains(label) || region.match(QString::fromLatin1(label)).hasMatch();
}

QByteArray shortHost(const QByteArray& name)
{
    constexpr qsizetype longestLabel = 12;
    static const QRegularExpression numbers(u"-([0-9]{3,4}(?:-[0-9]{3})?)$"_s);
    QByteArray label = name.split('.').front();
    const bool hasMore = label.size() < name.size();
    // "ip-10-0-1-4.ec2.internal", "ec2-203-0-113-7...": as the address that it is.
    static const QRegularExpression address(u"[0-9]{1,3}-[0-9]{1,3}-([0-9]{1,3}-[0-9]{1,3})$"_s);
    if (const auto match = address.match(QString::fromLatin1(label)); match.hasMatch())
        return ".." + match.captured(1).toLatin1();
    if (isAmazonName(name)) {
        const auto match = numbers.match(QString::fromLatin1(label));
        if (match.hasMatch())
            return ".." + match.captured(1).toLatin1();
        return name.contains("clustercfg.") ? QByteArray("clustercfg..") : QByteArray("aws..");
    }
    if (label.size() > longestLabel)
        label = label.left(4) + ".." + label.right(4);
    return hasMore ? label + ".." : label;
}

QByteArray shortAddress(const QByteArray& address)
{
    if (address.contains(':'))
        return ".." + address.mid(address.lastIndexOf(':') + 1);
    const qsizetype second = address.lastIndexOf('.', address.lastIndexOf('.') - 1);
    return ".." + address.mid(second + 1);
}

QByteArray shortKey(const QByteArray& key)
{
    constexpr qsizetype farthestSeparator = 16;
    constexpr qsizetype withoutSeparator = 3;
    const QString text = QString::fromUtf8(key);
    if (text.contains(QChar::ReplacementCharacter))
        return u"…"_s.toUtf8();
    if (text.size() <= withoutSeparator)
        return key;
    static const QRegularExpression separator(u"[:./|]"_s);
    const qsizetype at = text.indexOf(separator);
    const bool isPrefix = at >= 0 && at < farthestSeparator;
    return QString(text.left(isPrefix ? at + 1 : withoutSeparator) + u'…').toUtf8();
}

QByteArray shortened(NameKind kind, const QByteArray& name)
{
    switch (kind) {
    case NameKind::Host:
        return shortHost(name);
    case NameKind::Address:
        return shortAddress(name);
    case NameKind::Node:
    case NameKind::Id:
        return name.left(8);
    case NameKind::Key:
        return shortKey(name);
    case NameKind::Value:
        return name.size() == 1 ? QByteArray("(1 byte)")
                                : '(' + QByteArray::number(name.size()) + " bytes)";
    case NameKind::User:
    case NameKind::Title:
        return QString(QString::fromUtf8(name).left(kind == NameKind::User ? 1 : 3) + u'…')
            .toUtf8();
    }
    return {};
}

bool isNull40(const QByteArray& id)
{
    return std::all_of(id.begin(), id.end(), [](char c) { return c == '0'; });
}

} // namespace

NameRedactor::NameRedactor(const RedactionOptions& options, Pseudonyms* pseudonyms)
    : m_options(options)
    , m_pseudonyms(pseudonyms)
{ }

/// Shortened names of nodes and hosts must still differ.
QByteArray NameRedactor::unique(NameKind kind, const QByteArray& shortName, const QByteArray& name)
{
    QHash<QByteArray, QByteArray>& taken = m_taken.at(std::size_t(kind));
    QByteArray result = shortName;
    for (int number = 2; taken.contains(result) && taken.value(result) != name; ++number)
        result = shortName + '~' + QByteArray::number(number);
    taken.insert(result, name);
    return result;
}

QByteArray NameRedactor::replacement(NameKind kind, Showing showing, const QByteArray& name)
{
    if (showing == Showing::Shown)
        return name;
    QByteArray& known = m_replacements.at(std::size_t(kind))[name];
    if (!known.isEmpty())
        return known;
    if (showing == Showing::Pseudonym) {
        known = m_pseudonyms->of(kind, name).toUtf8();
    } else {
        known = shortened(kind, name);
        if (kind != NameKind::Key && kind != NameKind::Value)
            known = unique(kind, known, name);
    }
    return known;
}

void NameRedactor::learnHost(const QByteArray& name, const QByteArray& replacement)
{
    m_names.addWord(name, replacement);
    const QList<QByteArray> labels = name.split('.');
    if (labels.size() < 2 || !hidesHosts())
        return;
    // Windows call a node by a part of its name. Of an Amazon name all labels are somebody's: the
    // cluster, the account.
    const bool isAmazon = isAmazonName(name);
    for (qsizetype i = 0; i < (isAmazon ? labels.size() : 1); ++i) {
        const QByteArray& label = labels.at(i);
        if (label.size() > 3 && !isCommonWord(label) && !(isAmazon && isAmazonWord(label)))
            m_names.addWord(label, i == 0 ? replacement : QByteArray(".."));
    }
}

QByteArray NameRedactor::hostBytes(const QByteArray& name)
{
    if (isAddress(name)) {
        const QByteArray canonical = canonicalAddress(name);
        QByteArray result = replacement(NameKind::Address, m_options.addresses, canonical);
        if (!hidesAddresses())
            return name;
        m_names.addWord(name, result);
        m_names.addWord(canonical, result);
        return result;
    }
    if (!hidesHosts())
        return name;
    QByteArray canonical = name.toLower();
    while (canonical.endsWith('.'))
        canonical.chop(1);
    QByteArray result = replacement(NameKind::Host, m_options.hosts, canonical);
    if (!isCommonWord(canonical)) {
        learnHost(name, result);
        learnHost(canonical, result);
    }
    return result;
}

QString NameRedactor::host(const QString& name)
{
    const bool isNone = name.isEmpty() || name == u"?"_s;
    if (isNone || (!hidesHosts() && !hidesAddresses()))
        return name;
    QString& known = m_hosts[name];
    if (known.isEmpty())
        known = redactedHost(name);
    return known;
}

QString NameRedactor::redactedHost(const QString& name)
{
    const bool isAddressText = isAddress(name.toUtf8());
    if (!isAddressText && !net::Endpoint { name, 1 }.isDialable())
        return hidesHosts() ? u"?"_s : name;
    return QString::fromUtf8(hostBytes(name.toUtf8()));
}

net::Endpoint NameRedactor::endpoint(const net::Endpoint& endpoint)
{
    return { host(endpoint.host), endpoint.port };
}

QString NameRedactor::address(const QString& text)
{
    if (const auto endpoint = net::Endpoint::parse(text))
        return this->endpoint(*endpoint).toString();
    if (isAddress(text.toUtf8()))
        return host(text);
    return this->text(text);
}

QString NameRedactor::target(const QString& text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    return colon < 0 ? this->text(text) : QString(host(text.left(colon)) % text.mid(colon));
}

QString NameRedactor::label(const QString& text)
{
    const auto isOfShard = [](QChar c) { return (c >= u'0' && c <= u'9') || c == u'/'; };
    const bool isShard = text.size() > 1 && text.front() == u'S'
        && std::all_of(text.begin() + 1, text.end(), isOfShard);
    if (text.isEmpty() || isShard)
        return text;
    // Thousands of events have few names.
    const auto known = m_labels.constFind(text);
    return known != m_labels.constEnd() ? *known : *m_labels.insert(text, address(text));
}

QByteArray NameRedactor::idBytes(const QByteArray& id, NameKind kind)
{
    constexpr qsizetype shortIdSize = 8; // cluster::NodeId::shortText()
    if (!hidesIds() || isNull40(id))
        return id;
    QHash<QByteArray, QByteArray>& all = m_replacements.at(std::size_t(kind));
    if (const auto known = all.constFind(id); known != all.constEnd())
        return *known;
    QByteArray result = replacement(kind, m_options.nodeIds, id);
    m_names.addWord(id, result);
    if (id.size() > shortIdSize)
        m_names.addWord(id.left(shortIdSize), result);
    return result;
}

cluster::NodeId NameRedactor::id(const cluster::NodeId& id)
{
    if (id.isNull())
        return id;
    const QByteArray& bytes = id.toByteArray();
    if (bytes.contains(':'))
        return cluster::NodeId(address(QString::fromUtf8(bytes)).toUtf8());
    return cluster::NodeId(idBytes(bytes, NameKind::Node));
}

QList<cluster::NodeId> NameRedactor::ids(const QList<cluster::NodeId>& ids)
{
    QList<cluster::NodeId> result;
    for (const cluster::NodeId& one : ids)
        result.append(id(one));
    return result;
}

void NameRedactor::addPrinted(
    const QByteArray& bytes, const QByteArray& replacement, KnownNames* names)
{
    constexpr qsizetype longest = 1024; // nobody prints more of it than this
    if (bytes.size() > longest)
        return;
    names->addPhrase(bytes, replacement);
    names->addPhrase(support::toVisibleText(bytes).toUtf8(), replacement);
    const QByteArray quoted = support::toQuotedText(bytes).toUtf8();
    names->addPhrase(quoted.mid(1, quoted.size() - 2), replacement);
}

QByteArray NameRedactor::key(const QByteArray& key)
{
    if (key.isEmpty() || m_options.keys == Showing::Shown)
        return key;
    QByteArray result = replacement(NameKind::Key, m_options.keys, key);
    if (m_isCollecting)
        addPrinted(key, result, &m_data);
    return result;
}

QByteArray NameRedactor::value(const QByteArray& value)
{
    if (value.isEmpty() || m_options.values == Showing::Shown)
        return value;
    // What is a key somewhere is the same key here.
    if (m_options.keys != Showing::Shown) {
        const auto& keys = m_replacements.at(std::size_t(NameKind::Key));
        if (const auto known = keys.constFind(value); known != keys.constEnd())
            return *known;
    }
    return replacement(NameKind::Value, m_options.values, value);
}

QByteArray NameRedactor::argument(const QByteArray& value)
{
    QByteArray result = this->value(value);
    if (m_isCollecting && result != value && !m_data.phraseOf(value))
        addPrinted(value, result, &m_data);
    return result;
}

QString NameRedactor::user(const QString& name)
{
    if (name.isEmpty() || name == u"default"_s || name == u"(redacted)"_s
        || m_options.users == Showing::Shown)
        return name;
    const QByteArray result = replacement(NameKind::User, m_options.users, name.toUtf8());
    m_names.addPhrase(name.toUtf8(), result);
    return QString::fromUtf8(result);
}

QString NameRedactor::title(const QString& name)
{
    if (name.isEmpty() || !hidesHosts())
        return name;
    const QByteArray result = replacement(NameKind::Title, m_options.hosts, name.toUtf8());
    if (!isCommonWord(name.toUtf8()))
        m_names.addPhrase(name.toUtf8(), result);
    return QString::fromUtf8(result);
}

QString NameRedactor::typed(const QString& text)
{
    static const QRegularExpression expression(
        u"^(?<head>[a-z]+://|ssh |SOCKS5 |)(?:(?<user>[^@/:\\s]*)(?::[^@/\\s]*)?@)?"
        u"(?<host>\\[[^\\]\\s]+\\]|[^/:\\s]+|[0-9A-Fa-f:.]+:[0-9A-Fa-f:.]*)(?<port>:[0-9]{1,5})?"
        u"(?<tail>/[0-9]*)?$"_s);
    if (text.startsWith(u"profile:"_s))
        return u"profile:"_s + title(text.mid(8));
    const QRegularExpressionMatch match = expression.match(text);
    if (!match.hasMatch())
        return this->text(text);
    QString hostName = match.captured(u"host"_s);
    if (hostName.startsWith(u'['))
        hostName = hostName.mid(1, hostName.size() - 2);
    const QString userName = user(match.captured(u"user"_s));
    return match.captured(u"head"_s) % (userName.isEmpty() ? QString() : QString(userName % u'@'))
        % host(hostName) % match.captured(u"port"_s) % match.captured(u"tail"_s);
}

bool NameRedactor::isHarmless(QByteArrayView quoted)
{
    static const QRegularExpression marks(u"^\\((redacted|[0-9]+ [a-z]+)\\)$"_s);
    const QByteArray text = quoted.toByteArray();
    return text.isEmpty() || marks.match(QString::fromUtf8(text)).hasMatch()
        || command::CommandTable::builtIn().find(text.toLower()) != nullptr;
}

std::optional<QByteArray> NameRedactor::dataReplacementOf(QByteArrayView printed) const
{
    return m_data.phraseOf(printed);
}

QStringList NameRedactor::texts(const QStringList& list)
{
    QStringList result;
    for (const QString& one : list)
        result.append(text(one));
    return result;
}

support::Error NameRedactor::error(const support::Error& error)
{
    return { error.code, text(error.detail, TextKind::ErrorLine), address(error.address) };
}

} // namespace slotscope::capture
