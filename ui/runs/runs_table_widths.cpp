// How wide the columns of the runs table are: by what stands in them, or as the user made them.
#include "ui/runs/group_text.h"
#include "ui/runs/runs_table_view.h"
#include "ui/widgets/store_text.h"

namespace sextant {

namespace {

constexpr int kNarrowestName = 190, kWidestName = 320;
constexpr double kNameShare = 0.3; // of the table, at most
constexpr int kNarrowest = 64;
constexpr int kWidest = 200;
constexpr int kWidestSpread = 90;
constexpr int kSpreadGap = 6;
constexpr std::size_t kSample = 30;
constexpr int kIndent = 12, kRemarkGap = 10; // of names

} // namespace

void RunsTableView::setWidths(std::map<ColumnRef, int> widths)
{
    m_widths = std::move(widths);
    applyWidths();
}

std::map<ColumnRef, int> RunsTableView::widths() const
{
    auto widths = m_widths;
    const auto& columns = m_model.columns();
    for (std::size_t i = 0; i < columns.size() && i < m_givenWidths.size(); ++i) {
        if (auto width = columnWidth(static_cast<int>(i));
            columns[i].kind == RunsColumnKind::Value && width != m_givenWidths[i])
            widths[columns[i].ref] = width;
    }
    return widths;
}

int RunsTableView::spreadByContent(const RunsColumn& column)
{
    if (!column.spread || !column.groups)
        return 0;
    auto width = m_painting.small().textWidth(spreadName(column.figure));
    for (std::size_t group = 0; group < std::min(kSample, column.groups->size()); ++group)
        width =
            std::max(width, m_painting.small().textWidth(
                                column.cell(*m_model.arrangement()->table, (*column.groups)[group]).spread));
    return std::min(width, kWidestSpread) + kSpreadGap;
}

int RunsTableView::nameWidth()
{
    if (m_nameWidth > 0)
        return m_nameWidth;
    if (!m_model.arrangement())
        return kNarrowestName;
    const auto widest =
        std::clamp(static_cast<int>(viewport()->width() * kNameShare), kNarrowestName, kWidestName);
    int width = 0;
    const auto& arrangement = *m_model.arrangement();
    for (std::size_t i = 0; arrangement.table && i < std::min(kSample, arrangement.rows.size()); ++i)
        width = std::max(
            width, m_painting.body().textWidth(oneName(arrangement.table->name(arrangement.rows[i]), 80)));
    const auto groups = m_model.groups() ? m_model.groups()->groups.size() : 0;
    for (std::size_t group = 0; group < std::min(kSample, groups); ++group) {
        const auto number = static_cast<int>(group);
        const auto remark = m_model.groupRemark(number);
        width = std::max(width, m_painting.strong().textWidth(m_model.groupName(number)) +
                                    m_painting.small().textWidth(remark) + kRemarkGap);
    }
    return std::clamp(width + kIndent + 2 * m_painting.padding, kNarrowestName, widest);
}

/// Names take what room there is, as far as they need it.
void RunsTableView::fitName()
{
    constexpr int kName = static_cast<int>(RunsColumnKind::Name);
    if (m_model.columnCount() <= kName || !m_model.arrangement() || m_nameWidth > 0)
        return;
    m_applyingWidths = true;
    if (const int width = nameWidth(); width != columnWidth(kName))
        setColumnWidth(kName, width);
    m_applyingWidths = false;
}

int RunsTableView::widthByContent(int column)
{
    static constexpr std::array kFixed = {24, 26, 22, 0, 30};
    const auto& definition = m_model.columns()[static_cast<std::size_t>(column)];
    auto kind = static_cast<std::size_t>(definition.kind);
    if (definition.kind == RunsColumnKind::Name)
        return nameWidth();
    if (kind < kFixed.size())
        return kFixed[kind];
    if (definition.kind == RunsColumnKind::Delta)
        return 96;
    if (definition.kind == RunsColumnKind::Best)
        return 150;
    if (auto chosen = m_widths.find(definition.ref); chosen != m_widths.end() && chosen->second > 0)
        return chosen->second;
    auto font = m_painting.theme->font(Theme::Text::Small);
    font.setWeight(QFont::DemiBold);
    auto width = QFontMetrics(font).horizontalAdvance(definition.title) + 18;
    // The runs as they are arranged, whatever is folded: widths stay when a group opens.
    const auto& arrangement = *m_model.arrangement();
    QFontMetrics body(m_painting.theme->font(Theme::Text::Body));
    for (std::size_t i = 0; i < std::min(kSample, arrangement.rows.size()); ++i)
        width = std::max(width, body.horizontalAdvance(
                                    definition.cell(*arrangement.table, arrangement.rows[i]).text.left(40)) +
                                    4);
    QFontMetrics strong(m_painting.strong().font());
    for (std::size_t i = 0; definition.groups && i < std::min(kSample, definition.groups->size()); ++i)
        width =
            std::max(width, strong.horizontalAdvance(
                                definition.cell(*arrangement.table, (*definition.groups)[i]).text.left(40)) +
                                4);
    return std::clamp(width + 2 * m_painting.padding, kNarrowest, kWidest) + m_painting.spreadWidth(column);
}

void RunsTableView::applyWidths()
{
    m_applyingWidths = true;
    auto count = static_cast<std::size_t>(m_model.columnCount());
    m_painting.spreadWidths.resize(count);
    m_givenWidths.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        m_painting.spreadWidths[i] = spreadByContent(m_model.columns()[i]);
        m_givenWidths[i] = widthByContent(static_cast<int>(i));
        setColumnWidth(static_cast<int>(i), m_givenWidths[i]);
    }
    for (int column = 0; column < m_model.columnCount(); ++column) {
        if (m_header->visualIndex(column) != column)
            m_header->moveSection(m_header->visualIndex(column), column);
    }
    m_applyingWidths = false;
}

} // namespace sextant
