#include "ui/compare/scatter_tab.h"

#include "ui/charts/chart_panel.h"
#include "ui/charts/scatter_chart.h"

#include <QVBoxLayout>

namespace sextant {

ScatterTab::ScatterTab(CompareContext& context, QWidget* parent)
    : ChartTab(context, QStringLiteral("scatter"), tr("Scatter"), parent), m_chart(new ScatterChart),
      m_panel(makePanel(m_chart))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
    addColumn(QStringLiteral("x"), QStringLiteral("X"), Wanted::NotMetric, 0);
    addColumn(QStringLiteral("y"), QStringLiteral("Y"), Wanted::Numeric, 0);
    addSwitch(QStringLiteral("logX"), tr("Log X"), false);
    addSwitch(QStringLiteral("logY"), tr("Log Y"), false);
    addSwitch(QStringLiteral("trend"), tr("Trend"), true);
    endBar();
}

void ScatterTab::draw()
{
    const auto x = column(QStringLiteral("x")), y = column(QStringLiteral("y"));
    if (!x || !y) {
        m_chart->setEmptyText(tr("These runs have no two columns to draw"));
        return m_chart->setData(nullptr, -1, -1, {});
    }
    setTable(tableOf({*x, *y}));
    m_panel->setTitle(tr("%1 against %2").arg(nameOf(*y), nameOf(*x)));
    const ScatterSettings settings{isLogarithmic(QStringLiteral("logX"), table()->columns[0]),
                                   isLogarithmic(QStringLiteral("logY"), table()->columns[1]),
                                   isOn(QStringLiteral("trend")), !table()->groups.empty()};
    m_chart->setData(table(), 0, 1, settings);
    // Ranks of categories would be those of their alphabet.
    if (table()->columns[0].kind == ChartColumn::Kind::Numbers &&
        table()->columns[1].kind == ChartColumn::Kind::Numbers)
        m_chart->setFit(fitScatter(*table(), 0, 1, settings));
}

} // namespace sextant
