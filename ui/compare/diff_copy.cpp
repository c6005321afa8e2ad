#include "ui/compare/diff_copy.h"

#include "ui/widgets/store_text.h"

namespace sextant {

namespace {

QString field(QString text, DiffTextFormat format)
{
    if (format == DiffTextFormat::Csv) {
        if (text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) ||
            text.contains(QLatin1Char('\n')) || text.contains(QLatin1Char('\r')))
            return QLatin1Char('"') + text.replace(QLatin1Char('"'), QLatin1String("\"\"")) +
                   QLatin1Char('"');
        return text;
    }
    for (auto& character : text)
        if (character.unicode() < 0x20)
            character = QLatin1Char(' ');
    if (format == DiffTextFormat::Markdown)
        text.replace(QLatin1Char('\\'), QLatin1String("\\\\"))
            .replace(QLatin1Char('|'), QLatin1String("\\|"));
    return text;
}

QString line(const QStringList& fields, DiffTextFormat format)
{
    switch (format) {
    case DiffTextFormat::Tsv:
        return fields.join(QLatin1Char('\t')) + QLatin1Char('\n');
    case DiffTextFormat::Csv:
        return fields.join(QLatin1Char(',')) + QLatin1Char('\n');
    case DiffTextFormat::Markdown:
        break;
    }
    return QLatin1String("| ") + fields.join(QLatin1String(" | ")) + QLatin1String(" |\n");
}

QString kindName(DifferenceKind kind)
{
    switch (kind) {
    case DifferenceKind::Metric:
        return QStringLiteral("metric");
    case DifferenceKind::Param:
        return QStringLiteral("param");
    case DifferenceKind::Data:
        return QStringLiteral("data");
    case DifferenceKind::Code:
    case DifferenceKind::Environment:
        return QStringLiteral("code");
    case DifferenceKind::Tag:
        break;
    }
    return QStringLiteral("tag");
}

} // namespace

Result<QString> diffText(const DiffCopy& copy, DiffTextFormat format, const Operation& operation)
{
    const auto& differences = *copy.matrix->differences;
    QStringList head{QStringLiteral("kind"), QStringLiteral("field")},
        rule{QStringLiteral("---"), QStringLiteral("---")};
    for (auto column : copy.columns) {
        head << field(copy.names[column], format);
        rule << QStringLiteral("---:");
    }
    auto text = line(head, format);
    if (format == DiffTextFormat::Markdown)
        text += line(rule, format);
    for (auto row : copy.rows) {
        if (operation.cancelled())
            return cancelledError();
        const auto& asked = differences.rows()[row];
        QStringList fields{kindName(asked.kind), field(QString::fromStdString(asked.label), format)};
        for (auto column : copy.columns)
            fields << field(exactText(differences, row, column), format);
        text += line(fields, format);
    }
    return text;
}

DiffCopy copyOf(const DiffModel& model, const QItemSelection& selection)
{
    DiffCopy copy;
    copy.matrix = model.content()->matrix;
    for (const auto& run : model.runs())
        copy.names.push_back(run.name);
    std::set<int> rows, columns;
    for (const auto& range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.insert(row);
        for (int column = std::max<int>(range.left(), DiffModel::FirstRun); column <= range.right(); ++column)
            columns.insert(column);
    }
    for (auto row : rows)
        if (!model.head(row))
            copy.rows.push_back(model.matrixRow(row));
    for (std::size_t i = 0; i < copy.names.size(); ++i)
        if (columns.empty() || columns.contains(static_cast<int>(i) + DiffModel::FirstRun))
            copy.columns.push_back(i);
    return copy;
}

DiffCopy copyOf(const DiffModel& model)
{
    return copyOf(
        model, QItemSelection(model.index(0, 0), model.index(model.rowCount() - 1, model.columnCount() - 1)));
}

} // namespace sextant
