#include "ui/compare/spread_tabs.h"

#include "ui/charts/chart_panel.h"
#include "ui/charts/histogram_chart.h"
#include "ui/charts/row_chart.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace sextant {
namespace {

void fill(QWidget* tab, QWidget* content)
{
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(content);
}

const QString kColumn = QStringLiteral("column");

} // namespace

BarsTab::BarsTab(CompareContext& context, QWidget* parent)
    : ChartTab(context, QStringLiteral("bars"), tr("Bars"), parent), m_chart(new RowChart),
      m_panel(makePanel(m_chart))
{
    fill(this, m_panel);
    addColumn(kColumn, tr("Column"), Wanted::Numeric, 0);
    addChoice(QStringLiteral("of"), tr("A bar"), {tr("a group"), tr("a run")}, 0);
    QStringList errors;
    for (ErrorKind kind : {ErrorKind::None, ErrorKind::Deviation, ErrorKind::StandardError,
                           ErrorKind::Confidence, ErrorKind::MinMax})
        errors << errorName(kind);
    addChoice(QStringLiteral("error"), tr("Error"), errors, static_cast<int>(ErrorKind::Deviation));
    addChoice(QStringLiteral("order"), tr("Order"),
              {tr("as listed"), tr("highest first"), tr("lowest first")}, 1);
    endBar();
}

void BarsTab::draw()
{
    const auto shown = column(kColumn);
    if (!shown)
        return m_chart->setContent(nullptr);
    setTable(tableOf({*shown}));
    m_panel->setTitle(nameOf(*shown));
    m_chart->setContent(barContent(*table(), 0,
                                   {choice(QStringLiteral("of")) == 0,
                                    static_cast<ErrorKind>(choice(QStringLiteral("error"))),
                                    static_cast<RowOrder>(choice(QStringLiteral("order")))}));
}

BoxTab::BoxTab(CompareContext& context, QWidget* parent)
    : ChartTab(context, QStringLiteral("box"), tr("Box"), parent), m_chart(new RowChart),
      m_panel(makePanel(m_chart))
{
    fill(this, m_panel);
    addColumn(kColumn, tr("Column"), Wanted::Numeric, 0);
    addSwitch(QStringLiteral("log"), tr("Log"), false);
    endBar();
}

void BoxTab::draw()
{
    const auto shown = column(kColumn);
    if (!shown)
        return m_chart->setContent(nullptr);
    setTable(tableOf({*shown}));
    m_panel->setTitle(table()->groups.empty() ? nameOf(*shown)
                                              : tr("%1 by %2").arg(nameOf(*shown), table()->groupedBy));
    m_chart->setContent(boxContent(*table(), 0, isOn(QStringLiteral("log"))));
}

HistogramTab::HistogramTab(CompareContext& context, QWidget* parent)
    : ChartTab(context, QStringLiteral("histogram"), tr("Histogram"), parent), m_chart(new HistogramChart),
      m_counts(new RowChart), m_panel(makePanel(m_chart)), m_countsPanel(makePanel(m_counts)),
      m_stack(new QStackedWidget)
{
    m_stack->addWidget(m_panel);
    m_stack->addWidget(m_countsPanel);
    fill(this, m_stack);
    addColumn(kColumn, tr("Column"), Wanted::Any, 0);
    addSwitch(QStringLiteral("log"), tr("Log"), false);
    endBar();
}

void HistogramTab::draw()
{
    const auto shown = column(kColumn);
    if (!shown)
        return m_chart->setContent(nullptr);
    setTable(tableOf({*shown}));
    m_isCounts = table()->columns[0].kind == ChartColumn::Kind::Categories;
    panel()->setTitle(nameOf(*shown));
    m_stack->setCurrentWidget(panel());
    if (m_isCounts)
        m_counts->setContent(countContent(*table(), 0));
    else
        m_chart->setContent(histogramOf(table(), 0, isOn(QStringLiteral("log"))));
}

} // namespace sextant
