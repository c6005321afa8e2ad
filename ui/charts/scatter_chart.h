// ScatterChart: one column against another, a dot a row, with a trend line and what it is worth. Click
// chooses a run, drag a rectangle of them; arrows walk from point to point along an axis, Enter chooses,
// Escape ends a choice.
#pragma once

#include "core/statistics/correlation.h"
#include "ui/charts/chart_canvas.h"
#include "ui/charts/chart_columns.h"

#include <optional>

namespace sextant {

struct ScatterSettings
{
    bool logX = false, logY = false;
    bool trend = true;
    bool byGroup = false; // colour of the group instead of the run's
    bool operator==(const ScatterSettings&) const = default;
};

/// Of the pairs drawn; on a log axis of the logarithms, which ranks do not notice.
struct ScatterFit
{
    Correlation pearson, spearman;
    TrendLine trend;

    /// "Spearman ρ −0.62, p = 3.1e-5, Pearson r …, n = 297"
    QString text(const ScatterSettings& settings) const;
};
/// "p = 0.012", "p = 3.1e-5".
QString probabilityText(double p);
/// n log n; any thread.
ScatterFit fitScatter(const ChartTable& table, int x, int y, const ScatterSettings& settings);

/// What a scatter plot shows; shared by its scenes.
struct ScatterContent
{
    ChartTablePtr table;
    int x = -1, y = -1; // columns
    ScatterSettings settings;
    std::optional<ScatterFit> fit;
    std::vector<char> selected; // one a row; empty: no choice in force
};

class ScatterChart : public ChartCanvas
{
    Q_OBJECT
public:
    explicit ScatterChart(QWidget* parent = nullptr);

    /// Ends a choice; the fit follows when it is computed.
    void setData(ChartTablePtr table, int x, int y, const ScatterSettings& settings);
    void setFit(ScatterFit fit);
    /// The rows to stress while others fade; empty: none.
    void setSelectedRows(const std::vector<int>& rows);
    std::vector<int> selectedRows() const;
    const ScatterSettings& settings() const { return m_content->settings; }

    /// Where a row is drawn, if it is.
    std::optional<QPointF> placeOf(int row);
    int rowNear(QPointF place);

    QString note() const override;
    ChartTextTable table() const override;

protected:
    bool hasContent() const override;
    SceneMaker sceneMaker() const override;
    void paintOverlay(QPainter& painter) override;
    QString description() const override;
    QString kindName() const override { return QStringLiteral("Scatter plot"); }

    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void change(const std::function<void(ScatterContent&)>& edit);
    void hover(int row, bool tell);
    void step(int direction, bool vertical);
    void chooseInside(const QRectF& box);

    std::shared_ptr<const ScatterContent> m_content;
    LeftOut m_left;
    int m_drawn = 0;
    QPoint m_pressed, m_current;
    bool m_isPressed = false, m_isChoosing = false;
};

} // namespace sextant
