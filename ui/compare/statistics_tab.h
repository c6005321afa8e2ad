// StatisticsTab: the figures of one metric for each group of the compared runs, with tests between groups.
// GUI thread only.
#pragma once

#include "ui/compare/chart_tab.h"

class QTableView;

namespace sextant {

class StatisticsModel;
class TextLabel;

class StatisticsTab final : public ChartTab
{
    Q_OBJECT
public:
    explicit StatisticsTab(CompareContext& context, QWidget* parent = nullptr);

    StatisticsModel& model() const { return *m_model; }
    void highlightRun(const std::string&) override {}
    std::vector<ExportItem> exportItems() override;

protected:
    void draw() override;
    ChartPanel* panel() const override { return nullptr; }

private:
    void addReference();
    void fillReference();
    std::optional<ColumnRef> pairColumn() const;
    void showTest();
    void fitColumns();
    QString asCsv() const;
    QString asLatex() const;

    StatisticsModel* m_model;
    QTableView* m_view;
    PickerButton* m_reference;
    QWidget* m_line;   // above what is said of a test
    TextLabel* m_test; // of the selected group, in sentences
    TextLabel* m_note;
    QList<int> m_widths; // of columns, as their texts want it
};

} // namespace sextant
