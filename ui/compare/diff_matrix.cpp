#include "ui/compare/diff_matrix.h"

#include "ui/widgets/store_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>

namespace sextant {

namespace {

QRegularExpression patternOf(const QString& search)
{
    return QRegularExpression(search, QRegularExpression::CaseInsensitiveOption |
                                          QRegularExpression::UseUnicodePropertiesOption);
}

/// Format and greatest change of one row.
void measureRow(DiffMatrix& matrix, std::size_t row, std::vector<double>& values)
{
    const auto& differences = *matrix.differences;
    if (!differences.rows()[row].numeric)
        return;
    values.clear();
    for (std::size_t column = 0; column < differences.runs(); ++column)
        values.push_back(differences.cell(row, column).number);
    auto& format = matrix.formats[row] = chooseFormat(values);
    auto base = values.front();
    auto longest = 0;
    auto low = HUGE_VAL, high = -HUGE_VAL;
    for (auto value : values) {
        if (!std::isfinite(value))
            continue;
        low = std::min(low, value);
        high = std::max(high, value);
        if (auto distance = std::abs(value - base); std::isfinite(distance))
            matrix.largest[row] = std::max(matrix.largest[row], distance);
    }
    if (differences.rows()[row].kind != DifferenceKind::Metric || low > high)
        return;
    longest = std::max(static_cast<int>(formatNumber(low, format).size()),
                       static_cast<int>(formatNumber(high, format).size()));
    matrix.numberLength = std::max(matrix.numberLength, longest);
}

Result<DiffMatrixPtr> makeMatrix(const DiffRequest& request, const Operation& operation)
{
    auto matrix = std::make_shared<DiffMatrix>();
    matrix->runs = request.runs;
    DifferencesRequest wanted;
    wanted.runs = request.runs;
    SEXTANT_TRY(matrix->differences, findDifferences(request.table, wanted, operation));
    const auto& rows = matrix->differences->rows();
    matrix->formats.resize(rows.size());
    matrix->largest.resize(rows.size());
    std::vector<double> values;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (operation.cancelled())
            return cancelledError();
        ++matrix->fields[static_cast<std::size_t>(kindOf(rows[row].kind))];
        measureRow(*matrix, row, values);
    }
    matrix->fields[static_cast<std::size_t>(DiffKind::All)] = rows.size();
    return DiffMatrixPtr(std::move(matrix));
}

/// Which rows of the matrix are asked for by kind and search.
Result<std::vector<bool>> wantedRows(const DiffMatrix& matrix, const DiffSettings& settings,
                                     const Operation& operation)
{
    const auto& rows = matrix.differences->rows();
    std::vector<bool> wanted(rows.size());
    auto pattern = patternOf(settings.search);
    auto searches = !settings.search.isEmpty();
    if (searches && !pattern.isValid())
        return fail(ErrorCode::InvalidArgument, toStdString(searchProblem(settings.search)),
                    "Correct the search or clear it");
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (operation.cancelled())
            return cancelledError();
        auto found = [&](const std::string& text) {
            return pattern.match(QString::fromStdString(text)).hasMatch();
        };
        auto ofKind = settings.kind == DiffKind::All || kindOf(rows[row].kind) == settings.kind;
        wanted[row] = ofKind && (!searches || found(rows[row].label) ||
                                 (rows[row].key != rows[row].label && found(rows[row].key)));
    }
    return wanted;
}

} // namespace

QString searchProblem(const QString& search)
{
    auto pattern = patternOf(search);
    if (search.isEmpty() || pattern.isValid())
        return {};
    return QCoreApplication::translate("DiffMatrix", "Not a regular expression: %1 at character %2")
        .arg(pattern.errorString())
        .arg(pattern.patternErrorOffset() + 1);
}

QString exactNumber(double value)
{
    if (isMissing(value))
        return {};
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (std::isinf(value))
        return value > 0 ? QStringLiteral("Infinity") : QStringLiteral("-Infinity");
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

QString exactText(const Differences& differences, std::size_t row, std::size_t column)
{
    auto value = differences.cell(row, column);
    if (value.state == DifferenceCell::State::Number &&
        differences.rows()[row].kind == DifferenceKind::Metric)
        return exactNumber(value.number);
    return QString::fromUtf8(value.text.data(), static_cast<qsizetype>(value.text.size()));
}

Result<DiffContentPtr> makeDiffContent(const DiffRequest& request, const Operation& operation)
{
    auto content = std::make_shared<DiffContent>();
    content->matrix = request.matrix;
    if (!content->matrix) {
        SEXTANT_TRY(content->matrix, makeMatrix(request, operation));
    }
    const auto& matrix = *content->matrix;
    SEXTANT_TRY(auto wanted, wantedRows(matrix, request.settings, operation));
    const auto& rows = matrix.differences->rows();
    std::array<DiffSection, kDifferenceSections> sections;
    for (std::size_t i = 0; i < sections.size(); ++i)
        sections[i].section = static_cast<DifferenceSection>(i);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (!wanted[row])
            continue;
        auto& count = sections[static_cast<std::size_t>(rows[row].section())].count;
        ++(rows[row].differs() ? count.differ : count.constant);
    }
    auto chosen = matrix.differences->select(
        request.settings.onlyDifferences, request.settings.order, [&](const DifferenceRow& row) {
            return static_cast<bool>(wanted[static_cast<std::size_t>(&row - rows.data())]);
        });
    for (auto row : chosen)
        sections[static_cast<std::size_t>(rows[row].section())].rows.push_back(row);
    for (auto& section : sections) {
        content->count.differ += section.count.differ;
        content->count.constant += section.count.constant;
        if (!section.rows.empty())
            content->sections.push_back(std::move(section));
    }
    content->hidden = request.settings.onlyDifferences ? content->count.constant : 0;
    return DiffContentPtr(std::move(content));
}

} // namespace sextant
