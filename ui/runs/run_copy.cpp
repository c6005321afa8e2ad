#include "ui/runs/run_copy.h"

#include "core/base/latex.h"
#include "core/base/number.h"

#include <limits>

namespace sextant {

namespace {

QString field(QString text, CopyFormat format)
{
    switch (format) {
    case CopyFormat::Tsv: // a spreadsheet takes tabs and lines as cells
        return text.replace(QLatin1Char('\t'), QLatin1Char(' ')).replace(QLatin1Char('\n'), QLatin1Char(' '));
    case CopyFormat::Csv:
        if (text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) || text.contains(QLatin1Char('\n')))
            return QLatin1Char('"') + text.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
        return text;
    case CopyFormat::Markdown:
    case CopyFormat::Latex:
        break;
    }
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('|'), QLatin1String("\\|"));
    return text.replace(QLatin1Char('\n'), QLatin1Char(' '));
}

QString line(const QStringList& fields, CopyFormat format)
{
    switch (format) {
    case CopyFormat::Tsv:
        return fields.join(QLatin1Char('\t')) + QLatin1Char('\n');
    case CopyFormat::Csv:
        return fields.join(QLatin1Char(',')) + QLatin1Char('\n');
    case CopyFormat::Markdown:
    case CopyFormat::Latex:
        break;
    }
    return QLatin1String("| ") + fields.join(QLatin1String(" | ")) + QLatin1String(" |\n");
}

/// Numbers as a paper has them: rounded, with a true minus.
QString latexRuns(const RunsModel& model, const std::vector<int>& rows, const std::vector<int>& columns)
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    std::vector<LatexColumn> titles;
    for (int i : columns) {
        const auto& column = model.columns()[static_cast<std::size_t>(i)];
        titles.push_back({column.title.toStdString(), column.numeric});
    }
    std::vector<std::vector<std::string>> cells;
    for (auto row : rows) {
        std::vector<std::string> line;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto text = model.index(row, columns[i]).data(RunsModel::ExactTextRole).toString().toStdString();
            const auto number = titles[i].numeric ? parseDouble(text) : std::nullopt;
            line.push_back(number ? latexNumber(*number, kNone) : latexText(text));
        }
        cells.push_back(std::move(line));
    }
    return QString::fromStdString(latexTable(titles, cells));
}

} // namespace

QString copyRuns(const RunsModel& model, const std::vector<int>& rows, CopyFormat format)
{
    std::vector<int> columns;
    QStringList titles, rules;
    for (int i = 0; i < model.columnCount(); ++i) {
        const auto& column = model.columns()[static_cast<std::size_t>(i)];
        if (column.kind != RunsColumnKind::Name && column.kind != RunsColumnKind::Status && column.kind != RunsColumnKind::Value)
            continue;
        columns.push_back(i);
        titles << field(column.title, format);
        rules << (column.numeric ? QStringLiteral("---:") : QStringLiteral("---"));
    }
    if (format == CopyFormat::Latex)
        return latexRuns(model, rows, columns);
    auto text = line(titles, format);
    if (format == CopyFormat::Markdown)
        text += line(rules, format);
    for (auto row : rows) {
        QStringList fields;
        for (auto column : columns)
            fields << field(model.index(row, column).data(RunsModel::ExactTextRole).toString(), format);
        text += line(fields, format);
    }
    return text;
}

} // namespace sextant
