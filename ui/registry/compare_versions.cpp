#include "ui/registry/compare_versions.h"

#include "ui/registry/row_painting.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>

#include <cmath>

namespace sextant {

namespace {

const QString kRunLane = QStringLiteral("registry.compare.runs");
const QString kFileLane = QStringLiteral("registry.compare.files");
constexpr int kField = 230;
constexpr int kNarrowestVersion = 180;

class CellDelegate final : public QStyledItemDelegate
{
public:
    CellDelegate(const ComparisonModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        const auto& row = m_model.row(index.row());
        painter->save();
        painter->setClipRect(option.rect);
        auto area = option.rect.adjusted(theme.length("space.2"), 0, -theme.length("space.2"), -1);
        if (row.isSection)
            paintSection(painter, theme, option.rect, area, row);
        else
            paintCell(painter, theme, option, area, index);
        painter->restore();
    }

private:
    static void paintSection(QPainter* painter, const Theme& theme, const QRect& rect, QRect area,
                             const ComparisonRow& row)
    {
        painter->fillRect(rect, theme.color("bg.2"));
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border.hairline"));
        area.setLeft(
            area.left() +
            paintText(painter, area, row.name, theme.font(Theme::Text::SmallStrong), theme.color("text")) +
            8);
        paintText(painter, area, row.detail, theme.font(Theme::Text::Small), theme.color("text.muted"));
    }

    void paintCell(QPainter* painter, const Theme& theme, const QStyleOptionViewItem& option, QRect area,
                   const QModelIndex& index) const
    {
        const auto& row = m_model.row(index.row());
        auto selected = option.state.testFlag(QStyle::State_Selected);
        const auto* cell =
            index.column() > 0 ? &row.cells[static_cast<std::size_t>(index.column() - 1)] : nullptr;
        auto ground = cell && cell->differs ? "accent.subtle" : index.column() == 1 ? "bg.3" : "bg.1";
        painter->fillRect(option.rect, theme.color(selected ? "selection.bg" : ground));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          theme.color("border.hairline"));
        auto text = theme.color(selected ? "selection.text" : "text");
        if (!cell) {
            paintText(painter, area, row.name,
                      theme.font(row.differs ? Theme::Text::BodyStrong : Theme::Text::Body),
                      row.differs ? text : theme.color("text.muted"), Qt::AlignLeft, Qt::ElideMiddle);
            return;
        }
        auto used = paintText(painter, area, cell->text,
                              theme.font(cell->mono ? Theme::Text::Mono : Theme::Text::Body),
                              cell->missing ? theme.color("text.disabled") : text);
        auto difference = cell->number - row.cells.front().number;
        if (index.column() > 1 && std::isfinite(difference) && difference != 0) {
            auto words = (difference > 0 ? QStringLiteral("▲ ") : QStringLiteral("▼ ")) +
                         formatDifference(difference,
                                          chooseFormat(std::vector{cell->number, row.cells.front().number}));
            paintText(painter, area.adjusted(used + 10, 0, 0, 0), words, theme.font(Theme::Text::Small),
                      theme.color("delta.neutral"));
        }
        if (option.state.testFlag(QStyle::State_HasFocus))
            paintRowFocus(painter, theme, option);
    }

    const ComparisonModel& m_model;
};

} // namespace

void ComparisonModel::setRows(std::vector<ComparisonRow> rows, QStringList titles)
{
    beginResetModel();
    m_rows = std::move(rows);
    m_titles = std::move(titles);
    choose();
    endResetModel();
}

void ComparisonModel::setOnlyDifferences(bool only)
{
    beginResetModel();
    m_only = only;
    choose();
    endResetModel();
}

void ComparisonModel::choose()
{
    m_shown.clear();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (!m_only || m_rows[i].differs)
            m_shown.push_back(i);
}

std::size_t ComparisonModel::differing() const
{
    return static_cast<std::size_t>(std::count_if(m_rows.begin(), m_rows.end(), [](const ComparisonRow& row) {
        return !row.isSection && row.differs;
    }));
}

std::size_t ComparisonModel::compared() const
{
    return static_cast<std::size_t>(
        std::count_if(m_rows.begin(), m_rows.end(), [](const ComparisonRow& row) { return !row.isSection; }));
}

int ComparisonModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_titles.size()) + 1;
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& shown = row(index.row());
    const auto* cell = index.column() > 0 && !shown.isSection
                           ? &shown.cells[static_cast<std::size_t>(index.column() - 1)]
                           : nullptr;
    if (role == Qt::DisplayRole)
        return cell ? cell->text : index.column() == 0 ? shown.name : QString();
    if (role == Qt::ToolTipRole)
        return plainToolTip(cell ? (cell->whole.isEmpty() ? cell->text : cell->whole) : shown.name);
    if (role == Qt::AccessibleTextRole && cell)
        return cell->differs ? tr("%1, differs").arg(cell->text) : cell->text;
    if (role == Qt::AccessibleTextRole)
        return shown.isSection ? shown.name + QLatin1String(", ") + shown.detail : shown.name;
    return {};
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == 0 ? QString() : m_titles.value(section - 1);
}

CompareVersions::CompareVersions(const PageContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_view(new QTableView), m_stack(new QStackedWidget),
      m_state(new StatePanel)
{
    buildView();
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_state);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_view);
}

void CompareVersions::buildView()
{
    const auto& theme = Theme::of(this);
    m_view->setModel(&m_model);
    m_view->installEventFilter(this);
    m_view->setItemDelegate(new CellDelegate(m_model, m_view));
    m_view->setAccessibleName(tr("Versions side by side"));
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setMinimumSectionSize(theme.length("row.table"));
    m_view->verticalHeader()->setDefaultSectionSize(theme.length("row.table"));
    m_view->horizontalHeader()->setAccessibleName(tr("Compared versions"));
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setFixedHeight(theme.length("row.header"));
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_view->clearSpans();
        for (int row = 0; row < m_model.rowCount(); ++row)
            if (m_model.row(row).isSection)
                m_view->setSpan(row, 0, 1, m_model.columnCount());
        fit();
    });
}

QWidget* CompareVersions::buildBar()
{
    const auto& theme = Theme::of(this);
    auto* bar = new QWidget;
    bar->setFixedHeight(theme.length("bar.filter"));
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(theme.length("space.2"), 0, theme.length("space.3"), 0);
    layout->setSpacing(theme.length("space.2"));
    auto* back = new IconButton(QStringLiteral("arrow-left"), tr("Back to the versions"));
    connect(back, &QToolButton::clicked, this, &CompareVersions::closed);
    layout->addWidget(back);
    m_title = new ElidedLabel(Theme::Text::BodyStrong, "text", Qt::ElideMiddle);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    layout->addWidget(m_title);
    layout->addWidget(m_count = new ElidedLabel(Theme::Text::Small, "text.muted"), 1);
    m_only = new QCheckBox(tr("Only differences"));
    setControlRole(m_only, ControlRole::Switch);
    connect(m_only, &QCheckBox::toggled, this, &CompareVersions::setOnlyDifferences);
    layout->addWidget(m_only);
    return bar;
}

void CompareVersions::compare(std::vector<ModelVersion> versions)
{
    m_versions.clear();
    QStringList names;
    for (auto& version : versions) {
        names << QStringLiteral("v%1").arg(version.version);
        m_versions.push_back({std::move(version), {}, {}, false});
    }
    m_title->setText(
        tr("%1  %2").arg(oneLine(m_versions.front().version.name, 300), names.join(tr(" and "))));
    m_count->setText({});
    m_state->showLoading(tr("Reading the versions"));
    m_stack->setCurrentIndex(1);
    m_context.session.read<std::vector<ComparedVersion>>(
        tr("Comparing versions"), kRunLane, this,
        [compared = m_versions](Store& store,
                                const Operation&) mutable -> Result<std::vector<ComparedVersion>> {
            for (auto& one : compared) {
                if (one.version.runId.empty())
                    continue;
                if (auto run = store.tracking->run(one.version.runId))
                    one.run = std::move(*run);
            }
            return std::move(compared);
        },
        [this](Result<std::vector<ComparedVersion>> compared) {
            if (!compared) {
                m_state->showError(compared.error());
                return;
            }
            m_versions = std::move(*compared);
            show();
            readFiles();
        });
}

/// However large they are: the task says how far it is and can be stopped.
void CompareVersions::readFiles()
{
    m_context.jobs.start<std::vector<ComparedVersion>>(
        tr("Reading the files of %1 versions").arg(m_versions.size()), kFileLane, this,
        [compared = m_versions, path = m_context.session.info().path](
            const Operation& operation) mutable -> Result<std::vector<ComparedVersion>> {
            for (auto& one : compared) {
                auto details = readVersionDetails(path, one.version, true, operation);
                if (details)
                    one.details = std::move(*details);
                else
                    one.details.digestProblem = details.error();
                one.filesRead = true;
            }
            return std::move(compared);
        },
        [this](Result<std::vector<ComparedVersion>> compared) {
            if (compared)
                m_versions = std::move(*compared);
            for (auto& one : m_versions) {
                if (!compared)
                    one.details.digestProblem = compared.error();
                one.filesRead = true;
            }
            show();
        });
}

void CompareVersions::show()
{
    QStringList titles;
    for (const auto& one : m_versions)
        titles << QStringLiteral("v%1").arg(one.version.version) +
                      (one.run ? QLatin1String("  ") + oneName(one.run->info.name, 60) : QString());
    auto place = m_view->currentIndex();
    auto scrolled = m_view->verticalScrollBar()->value();
    m_model.setRows(compareVersions(m_versions), titles);
    m_stack->setCurrentIndex(0);
    m_view->setCurrentIndex(m_model.index(std::max(0, place.row()), std::max(0, place.column())));
    m_view->verticalScrollBar()->setValue(scrolled);
    m_count->setText(tr("%1 of %2 rows differ from v%3")
                         .arg(m_model.differing())
                         .arg(m_model.compared())
                         .arg(m_versions.front().version.version));
}

void CompareVersions::setOnlyDifferences(bool only)
{
    m_only->setChecked(only);
    if (only != m_model.onlyDifferences())
        m_model.setOnlyDifferences(only);
}

void CompareVersions::fit()
{
    auto columns = m_model.columnCount() - 1;
    if (columns < 1)
        return;
    auto each = std::max(kNarrowestVersion, (m_view->viewport()->width() - kField) / columns);
    m_view->setColumnWidth(0, kField);
    for (int column = 1; column <= columns; ++column)
        m_view->setColumnWidth(column, each);
}

void CompareVersions::copy()
{
    QString text;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.row(row).isSection)
            continue;
        QStringList cells{m_model.row(row).name};
        for (const auto& cell : m_model.row(row).cells)
            cells << (cell.whole.isEmpty() ? cell.text : cell.whole).simplified();
        text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    QGuiApplication::clipboard()->setText(text);
}

bool CompareVersions::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_view && event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape)
            emit closed();
        else if (key->matches(QKeySequence::Copy))
            copy();
        else
            return false;
        return true;
    }
    return QWidget::eventFilter(object, event);
}

void CompareVersions::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void CompareVersions::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    painter.fillRect(QRect(0, theme.length("bar.filter") - 1, width(), 1), theme.color("border.hairline"));
}

} // namespace sextant
