// CurvesBar: the settings of all panels in one row: axes, smoothing, bands, outliers, common zoom; and how
// many points are drawn. Shows the workspace and changes it; holds no state of its own.
#pragma once

#include "ui/compare/compare_tab.h"
#include "ui/compare/curve_cascade.h"

#include <QTimer>

class QCheckBox;
class QDoubleSpinBox;
class QMenu;
class QSlider;

namespace sextant {

class BadgeLabel;
class CheckList;
class PickerButton;

class CurvesBar final : public QWidget
{
    Q_OBJECT
public:
    CurvesBar(CompareContext& context, QWidget* parent = nullptr);

    /// Takes the workspace's settings.
    void takeView();
    /// `loading`: more points are under way.
    void showPoints(std::size_t points, bool loading, std::size_t leftOut);
    /// The settings of a section as a menu.
    void openSectionMenu(const std::string& section, QPoint global);
    /// Asks for the metric along x of one panel.
    void pickMetricForPanel(const std::string& metric);
    CheckList& metricList() { return *m_metricList; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    using Apply = std::function<void(const CurveChoice&)>;
    void fillField(QMenu* menu, CurveField field, const std::string& section, const Apply& apply);
    void pickMetricForX(const Apply& apply);
    void applyToPage(const CurveChoice& changes);
    void showAmount();
    void onAmount(double amount);

    CompareContext& m_context;
    PickerButton* m_fields[std::size(kCurveFields)] = {};
    QSlider* m_slider;
    QDoubleSpinBox* m_number;
    QCheckBox* m_sync;
    BadgeLabel* m_badge;
    CheckList* m_metricList;
    std::vector<std::string> m_metrics; // of the list's entries
    Apply m_applyMetric;
    QTimer m_amountDelay;
    bool m_hasPoints = false;
    bool m_quiet = false;
};

} // namespace sextant
