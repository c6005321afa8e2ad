#include "ui/compare/search_tabs.h"

#include "core/table/importance.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/contour_chart.h"
#include "ui/charts/row_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/charts/value_text.h"
#include "ui/widgets/number_painter.h"

#include <QVBoxLayout>

namespace sextant {
namespace {

void fill(QWidget* tab, QWidget* content)
{
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(content);
}

QString noteOf(const ImportanceReport& report)
{
    if (report.params.empty())
        return {}; // the place of the chart says why
    QStringList parts;
    const QString runs = groupedText(static_cast<std::int64_t>(report.runs));
    if (!report.undefined.empty())
        parts << QString::fromStdString(report.undefined);
    else
        parts << QStringLiteral("permutation importance of a random forest, out-of-bag R² %1%2, n = %3")
                     .arg(roundedText(report.outOfBagR2, 2),
                          report.outOfBagR2 < 0.2 ? QStringLiteral(" (poor fit: do not trust the bars)")
                                                  : QString(),
                          runs);
    parts << QStringLiteral("beside: Spearman rank correlation");
    if (report.left > 0)
        parts << QStringLiteral("%1 runs without the metric left out")
                     .arg(groupedText(static_cast<std::int64_t>(report.left)));
    if (report.notDrawn > 0)
        parts << QStringLiteral("forest on a random part, %1 runs not drawn")
                     .arg(groupedText(static_cast<std::int64_t>(report.notDrawn)));
    if (!report.constant.empty())
        parts << (report.constant.size() == 1
                      ? QStringLiteral("1 constant parameter not shown")
                      : QStringLiteral("%1 constant parameters not shown").arg(report.constant.size()));
    return parts.join(QStringLiteral(" · "));
}

QString emptyText(const ImportanceReport& report)
{
    constexpr std::size_t kFewestRuns = 10; // for a forest
    if (report.undefined.empty())
        return ImportanceTab::tr("No parameter differs between these runs");
    if (report.runs < kFewestRuns)
        return ImportanceTab::tr("Importance needs at least %1 runs with the metric; there %2")
            .arg(QString::number(kFewestRuns),
                 counted(report.runs, ImportanceTab::tr("is 1"), ImportanceTab::tr("are %1")));
    const auto text = QString::fromStdString(report.undefined);
    return text.left(1).toUpper() + text.mid(1);
}

RowContentPtr contentOf(const ImportanceReport& report)
{
    std::vector<ImportanceRow> rows;
    for (const ParamImportance& one : report.params) {
        ImportanceRow row{fieldTitle(one.column), one.importance, one.deviation, one.rank.coefficient, {}};
        row.correlationText =
            !one.numeric ? QStringLiteral("categories")
            : one.rank.pairs >= 3 && std::isfinite(one.rank.coefficient)
                ? QStringLiteral("%1, %2, n = %3")
                      .arg(roundedText(one.rank.coefficient, 2), probabilityText(one.rank.pValue))
                      .arg(one.rank.pairs)
                : QStringLiteral("undefined, n = %1").arg(one.rank.pairs);
        if (one.rank.pairs < 3)
            row.correlation = kUndefined;
        rows.push_back(std::move(row));
    }
    return importanceContent(rows, noteOf(report));
}

} // namespace

ContourTab::ContourTab(CompareContext& context, QWidget* parent)
    : ChartTab(context, QStringLiteral("contour"), tr("Contour"), parent), m_chart(new ContourChart),
      m_panel(makePanel(m_chart))
{
    fill(this, m_panel);
    addColumn(QStringLiteral("x"), QStringLiteral("X"), Wanted::NotMetric, 0);
    addColumn(QStringLiteral("y"), QStringLiteral("Y"), Wanted::NotMetric, 1);
    addColumn(QStringLiteral("metric"), tr("Metric"), Wanted::Metric, 0);
    addSwitch(QStringLiteral("logX"), tr("Log X"), false);
    addSwitch(QStringLiteral("logY"), tr("Log Y"), false);
    endBar();
}

std::optional<ColumnRef> ContourTab::firstColumn(const QString& key) const
{
    if (!m_first || (key != QLatin1String("x") && key != QLatin1String("y")))
        return std::nullopt;
    return key == QLatin1String("x") ? m_first->first : m_first->second;
}

void ContourTab::draw()
{
    const auto x = column(QStringLiteral("x")), y = column(QStringLiteral("y")),
               metric = column(QStringLiteral("metric"));
    if (!x || !y || !metric || *x == *y) {
        m_chart->setEmptyText(tr("Choose two parameters that differ between the runs, and a metric"));
        return m_chart->setContent(nullptr);
    }
    setTable(tableOf({*x, *y, *metric}));
    m_panel->setTitle(tr("%1 over %2 and %3").arg(nameOf(*metric), nameOf(*x), nameOf(*y)));
    const ContourSettings settings{isLogarithmic(QStringLiteral("logX"), table()->columns[0]),
                                   isLogarithmic(QStringLiteral("logY"), table()->columns[1])};
    m_working = true;
    context().page.jobs.start<ContourContentPtr>(
        tr("Interpolating %1").arg(nameOf(*metric)), QStringLiteral("compare.contour"), this,
        [drawn = table(), settings](const Operation&) -> Result<ContourContentPtr> {
            return contourOf(drawn, 0, 1, 2, settings);
        },
        [this](Result<ContourContentPtr> content) {
            m_working = false;
            if (content) {
                m_chart->setEmptyText(tr("No run has both parameters and the metric"));
                m_chart->setContent(std::move(*content));
            }
            emit statusChanged();
        });
}

ImportanceTab::ImportanceTab(CompareContext& context, QWidget* parent)
    : ChartTab(context, QStringLiteral("importance"), tr("Importance"), parent), m_chart(new RowChart),
      m_panel(makePanel(m_chart))
{
    fill(this, m_panel);
    addColumn(QStringLiteral("metric"), tr("Metric"), Wanted::Metric, 0);
    endBar();
}

void ImportanceTab::draw()
{
    const auto metric = column(QStringLiteral("metric"));
    if (!metric || !scene()->table) {
        m_chart->setEmptyText(tr("These runs have no metric"));
        return m_chart->setContent(nullptr);
    }
    m_panel->setTitle(tr("What matters for %1").arg(nameOf(*metric)));
    std::vector<RowIndex> rows;
    for (const RunLook& run : scene()->runs)
        if (run.drawn() && run.row != kNoRow)
            rows.push_back(run.row);
    m_working = true;
    m_chart->showLoading(tr("Growing a random forest over %1 runs").arg(groupedText(std::ssize(rows))));
    context().page.jobs.start<ImportanceReport>(
        tr("Importance for %1").arg(nameOf(*metric)), QStringLiteral("compare.importance"), this,
        [source = scene()->table, rows, metric = *metric](const Operation& operation) {
            return importanceOf(*source, rows, metric, {}, {}, operation);
        },
        [this](Result<ImportanceReport> report) {
            m_working = false;
            if (!report) {
                m_chart->showError(QString::fromStdString(report.error().message),
                                   QString::fromStdString(report.error().hint));
            } else {
                m_chart->setEmptyText(emptyText(*report));
                m_chart->setContent(contentOf(*report));
            }
            emit statusChanged();
        });
}

} // namespace sextant
