#include "core/table/differences.h"

#include "core/base/decimal.h"
#include "core/base/number.h"
#include "core/table/order.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sextant {

namespace {

bool isNumberKind(DifferenceKind kind)
{
    return kind == DifferenceKind::Param;
}

bool sameValue(double a, double b)
{
    if (isMissing(a) || isMissing(b))
        return isMissing(a) && isMissing(b);
    return a == b || (std::isnan(a) && std::isnan(b));
}

} // namespace

DifferenceSection DifferenceRow::section() const
{
    switch (kind) {
    case DifferenceKind::Metric:
        return DifferenceSection::Metrics;
    case DifferenceKind::Param:
        return DifferenceSection::Parameters;
    case DifferenceKind::Tag:
        return DifferenceSection::Tags;
    case DifferenceKind::Code:
    case DifferenceKind::Data:
    case DifferenceKind::Environment:
        break;
    }
    return DifferenceSection::CodeAndData;
}

std::optional<std::string_view> Differences::textAt(std::size_t row, std::size_t column) const
{
    const auto& source = m_sources[row];
    if (source.text)
        return source.text->at(m_runs[column]);
    const auto& own = m_texts[source.own][column];
    return own ? std::optional<std::string_view>(*own) : std::nullopt;
}

DifferenceCell Differences::cell(std::size_t row, std::size_t column) const
{
    using State = DifferenceCell::State;
    if (const auto* metric = m_sources[row].metric) {
        auto value = metric->at(m_runs[column]);
        return isMissing(value) ? DifferenceCell{} : DifferenceCell{State::Number, value, {}};
    }
    auto text = textAt(row, column);
    if (!text)
        return {};
    if (text->empty())
        return {State::Empty, kUndefined, {}};
    auto number = isNumberKind(m_rows[row].kind) ? parseDouble(*text) : std::nullopt;
    return number ? DifferenceCell{State::Number, *number, *text}
                  : DifferenceCell{State::Text, kUndefined, *text};
}

bool Differences::equal(std::size_t row, std::size_t column, std::size_t other) const
{
    if (const auto* metric = m_sources[row].metric)
        return sameValue(metric->at(m_runs[column]), metric->at(m_runs[other]));
    auto a = textAt(row, column), b = textAt(row, other);
    if (a == b)
        return true;
    return a && b && !m_spellingCounts && isNumberKind(m_rows[row].kind) && sameNumber(*a, *b);
}

DifferenceChange Differences::change(std::size_t row, std::size_t column, std::size_t baseline,
                                     Better better) const
{
    DifferenceChange change;
    change.differs = !equal(row, column, baseline);
    auto value = cell(row, column), base = cell(row, baseline);
    using State = DifferenceCell::State;
    if (value.state != State::Number || base.state != State::Number)
        return change;
    change.onlySpelling = value.text != base.text && sameNumber(value.text, base.text);
    auto delta = value.number - base.number;
    if (m_rows[row].kind == DifferenceKind::Metric)
        change.verdict = judge(delta, better);
    if (!std::isfinite(value.number) || !std::isfinite(base.number) || !std::isfinite(delta))
        return change;
    change.delta = delta;
    if (auto relative = delta / std::abs(base.number); base.number != 0 && std::isfinite(relative))
        change.relative = relative;
    return change;
}

std::vector<std::uint32_t> Differences::select(bool onlyDifferences, DifferenceOrder order,
                                               const std::function<bool(const DifferenceRow&)>& wanted) const
{
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t row = 0; row < m_rows.size(); ++row)
        if ((!onlyDifferences || m_rows[row].differs()) && (!wanted || wanted(m_rows[row])))
            chosen.push_back(row);
    if (order == DifferenceOrder::Key)
        return chosen;
    std::stable_sort(chosen.begin(), chosen.end(), [this](std::uint32_t first, std::uint32_t second) {
        const auto& a = m_rows[first];
        const auto& b = m_rows[second];
        if (a.section() != b.section())
            return a.section() < b.section();
        if (a.distinct != b.distinct)
            return a.distinct > b.distinct;
        if (a.evenness != b.evenness)
            return a.evenness > b.evenness;
        return a.spread > b.spread;
    });
    return chosen;
}

std::optional<std::uint32_t> Differences::nextDifference(std::span<const std::uint32_t> shown,
                                                         std::size_t place, std::size_t column,
                                                         std::size_t baseline, int step) const
{
    for (auto at = static_cast<std::ptrdiff_t>(place) + step; at >= 0 && at < std::ssize(shown); at += step)
        if (!equal(shown[static_cast<std::size_t>(at)], column, baseline))
            return static_cast<std::uint32_t>(at);
    return {};
}

std::size_t Differences::memory() const
{
    auto bytes = m_runs.size() * sizeof(RowIndex) + m_rows.size() * (sizeof(DifferenceRow) + sizeof(Source));
    for (const auto& row : m_rows)
        bytes += row.key.capacity() + row.label.capacity();
    for (const auto& texts : m_texts)
        for (const auto& text : texts)
            bytes += sizeof text + (text ? text->capacity() : 0);
    return bytes;
}

} // namespace sextant
