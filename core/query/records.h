// The domain's objects as sources of fields, and lists of them searched and ordered as MLflow does.
#pragma once

#include "core/query/evaluate.h"
#include "core/table/order.h"
#include "core/tracking/logged_model.h"
#include "core/tracking/registry.h"

namespace sextant {

std::unique_ptr<FieldSource> fieldsOf(const Run& run, const Experiment* experiment = nullptr,
                                      SearchDialect dialect = {});
std::unique_ptr<FieldSource> fieldsOf(const Experiment& experiment);
std::unique_ptr<FieldSource> fieldsOf(const RegisteredModel& model);
std::unique_ptr<FieldSource> fieldsOf(const ModelVersion& version);
/// A metric is the one value with the greatest (step, timestamp, value) over all data sets; in old databases
/// the others may match too.
std::unique_ptr<FieldSource> fieldsOf(const LoggedModel& model, SearchDialect dialect = {});

/// Keeps what matches.
template <class Record>
void keepMatching(std::vector<Record>& records, const Filter& filter, SearchDialect dialect = {})
{
    if (!filter.root())
        return;
    auto source = [dialect](const Record& record) {
        if constexpr (std::is_same_v<Record, LoggedModel>)
            return fieldsOf(record, dialect);
        else
            return fieldsOf(record);
    };
    std::erase_if(records, [&](const Record& record) { return !matches(filter, *source(record), dialect); });
}

/// MLflow's orders: without keys experiments by creation_time, newest first; models by name; versions by last
/// update, newest first; logged models by creation, newest first. Then MLflow's tie-breaks. Missing values
/// last.
void orderRecords(std::vector<Experiment>& experiments, std::span<const SortKey> keys,
                  SearchDialect dialect = {});
void orderRecords(std::vector<RegisteredModel>& models, std::span<const SortKey> keys);
void orderRecords(std::vector<ModelVersion>& versions, std::span<const SortKey> keys);
void orderRecords(std::vector<LoggedModel>& models, std::span<const SortKey> keys,
                  SearchDialect dialect = {});

} // namespace sextant
