#include "ui/charts/row_chart.h"

#include "ui/charts/row_scene.h"
#include "ui/charts/value_text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>

namespace sextant {

RowChart::RowChart(QWidget* parent) : ChartCanvas(parent)
{
    setEmptyText(QStringLiteral("No run has this column"));
}

void RowChart::setContent(RowContentPtr content)
{
    m_content = content ? std::move(content) : std::make_shared<RowContent>();
    m_first = 0;
    m_current = -1;
    m_wheel = 0;
    contentChanged();
}

RowScene* RowChart::rows()
{
    return static_cast<RowScene*>(scene());
}

SceneMaker RowChart::sceneMaker() const
{
    return [content = m_content, first = m_first](const ChartSpace& space) {
        return std::make_shared<RowScene>(content, first, space);
    };
}

QString RowChart::description() const
{
    constexpr std::size_t kMostDescribed = 10;
    QStringList parts{m_content->note};
    for (std::size_t index = 0; index < std::min(m_content->entries.size(), kMostDescribed); ++index) {
        const RowEntry& entry = m_content->entries[index];
        QStringList texts;
        for (const RowMark& mark : entry.marks)
            texts << mark.text;
        parts << QStringLiteral("%1: %2").arg(entry.name, texts.join(QStringLiteral(", "))) +
                     (entry.detail.isEmpty() ? QString() : QStringLiteral(", ") + entry.detail);
    }
    if (m_content->entries.size() > kMostDescribed)
        parts << QStringLiteral("%1 more").arg(m_content->entries.size() - kMostDescribed);
    return parts.join(QStringLiteral(". "));
}

ChartTextTable RowChart::table() const
{
    ChartTextTable table;
    table.columns = QStringList{m_content->nameTitle} + m_content->factNames;
    table.numeric.assign(static_cast<std::size_t>(table.columns.size()), true);
    table.numeric[0] = false;
    table.rows = static_cast<int>(m_content->entries.size());
    table.summary = m_content->note;
    table.cell = [content = m_content](int row, int column) {
        const RowEntry& entry = content->entries[static_cast<std::size_t>(row)];
        return column == 0 ? entry.name : entry.facts.value(column - 1);
    };
    return table;
}

int RowChart::entryAt(QPoint place)
{
    const RowScene* drawn = hasContent() ? rows() : nullptr;
    return drawn ? drawn->entryAt(place) : -1;
}

void RowChart::setCurrent(int entry, bool tip)
{
    if (entry != m_current) {
        m_current = entry;
        const int row = entry < 0 ? -1 : m_content->entries[static_cast<std::size_t>(entry)].row;
        setHoveredRow(row);
        emit rowHovered(row);
        update();
    }
    if (entry < 0 || !tip)
        return hideTooltip();
    const RowEntry& one = m_content->entries[static_cast<std::size_t>(entry)];
    TooltipTable table;
    table.title = one.name;
    table.subtitle = one.detail;
    table.columns = {m_content->lanes.empty() ? QString() : m_content->lanes.front().title,
                     QStringLiteral("Value")};
    for (int fact = 0; fact < m_content->factNames.size(); ++fact)
        if (!one.facts.value(fact).isEmpty())
            table.rows.push_back({one.color.isValid() ? one.color : Theme::of(this).series(0),
                                  {},
                                  m_content->factNames[fact],
                                  {one.facts[fact]}});
    const QRectF line = rows()->rectOf(entry);
    showTooltip(std::move(table), QPoint(width() / 2, static_cast<int>(line.bottom())));
}

void RowChart::paintOverlay(QPainter& painter)
{
    const RowScene* drawn = rows();
    int stressed = m_current;
    // The run stressed in another chart or list.
    for (int entry = m_first; drawn && stressed < 0 && hoveredRow() >= 0 && entry < m_first + drawn->shown();
         ++entry)
        if (m_content->entries[static_cast<std::size_t>(entry)].row == hoveredRow())
            stressed = entry;
    if (!drawn || stressed < m_first || stressed >= m_first + drawn->shown())
        return;
    const Theme& theme = Theme::of(this);
    QColor color = theme.color("text");
    color.setAlphaF(0.06F);
    painter.fillRect(drawn->rectOf(stressed), color);
    if (m_current >= 0 && hasFocus() && focusShown()) {
        painter.setPen(QPen(theme.color("focus.ring"), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(drawn->rectOf(stressed).adjusted(4, 1, -4, -1));
    }
}

bool RowChart::scrollTo(int first)
{
    const RowScene* drawn = rows();
    const int total = static_cast<int>(m_content->entries.size());
    if (!drawn || drawn->shown() == total)
        return false;
    // As many as fit at the end, not one alone.
    const int page = std::max(1, drawn->shown());
    first = std::clamp(first, 0, std::max(0, total - page));
    if (first == m_first)
        return false;
    m_first = first;
    restyle();
    return true;
}

void RowChart::choose(int entry)
{
    if (entry < 0)
        return;
    const RowEntry& one = m_content->entries[static_cast<std::size_t>(entry)];
    if (one.row >= 0)
        emit rowClicked(one.row);
    else if (one.group >= 0)
        emit groupClicked(one.group);
}

void RowChart::mouseMoveEvent(QMouseEvent* event)
{
    if (hasContent())
        setCurrent(entryAt(event->pos()), true);
}

void RowChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->pos()))
        choose(entryAt(event->pos()));
}

void RowChart::wheelEvent(QWheelEvent* event)
{
    constexpr int kTurnPerRow = 40;
    m_wheel += event->angleDelta().y();
    const int by = m_wheel / kTurnPerRow;
    m_wheel %= kTurnPerRow;
    // At its end the chart leaves the wheel to the page.
    event->setAccepted(hasContent() && by != 0 && scrollTo(m_first - by));
}

void RowChart::keyPressEvent(QKeyEvent* event)
{
    RowScene* drawn = hasContent() ? rows() : nullptr;
    if (!drawn)
        return ChartCanvas::keyPressEvent(event);
    const int total = static_cast<int>(m_content->entries.size()), page = std::max(1, drawn->shown() - 1);
    int to = m_current;
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        to = m_current < 0 ? m_first : m_current + (event->key() == Qt::Key_Down ? 1 : -1);
        break;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        to = std::max(m_current, 0) + (event->key() == Qt::Key_PageDown ? page : -page);
        break;
    case Qt::Key_Home:
        to = 0;
        break;
    case Qt::Key_End:
        to = total - 1;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return choose(m_current);
    default:
        return ChartCanvas::keyPressEvent(event);
    }
    to = std::clamp(to, 0, total - 1);
    if (to < m_first)
        scrollTo(to);
    else if (to >= m_first + drawn->shown())
        scrollTo(to - drawn->shown() + 1);
    setCurrent(to, true);
}

void RowChart::resizeEvent(QResizeEvent* event)
{
    ChartCanvas::resizeEvent(event);
    m_current = -1;
}

void RowChart::leaveEvent(QEvent* event)
{
    m_current = -1;
    ChartCanvas::leaveEvent(event);
    update();
}

} // namespace sextant
