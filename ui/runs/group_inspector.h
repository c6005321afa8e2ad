// GroupInspector: a group of runs at a glance: what its runs share, the best of them, and every figure of
// each column of numbers. Worked out in a job. GUI thread only.
#pragma once

#include "ui/runs/runs_controller.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace sextant {

class ElidedLabel;
class FactRows;
class Section;
class TextLabel;

class GroupInspector final : public QWidget
{
    Q_OBJECT
public:
    GroupInspector(RunsController& controller, QWidget* parent = nullptr);

    /// By its key; a group that is no longer there leaves all as it is. False then.
    bool showGroup(const std::string& key);

signals:
    void bestWanted(int group);

private:
    void fillHead(int group);
    void loadFigures(int group);
    void fillFigures(const std::vector<RunsColumn>& columns, const std::vector<Summary>& summaries);
    Section* sectionAt(std::size_t place);

    RunsController& m_controller;
    RunArrangementPtr m_shown;
    int m_group = -1;
    ElidedLabel* m_name;
    TextLabel* m_count;
    QPushButton* m_best;
    FactRows* m_keys;
    QVBoxLayout* m_column = nullptr;
    std::vector<Section*> m_sections;
    std::vector<FactRows*> m_rows; // of m_sections
};

} // namespace sextant
