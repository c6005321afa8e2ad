// SearchDialect: how the MLflow that a store belongs to compares and orders. Its two backends differ, and so
// do its releases: Sextant answers as the store's own client would.
#pragma once

#include <cstdint>

namespace sextant {

struct SearchDialect
{
    /// None: of no store. Case folds by Unicode then, and % crosses line ends.
    enum class Backend : std::uint8_t { None, Sqlite, Files };
    static constexpr std::uint16_t kNewest = 0xFFFF;

    Backend backend = Backend::None;
    std::uint16_t release = kNewest; // 316 is MLflow 3.16; of a folder no more is known than "before 3.14"

    constexpr bool isSqlite() const { return backend == Backend::Sqlite; }
    constexpr bool isFiles() const { return backend == Backend::Files; }

    /// A filter by run_name looks at the tag mlflow.runName, not at the run's name.
    constexpr bool namesAreTags() const { return isSqlite(); }
    /// The greatest double stands for an infinity.
    constexpr bool greatestIsInfinity() const { return !isFiles(); }
    /// A NaN is compared as the 0 that stands in its place.
    constexpr bool nanIsZero() const { return isSqlite() && release < 317; }
    /// Values with capitals or without letters are lost from lists.
    constexpr bool listsLoseCapitals() const { return backend != Backend::None && release < 317; }
    /// LIKE takes all signs of regular expressions for such.
    constexpr bool patternsAreExpressions() const { return isFiles() && release < 314; }
    /// The status of a logged model is compared as its number.
    constexpr bool modelStatusIsNumber() const { return isSqlite() && release < 318; }
    /// Any value of a logged model's metric may match, not the latest alone.
    constexpr bool anyModelMetric() const { return isSqlite() && release < 318; }
    /// Runs, registered models and versions cannot be ordered by one field twice.
    constexpr bool refusesRepeatedOrder() const { return isSqlite(); }

    bool operator==(const SearchDialect&) const = default;
};

} // namespace sextant
