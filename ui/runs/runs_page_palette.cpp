// What the palette finds on the Runs page: runs by name or id, columns by key.
#include "ui/runs/runs_page.h"
#include "ui/shell/workspace_edits.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <algorithm>
#include <array>

namespace sextant {

namespace {

char folded(char character)
{
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character + ('a' - 'A')) : character;
}

/// Finds a text in many others without regard to the case of ASCII letters, without a copy of any.
class Needle
{
public:
    explicit Needle(const QString& text) : m_text(toStdString(text))
    {
        std::transform(m_text.begin(), m_text.end(), m_text.begin(), folded);
    }
    bool isIn(std::string_view hay) const
    {
        return std::search(hay.begin(), hay.end(), m_text.begin(), m_text.end(),
                           [](char a, char b) { return folded(a) == b; }) != hay.end();
    }
    bool starts(std::string_view hay) const { return m_text.size() >= 6 && hay.starts_with(m_text); }

private:
    std::string m_text;
};

} // namespace

std::vector<Page::PaletteEntry> RunsPage::paletteEntries(const QString& text, int limit)
{
    std::vector<PaletteEntry> entries;
    auto runs = m_controller->table();
    if (!runs)
        return entries;
    Needle needle(text);
    auto most = static_cast<std::size_t>(std::max(0, limit));
    for (RowIndex row = 0; row < runs->size() && entries.size() < most; ++row) {
        if (!needle.isIn(runs->name(row)) && !needle.starts(runs->runId(row)))
            continue;
        auto run = std::string(runs->runId(row));
        entries.push_back({QStringLiteral("@"), QStringLiteral("flask-conical"), oneLine(runs->name(row)),
                           oneLine(runs->experiment(row).name, 60),
                           formatRelativeTime(runs->startTime(row), now()), [this, run] { openRun(run); }});
    }
    auto first = entries.size();
    auto addColumn = [&](ColumnKind kind, const std::string& key, std::uint32_t count) {
        if (entries.size() - first >= most || !needle.isIn(key))
            return;
        ColumnRef ref{kind, key};
        auto shown = showsColumn(m_controller->workspace(), ref);
        auto what = shown ? tr("hide column") : tr("show column");
        entries.push_back({QStringLiteral(":"), QStringLiteral("sliders-horizontal"), oneLine(key),
                           counted(count, tr("1 run"), tr("%1 runs")), what, [this, ref, shown, what] {
                               m_controller->change(what, withColumn(m_controller->workspace(), ref, !shown));
                           }});
    };
    for (const auto& column : runs->data().metrics)
        addColumn(ColumnKind::Metric, column.key, column.count);
    for (const auto& column : runs->data().params)
        addColumn(ColumnKind::Param, column.key, column.count);
    return entries;
}

} // namespace sextant
