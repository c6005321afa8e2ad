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
        return text.replace(QLatin1Char('\t'), QLatin1Char(' '))
            .replace(QLatin1Char('\n'), QLatin1Char(' '))
            .remove(QLatin1Char('\r'));
    case CopyFormat::Csv:
        if (text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) ||
            text.contains(QLatin1Char('\n')) || text.contains(QLatin1Char('\r')))
            return QLatin1Char('"') + text.replace(QLatin1Char('"'), QLatin1String("\"\"")) +
                   QLatin1Char('"');
        return text;
    case CopyFormat::Markdown:
    case CopyFormat::Latex:
        break;
    }
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('|'), QLatin1String("\\|"));
    return text.replace(QLatin1Char('\n'), QLatin1Char(' ')).remove(QLatin1Char('\r'));
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
QString latexRuns(const CopyRequest& request)
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    std::vector<LatexColumn> titles;
    for (const auto& column : request.columns)
        titles.push_back({column.title.toStdString(), column.numeric});
    std::vector<std::vector<std::string>> cells;
    for (auto row : request.rows) {
        std::vector<std::string> line;
        for (const auto& column : request.columns) {
            const auto text = column.exactText(*request.arrangement->table, row).toStdString();
            const auto number = column.numeric ? parseDouble(text) : std::nullopt;
            line.push_back(number ? latexNumber(*number, kNone) : latexText(text));
        }
        cells.push_back(std::move(line));
    }
    return QString::fromStdString(latexTable(titles, cells));
}

} // namespace

CopyRequest copyRequest(const RunsModel& model, const std::vector<int>& rows, CopyFormat format)
{
    CopyRequest request{model.arrangement(), {}, {}, format};
    for (const auto& column : model.columns()) {
        if (column.kind == RunsColumnKind::Name || column.kind == RunsColumnKind::Status ||
            column.kind == RunsColumnKind::Value)
            request.columns.push_back(column);
    }
    for (auto row : rows)
        request.rows.push_back(model.tableRow(row));
    return request;
}

Result<QString> copyRuns(const CopyRequest& request, const Operation& operation)
{
    QStringList titles, rules;
    for (const auto& column : request.columns) {
        titles << field(column.title, request.format);
        rules << (column.numeric ? QStringLiteral("---:") : QStringLiteral("---"));
    }
    if (request.format == CopyFormat::Latex)
        return latexRuns(request);
    auto text = line(titles, request.format);
    if (request.format == CopyFormat::Markdown)
        text += line(rules, request.format);
    for (std::size_t i = 0; i < request.rows.size(); ++i) {
        if (operation.cancelled())
            return cancelledError();
        QStringList fields;
        for (const auto& column : request.columns)
            fields << field(column.exactText(*request.arrangement->table, request.rows[i]), request.format);
        text += line(fields, request.format);
        operation.progress("Copying rows", i + 1, request.rows.size());
    }
    return text;
}

QString copyRuns(const RunsModel& model, const std::vector<int>& rows, CopyFormat format)
{
    return copyRuns(copyRequest(model, rows, format)).value_or(QString());
}

} // namespace sextant
