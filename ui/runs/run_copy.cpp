#include "ui/runs/run_copy.h"

#include "core/base/latex.h"
#include "core/base/number.h"
#include "ui/runs/group_text.h"
#include "ui/widgets/store_text.h"

#include <QCoreApplication>

#include <algorithm>
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

/// Writes a table in one of the formats. LaTeX cells come ready; those of the others are made safe here.
class TableWriter
{
public:
    explicit TableWriter(CopyFormat format) : m_format(format) {}

    void addColumn(const QString& title, bool numeric)
    {
        m_titles << title;
        m_numeric.push_back(numeric);
    }
    bool isLatex() const { return m_format == CopyFormat::Latex; }
    /// Formats for people have a figure and its spread in one column, those for programs in two.
    bool joinsSpread() const { return m_format == CopyFormat::Latex || m_format == CopyFormat::Markdown; }
    void addRow(QStringList cells) { m_rows.push_back(std::move(cells)); }

    QString write() const
    {
        if (isLatex())
            return writeLatex();
        QStringList titles, rules;
        for (qsizetype i = 0; i < m_titles.size(); ++i) {
            titles << field(m_titles[i], m_format);
            rules << (m_numeric[static_cast<std::size_t>(i)] ? QStringLiteral("---:")
                                                             : QStringLiteral("---"));
        }
        auto text = line(titles, m_format);
        if (m_format == CopyFormat::Markdown)
            text += line(rules, m_format);
        for (const auto& row : m_rows) {
            QStringList cells;
            for (const auto& cell : row)
                cells << field(cell, m_format);
            text += line(cells, m_format);
        }
        return text;
    }

private:
    QString writeLatex() const
    {
        std::vector<LatexColumn> columns;
        for (qsizetype i = 0; i < m_titles.size(); ++i)
            columns.push_back({m_titles[i].toStdString(), m_numeric[static_cast<std::size_t>(i)]});
        std::vector<std::vector<std::string>> rows;
        for (const auto& row : m_rows) {
            rows.emplace_back();
            for (const auto& cell : row)
                rows.back().push_back(cell.toStdString());
        }
        return QString::fromStdString(latexTable(columns, rows));
    }

    CopyFormat m_format;
    QStringList m_titles;
    std::vector<bool> m_numeric;
    std::vector<QStringList> m_rows;
};

/// Groups, and runs among them, as one table.
class GroupCopier
{
public:
    explicit GroupCopier(const CopyRequest& request)
        : m_request(request), m_table(*request.arrangement->table), m_groups(*request.arrangement->groups),
          m_writer(request.format), m_withRuns(std::any_of(request.rows.begin(), request.rows.end(),
                                                           [](RowIndex row) { return row != kNoRow; }))
    {
        for (const auto& field : m_groups.runs.fields())
            m_writer.addColumn(groupFieldTitle(field.column), false);
        if (m_withRuns)
            m_writer.addColumn(tr("Run"), false);
        m_writer.addColumn(tr("n"), true);
        for (const auto& column : request.columns) {
            if (column.kind == RunsColumnKind::Value || column.kind == RunsColumnKind::Best)
                addColumn(column);
        }
    }

    Result<QString> copy(const Operation& operation)
    {
        for (std::size_t i = 0; i < m_request.rows.size(); ++i) {
            if (operation.cancelled())
                return cancelledError();
            addRow(m_request.rows[i], m_request.groups[i]);
            operation.progress("Copying rows", i + 1, m_request.rows.size());
        }
        return m_writer.write();
    }

private:
    static QString tr(const char* text) { return QCoreApplication::translate("GroupCopy", text); }
    static bool isNumber(const RunsColumn& column)
    {
        return column.ref.kind == ColumnKind::Metric || column.ref.key == "duration";
    }

    void addColumn(const RunsColumn& column)
    {
        auto isDate = column.ref.kind == ColumnKind::Attribute && column.ref.key.ends_with("_time");
        if (column.kind == RunsColumnKind::Best || !column.numeric || isDate ||
            (!isNumber(column) && hasSpread(column.figure)))
            return m_writer.addColumn(column.title, false);
        auto figure = figureName(column.figure);
        if (!hasSpread(column.figure) || m_writer.joinsSpread())
            return m_writer.addColumn(column.title + QLatin1Char(' ') + figure, true);
        m_writer.addColumn(column.title + QLatin1Char(' ') + figure.section(QStringLiteral(" ± "), 0, 0),
                           true);
        m_writer.addColumn(column.title + QLatin1Char(' ') + figure.section(QStringLiteral(" ± "), 1), true);
    }

    QString text(const QString& plain) const
    {
        return m_writer.isLatex() ? QString::fromStdString(latexText(plain.toStdString())) : plain;
    }

    void addNumber(QStringList& cells, const RunsColumn& column, double value, double spread) const
    {
        auto exact = [](double number) {
            return isMissing(number) ? QString() : QString::fromStdString(formatDouble(number));
        };
        auto apart = column.spread && !m_writer.joinsSpread();
        if (m_writer.isLatex()) {
            auto none = std::numeric_limits<double>::quiet_NaN();
            cells << (isMissing(value)
                          ? QString()
                          : QString::fromStdString(latexNumber(value, isMissing(spread) ? none : spread)));
        } else if (apart) {
            cells << exact(value) << exact(spread);
        } else {
            cells << (isMissing(spread)
                          ? exact(value)
                          : column.numberText(value) + QStringLiteral(" ± ") + column.numberText(spread));
        }
    }

    void addCell(QStringList& cells, const RunsColumn& column, int group) const
    {
        const auto& cell = (*column.groups)[static_cast<std::size_t>(group)];
        auto isDate = column.ref.key.ends_with("_time") && column.ref.kind == ColumnKind::Attribute;
        if (cell.kind == GroupCell::Kind::Number && !isDate)
            return addNumber(cells, column, cell.value, cell.spread);
        if (cell.kind == GroupCell::Kind::Shared)
            cells << text(column.exactText(m_table, cell.row));
        else if (isDate && !isMissing(cell.value))
            cells << text(formatTime(static_cast<EpochMs>(cell.value)));
        else
            cells << (cell.kind == GroupCell::Kind::Many ? text(column.cell(m_table, cell).text) : QString());
    }

    void addRow(RowIndex row, int group)
    {
        QStringList cells;
        auto index = static_cast<std::size_t>(group);
        for (std::size_t field = 0; field < m_groups.runs.fields().size(); ++field)
            cells << (group < 0 ? QString() : text(groupValueText(m_groups, index, field)));
        if (m_withRuns)
            cells << (row == kNoRow ? QString() : text(oneLine(m_table.name(row))));
        cells << (row == kNoRow ? QString::number(m_groups.groups[index].size()) : QString());
        for (const auto& column : m_request.columns) {
            if (column.kind == RunsColumnKind::Best) {
                auto best = row == kNoRow ? m_groups.groups[index].best : kNoRow;
                cells << (best == kNoRow ? QString() : text(oneLine(m_table.name(best))));
            } else if (column.kind != RunsColumnKind::Value) {
                continue;
            } else if (row == kNoRow) {
                addCell(cells, column, group);
            } else if (isNumber(column)) {
                addNumber(cells, column, column.number(m_table, row), kMissing);
            } else {
                cells << text(column.exactText(m_table, row));
            }
        }
        m_writer.addRow(std::move(cells));
    }

    const CopyRequest& m_request;
    const RunTable& m_table;
    const GroupedRuns& m_groups;
    TableWriter m_writer;
    bool m_withRuns;
};

} // namespace

CopyRequest copyRequest(const RunsModel& model, const std::vector<int>& rows, CopyFormat format)
{
    CopyRequest request{model.arrangement(), {}, {}, {}, format};
    auto withGroups = std::any_of(rows.begin(), rows.end(), [&](int row) { return model.isHead(row); });
    for (const auto& column : model.columns()) {
        if (column.kind == RunsColumnKind::Name || column.kind == RunsColumnKind::Status ||
            column.kind == RunsColumnKind::Value || (withGroups && column.kind == RunsColumnKind::Best))
            request.columns.push_back(column);
    }
    for (auto row : rows) {
        request.rows.push_back(model.tableRow(row));
        if (withGroups)
            request.groups.push_back(model.groupOf(row));
    }
    return request;
}

Result<QString> copyRuns(const CopyRequest& request, const Operation& operation)
{
    if (!request.groups.empty())
        return GroupCopier(request).copy(operation);
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
