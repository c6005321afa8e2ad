#include "ui/compare/statistics_tab.h"

#include "core/base/latex.h"
#include "ui/compare/statistics_model.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>

namespace sextant {

namespace {

QString quoted(QString text)
{
    if (text.contains(u',') || text.contains(u'"') || text.contains(u'\n'))
        text = u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return text;
}

/// Cells with the padding of the head, and a hairline below.
class Cells final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const override
    {
        QStyleOptionViewItem option = given;
        initStyleOption(&option, index);
        const Theme& theme = Theme::of(option.widget);
        option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
        const int padding = theme.length("space.3");
        const QRect area = option.rect.adjusted(padding, 0, -padding, 0);
        painter->setPen(option.palette.color(QPalette::Text));
        painter->setFont(option.font);
        painter->drawText(area, static_cast<int>(option.displayAlignment),
                          option.fontMetrics.elidedText(option.text, Qt::ElideRight, area.width()));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          theme.color("border.hairline"));
    }
};

int widthOf(int column)
{
    constexpr int kText = 176, kCount = 52, kNumber = 92;
    switch (column) {
    case StatisticsModel::Group:
    case StatisticsModel::Interval:
    case StatisticsModel::Best:
        return kText;
    case StatisticsModel::Count:
        return kCount;
    default:
        return kNumber;
    }
}

QString exact(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 17) : QString();
}

} // namespace

StatisticsTab::StatisticsTab(CompareContext& context, QWidget* parent)
    : ChartTab(context, QStringLiteral("statistics"), tr("Statistics"), parent),
      m_model(new StatisticsModel(this)), m_view(new QTableView), m_note(new QLabel)
{
    const Theme& theme = Theme::of(this);
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Statistics of groups"));
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(theme.length("row.table"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setTabKeyNavigation(false);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->setItemDelegate(new Cells(m_view));
    for (int column = 0; column < StatisticsModel::ColumnCount; ++column)
        m_view->setColumnWidth(column, widthOf(column));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setMargin(theme.length("space.3"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_note);
    addColumn(QStringLiteral("metric"), tr("Metric"), Wanted::Numeric, 0);
    endBar();
    connect(m_view, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        const auto& group = m_model->table().groups[static_cast<std::size_t>(index.row())];
        if (!group.bestId.empty())
            emit runPicked(group.bestId);
    });
}

void StatisticsTab::draw()
{
    const auto metric = column(QStringLiteral("metric"));
    if (!metric) {
        m_model->setTable({});
        return m_note->setText(tr("These runs have no column of numbers"));
    }
    m_model->setTable(statisticsOf(*scene(), *metric, nameOf(*metric)));
    const auto& table = m_model->table();
    QStringList notes;
    if (scene()->groups.empty())
        notes << tr("Group the runs in the list to compare groups");
    else if (table.groups.size() > 1)
        notes << tr("Tests are against %1, without correction for testing several groups")
                     .arg(table.groups[table.reference].label);
    if (metric->kind == ColumnKind::Metric && !scene()->directions.contains(metric->key))
        notes << tr("Say in the Runs table whether higher or lower is better to see the best run");
    m_note->setText(notes.join(QStringLiteral(" · ")));
}

std::vector<CompareTab::ExportItem> StatisticsTab::exportItems()
{
    return {{tr("Copy as CSV"), [this] { QGuiApplication::clipboard()->setText(asCsv()); }},
            {tr("Copy as LaTeX"), [this] { QGuiApplication::clipboard()->setText(asLatex()); }}};
}

QString StatisticsTab::asCsv() const
{
    QString csv = QStringLiteral("group,metric,n,mean,std,stderr,ci_low,ci_high,min,median,max,best_run_id,"
                                 "difference,p_value,hedges_g\n");
    const auto& table = m_model->table();
    for (const auto& group : table.groups) {
        const auto& s = group.summary;
        QStringList cells{quoted(group.label), quoted(table.column), QString::number(s.count)};
        for (double value : {s.mean, s.deviation, s.standardError, s.confidence.low, s.confidence.high, s.min,
                             s.median, s.max})
            cells << exact(value);
        cells << QString::fromStdString(group.bestId);
        for (double value :
             {group.test ? group.test->difference : kUndefined, group.test ? group.test->pValue : kUndefined,
              group.test ? group.test->effectCorrected : kUndefined})
            cells << exact(value);
        csv += cells.join(u',') + u'\n';
    }
    return csv;
}

QString StatisticsTab::asLatex() const
{
    const auto& table = m_model->table();
    const std::vector<LatexColumn> columns{
        {scene()->groupedBy.isEmpty() ? std::string() : scene()->groupedBy.toStdString(), false},
        {"n", true},
        {table.column.toStdString(), true}};
    std::vector<std::vector<std::string>> rows;
    for (const auto& group : table.groups)
        rows.push_back({latexText(group.label.toStdString()), std::to_string(group.summary.count),
                        latexNumber(group.summary.mean, group.summary.deviation)});
    return QString::fromStdString(latexTable(columns, rows));
}

} // namespace sextant
