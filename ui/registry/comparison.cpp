#include "ui/registry/comparison.h"

#include "core/base/number.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QCoreApplication>

#include <functional>
#include <map>
#include <set>

namespace sextant {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Comparison", text);
}

using Cells = std::vector<ComparisonCell>;
using CellOf = std::function<ComparisonCell(const ComparedVersion&)>;

ComparisonCell none()
{
    ComparisonCell cell;
    cell.text = QStringLiteral("—");
    cell.missing = true;
    return cell;
}

ComparisonCell textCell(const std::string& text, bool mono = false)
{
    ComparisonCell cell;
    cell.text = oneLine(text, 300);
    cell.whole = manyLines(text, 4000);
    cell.mono = mono;
    return cell;
}

/// The rows of one section, and what it says of them.
class Builder
{
public:
    explicit Builder(const std::vector<ComparedVersion>& versions) : m_versions(versions) {}

    void section(const QString& name)
    {
        close();
        ComparisonRow row;
        row.isSection = true;
        row.name = name;
        m_section = m_rows.size();
        m_rows.push_back(std::move(row));
    }

    void row(const QString& name, const CellOf& cellOf)
    {
        ComparisonRow row;
        row.name = name;
        for (const auto& version : m_versions)
            row.cells.push_back(cellOf(version));
        for (auto& cell : row.cells) {
            const auto& first = row.cells.front();
            cell.differs =
                cell.missing != first.missing || cell.text != first.text || cell.whole != first.whole;
            row.differs = row.differs || cell.differs;
        }
        m_rows.push_back(std::move(row));
    }

    /// A section without rows says why.
    void note(const QString& text) { m_note = text; }

    std::vector<ComparisonRow> finish()
    {
        close();
        return std::move(m_rows);
    }

private:
    void close()
    {
        if (m_rows.empty())
            return;
        auto& head = m_rows[m_section];
        auto count = m_rows.size() - m_section - 1;
        auto differing = std::count_if(m_rows.begin() + static_cast<std::ptrdiff_t>(m_section), m_rows.end(),
                                       [](const ComparisonRow& row) { return row.differs; });
        head.differs = differing > 0;
        head.detail = !m_note.isEmpty() ? m_note
                      : count == 0      ? tr("none")
                      : differing == 0  ? tr("%1, all equal").arg(count)
                                        : tr("%1 of %2 differ").arg(differing).arg(count);
        m_note.clear();
    }

    const std::vector<ComparedVersion>& m_versions;
    std::vector<ComparisonRow> m_rows;
    std::size_t m_section = 0;
    QString m_note;
};

/// One row for each key that any version has.
template <class Value>
void addMap(
    Builder& builder, const std::vector<ComparedVersion>& versions,
    const std::function<const std::map<std::string, Value, std::less<>>*(const ComparedVersion&)>& mapOf,
    const std::function<ComparisonCell(const Value&)>& cellOf)
{
    std::set<std::string> keys;
    for (const auto& version : versions)
        if (const auto* map = mapOf(version))
            for (const auto& [key, value] : *map)
                keys.insert(key);
    for (const auto& key : keys)
        builder.row(oneLine(key, 300), [&](const ComparedVersion& version) {
            const auto* map = mapOf(version);
            auto found =
                map ? map->find(key) : typename std::map<std::string, Value, std::less<>>::const_iterator();
            return !map || found == map->end() ? none() : cellOf(found->second);
        });
}

void addIdentity(Builder& builder)
{
    builder.section(tr("Identity"));
    builder.row(tr("Stage"),
                [](const ComparedVersion& one) { return textCell(std::string(toText(one.version.stage))); });
    builder.row(tr("Aliases"), [](const ComparedVersion& one) {
        std::string names;
        for (const auto& alias : one.version.aliases)
            names += (names.empty() ? "" : ", ") + alias;
        return names.empty() ? none() : textCell(names);
    });
    builder.row(tr("Description"), [](const ComparedVersion& one) {
        return one.version.description.empty() ? none() : textCell(one.version.description);
    });
    builder.row(tr("Created"), [](const ComparedVersion& one) {
        return textCell(toStdString(formatTime(one.version.creationTime)));
    });
    builder.row(tr("Run"), [](const ComparedVersion& one) {
        return one.run                     ? textCell(one.run->info.name)
               : one.version.runId.empty() ? none()
                                           : textCell(one.version.runId, true);
    });
    builder.row(tr("Source"), [](const ComparedVersion& one) { return textCell(one.version.source, true); });
    builder.row(tr("Flavor"), [](const ComparedVersion& one) {
        std::string names;
        if (one.details.modelFile)
            for (const auto& flavor : one.details.modelFile->flavors)
                names += (names.empty() ? "" : ", ") + flavor.name + (flavor.version.empty() ? "" : " ") +
                         flavor.version;
        return names.empty() ? none() : textCell(names);
    });
}

void addSignature(Builder& builder, const std::vector<ComparedVersion>& versions)
{
    builder.section(tr("Signature"));
    using Kind = SignaturePart::Kind;
    std::vector<std::pair<Kind, std::string>> fields;
    for (const auto& version : versions)
        for (std::size_t i = 0; i < version.details.signature.size(); ++i) {
            const auto& part = version.details.signature[i];
            if (std::pair field(part.kind, part.name);
                std::find(fields.begin(), fields.end(), field) == fields.end())
                fields.push_back(field);
        }
    std::stable_sort(fields.begin(), fields.end(),
                     [](const auto& one, const auto& other) { return one.first < other.first; });
    for (const auto& [kind, name] : fields) {
        auto label = name.empty() ? tr("by place") : oneLine(name, 200);
        label = kind == Kind::Output      ? tr("output %1").arg(label)
                : kind == Kind::Parameter ? tr("parameter %1").arg(label)
                                          : tr("input %1").arg(label);
        builder.row(label, [kind = kind, name = name](const ComparedVersion& one) {
            for (const auto& part : one.details.signature)
                if (part.kind == kind && part.name == name)
                    return textCell(part.type + (part.required ? "" : ", optional"));
            return none();
        });
    }
}

void addRun(Builder& builder, const std::vector<ComparedVersion>& versions)
{
    builder.section(tr("Parameters"));
    addMap<std::string>(
        builder, versions, [](const ComparedVersion& one) { return one.run ? &one.run->params : nullptr; },
        [](const std::string& value) { return textCell(value); });
    builder.section(tr("Metrics"));
    std::vector<std::map<std::string, double, std::less<>>> metrics;
    std::vector<double> all;
    std::map<const ComparedVersion*, std::map<std::string, double, std::less<>>> byVersion;
    for (const auto& version : versions)
        for (const auto& metric : version.run ? version.run->metrics : std::vector<Metric>())
            byVersion[&version][metric.key] = metric.value;
    addMap<double>(
        builder, versions,
        [&](const ComparedVersion& one) {
            auto found = byVersion.find(&one);
            return found == byVersion.end() ? nullptr : &found->second;
        },
        [](double value) {
            ComparisonCell cell;
            cell.text = formatNumber(value);
            cell.whole = QString::fromStdString(formatDouble(value));
            cell.number = value;
            return cell;
        });
    builder.section(tr("Datasets"));
    std::set<std::string> names;
    for (const auto& version : versions)
        for (const auto& input : version.run ? version.run->datasets : std::vector<DatasetInput>())
            names.insert(input.dataset.name);
    for (const auto& name : names)
        builder.row(oneLine(name, 200), [&](const ComparedVersion& one) {
            for (const auto& input : one.run ? one.run->datasets : std::vector<DatasetInput>())
                if (input.dataset.name == name)
                    return textCell(input.dataset.digest, true);
            return none();
        });
}

void addFiles(Builder& builder, const std::vector<ComparedVersion>& versions)
{
    builder.section(tr("Files"));
    auto unread = std::any_of(versions.begin(), versions.end(),
                              [](const ComparedVersion& one) { return !one.filesRead; });
    if (unread)
        return builder.note(tr("reading for their digests"));
    builder.row(tr("All files"), [](const ComparedVersion& one) {
        if (!one.details.digest) {
            auto cell = none();
            auto problem = one.details.problem ? one.details.problem : one.details.digestProblem;
            cell.text = one.details.missing ? tr("missing") : tr("not readable");
            cell.whole = problem ? QString::fromStdString(problem->message) : cell.text;
            return cell;
        }
        auto digest = toHex(one.details.digest->root);
        auto cell = textCell(digest, true);
        cell.text = QString::fromStdString(digest.substr(0, 12)) + QLatin1String("  ") +
                    formatSize(one.details.bytes);
        return cell;
    });
    std::set<std::string> paths;
    for (const auto& version : versions)
        if (version.details.digest)
            for (const auto& file : version.details.digest->files)
                paths.insert(file.path);
    for (const auto& path : paths)
        builder.row(oneLine(path, 300), [&](const ComparedVersion& one) {
            for (const auto& file :
                 one.details.digest ? one.details.digest->files : std::vector<ledger::FileDigest>())
                if (file.path == path) {
                    auto cell = textCell(toHex(file.digest), true);
                    cell.text = cell.text.left(12) + QLatin1String("  ") + formatSize(file.size);
                    return cell;
                }
            return none();
        });
}

} // namespace

std::vector<ComparisonRow> compareVersions(const std::vector<ComparedVersion>& versions)
{
    if (versions.empty())
        return {};
    Builder builder(versions);
    addIdentity(builder);
    addSignature(builder, versions);
    addRun(builder, versions);
    builder.section(tr("Tags of the version"));
    addMap<std::string>(
        builder, versions, [](const ComparedVersion& one) { return &one.version.tags; },
        [](const std::string& value) { return textCell(value); });
    addFiles(builder, versions);
    return builder.finish();
}

} // namespace sextant
