// GroupPicker: by which columns the runs are grouped, and which figure stands for a group: two buttons of the
// Runs bar. Shows the workspace and changes it; holds no state of its own. GUI thread only.
#pragma once

#include "ui/runs/runs_controller.h"

#include <QWidget>

namespace sextant {

class CheckList;
class PickerButton;

class GroupPicker final : public QWidget
{
    Q_OBJECT
public:
    explicit GroupPicker(RunsController& controller, QWidget* parent = nullptr);

    void open();
    void openFigures();
    CheckList& list() { return *m_list; }
    /// Without the words before the values, where room is scarce.
    void setBrief(bool brief);

    /// Groups by the column as well, or no longer.
    void toggle(const ColumnRef& column);
    void setColumns(std::vector<ColumnRef> columns);
    void setFigure(GroupFigure figure);

private:
    void update();
    void fill();
    void move(int entry, int by);

    RunsController& m_controller;
    PickerButton* m_columns;
    PickerButton* m_figure;
    CheckList* m_list;
    std::vector<ColumnRef> m_refs; // of the list's entries
};

} // namespace sextant
