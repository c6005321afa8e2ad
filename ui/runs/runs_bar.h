// RunsBar: the bar at the top of the Runs page: which experiments, which columns, active or deleted, table or
// charts. Shows the workspace and changes it; holds no state of its own.
#pragma once

#include "ui/runs/runs_controller.h"

class QHBoxLayout;
class QMenu;

namespace sextant {

class CheckList;
class GroupPicker;
class IconButton;
class PickerButton;
class SegmentedControl;

class RunsBar final : public QWidget
{
    Q_OBJECT
public:
    RunsBar(RunsController& controller, QWidget* parent = nullptr);

    void openExperiments();
    void openColumns();
    GroupPicker& groups() { return *m_groups; }
    /// Puts the saved views of the page beside the experiments.
    void addViews(QWidget* views);
    CheckList& columnList() { return *m_columnList; }
    CheckList& experimentList() { return *m_experimentList; }
    /// What the … button opens; filled by the page.
    QMenu* moreMenu() { return m_more; }

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildLists();
    void update();
    void fillExperiments();
    void fillColumns();
    void onColumnToggled(int entry, bool checked);
    void onColumnMoved(int entry, int by);
    void onExperimentToggled(int entry, bool checked);
    void setView(ViewType view);
    void fit();

    RunsController& m_controller;
    PickerButton* m_experiments;
    PickerButton* m_columns;
    GroupPicker* m_groups;
    QHBoxLayout* m_row;
    PickerButton* m_view;
    SegmentedControl* m_layout;
    QMenu* m_more;
    CheckList* m_experimentList;
    CheckList* m_columnList;
    std::vector<std::string> m_experimentIds; // of the entries
    std::vector<ColumnRef> m_columnRefs;      // of the entries
};

} // namespace sextant
