// ParallelPanel: parallel coordinates as a panel beneath the curves. GUI thread only.
#pragma once

#include "ui/compare/grid_panel.h"
#include "ui/compare/parallel_tab.h"

namespace sextant {

class ParallelPanel final : public GridPanel
{
    Q_OBJECT
public:
    explicit ParallelPanel(CompareContext& context, QWidget* parent = nullptr);

    ParallelTab& tab() const { return *m_tab; }

signals:
    void maximizeWanted();

private:
    explicit ParallelPanel(ParallelTab* tab, QWidget* parent);

    ParallelTab* m_tab;
};

} // namespace sextant
