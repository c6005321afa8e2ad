#include "ui/compare/compare_columns.h"

#include "ui/widgets/store_text.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>

namespace sextant {
namespace {

constexpr std::size_t kWordy = 48; // bytes of a category

std::optional<double> numberOf(std::string_view text)
{
    const auto blank = [](char one) { return one == ' ' || one == '\t'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

const TextColumn* textColumn(const RunTable& table, const ColumnRef& column)
{
    return column.kind == ColumnKind::Param ? table.param(column.key) : table.tag(column.key);
}

/// The codes that the runs use, and whether all of their texts are numbers.
struct UsedCodes
{
    std::vector<std::uint32_t> codes; // ascending
    std::size_t runs = 0;
    bool numeric = true;
    bool wordy = false; // some value is too long for an axis
};
UsedCodes usedCodes(const CompareScene& scene, const TextColumn& texts)
{
    UsedCodes used;
    for (const RunLook& run : scene.runs)
        if (const std::uint32_t code = texts.codeAt(run.row); code != TextColumn::kNoCode)
            used.codes.push_back(code);
    used.runs = used.codes.size();
    std::sort(used.codes.begin(), used.codes.end());
    used.codes.erase(std::unique(used.codes.begin(), used.codes.end()), used.codes.end());
    for (std::uint32_t code : used.codes) {
        used.numeric = used.numeric && numberOf(texts.values[code]);
        used.wordy = used.wordy || texts.values[code].size() > kWordy;
    }
    return used;
}

void addMetricChoice(std::vector<ColumnChoice>& choices, const CompareScene& scene,
                     const MetricColumn& metric)
{
    ColumnChoice choice{.column = {ColumnKind::Metric, metric.key}, .numeric = true, .worth = 3};
    double first = kMissing;
    for (const RunLook& run : scene.runs) {
        const double value = metric.at(run.row);
        if (isMissing(value))
            continue;
        ++choice.count;
        if (isMissing(first))
            first = value;
        choice.varies |= value != first;
    }
    if (choice.count > 0)
        choices.push_back(std::move(choice));
}

void addTextChoice(std::vector<ColumnChoice>& choices, const CompareScene& scene, const TextColumn& texts,
                   ColumnKind kind)
{
    const UsedCodes used = usedCodes(scene, texts);
    if (used.runs > 0)
        choices.push_back(
            {{kind, texts.key}, {}, used.numeric, used.codes.size() > 1, used.runs, used.wordy ? 1 : 3});
}

ChartColumn categoriesOf(const CompareScene& scene, const TextColumn& texts,
                         const std::vector<const RunLook*>& runs)
{
    ChartColumn column;
    column.kind = ChartColumn::Kind::Categories;
    std::vector<std::uint32_t> codes = usedCodes(scene, texts).codes;
    std::sort(codes.begin(), codes.end(),
              [&](std::uint32_t a, std::uint32_t b) { return texts.values[a] < texts.values[b]; });
    std::map<std::uint32_t, std::int32_t> places;
    for (std::uint32_t code : codes) {
        places.emplace(code, static_cast<std::int32_t>(places.size()));
        column.texts.emplace_back(texts.values[code]);
        column.categories << (texts.values[code].empty() ? QStringLiteral("(empty)")
                                                         : oneLine(texts.values[code], 120));
    }
    for (const RunLook* run : runs) {
        const auto place = places.find(texts.codeAt(run->row));
        column.codes.push_back(place == places.end() ? -1 : place->second);
    }
    return column;
}

ChartColumn columnOf(const CompareScene& scene, const ColumnRef& ref, const std::vector<const RunLook*>& runs)
{
    ChartColumn column;
    if (ref.kind == ColumnKind::Metric) {
        const MetricColumn* metric = scene.table->metric(ref.key);
        for (const RunLook* run : runs)
            column.values.push_back(metric ? metric->at(run->row) : kMissing);
        if (const auto direction = scene.directions.find(ref.key); direction != scene.directions.end())
            column.better = direction->second > 0 ? Better::Higher : Better::Lower;
    } else if (const TextColumn* texts = textColumn(*scene.table, ref)) {
        if (!usedCodes(scene, *texts).numeric) {
            column = categoriesOf(scene, *texts, runs);
        } else {
            for (const RunLook* run : runs) {
                const auto text = texts->at(run->row);
                column.values.push_back(text ? numberOf(*text).value_or(kMissing) : kMissing);
            }
        }
    } else {
        column.values.assign(runs.size(), kMissing);
    }
    return column;
}

/// The runs to draw where brushes on `open` columns leave none out.
std::vector<const RunLook*> drawnRuns(const CompareScene& scene, const std::vector<ColumnRef>& open)
{
    std::vector<Brush> brushes = scene.brushes;
    std::erase_if(brushes, [&](const Brush& brush) {
        return std::find(open.begin(), open.end(), brush.column) != open.end();
    });
    std::vector<const RunLook*> runs;
    for (const RunLook& run : scene.runs)
        if (!run.hidden && run.row != kNoRow && (!run.outside || brushes.size() < scene.brushes.size()))
            runs.push_back(&run);
    if (brushes.empty() || brushes.size() == scene.brushes.size())
        return runs;
    std::vector<RowIndex> rows;
    for (const RunLook* run : runs)
        rows.push_back(run->row);
    const std::vector<RowIndex> inside = rowsInside(*scene.table, brushes, rows);
    std::size_t next = 0;
    std::erase_if(runs, [&](const RunLook* run) {
        const bool taken = next < inside.size() && inside[next] == run->row;
        next += taken ? 1 : 0;
        return !taken;
    });
    return runs;
}

} // namespace

std::vector<ColumnChoice> columnChoices(const CompareScene& scene)
{
    std::vector<ColumnChoice> choices;
    if (!scene.table)
        return choices;
    for (const MetricColumn& metric : scene.table->data().metrics)
        addMetricChoice(choices, scene, metric);
    for (const TextColumn& param : scene.table->data().params)
        addTextChoice(choices, scene, param, ColumnKind::Param);
    for (const TextColumn& tag : scene.table->data().tags)
        if (!std::string_view(tag.key).starts_with("mlflow."))
            addTextChoice(choices, scene, tag, ColumnKind::Tag);
    std::map<std::string, int> uses;
    for (const ColumnChoice& choice : choices)
        ++uses[choice.column.key];
    for (ColumnChoice& choice : choices) {
        const std::size_t runs = scene.runs.size();
        const int worth = !choice.varies                  ? 0
                          : choice.count * 10 >= runs * 9 ? 3
                          : choice.count * 2 >= runs      ? 2
                                                          : 1;
        choice.worth = std::min(choice.worth, worth);
        if (std::string_view(choice.column.key).starts_with("system/"))
            choice.worth = std::min(choice.worth, 1);
        choice.name = fieldTitle(choice.column);
        if (uses[choice.column.key] > 1)
            choice.name.prepend(choice.column.kind == ColumnKind::Metric  ? QStringLiteral("metrics.")
                                : choice.column.kind == ColumnKind::Param ? QStringLiteral("params.")
                                                                          : QStringLiteral("tags."));
    }
    return choices;
}

ChartTablePtr chartTable(const CompareScene& scene, const std::vector<ColumnRef>& columns, const Theme& theme,
                         const std::vector<ColumnRef>& open)
{
    auto table = std::make_shared<ChartTable>();
    const std::vector<const RunLook*> runs = drawnRuns(scene, open);
    for (const RunLook* run : runs)
        table->rows.push_back({QString::fromStdString(run->runId), run->name, lookColor(*run, theme),
                               lookDash(run->dash, theme), scene.groups.empty() ? -1 : run->group});
    for (const RunGroupLook& group : scene.groups)
        table->groups.push_back({group.label, lookColor(group, theme), lookDash(group.dash, theme)});
    table->groupedBy = scene.groupedBy;
    for (const ColumnRef& ref : columns) {
        // Before the store is read there are columns without rows.
        ChartColumn column = scene.table ? columnOf(scene, ref, runs) : ChartColumn();
        column.name = fieldTitle(ref);
        table->columns.push_back(std::move(column));
    }
    return table;
}

std::optional<std::pair<ColumnRef, ColumnRef>> spreadingPair(const CompareScene& scene,
                                                             const std::vector<ColumnChoice>& choices)
{
    constexpr std::size_t kMostColumns = 12, kMostRuns = 2'000, kMostCategories = 12;
    std::vector<const ColumnChoice*> params;
    for (const int worth : {3, 2, 1})
        for (const ColumnChoice& choice : choices) {
            const TextColumn* texts = choice.column.kind == ColumnKind::Param && choice.worth == worth
                                          ? textColumn(*scene.table, choice.column)
                                          : nullptr;
            if (texts && params.size() < kMostColumns &&
                (choice.numeric || usedCodes(scene, *texts).codes.size() <= kMostCategories))
                params.push_back(&choice);
        }
    std::optional<std::pair<ColumnRef, ColumnRef>> best;
    std::tuple<bool, std::size_t, int> bestRank{};
    for (std::size_t x = 0; x < params.size(); ++x) {
        for (std::size_t y = x + 1; y < params.size(); ++y) {
            const TextColumn* across = textColumn(*scene.table, params[x]->column);
            const TextColumn* up = textColumn(*scene.table, params[y]->column);
            std::set<std::pair<std::uint32_t, std::uint32_t>> places;
            std::set<std::uint32_t> columns, lines;
            for (std::size_t run = 0; run < std::min(kMostRuns, scene.runs.size()); ++run) {
                const std::pair place(across->codeAt(scene.runs[run].row), up->codeAt(scene.runs[run].row));
                if (place.first == TextColumn::kNoCode || place.second == TextColumn::kNoCode)
                    continue;
                places.insert(place);
                columns.insert(place.first);
                lines.insert(place.second);
            }
            const bool spread = std::min(columns.size(), lines.size()) > 1 &&
                                places.size() > std::max(columns.size(), lines.size());
            const std::tuple rank(spread, places.size(), int(params[x]->numeric) + int(params[y]->numeric));
            if (best && rank <= bestRank)
                continue;
            best = {params[x]->column, params[y]->column};
            bestRank = rank;
        }
    }
    return best;
}

} // namespace sextant
