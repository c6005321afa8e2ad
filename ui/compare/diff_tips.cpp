// What the cells of the matrix of differences say in words: tooltips and texts for screen readers.
#include "ui/compare/diff_model.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <cmath>

namespace sextant {

namespace {

constexpr std::size_t kLongestTip = 1000;

QString percentText(double relative)
{
    auto percent = relative * 100;
    if (!std::isfinite(percent))
        return {};
    auto text = formatNumber(percent, {NumberFormat::Style::Fixed, std::abs(percent) < 1     ? 3
                                                                   : std::abs(percent) < 100 ? 1
                                                                                             : 0});
    return (percent > 0 ? QStringLiteral("+") : QString()) + text + QStringLiteral(" %");
}

} // namespace

/// "▲ +0.0014 (+0.05 %) from the baseline, worse", or that one of the two has no value; empty for the
/// baseline and equal values.
QString DiffModel::changeText(int row, int column) const
{
    auto place = static_cast<std::size_t>(column - FirstRun);
    if (place == 0)
        return m_runs.front().baseline ? tr("The baseline") : tr("The first run serves as baseline");
    const auto& matrix = *m_content->matrix;
    auto matrixPlace = matrixRow(row);
    auto change = matrix.differences->change(matrixPlace, place, 0, better(field(row)));
    if (!change.differs)
        return change.onlySpelling ? tr("The baseline's number, written differently") : tr("As the baseline");
    if (!change.delta)
        return matrix.differences->cell(matrixPlace, 0).missing() ? tr("The baseline has no value")
                                                                  : tr("Differs from the baseline");
    auto text = (*change.delta > 0 ? QStringLiteral("▲ ") : QStringLiteral("▼ ")) +
                formatDifference(*change.delta, matrix.formats[matrixPlace]);
    if (change.relative)
        text += QStringLiteral(" (%1)").arg(percentText(*change.relative));
    text = tr("%1 from the baseline").arg(text);
    if (change.verdict == Verdict::Better)
        text += tr(", better");
    else if (change.verdict == Verdict::Worse)
        text += tr(", worse");
    return text;
}

QString DiffModel::cellTip(int row, int column) const
{
    auto value =
        m_content->matrix->differences->cell(matrixRow(row), static_cast<std::size_t>(column - FirstRun));
    auto said = value.missing() ? tr("Not logged by this run")
                : value.state == DifferenceCell::State::Empty
                    ? tr("Logged, but empty")
                    : manyLines(toStdString(exactText(row, column).left(kLongestTip)), kLongestTip);
    return QStringLiteral("%1 · %2\n%3\n%4")
        .arg(oneLine(field(row).label, 120), m_runs[static_cast<std::size_t>(column - FirstRun)].name, said,
             changeText(row, column));
}

QString DiffModel::fieldTip(int row) const
{
    const auto& asked = field(row);
    auto lines = QStringList{oneLine(asked.label, kLongestTip)};
    if (asked.key != asked.label)
        lines << oneLine(asked.key, kLongestTip);
    lines << (asked.differs() ? tr("%1 different values in %2 runs")
                                    .arg(formatCount(asked.distinct), formatCount(m_runs.size()))
                              : tr("The same in all %1 runs").arg(formatCount(m_runs.size())));
    if (asked.present < m_runs.size())
        lines << tr("%1 of %2 runs have it").arg(formatCount(asked.present), formatCount(m_runs.size()));
    if (auto said = direction(row); said != 0)
        lines << (said > 0 ? tr("Higher is better, as set in this view")
                           : tr("Lower is better, as set in this view"));
    return lines.join(QLatin1Char('\n'));
}

QString DiffModel::runTip(const RunLook& run) const
{
    const auto& table = *m_content->matrix->differences->table();
    QStringList lines{run.name, shortId(run.runId)};
    lines << oneLine(table.experiment(run.row).name, 120);
    lines << formatTime(table.startTime(run.row));
    if (&run == &m_runs.front())
        lines << (run.baseline ? tr("The baseline") : tr("No baseline is set: the first run serves as one"));
    return lines.join(QLatin1Char('\n'));
}

QString DiffModel::accessibleText(const QModelIndex& index) const
{
    auto row = index.row(), column = index.column();
    if (const auto* section = head(row))
        return tr("%1, %2 differ, %3 constant, %4")
            .arg(sectionTitle(section->section), formatCount(section->count.differ),
                 formatCount(section->count.constant), folded(*section) ? tr("closed") : tr("open"));
    if (column < FirstRun)
        return fieldTip(row).replace(QLatin1Char('\n'), QLatin1String(", "));
    auto shown = cell(row, column);
    auto value = shown.kind == DiffCell::Kind::Missing ? tr("no value") : shown.text;
    return QStringLiteral("%1, %2: %3. %4")
        .arg(oneLine(field(row).label, 120), m_runs[static_cast<std::size_t>(column - FirstRun)].name, value,
             changeText(row, column));
}

} // namespace sextant
