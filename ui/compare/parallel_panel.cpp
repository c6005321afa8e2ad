#include "ui/compare/parallel_panel.h"

#include "ui/charts/chart_panel.h"

namespace sextant {

ParallelPanel::ParallelPanel(CompareContext& context, QWidget* parent)
    : ParallelPanel(new ParallelTab(context), parent)
{
}

ParallelPanel::ParallelPanel(ParallelTab* tab, QWidget* parent) : GridPanel(tab, parent), m_tab(tab)
{
    // Its settings are in the menu; the bar belongs to the tab of its own.
    tab->bar()->setParent(this);
    tab->bar()->hide();
    setFocusProxy(tab->chart());
    ChartPanel& panel = tab->chartPanel();
    panel.setOffersMaximize(true);
    connect(&panel, &ChartPanel::maximizeRequested, this, &ParallelPanel::maximizeWanted);
    panel.menu()->addAction(tr("Remove panel"), this, [this] { emit boardWanted(false); });
}

} // namespace sextant
