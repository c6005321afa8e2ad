// The tables of a promotion: metrics side by side, gates clause by clause, what differs. Pure functions from
// a case to cells.
#pragma once

#include "ui/registry/desk_data.h"
#include "ui/registry/desk_sheet.h"

#include <functional>

namespace sextant {

/// 1 higher is better, −1 lower, 0: nobody said so.
using DirectionOf = std::function<int(const std::string& metric)>;

struct DeskTable
{
    std::vector<SheetColumn> columns;
    std::vector<SheetRow> rows;
    int hidden = 0; // rows left out until all are asked for
};

DeskTable metricsTable(const DeskCase& made, const DirectionOf& direction, bool all);
DeskTable gatesTable(const DeskCase& made);

struct Differing
{
    DeskTable table;
    int params = 0, equal = 0;
    QString summary; // "4 params, commit"
};
Differing differencesTable(const DeskCase& made, bool all);

/// "9 pass, 1 fails, 1 has no data".
QString gatesSummary(const DeskCase& made);

} // namespace sextant
