#include "ui/charts/scatter_chart.h"

#include "ui/charts/scatter_scene.h"
#include "ui/charts/value_text.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

constexpr double kHoverDistance = 10;

ScatterScene* asScatter(ChartScene* scene)
{
    return static_cast<ScatterScene*>(scene);
}

QString pairName(const ScatterContent& content)
{
    const auto& columns = content.table->columns;
    return QStringLiteral("%1 against %2")
        .arg(columns[static_cast<std::size_t>(content.y)].name,
             columns[static_cast<std::size_t>(content.x)].name);
}

} // namespace

QString probabilityText(double p)
{
    if (!std::isfinite(p))
        return QStringLiteral("p undefined");
    return p < 1e-15 ? QStringLiteral("p < 1e-15")
                     : QStringLiteral("p = %1").arg(p < 1e-3 ? QString::number(p, 'e', 1).replace(
                                                                   QLatin1String("e-0"), QLatin1String("e-"))
                                                             : QString::number(p, 'f', 3));
}

QString ScatterFit::text(const ScatterSettings& settings) const
{
    const auto coefficient = [](const char* name, const Correlation& one) {
        if (!std::isfinite(one.coefficient))
            return QStringLiteral("%1 undefined: %2")
                .arg(QString::fromLatin1(name),
                     QString::fromUtf8(one.undefined.data(), static_cast<qsizetype>(one.undefined.size())));
        return QStringLiteral("%1 %2, %3")
            .arg(QString::fromLatin1(name), roundedText(one.coefficient, 3), probabilityText(one.pValue));
    };
    if (spearman.pairs < 2)
        return QStringLiteral("a correlation needs at least two runs");
    const char* logged = settings.logX && settings.logY ? " of the logarithms"
                         : settings.logX                ? " on log x"
                         : settings.logY                ? " on log y"
                                                        : "";
    return QStringLiteral("Spearman %1; Pearson%2 %3; n = %4")
        .arg(coefficient("", spearman).trimmed(), QString::fromLatin1(logged),
             coefficient("", pearson).trimmed(), groupedText(static_cast<std::int64_t>(spearman.pairs)));
}

ScatterFit fitScatter(const ChartTable& table, int x, int y, const ScatterSettings& settings)
{
    const ChartColumn& first = table.columns[static_cast<std::size_t>(x)];
    const ChartColumn& second = table.columns[static_cast<std::size_t>(y)];
    std::vector<double> xs, ys;
    LeftOut left;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const double a = first.at(row), b = second.at(row);
        if (!left.admits(a, settings.logX) || !left.admits(b, settings.logY))
            continue;
        xs.push_back(settings.logX ? std::log10(a) : a);
        ys.push_back(settings.logY ? std::log10(b) : b);
    }
    return {pearson(xs, ys), spearman(xs, ys), trendLine(xs, ys)};
}

ScatterChart::ScatterChart(QWidget* parent)
    : ChartCanvas(parent), m_content(std::make_shared<ScatterContent>())
{
    setCursor(Qt::CrossCursor);
    setEmptyText(QStringLiteral("No run has both columns"));
}

void ScatterChart::setData(ChartTablePtr table, int x, int y, const ScatterSettings& settings)
{
    auto content = std::make_shared<ScatterContent>();
    const int columns = table ? static_cast<int>(table->columns.size()) : 0;
    if (x >= 0 && x < columns && y >= 0 && y < columns) {
        content->table = std::move(table);
        content->x = x;
        content->y = y;
    }
    content->settings = settings;
    m_left = {};
    m_drawn = 0;
    if (content->table) {
        const auto& all = content->table->columns;
        for (std::size_t row = 0; row < content->table->rows.size(); ++row)
            m_drawn += m_left.admits(all[static_cast<std::size_t>(x)].at(row), settings.logX) &&
                       m_left.admits(all[static_cast<std::size_t>(y)].at(row), settings.logY);
        if (m_drawn == 0 && m_left.total() > 0)
            setEmptyText(
                QStringLiteral("No run has both %1: %2")
                    .arg(pairName(*content).replace(QLatin1String(" against "), QLatin1String(" and ")),
                         m_left.text()));
    }
    m_content = std::move(content);
    m_isPressed = m_isChoosing = false;
    contentChanged();
}

void ScatterChart::change(const std::function<void(ScatterContent&)>& edit)
{
    auto content = std::make_shared<ScatterContent>(*m_content);
    edit(*content);
    m_content = std::move(content);
    restyle();
}

void ScatterChart::setFit(ScatterFit fit)
{
    change([&](ScatterContent& content) { content.fit = std::move(fit); });
}

void ScatterChart::setSelectedRows(const std::vector<int>& rows)
{
    change([&](ScatterContent& content) {
        content.selected.clear();
        if (rows.empty() || !content.table)
            return;
        content.selected.resize(content.table->rows.size());
        for (int row : rows)
            if (row >= 0 && row < std::ssize(content.selected))
                content.selected[static_cast<std::size_t>(row)] = 1;
    });
}

std::vector<int> ScatterChart::selectedRows() const
{
    std::vector<int> rows;
    for (std::size_t row = 0; row < m_content->selected.size(); ++row)
        if (m_content->selected[row] != 0)
            rows.push_back(static_cast<int>(row));
    return rows;
}

bool ScatterChart::hasContent() const
{
    return m_drawn > 0;
}

SceneMaker ScatterChart::sceneMaker() const
{
    return [content = m_content](const ChartSpace& space) {
        return std::make_shared<ScatterScene>(content, space);
    };
}

QString ScatterChart::note() const
{
    if (!m_content->table)
        return {};
    QStringList parts{QStringLiteral("%1 of %2 runs")
                          .arg(groupedText(m_drawn), groupedText(std::ssize(m_content->table->rows)))};
    const auto& columns = m_content->table->columns;
    const auto isCategory = [&](int column) {
        return columns[static_cast<std::size_t>(column)].kind == ChartColumn::Kind::Categories;
    };
    if (m_drawn > 1 && (isCategory(m_content->x) || isCategory(m_content->y)))
        parts << QStringLiteral("runs of a category side by side");
    if (m_content->fit)
        parts << m_content->fit->text(m_content->settings);
    if (m_content->fit && m_content->settings.trend && std::isfinite(m_content->fit->trend.slope))
        parts << QStringLiteral("line: least squares, 95% band");
    if (!m_left.text().isEmpty())
        parts << m_left.text();
    return parts.join(QStringLiteral(" · "));
}

QString ScatterChart::description() const
{
    return QStringLiteral("%1. %2").arg(pairName(*m_content), note());
}

ChartTextTable ScatterChart::table() const
{
    if (!m_content->table)
        return {};
    const ChartTablePtr source = m_content->table;
    const auto x = static_cast<std::size_t>(m_content->x), y = static_cast<std::size_t>(m_content->y);
    ChartTextTable table;
    table.columns = {QStringLiteral("Run"), QStringLiteral("Id"), source->columns[x].name,
                     source->columns[y].name};
    table.numeric = {false, false, true, true};
    table.rows = static_cast<int>(source->rows.size());
    table.summary = note();
    table.cell = [source, x, y](int row, int column) {
        const auto at = static_cast<std::size_t>(row);
        return column == 0   ? source->rows[at].name
               : column == 1 ? source->rows[at].id
                             : source->columns[column == 2 ? x : y].textAt(at);
    };
    return table;
}

std::optional<QPointF> ScatterChart::placeOf(int row)
{
    if (const ScatterScene* drawn = asScatter(scene()))
        for (std::size_t index = 0; index < drawn->places().size(); ++index)
            if (drawn->rowOf(index) == row)
                return drawn->places()[index];
    return std::nullopt;
}

int ScatterChart::rowNear(QPointF place)
{
    const ScatterScene* drawn = asScatter(scene());
    if (!drawn)
        return -1;
    double nearest = kHoverDistance * kHoverDistance;
    int found = -1;
    for (std::size_t index = 0; index < drawn->places().size(); ++index) {
        const QPointF away = drawn->places()[index] - place;
        const double distance = QPointF::dotProduct(away, away);
        if (distance <= nearest) { // the last drawn lies on top
            nearest = distance;
            found = drawn->rowOf(index);
        }
    }
    return found;
}

void ScatterChart::paintOverlay(QPainter& painter)
{
    const Theme& theme = Theme::of(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (const auto place = hoveredRow() >= 0 ? placeOf(hoveredRow()) : std::nullopt) {
        painter.setPen(QPen(theme.color("text"), 1.5));
        painter.setBrush(asScatter(scene())->colorOf(hoveredRow()));
        painter.drawEllipse(*place, theme.number("plot.marker") / 2 + 2, theme.number("plot.marker") / 2 + 2);
    }
    if (m_isChoosing) {
        QColor fill = theme.color("accent");
        fill.setAlphaF(0.12F);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(theme.color("accent"), 1));
        painter.setBrush(fill);
        painter.drawRect(QRect(m_pressed, m_current).normalized());
    }
}

void ScatterChart::hover(int row, bool tell)
{
    if (row != hoveredRow()) {
        setHoveredRow(row);
        if (tell)
            emit rowHovered(row);
    }
    const auto place = row >= 0 ? placeOf(row) : std::nullopt;
    if (!place)
        return hideTooltip();
    const ChartTable& source = *m_content->table;
    const auto at = static_cast<std::size_t>(row);
    TooltipTable table;
    table.title = source.rows[at].name;
    if (source.rows[at].group >= 0)
        table.subtitle = source.groups[static_cast<std::size_t>(source.rows[at].group)].name;
    table.columns = {QStringLiteral("Column"), QStringLiteral("Value")};
    for (int column : {m_content->x, m_content->y}) {
        const ChartColumn& one = source.columns[static_cast<std::size_t>(column)];
        table.rows.push_back({Qt::transparent, {}, one.name, {one.textAt(at)}});
    }
    table.rows[0].color = table.rows[1].color = asScatter(scene())->colorOf(row);
    showTooltip(std::move(table), place->toPoint());
}

void ScatterChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_isPressed = true;
    m_pressed = m_current = event->pos();
}

void ScatterChart::mouseMoveEvent(QMouseEvent* event)
{
    m_current = event->pos();
    if (!m_isPressed)
        return hover(rowNear(event->position()), true);
    if (m_isChoosing || (m_current - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_isChoosing = true;
        hideTooltip();
        update();
    }
}

void ScatterChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_isPressed)
        return;
    m_isPressed = false;
    if (std::exchange(m_isChoosing, false))
        chooseInside(QRectF(QRect(m_pressed, event->pos()).normalized()));
    else if (const int row = rowNear(event->position()); row >= 0)
        emit rowClicked(row);
    else if (!m_content->selected.empty())
        chooseInside({});
    update();
}

void ScatterChart::chooseInside(const QRectF& box)
{
    std::vector<int> rows;
    if (const ScatterScene* drawn = asScatter(scene()))
        for (std::size_t index = 0; index < drawn->places().size(); ++index)
            if (box.contains(drawn->places()[index]))
                rows.push_back(drawn->rowOf(index));
    setSelectedRows(rows);
    emit rowsSelected(rows);
}

void ScatterChart::step(int direction, bool vertical)
{
    const ScatterScene* drawn = asScatter(scene());
    if (!drawn || drawn->places().empty())
        return;
    const auto key = [&](std::size_t index) {
        const QPointF place = drawn->places()[index];
        return vertical ? std::tuple(-place.y(), place.x(), index) : std::tuple(place.x(), -place.y(), index);
    };
    std::optional<std::size_t> from, best;
    for (std::size_t index = 0; index < drawn->places().size(); ++index)
        if (drawn->rowOf(index) == hoveredRow())
            from = index;
    for (std::size_t index = 0; index < drawn->places().size(); ++index) {
        const bool ahead = !from || (direction > 0 ? key(index) > key(*from) : key(index) < key(*from));
        if (ahead && (!best || (direction > 0 ? key(index) < key(*best) : key(index) > key(*best))))
            best = index;
    }
    if (best)
        hover(drawn->rowOf(*best), true);
}

void ScatterChart::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        return step(event->key() == Qt::Key_Right ? 1 : -1, false);
    case Qt::Key_Up:
    case Qt::Key_Down:
        return step(event->key() == Qt::Key_Up ? 1 : -1, true);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (hoveredRow() >= 0)
            emit rowClicked(hoveredRow());
        return;
    case Qt::Key_Escape:
        if (m_isChoosing || m_isPressed) {
            m_isChoosing = m_isPressed = false;
            update();
        } else if (!m_content->selected.empty()) {
            chooseInside({});
        } else {
            hover(-1, true);
        }
        return;
    default:
        ChartCanvas::keyPressEvent(event);
    }
}

bool ScatterChart::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape && (m_isChoosing || !m_content->selected.empty() || hoveredRow() >= 0))
            event->accept();
    }
    return ChartCanvas::event(event);
}

} // namespace sextant
