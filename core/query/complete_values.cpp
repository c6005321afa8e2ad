#include "core/query/completer.h"

#include "core/query/print.h"

namespace sextant {

void Completer::offerValues()
{
    auto field = currentField();
    if (!field)
        return;
    auto valueClass = classOf(m_target, *field);
    if (valueClass == ValueClass::Time || valueClass == ValueClass::Duration)
        return offerTimes(valueClass);
    if (valueClass != ValueClass::Text)
        return;
    while (!m_typed.empty() && (m_typed.front() == '\'' || m_typed.front() == '"'))
        m_typed.remove_prefix(1);
    switch (field->kind) {
    case FieldKind::Param:
        return offerColumn(m_table ? m_table->param(field->key) : nullptr);
    case FieldKind::Tag:
        return offerColumn(m_table ? m_table->tag(field->key) : nullptr);
    case FieldKind::Dataset:
        return offerDatasetValues(field->key);
    default:
        return offerAttributeValues(field->key);
    }
}

void Completer::offerValue(std::string_view value, std::size_t runs)
{
    constexpr std::size_t longest = 200; // what nobody can read in a list
    if (value.size() > longest)
        return;
    auto match = fuzzyMatch(value, m_typed);
    auto quoted = quoteText(value);
    if (!match || !quoted)
        return;
    for (auto& part : match->parts)
        ++part.begin;
    add(std::move(*quoted), CompletionKind::Value, {}, runs ? counted(runs, "run") : std::string(),
        match->score, runs, std::move(match->parts));
}

template <class TextOf, class CodeOf>
void Completer::offerCoded(std::size_t count, const TextOf& textOf, const CodeOf& codeOf)
{
    std::vector<std::size_t> runs(count);
    for (RowIndex row = 0; row < m_table->size(); ++row)
        if (auto code = codeOf(row); code < count)
            ++runs[code];
    offerBest(
        count, m_typed, textOf, [&](std::size_t code) { return runs[code]; },
        [&](std::size_t code) {
            if (runs[code])
                offerValue(textOf(code), runs[code]);
        });
}

void Completer::offerColumn(const TextColumn* column)
{
    if (!column)
        return;
    std::vector<std::size_t> runs(column->values.size());
    for (auto code : column->codes)
        if (code < runs.size())
            ++runs[code];
    offerBest(
        runs.size(), m_typed, [&](std::size_t code) { return column->values[code]; },
        [&](std::size_t code) { return runs[code]; },
        [&](std::size_t code) { offerValue(column->values[code], runs[code]); });
}

void Completer::offerDatasetValues(const std::string& key)
{
    if (!m_table)
        return;
    const auto& data = m_table->data();
    std::vector<std::string_view> values;
    if (key == "context")
        values.assign(data.contexts.begin(), data.contexts.end());
    else
        for (const auto& dataset : data.datasets)
            values.push_back(key == "digest" ? dataset.digest : dataset.name);
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    for (auto value : values)
        offerValue(value, 0);
}

void Completer::offerAttributeValues(const std::string& key)
{
    if (m_target == FilterTarget::LoggedModels && key == "status")
        for (auto status : {"READY", "PENDING", "FAILED"})
            offerValue(status, 0);
    if (m_target == FilterTarget::ModelVersions && key == "current_stage")
        for (auto stage : {"Production", "Staging", "Archived", "None"})
            offerValue(stage, 0);
    if (!m_table)
        return;
    const auto& data = m_table->data();
    if (key == "status")
        return offerCoded(
            6, [](std::size_t code) { return code ? toText(RunStatus(code)) : std::string_view(); },
            [&](RowIndex row) { return static_cast<std::size_t>(data.statuses[row]); });
    if (key == "lifecycle_stage")
        return offerCoded(
            2, [](std::size_t code) { return toText(Lifecycle(code)); },
            [&](RowIndex row) { return static_cast<std::size_t>(data.lifecycles[row]); });
    if (key == "user_id")
        return offerCoded(
            data.userNames.size(), [&](std::size_t code) { return std::string_view(data.userNames[code]); },
            [&](RowIndex row) { return data.users[row]; });
    if (key == "experiment_name" || key == "experiment_id")
        return offerCoded(
            data.experimentList.size(),
            [&](std::size_t code) {
                const auto& experiment = data.experimentList[code];
                return std::string_view(key == "experiment_id" ? experiment.id : experiment.name);
            },
            [&](RowIndex row) { return data.experiments[row]; });
    if (key == "run_name" || key == "run_id") {
        auto nameOf = [&](std::size_t row) { return key == "run_name" ? data.names[row] : data.runIds[row]; };
        offerBest(
            m_table->size(), m_typed, nameOf, [](std::size_t) { return std::size_t{0}; },
            [&](std::size_t row) { offerValue(nameOf(row), 0); });
    }
}

void Completer::offerTimes(ValueClass valueClass)
{
    if (valueClass == ValueClass::Duration)
        return offerWords({"'1m'", "'10m'", "'1h'", "'12h'", "'1d'"}, CompletionKind::Value);
    auto today = formatIso(now()).substr(0, 10);
    auto quoted = "'" + today + "'";
    offerWords({"'1d ago'", "'7d ago'", "'30d ago'", quoted}, CompletionKind::Value);
}

} // namespace sextant
