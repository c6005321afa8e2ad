#include "ui/registry/versions_view.h"

#include "ui/registry/row_painting.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <cmath>

namespace sextant {

namespace {

constexpr int kGap = 6;
constexpr int kNarrowestAliases = 104, kWidestAliases = 210;
constexpr int kEvidence = 90, kDelta = 92; // with a mark and with a triangle before the number
constexpr int kNarrowestRun = 96;
constexpr int kSortArrow = 20;
constexpr int kMostMeasured = 60; // rows whose badges decide the width of a column
constexpr int kLongestAlias = 40; // characters

} // namespace

class VersionsView::Cells final : public QStyledItemDelegate
{
public:
    explicit Cells(VersionsView& view) : QStyledItemDelegate(&view), m_view(view), m_model(view.m_model) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(&m_view);
        auto width = 2 * theme.length("space.2");
        if (index.column() == Stage_)
            for (const auto& badge : stageBadges(index.row()))
                width += badgeWidth(theme, badge) + kGap;
        else if (index.column() == VersionsModel::Aliases)
            for (const auto& badge : aliasBadges(index.row()))
                width += badgeWidth(theme, badge) + kGap;
        else
            width +=
                QFontMetrics(theme.font(Theme::Text::Body)).horizontalAdvance(index.data().toString()) + 4;
        return {width, theme.length("row.table")};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const override
    {
        auto option = given;
        const auto& theme = Theme::of(&m_view);
        option.state.setFlag(QStyle::State_Active, m_view.isActiveWindow());
        painter->save();
        painter->setClipRect(option.rect);
        paintRowGround(painter, theme, option, index.row() == m_view.m_hovered);
        auto padding = theme.length("space.2");
        auto area = option.rect.adjusted(padding, 0, -padding, -1);
        if (m_model.row(index.row()).deleted)
            paintDeleted(painter, theme, area, index);
        else
            paintCell(painter, theme, area, index, option.state.testFlag(QStyle::State_Selected));
        paintFocus(painter, theme, index.row(), option.rect);
        painter->restore();
    }

private:
    static constexpr int Stage_ = VersionsModel::StageColumn;

    std::vector<Badge> stageBadges(int row) const
    {
        if (m_model.row(row).deleted)
            return {};
        std::vector<Badge> badges{Badge::stage(m_model.row(row).version->stage)};
        if (auto request = m_model.requestText(row); !request.isEmpty())
            badges.push_back(Badge::pending(request));
        return badges;
    }

    std::vector<Badge> aliasBadges(int row) const
    {
        std::vector<Badge> badges;
        if (!m_model.row(row).deleted)
            for (const auto& alias : m_model.row(row).version->aliases) {
                auto name = oneName(alias, kLongestAlias);
                badges.push_back(m_model.isProtected(alias) ? Badge::protectedAlias(name)
                                                            : Badge::alias(name));
            }
        return badges;
    }

    /// A ring around the whole row, drawn cell by cell.
    void paintFocus(QPainter* painter, const Theme& theme, int row, const QRect& cell) const
    {
        if (!m_view.hasFocus() || row != m_view.currentIndex().row() ||
            !m_view.window()->testAttribute(Qt::WA_KeyboardFocusChange))
            return;
        painter->setPen(QPen(theme.color("focus.ring"), 2));
        painter->setBrush(Qt::NoBrush);
        auto right = m_view.columnViewportPosition(VersionsModel::Created) +
                     m_view.columnWidth(VersionsModel::Created);
        painter->drawRect(QRect(1, cell.top() + 1, right - 2, cell.height() - 3));
    }

    void paintDeleted(QPainter* painter, const Theme& theme, QRect area, const QModelIndex& index) const
    {
        auto muted = theme.color("text.muted");
        if (index.column() == Stage_) {
            auto icon = theme.length("icon.small");
            theme.drawIcon(painter, QRect(area.left() + 4, area.top(), icon, area.height()),
                           QStringLiteral("trash-2"), icon, muted);
            area.setLeft(area.left() + icon + 10);
        }
        paintText(
            painter, area, index.data().toString(),
            theme.font(index.column() == VersionsModel::Created ? Theme::Text::Small : Theme::Text::Body),
            muted, Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()));
    }

    void paintBadges(QPainter* painter, const Theme& theme, QRect area,
                     const std::vector<Badge>& badges) const
    {
        for (std::size_t i = 0; i < badges.size(); ++i) {
            auto left = badges.size() - i;
            auto more = QStringLiteral("+%1").arg(left);
            painter->setFont(theme.font(Theme::Text::Small));
            auto room = left > 1 ? painter->fontMetrics().horizontalAdvance(more) + kGap + 4 : 0;
            auto wanted = badgeWidth(theme, badges[i]);
            if (i > 0 && wanted > area.width() - (left > 1 ? room : 0)) {
                paintText(painter, area, more, theme.font(Theme::Text::Small), theme.color("text.muted"));
                return;
            }
            auto width =
                paintBadge(theme, painter, area.adjusted(0, 0, i == 0 && left > 1 ? -room : 0, 0), badges[i]);
            area.setLeft(area.left() + width + kGap);
        }
    }

    void paintCell(QPainter* painter, const Theme& theme, const QRect& area, const QModelIndex& index,
                   bool selected) const
    {
        const auto& row = m_model.row(index.row());
        auto text = theme.color(selected ? "selection.text" : "text");
        auto words = index.data().toString();
        switch (index.column()) {
        case VersionsModel::Version:
            paintText(painter, area, words, theme.font(Theme::Text::BodyStrong), text);
            break;
        case Stage_:
            paintBadges(painter, theme, area, stageBadges(index.row()));
            break;
        case VersionsModel::Aliases:
            paintBadges(painter, theme, area, aliasBadges(index.row()));
            break;
        case VersionsModel::Run:
            paintText(painter, area, words,
                      theme.font(row.run == kNoRow && !row.version->runId.empty() ? Theme::Text::Mono
                                                                                  : Theme::Text::Body),
                      theme.color(row.run != kNoRow ? "accent.text" : "text.muted"));
            break;
        case VersionsModel::MetricValue:
            painter->setFont(theme.font(Theme::Text::Body));
            painter->setPen(isMissing(row.metric)       ? theme.color("text.disabled")
                            : std::isfinite(row.metric) ? text
                                                        : theme.color("chart.nonFinite"));
            drawTabular(painter, area, words);
            break;
        case VersionsModel::Delta:
            paintDelta(painter, theme, area, index);
            break;
        case VersionsModel::EvidenceColumn:
            paintBadge(theme, painter, area, m_model.evidence(index.row()).badge());
            break;
        default:
            paintText(painter, area, words, theme.font(Theme::Text::Small), theme.color("text.muted"),
                      Qt::AlignRight);
        }
    }

    void paintDelta(QPainter* painter, const Theme& theme, const QRect& area, const QModelIndex& index) const
    {
        using Kind = VersionsModel::DeltaKind;
        auto kind = m_model.deltaKind(index.row());
        auto words = index.data().toString();
        if (kind == Kind::Champion)
            return void(paintText(painter, area, words, theme.font(Theme::Text::CaptionStrong),
                                  theme.color("text.muted"), Qt::AlignRight));
        if (kind == Kind::None)
            return;
        auto tint = theme.color(kind == Kind::Better  ? "delta.better"
                                : kind == Kind::Worse ? "delta.worse"
                                                      : "delta.neutral");
        painter->setFont(theme.font(Theme::Text::Small));
        painter->setPen(tint);
        drawTabular(painter, area, words);
        if (words.startsWith(QLatin1Char('=')))
            return;
        auto tip = words.startsWith(QLatin1Char('+')) ? -4.0 : 4.0;
        auto right = area.right() + 1.0 - tabularWidth(painter->fontMetrics(), words) - 6;
        auto middle = area.center().y() + 0.5;
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(tint);
        painter->drawPolygon(
            QPolygonF({{right - 10, middle - tip}, {right, middle - tip}, {right - 5, middle + tip}}));
    }

    const VersionsView& m_view;
    const VersionsModel& m_model;
};

VersionsView::VersionsView(VersionsModel& model, QWidget* parent) : QTableView(parent), m_model(model)
{
    const auto& theme = Theme::of(this);
    setModel(&model);
    setItemDelegate(new Cells(*this));
    setAccessibleName(tr("Versions"));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setWordWrap(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(theme.length("row.table"));
    verticalHeader()->setDefaultSectionSize(theme.length("row.table"));
    buildHeader();
    for (auto signal : {&QAbstractItemModel::modelReset})
        connect(&model, signal, this, [this] {
            span();
            fit();
        });
    connect(&model, &QAbstractItemModel::layoutChanged, this, [this] { span(); });
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, &VersionsView::versionChanged);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &VersionsView::versionChanged);
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        if (!m_model.row(index.row()).deleted && !isLink(index))
            emit opened();
    });
}

void VersionsView::buildHeader()
{
    auto* header = horizontalHeader();
    header->setAccessibleName(tr("Columns of the versions"));
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(VersionsModel::Version, Qt::DescendingOrder);
    header->setMinimumSectionSize(40);
    header->setFixedHeight(Theme::of(this).length("row.header"));
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder order) { m_model.sort(column, order); });
    connect(header, &QWidget::customContextMenuRequested, this,
            [this, header](const QPoint& place) { emit metricMenuWanted(header->mapToGlobal(place)); });
}

int VersionsView::wholeHeight() const
{
    return horizontalHeader()->height() + verticalHeader()->length() +
           (horizontalScrollBar()->isVisible() ? horizontalScrollBar()->height() : 0);
}

void VersionsView::span()
{
    clearSpans();
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (m_model.row(row).deleted)
            setSpan(row, VersionsModel::StageColumn, 1, VersionsModel::Created - VersionsModel::StageColumn);
}

void VersionsView::fit()
{
    if (!m_model.entry())
        return;
    const auto& theme = Theme::of(this);
    QFontMetrics head(theme.font(Theme::Text::SmallStrong));
    std::vector<int> widths;
    for (int column = 0; column < VersionsModel::ColumnCount; ++column) {
        auto title = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        auto width = std::min(head.horizontalAdvance(title), 150) + 2 * theme.length("space.2") + 4 +
                     (column == VersionsModel::Version ? kSortArrow : 0);
        for (int row = 0; row < std::min(m_model.rowCount(), kMostMeasured); ++row)
            if (!m_model.row(row).deleted)
                width = std::max(width, itemDelegate()->sizeHint({}, m_model.index(row, column)).width());
        widths.push_back(width);
    }
    widths[VersionsModel::Aliases] = std::min(widths[VersionsModel::Aliases], kWidestAliases);
    widths[VersionsModel::Delta] = std::max(widths[VersionsModel::Delta], kDelta);
    widths[VersionsModel::EvidenceColumn] = std::max(widths[VersionsModel::EvidenceColumn], kEvidence);
    auto others = 0;
    for (int column = 0; column < VersionsModel::ColumnCount; ++column)
        others += column == VersionsModel::Run ? 0 : widths[static_cast<std::size_t>(column)];
    auto missing = others + kNarrowestRun - viewport()->width();
    auto spare = std::clamp(missing, 0, std::max(0, widths[VersionsModel::Aliases] - kNarrowestAliases));
    widths[VersionsModel::Aliases] -= spare;
    widths[VersionsModel::Run] = std::max(kNarrowestRun, viewport()->width() - others + spare);
    for (int column = 0; column < VersionsModel::ColumnCount; ++column)
        setColumnWidth(column, widths[static_cast<std::size_t>(column)]);
}

std::int64_t VersionsView::current() const
{
    auto row = currentIndex().row();
    return row < 0 || row >= m_model.rowCount() ? 0 : m_model.row(row).version->version;
}

std::vector<std::int64_t> VersionsView::chosen() const
{
    std::vector<std::int64_t> versions;
    for (const auto& index : selectionModel()->selectedRows())
        if (!m_model.row(index.row()).deleted)
            versions.push_back(m_model.row(index.row()).version->version);
    auto row = currentIndex().row();
    if (versions.empty() && row >= 0 && row < m_model.rowCount() && !m_model.row(row).deleted)
        versions.push_back(m_model.row(row).version->version);
    std::sort(versions.begin(), versions.end(), std::greater());
    return versions;
}

void VersionsView::showVersion(std::int64_t version)
{
    if (auto row = m_model.rowOf(version); row >= 0) {
        setCurrentIndex(m_model.index(row, 0));
        scrollTo(m_model.index(row, 0));
    }
}

bool VersionsView::isLink(const QModelIndex& index) const
{
    return index.isValid() && index.column() == VersionsModel::Run &&
           m_model.row(index.row()).run != kNoRow && !m_model.row(index.row()).deleted;
}

void VersionsView::setHovered(int row)
{
    if (row == std::exchange(m_hovered, row))
        return;
    viewport()->update();
}

void VersionsView::mouseMoveEvent(QMouseEvent* event)
{
    auto index = indexAt(event->position().toPoint());
    setHovered(index.row());
    viewport()->setCursor(isLink(index) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QTableView::mouseMoveEvent(event);
}

void VersionsView::mouseReleaseEvent(QMouseEvent* event)
{
    auto index = indexAt(event->position().toPoint());
    QTableView::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier && isLink(index) &&
        index.row() == currentIndex().row())
        emit runWanted(QString::fromStdString(m_model.row(index.row()).version->runId));
}

void VersionsView::leaveEvent(QEvent* event)
{
    setHovered(-1);
    QTableView::leaveEvent(event);
}

void VersionsView::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && current() > 0) {
        emit opened();
        return;
    }
    QTableView::keyPressEvent(event);
}

void VersionsView::contextMenuEvent(QContextMenuEvent* event)
{
    auto keyboard = event->reason() == QContextMenuEvent::Keyboard;
    emit menuWanted(keyboard ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
                             : event->globalPos());
}

void VersionsView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fit();
}

} // namespace sextant
