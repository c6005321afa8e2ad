// The schema of the filter language: which fields each target has, how they may be spelled, and what MLflow
// does with each.
#pragma once

#include "core/query/filter.h"
#include "core/table/order.h"

#include <initializer_list>
#include <span>

namespace sextant {

/// What a field is compared with.
enum class ValueClass { Text, Number, Integer, Time, Duration };

/// A set of comparisons.
class Comparisons
{
public:
    constexpr Comparisons() = default;
    constexpr Comparisons(std::initializer_list<Comparison> list)
    {
        for (auto comparison : list)
            m_bits |= 1U << static_cast<unsigned>(comparison);
    }
    constexpr bool has(Comparison comparison) const
    {
        return (m_bits >> static_cast<unsigned>(comparison)) & 1U;
    }

private:
    std::uint32_t m_bits = 0;
};

struct AttributeSpec
{
    std::string_view name; // as typed
    std::string_view key;  // canonical
    ValueClass valueClass;
    Comparisons portable;        // what MLflow allows; none where MLflow has no such field
    bool orders = false;         // MLflow orders by it
    std::string_view about = {}; // a few words for the completion list; empty for alternate spellings
};

struct PrefixSpec
{
    std::string_view name;
    FieldKind kind;
};

struct TargetSpec
{
    std::span<const AttributeSpec> attributes;
    std::span<const PrefixSpec> prefixes; // the usual spelling of each kind first
    Comparisons params;                   // what MLflow allows on params
    Comparisons tags;
    std::string_view object; // "run", for messages
};

const TargetSpec& specOf(FilterTarget target);

/// The field that a column holds.
FieldKind fieldKindOf(ColumnKind kind);

const AttributeSpec* findAttribute(FilterTarget target, std::string_view name);
std::optional<FieldKind> findPrefix(FilterTarget target, std::string_view name);

/// name, digest, context.
std::span<const std::string_view> datasetKeys();

/// The comparisons that Sextant allows on values of a class; the rest is refused.
Comparisons allowedOn(ValueClass valueClass);

/// The comparisons that MLflow itself allows on a field; none where it does not know the field.
Comparisons portableOn(FilterTarget target, const Field& field);

/// What the field is compared with.
ValueClass classOf(FilterTarget target, const Field& field);

/// "=", "NOT LIKE".
std::string_view toText(Comparison comparison);

/// "text", "time".
std::string_view toText(ValueClass valueClass);

/// The word among `candidates` that the user may have meant; empty when none is near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

} // namespace sextant
