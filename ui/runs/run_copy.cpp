#include "ui/runs/run_copy.h"

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
        break;
    }
    return QLatin1String("| ") + fields.join(QLatin1String(" | ")) + QLatin1String(" |\n");
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
