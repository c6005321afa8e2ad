// Runs of a made-up search over optimizers, learning rates and widths, for charts of columns.
#pragma once

#include "ui/charts/chart_columns.h"
#include "ui/theme/theme.h"

#include <random>

namespace sextant::test {

inline double uniform(std::mt19937& random)
{
    return static_cast<double>(random()) / 4294967296.0;
}

/// Columns: 0 optimizer (categories), 1 lr (log), 2 width, 3 dropout with missing ones, 4 val/loss (low is
/// better), 5 val/accuracy. Grouped by optimizer; every 25th run diverged to NaN, every 40th to infinity.
inline ChartTablePtr searchTable(int runs, bool odd = true, unsigned seed = 7)
{
    const QStringList optimizers{QStringLiteral("adamw"), QStringLiteral("lion"), QStringLiteral("muon")};
    auto table = std::make_shared<ChartTable>();
    table->groupedBy = QStringLiteral("params.optimizer");
    for (int group = 0; group < optimizers.size(); ++group)
        table->groups.push_back(
            {optimizers[group], Theme::current().series(group), Theme::current().dash(10 * group)});
    table->columns.resize(6);
    const char* names[] = {"optimizer", "lr", "width", "dropout", "val/loss", "val/accuracy"};
    for (std::size_t column = 0; column < 6; ++column)
        table->columns[column].name = QString::fromLatin1(names[column]);
    table->columns[0].kind = ChartColumn::Kind::Categories;
    table->columns[0].categories = optimizers;
    table->columns[4].better = Better::Lower;
    std::mt19937 random(seed);
    for (int run = 0; run < runs; ++run) {
        const int group = static_cast<int>(random() % 3);
        const double lr = std::pow(10, -5 + 3.5 * uniform(random)), width = 64 << (random() % 5);
        double loss = 2.5 + 0.12 * std::pow(std::log10(lr) + 3, 2) - 0.05 * std::log2(width / 64) +
                      0.08 * group + 0.1 * uniform(random);
        table->rows.push_back(
            {QStringLiteral("run%1").arg(run),
             QStringLiteral("%1-lr%2-s%3").arg(optimizers[group]).arg(lr, 0, 'e', 1).arg(run),
             Theme::current().series(run), Theme::current().dash(10 * group), group});
        table->columns[0].codes.push_back(group);
        table->columns[1].values.push_back(lr);
        table->columns[2].values.push_back(width);
        table->columns[3].values.push_back(odd && run % 9 == 4 ? kMissing
                                                               : std::round(10 * uniform(random)) / 20);
        table->columns[5].values.push_back(1 / loss + 0.05 * uniform(random));
        if (odd && run % 25 == 24)
            loss = std::nan("");
        else if (odd && run % 40 == 39)
            loss = std::numeric_limits<double>::infinity();
        table->columns[4].values.push_back(loss);
    }
    return table;
}

/// One numeric column, and rows named after their number.
inline ChartTablePtr columnTable(std::vector<double> values, const QString& name = QStringLiteral("metric"))
{
    auto table = std::make_shared<ChartTable>();
    for (std::size_t row = 0; row < values.size(); ++row)
        table->rows.push_back({QString::number(row),
                               QStringLiteral("run %1").arg(row),
                               Theme::current().series(static_cast<int>(row)),
                               {},
                               -1});
    ChartColumn column;
    column.name = name;
    column.values = std::move(values);
    table->columns.push_back(std::move(column));
    return table;
}

} // namespace sextant::test
