#include "ui/compare/statistics_tab.h"

#include "core/base/latex.h"
#include "ui/compare/statistics_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/line.h"
#include "ui/widgets/picker_button.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
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

constexpr const char* kTestIds[] = {"welch", "paired t", "wilcoxon"}; // as MeanTestKind

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
        const int padding = theme.length("space.2");
        const QRect area = option.rect.adjusted(padding, 0, -padding, 0);
        painter->setPen(option.palette.color(QPalette::Text));
        painter->setFont(option.font);
        painter->drawText(area, static_cast<int>(option.displayAlignment),
                          option.fontMetrics.elidedText(option.text, Qt::ElideRight, area.width()));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          theme.color("border.hairline"));
    }
};

QString exact(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 17) : QString();
}

} // namespace

StatisticsTab::StatisticsTab(CompareContext& context, QWidget* parent)
    : ChartTab(context, QStringLiteral("statistics"), tr("Statistics"), parent),
      m_model(new StatisticsModel(this)), m_view(new QTableView),
      m_reference(new PickerButton(tr("Against"))), m_test(new TextLabel({}, Theme::Text::Body)),
      m_note(new TextLabel({}, Theme::Text::Small, "text.muted"))
{
    const Theme& theme = Theme::of(this);
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Statistics of groups"));
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setMinimumSectionSize(theme.length("row.table"));
    m_view->verticalHeader()->setDefaultSectionSize(theme.length("row.table"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setTabKeyNavigation(false);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->setItemDelegate(new Cells(m_view));
    for (auto* label : {m_test, m_note}) {
        label->setWordWrap(true);
        label->setMargin(theme.length("space.3"));
    }
    m_test->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_test->setAccessibleName(tr("Test of the selected group"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_line = new Line(Qt::Horizontal));
    layout->addWidget(m_test);
    layout->addWidget(m_note);
    addColumn(QStringLiteral("metric"), tr("Metric"), Wanted::Numeric, 0);
    addChoice(QStringLiteral("test"), tr("Test"), {tr("Welch's t"), tr("Paired t"), tr("Wilcoxon")}, 0);
    addColumn(QStringLiteral("pair"), tr("Pair by"), Wanted::NotMetric, 0);
    addReference();
    endBar();
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &StatisticsTab::showTest);
    connect(m_model, &QAbstractItemModel::modelReset, this, &StatisticsTab::showTest);
    connect(m_view, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        const auto& group = m_model->table().groups[static_cast<std::size_t>(index.row())];
        if (!group.bestId.empty())
            emit runPicked(group.bestId);
    });
}

void StatisticsTab::addReference()
{
    auto* menu = new QMenu(m_reference);
    m_reference->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &StatisticsTab::fillReference);
    barLayout()->addWidget(m_reference);
}

void StatisticsTab::fillReference()
{
    auto* menu = m_reference->findChild<QMenu*>();
    menu->clear();
    auto add = [&](const QString& text, const std::string& key, bool checked) {
        auto* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(checked);
        connect(action, &QAction::triggered, this, [this, key] {
            auto next = state();
            next[QStringLiteral("reference")] = QString::fromStdString(key);
            keepState(next, tr("test against another group"));
        });
    };
    auto chosen = state()[QStringLiteral("reference")].toString().toStdString();
    add(tr("the baseline's group, else the first"), {}, chosen.empty());
    menu->addSeparator();
    for (const auto& group : m_model->table().groups)
        add(group.label, group.key, chosen == group.key);
}

std::optional<ColumnRef> StatisticsTab::pairColumn() const
{
    if (state().contains(QStringLiteral("pair")))
        return column(QStringLiteral("pair"));
    for (const auto& choice : choices())
        if (choice.column.kind != ColumnKind::Metric &&
            fieldTitle(choice.column).contains(QLatin1String("seed"), Qt::CaseInsensitive))
            return choice.column;
    return std::nullopt;
}

void StatisticsTab::fitColumns()
{
    constexpr int kWidest = 240; // a name; the whole is in its tip
    const Theme& theme = Theme::of(this);
    const int padding = 2 * theme.length("space.2") + 2; // advances are rounded
    const QFontMetrics metrics(m_view->font()), head(theme.font(Theme::Text::SmallStrong));
    QList<int> widths;
    for (int column = 0; column < StatisticsModel::ColumnCount; ++column) {
        int width =
            head.horizontalAdvance(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()) +
            padding;
        for (const GroupStatistics& group : m_model->table().groups)
            width = std::max(width, metrics.horizontalAdvance(m_model->text(group, column)) + padding);
        widths << std::min(width, kWidest);
    }
    if (widths == m_widths)
        return; // what the user made of them stays
    m_widths = widths;
    for (int column = 0; column < StatisticsModel::ColumnCount; ++column)
        m_view->setColumnWidth(column, widths[column]);
}

void StatisticsTab::draw()
{
    const auto metric = column(QStringLiteral("metric"));
    constexpr MeanTestKind kTests[] = {MeanTestKind::Welch, MeanTestKind::Paired, MeanTestKind::SignedRank};
    const auto test = kTests[std::clamp(choice(QStringLiteral("test")), 0, 2)];
    auto pairBy = pairColumn();
    showValue(QStringLiteral("pair"), pairBy ? nameOf(*pairBy) : tr("choose a column"));
    setControlVisible(QStringLiteral("pair"), test != MeanTestKind::Welch);
    if (!metric) {
        m_model->setTable({});
        return m_note->setText(tr("These runs have no column of numbers"));
    }
    auto current = m_view->currentIndex().row();
    m_model->setTable(
        statisticsOf(*scene(), *metric, nameOf(*metric),
                     {test, pairBy, state()[QStringLiteral("reference")].toString().toStdString()}));
    fitColumns();
    const auto& table = m_model->table();
    auto several = table.groups.size() > 1;
    m_reference->setEnabled(several);
    m_reference->setValue(several ? table.groups[table.reference].label : tr("none"));
    if (several) // the test of one group is always said
        m_view->setCurrentIndex(m_model->index(current >= 0 && current < m_model->rowCount() ? current
                                               : table.reference == 0                        ? 1
                                                                                             : 0,
                                               0));
    QStringList notes;
    if (scene()->groups.empty())
        notes << tr("Group the runs in the list to compare groups");
    else if (table.groups.size() > 2)
        notes << tr("Each group against %1, without correction for testing several groups")
                     .arg(table.groups[table.reference].label);
    if (metric->kind == ColumnKind::Metric && !scene()->directions.contains(metric->key))
        notes << tr("Say in the Runs table whether higher or lower is better to see the best run");
    m_note->setText(notes.join(QStringLiteral(" · ")));
    m_note->setVisible(!notes.isEmpty());
}

void StatisticsTab::showTest()
{
    auto row = m_view->currentIndex().row();
    auto text = row < 0 || row >= m_model->rowCount()
                    ? QString()
                    : m_model->testText(m_model->table().groups[static_cast<std::size_t>(row)]);
    m_test->setText(text);
    m_test->setVisible(!text.isEmpty());
    m_line->setVisible(!text.isEmpty());
}

std::vector<CompareTab::ExportItem> StatisticsTab::exportItems()
{
    return {{tr("Copy as CSV"), [this] { QGuiApplication::clipboard()->setText(asCsv()); }},
            {tr("Copy as LaTeX"), [this] { QGuiApplication::clipboard()->setText(asLatex()); }}};
}

QString StatisticsTab::asCsv() const
{
    QString csv = QStringLiteral("group,metric,n,mean,std,stderr,ci_low,ci_high,min,median,max,best_run_id,"
                                 "difference,p_value,effect,effect_name,test,pairs\n");
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
        if (group.test)
            cells << QString::fromUtf8(group.test->effectCorrectedName().data())
                  << QLatin1String(kTestIds[static_cast<std::size_t>(table.kind)])
                  << (group.test->paired() ? QString::number(group.test->pairs) : QString());
        else
            cells << QString() << QString() << QString();
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
