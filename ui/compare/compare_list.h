// CompareList: the compared runs beside the charts: eye, colour, name and the value of the main metric, under
// their groups; at its foot which colour and dash they take. Shows the scene, changes the workspace. GUI
// thread only.
#pragma once

#include "ui/compare/compare_controller.h"
#include "ui/compare/compare_list_model.h"

#include <QListView>

class QToolButton;

namespace sextant {

class CheckList;
class PickerButton;
class TextLabel;

/// The rows; tells what was clicked where.
class CompareRows final : public QListView
{
    Q_OBJECT
public:
    explicit CompareRows(CompareListModel& model, QWidget* parent = nullptr);

    void setHovered(int row);
    int hovered() const { return m_hovered; }

signals:
    void eyeClicked(int row, Qt::KeyboardModifiers modifiers);
    void groupClicked(int row);
    void hoveredRowChanged(int row);
    void opened(int row);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    CompareListModel& m_model;
    int m_hovered = -1;
};

class CompareList final : public QWidget
{
    Q_OBJECT
public:
    CompareList(PageContext& context, CompareController& controller, QWidget* parent = nullptr);

    void showScene(const CompareScenePtr& scene);
    /// From a chart; the run's row is lit.
    void highlightRun(const std::string& runId);
    void selectRun(const std::string& runId);
    /// The selected runs, or the current one.
    std::vector<std::string> chosenRuns() const;
    CompareListModel& model() { return m_model; }
    CompareRows& rows() { return *m_rows; }

    void openAddRuns();
    void openColumns(QWidget* anchor, int rule); // 0 grouping, 1 colour, 2 dash
    CheckList& columnList() { return *m_columnList; }
    CheckList& runList() { return *m_runList; }

signals:
    void runHovered(const std::string& runId);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildHead();
    QWidget* buildButtons();
    QWidget* buildFoot();
    void connectRows();
    void fillColumns();
    void fillRuns();
    void chooseColumn(int entry, bool checked);
    void chooseRun(int entry, bool checked);
    void update();
    void fitHead();

    PageContext& m_context;
    CompareController& m_controller;
    CompareListModel m_model;
    CompareRows* m_rows;
    TextLabel* m_count = nullptr;
    QToolButton* m_sort = nullptr;
    QToolButton* m_hideAll = nullptr;
    PickerButton* m_rules[3] = {};
    CheckList* m_columnList;
    CheckList* m_runList;
    std::vector<std::optional<ColumnRef>> m_columns; // of the list's entries
    std::vector<std::string> m_runIds;               // of the list's entries
    int m_rule = 0;
};

} // namespace sextant
