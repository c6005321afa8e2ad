#include "ui/compare/curve_layout.h"

#include <algorithm>
#include <set>

namespace sextant {

namespace {

constexpr int kNarrow = 700; // below, a third of the width is too thin for a chart
constexpr int kSectionColumns = 2;
constexpr int kSectionRows = 6;

/// Puts panels in rows, from left to right; a row is as high as its highest panel.
class Flow
{
public:
    Flow(CurveLayout& layout, int width, int top) : m_layout(layout), m_width(std::max(width, 60)), m_top(top)
    {
    }

    void add(CurveItem item, int columns, int rows)
    {
        if (m_width < kNarrow) // two beside each other at most
            columns = columns <= 3 ? 3 : CurveLayout::kColumns;
        if (m_column + columns > CurveLayout::kColumns)
            endRow();
        auto left = m_width * m_column / CurveLayout::kColumns;
        auto right = m_width * (m_column + columns) / CurveLayout::kColumns;
        m_column += columns;
        item.rect = QRect(left, m_top, right - left, rows * CurveLayout::kRow);
        m_height = std::max(m_height, item.rect.height());
        m_layout.items.push_back(std::move(item));
    }

    int end()
    {
        endRow();
        return m_top;
    }

private:
    void endRow()
    {
        for (auto i = m_rowStart; i < m_layout.items.size(); ++i)
            if (m_layout.items[i].kind == CurveItem::Kind::Panel)
                m_layout.items[i].rect.setHeight(m_height);
        m_rowStart = m_layout.items.size();
        m_top += m_height;
        m_height = m_column = 0;
    }

    CurveLayout& m_layout;
    int m_width, m_top;
    int m_column = 0, m_height = 0;
    std::size_t m_rowStart = m_layout.items.size();
};

QString text(const std::string& key)
{
    return QString::fromStdString(key);
}

} // namespace

std::string sectionOf(const std::string& metric)
{
    auto slash = metric.find('/');
    return slash == std::string::npos ? std::string() : metric.substr(0, slash);
}

CurveLayout layOutCurves(const CurveLayoutRequest& request)
{
    CurveLayout layout;
    auto all = request.search.pattern().isEmpty();
    auto matches = [&](const std::string& metric) {
        return all || request.search.match(text(metric)).hasMatch();
    };
    std::set<std::string, std::less<>> onBoard;
    Flow board(layout, request.width, 0);
    for (std::size_t i = 0; i < request.board.size(); ++i) {
        const auto& panel = request.board[i];
        if (panel.chart == "line")
            onBoard.insert(panel.metric);
        if (panel.chart == "line" ? !matches(panel.metric) : !all)
            continue;
        board.add(
            {CurveItem::Kind::Panel, panel.metric, sectionOf(panel.metric), panel.chart, static_cast<int>(i)},
            panel.columns, panel.rows);
        ++layout.found;
    }
    auto top = board.end();

    std::map<std::string, std::vector<const std::string*>> sections;
    for (const auto& metric : request.metrics)
        if (!onBoard.contains(metric) && matches(metric))
            sections[sectionOf(metric)].push_back(&metric);
    for (const auto& [name, metrics] : sections) {
        CurveItem head{CurveItem::Kind::Head, name, name};
        head.count = metrics.size();
        head.folded = all && request.folded.contains(name);
        head.rect = QRect(0, top, request.width, CurveLayout::kHead);
        top += CurveLayout::kHead;
        auto folded = head.folded;
        layout.items.push_back(std::move(head));
        layout.found += metrics.size();
        if (folded)
            continue;
        Flow flow(layout, request.width, top);
        for (const auto* metric : metrics)
            flow.add({CurveItem::Kind::Panel, *metric, name}, kSectionColumns, kSectionRows);
        top = flow.end();
    }
    layout.height = top;
    layout.panels = static_cast<std::size_t>(
        std::count_if(layout.items.begin(), layout.items.end(),
                      [](const CurveItem& item) { return item.kind == CurveItem::Kind::Panel; }));
    return layout;
}

std::pair<std::size_t, std::size_t> CurveLayout::within(int top, int bottom) const
{
    // Items stand in rows of equal height, so bottoms ascend.
    auto first = std::partition_point(items.begin(), items.end(),
                                      [&](const CurveItem& item) { return item.rect.bottom() < top; });
    auto last = std::partition_point(first, items.end(),
                                     [&](const CurveItem& item) { return item.rect.top() < bottom; });
    return {static_cast<std::size_t>(first - items.begin()), static_cast<std::size_t>(last - items.begin())};
}

std::vector<const CurveItem*> CurveLayout::reading() const
{
    std::vector<const CurveItem*> order;
    for (const auto& item : items)
        if (item.kind == CurveItem::Kind::Panel)
            order.push_back(&item);
    return order;
}

const CurveItem* CurveLayout::panel(const std::string& chart, const std::string& key) const
{
    auto place = std::find_if(items.begin(), items.end(), [&](const CurveItem& item) {
        return item.kind == CurveItem::Kind::Panel && item.chart == chart && item.key == key;
    });
    return place == items.end() ? nullptr : &*place;
}

int CurveLayout::boardPlace(QPoint place) const
{
    auto last = -1;
    auto bottom = 0;
    for (const auto& item : items) {
        if (item.board < 0)
            continue;
        last = std::max(last, item.board);
        bottom = std::max(bottom, item.rect.bottom());
        if (place.y() <= item.rect.bottom() && place.x() < item.rect.center().x() &&
            place.y() >= item.rect.top())
            return item.board;
        if (place.y() < item.rect.top())
            return item.board; // right of the row above
    }
    auto head = std::find_if(items.begin(), items.end(),
                             [](const CurveItem& item) { return item.kind == CurveItem::Kind::Head; });
    auto end = last < 0 ? (head == items.end() ? height : head->rect.bottom()) : bottom;
    return place.y() <= end ? last + 1 : -1;
}

ComparePanel newPanel(const PanelId& id)
{
    constexpr int kParallelRows = 7;
    return id.chart == "line" ? ComparePanel{"line", id.metric, 2, 6}
                              : ComparePanel{id.chart, {}, CurveLayout::kColumns, kParallelRows};
}

std::vector<ComparePanel> defaultPanels(const std::vector<std::string>& metrics, bool parallel)
{
    std::vector<ComparePanel> panels;
    for (std::size_t i = 0; i < metrics.size(); ++i)
        panels.push_back({"line", metrics[i],
                          i == 0 && metrics.size() > 1 ? 4
                          : i == 0                     ? 6
                                                       : 2,
                          i < 2 ? 8 : 6});
    if (parallel)
        panels.push_back(newPanel({"parallel", {}}));
    return panels;
}

} // namespace sextant
