// HistogramChart: how often the values of a column fall into each bin, exactly, all of them and group by
// group. Arrows walk from bin to bin, click or Enter chooses the runs of one.
#pragma once

#include "ui/charts/axis_scale.h"
#include "ui/charts/chart_canvas.h"
#include "ui/charts/chart_columns.h"

namespace sextant {

struct HistogramContent
{
    QString column;
    ChartTablePtr table;
    std::vector<double> edges;          // ascending, one more than bins; the last bin holds its end too
    std::vector<std::vector<int>> rows; // of each bin
    std::vector<std::vector<int>> groupCounts; // of each group in each bin; empty without groups
    bool logarithmic = false;
    int values = 0; // counted
    QString rule;   // "28 bins, Freedman–Diaconis"
    LeftOut left;
};
using HistogramContentPtr = std::shared_ptr<const HistogramContent>;

/// Bins of equal width by Freedman and Diaconis, of the logarithms on a log axis; by Sturges where half of
/// the values are the same. At most 200. n log n; any thread.
HistogramContentPtr histogramOf(const ChartTablePtr& table, int column, bool logarithmic);

class HistogramChart : public ChartCanvas
{
    Q_OBJECT
public:
    explicit HistogramChart(QWidget* parent = nullptr);

    void setContent(HistogramContentPtr content);
    const HistogramContent& content() const { return *m_content; }
    int currentBin() const { return m_current; }
    QRectF rectOfBin(int bin);

    QString note() const override;
    ChartTextTable table() const override;

protected:
    bool hasContent() const override { return m_content->values > 0; }
    SceneMaker sceneMaker() const override;
    void paintOverlay(QPainter& painter) override;
    QString kindName() const override { return QStringLiteral("Histogram"); }

    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void setCurrent(int bin);

    HistogramContentPtr m_content = std::make_shared<HistogramContent>();
    int m_current = -1;
};

} // namespace sextant
