// Completer: the work of one complete() call. Fields and operators are in complete.cpp, values in
// complete_values.cpp.
#pragma once

#include "core/query/complete.h"
#include "core/query/fields.h"
#include "core/query/fuzzy.h"
#include "core/query/place.h"

#include <algorithm>
#include <tuple>

namespace sextant {

/// "30,412 runs".
std::string counted(std::size_t number, std::string_view noun);

class Completer
{
public:
    Completer(std::string_view text, std::size_t cursor, FilterTarget target, const RunTable* table);
    std::vector<Completion> run(std::size_t limit);

private:
    /// The word that touches the cursor, and the place it stands at.
    void findWord();
    void offer();
    void add(std::string text, CompletionKind kind, std::string type = {}, std::string detail = {},
             int score = 0, std::size_t count = 0, std::vector<TextRange> matched = {});
    void offerWords(std::initializer_list<std::string_view> words, CompletionKind kind);
    void offerOperand();
    std::string prefixDetail(FieldKind kind) const;
    void offerField(std::string_view name, CompletionKind kind, std::string_view type,
                    std::string_view detail, int base);
    /// Builds completions of the best of many names only.
    template <class NameOf, class CountOf, class Build>
    void offerBest(std::size_t count, std::string_view pattern, const NameOf& nameOf, const CountOf& countOf,
                   const Build& build)
    {
        struct Candidate
        {
            int score;
            std::size_t runs;
            std::size_t index;
        };
        std::vector<Candidate> candidates;
        for (std::size_t i = 0; i < count; ++i)
            if (auto score = fuzzyScore(nameOf(i), pattern))
                candidates.push_back({*score, countOf(i), i});
        auto best = candidates.begin() + static_cast<std::ptrdiff_t>(std::min(m_limit, candidates.size()));
        std::partial_sort(candidates.begin(), best, candidates.end(),
                          [](const Candidate& left, const Candidate& right) {
                              return std::tuple(-left.score, right.runs, left.index) <
                                     std::tuple(-right.score, left.runs, right.index);
                          });
        for (auto candidate = candidates.begin(); candidate != best; ++candidate)
            build(candidate->index);
    }
    template <class Column, class Build>
    void offerColumns(const std::vector<Column>& columns, std::string_view pattern, const Build& build)
    {
        offerBest(
            columns.size(), pattern, [&](std::size_t i) { return std::string_view(columns[i].key); },
            [&](std::size_t i) { return columns[i].count; }, [&](std::size_t i) { build(columns[i]); });
    }
    /// `prefix` is the spelling to keep, with its dot; empty for the usual one.
    void offerKeys(std::optional<FieldKind> kind, std::string_view prefix);
    void offerArgument();
    /// The field before the cursor; nullopt when it is none.
    std::optional<Field> currentField() const;
    void offerOperators();

    struct Scored
    {
        Completion completion;
        int score = 0;
        std::size_t count = 0; // runs, for equal scores
    };

    void offerValues();
    void offerValue(std::string_view value, std::size_t runs);
    void offerColumn(const TextColumn* column);
    template <class TextOf, class CodeOf>
    void offerCoded(std::size_t count, const TextOf& textOf, const CodeOf& codeOf);
    void offerAttributeValues(const std::string& key);
    void offerDatasetValues(const std::string& key);
    void offerTimes(ValueClass valueClass);

    std::string_view m_text;
    std::size_t m_cursor;
    FilterTarget m_target;
    const RunTable* m_table;
    std::vector<Token> m_tokens;
    PlaceTracker m_tracker;
    TextRange m_replace;
    std::string_view m_typed;
    std::vector<Scored> m_offers;
    std::size_t m_limit = 0;
};

} // namespace sextant
