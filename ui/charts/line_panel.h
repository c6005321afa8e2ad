// LinePanel: one line chart with its head: metric, how it is shown, zoom back, maximise, menu. The settings
// are a plain value; when one changes that the curves depend on, the owner prepares them anew
// (LineSettings::request) and sets them. GUI thread only.
#pragma once

#include "ui/charts/chart_picture.h"
#include "ui/charts/line_canvas.h"

#include <QMenu>

#include <functional>
#include <memory>
#include <vector>

class QActionGroup;
class QDialog;

namespace sextant {

class BadgeLabel;
class ElidedLabel;
class IconButton;

class LinePanel : public QWidget
{
    Q_OBJECT
public:
    explicit LinePanel(const QString& metric, QWidget* parent = nullptr);

    QString metric() const { return m_canvas->title(); }
    LineCanvas* canvas() const { return m_canvas; }
    /// The menu of the head; an owner may add its own actions at the end.
    QMenu* menu() const { return m_menu; }

    void setSeries(std::vector<LineSeries> series);
    /// Does not emit settingsChanged.
    void setSettings(const LineSettings& settings);
    const LineSettings& settings() const { return m_canvas->settings(); }

    void setMaximized(bool maximized);
    /// Said after what is shown: where the settings come from; empty: nothing.
    void setOrigin(const QString& origin);
    /// Offers other metrics for x and bands of groups, for owners that can give them. By default not.
    void setOffersMetrics(bool offers);
    void setOffersBands(bool offers);

    /// A window with every visible point as a table. Deletes itself when closed.
    QDialog* showTable();
    void copyImage();
    /// The chart as it is now, for export.
    std::shared_ptr<const ChartPicture> picture() const;
    void openExport();

signals:
    void settingsChanged(const sextant::LineSettings& settings);
    void maximizeRequested();
    void xMetricWanted(); // the user wants to choose another metric for x; the owner asks which

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildHead();
    void buildMenu();
    void addAxes();
    void addSmoothing();
    void addBands();
    QAction* addChoice(QMenu* menu, QActionGroup* group, const QString& text,
                       std::function<void(LineSettings&)> edit,
                       std::function<bool(const LineSettings&)> holds);
    void change(const std::function<void(LineSettings&)>& edit);
    void syncMenu();
    void syncHead();

    LineCanvas* m_canvas;
    ElidedLabel* m_name;
    ElidedLabel* m_subtitle;
    BadgeLabel* m_badge;
    QString m_origin;
    IconButton* m_zoomBack;
    IconButton* m_maximize;
    IconButton* m_more;
    QMenu* m_menu;
    QAction* m_otherMetric = nullptr;
    QAction* m_bands = nullptr;
    std::vector<std::function<void()>> m_syncs; // each brings one menu entry up to the settings
};

} // namespace sextant
