#include "core/query/order_by.h"

#include "core/query/fields.h"
#include "core/query/parser.h"
#include "core/query/print.h"

#include <algorithm>

namespace sextant {

namespace {

Problem problemAt(TextRange range, std::string message, std::string hint, std::optional<Fix> fix = {})
{
    return {{ErrorCode::Syntax, std::move(message), std::move(hint), {}, range}, std::move(fix)};
}

/// What MLflow refuses to order by, and we do not add.
std::optional<Problem> checkOrderable(const Field& field, FilterTarget target, const FieldPath& path)
{
    auto spec = specOf(target);
    bool runs = target == FilterTarget::Runs;
    bool metricOnly = target == FilterTarget::LoggedModels && field.kind == FieldKind::Metric;
    bool known = true;
    if (field.kind == FieldKind::Attribute) {
        auto attribute = findAttribute(target, path.key);
        bool bare = target != FilterTarget::RegisteredModels || (!path.hasDot && !path.quoted);
        bool ours = runs && attribute && !attribute->portable.has(Comparison::Equal);
        bare = bare && (target != FilterTarget::LoggedModels || !path.hasDot);
        known = attribute && bare && (attribute->orders || ours);
    } else {
        known = metricOnly || (runs && field.kind != FieldKind::Dataset);
    }
    if (known)
        return std::nullopt;
    std::string names;
    for (const auto& attribute : spec.attributes)
        if (attribute.orders && !attribute.about.empty())
            names += (names.empty() ? "" : ", ") + std::string(attribute.name);
    return problemAt(field.range,
                     std::string("A ") + std::string(spec.object) + " cannot be ordered by this field",
                     "Ordered is by " + names + (runs ? ", metrics, params and tags" : ""));
}

} // namespace

class OrderByReader
{
public:
    static std::optional<Problem> read(std::string_view clause, FilterTarget target, SortKey& key)
    {
        auto tokens = tokenize(clause);
        if (tokens.empty())
            return problemAt({0, clause.size()}, "An ordering needs a field", "Such as metrics.acc DESC");
        // A direction is the last word; the field is what stands before it.
        const auto& last = tokens.back();
        bool direction = tokens.size() > 1 && (isWord(last, "ASC") || isWord(last, "DESC"));
        key.ascending = !(direction && isWord(last, "DESC"));
        auto fieldText = clause.substr(0, direction ? last.range.begin : clause.size());
        Parser parser(fieldText, target, 0);
        auto field = parser.parseSoleField();
        if (auto problem = parser.takeProblem())
            return problem;
        if (auto problem = checkOrderable(*field, target, parsePath(tokens.front().text)))
            return problem;
        key.column.kind = field->kind == FieldKind::Metric  ? ColumnKind::Metric
                          : field->kind == FieldKind::Param ? ColumnKind::Param
                          : field->kind == FieldKind::Tag   ? ColumnKind::Tag
                                                            : ColumnKind::Attribute;
        key.column.key = field->key;
        key.numeric = field->numeric;
        return std::nullopt;
    }
};

Result<std::vector<SortKey>> parseOrderBy(std::span<const std::string> clauses, FilterTarget target)
{
    std::vector<SortKey> keys;
    for (const auto& clause : clauses) {
        SortKey key;
        if (auto problem = OrderByReader::read(clause, target, key))
            return tl::unexpected(std::move(problem->error));
        keys.push_back(std::move(key));
    }
    return keys;
}

Result<void> checkRepeats(std::span<const SortKey> keys, FilterTarget target, SearchDialect dialect)
{
    using enum FilterTarget;
    bool refused = target == Runs || target == RegisteredModels || target == ModelVersions;
    if (!refused || !dialect.refusesRepeatedOrder())
        return {};
    for (auto key = keys.begin(); key != keys.end(); ++key)
        if (std::find_if(keys.begin(), key,
                         [&](const SortKey& before) { return before.column == key->column; }) != key)
            return fail(ErrorCode::Syntax, "The ordering names " + key->column.key + " twice",
                        "Take one of them away");
    return {};
}

std::optional<Problem> explainOrderBy(std::string_view clause, FilterTarget target)
{
    SortKey key;
    return OrderByReader::read(clause, target, key);
}

std::string print(const SortKey& key)
{
    auto field = quoteField(fieldKindOf(key.column.kind), key.column.key);
    return (key.numeric ? "num(" + field + ")" : field) + (key.ascending ? " ASC" : " DESC");
}

} // namespace sextant
