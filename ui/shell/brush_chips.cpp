#include "ui/shell/brush_chips.h"

#include "core/query/brush_clause.h"
#include "core/query/print.h"
#include "ui/shell/brush_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/store_text.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace sextant {

namespace {
constexpr int kHeight = 34;
constexpr int kChipHeight = 24;
constexpr int kMostChipWidth = 320;
} // namespace

/// "lr 0.001 to 0.01 ×"
class BrushChips::Chip final : public QAbstractButton
{
public:
    Chip(const Brush& brush, QWidget* parent)
        : QAbstractButton(parent), m_title(brushTitle(brush)), m_value(brushText(brush))
    {
        setAccessibleName(BrushChips::tr("Remove brush %1 %2").arg(m_title, m_value));
        setToolTip(plainToolTip(BrushChips::tr("Only runs with %1 %2. Click to remove, right-click for more")
                                    .arg(m_title, m_value)));
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
        setFixedHeight(kChipHeight);
    }

    QSize sizeHint() const override
    {
        const auto& theme = Theme::of(this);
        auto width = QFontMetrics(theme.font(Theme::Text::Small)).horizontalAdvance(m_title) +
                     QFontMetrics(theme.font(Theme::Text::SmallStrong)).horizontalAdvance(m_value) + 6 + 16 +
                     theme.length("icon.small") + 10;
        return {std::min(width, kMostChipWidth), kChipHeight};
    }
    QSize minimumSizeHint() const override { return {60, kChipHeight}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const auto& theme = Theme::of(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        auto box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(theme.color("border.control"));
        painter.setBrush(theme.color(isDown() ? "bg.4" : underMouse() ? "bg.3" : "selection.bg"));
        painter.drawRoundedRect(box, 4, 4);
        if (hasFocus()) {
            painter.setPen(QPen(theme.color("focus.ring"), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4);
        }
        auto icon = theme.length("icon.small");
        auto area = rect().adjusted(8, 0, -8 - icon - 6, 0);
        theme.drawIcon(&painter, QRect(area.right() + 7, 0, icon, height()), "x", icon,
                       theme.color("text.muted"));
        painter.setFont(theme.font(Theme::Text::Small));
        painter.setPen(theme.color("selection.text"));
        const auto value = QFontMetrics(theme.font(Theme::Text::SmallStrong)).horizontalAdvance(m_value);
        auto title = painter.fontMetrics().elidedText(m_title, Qt::ElideMiddle,
                                                      std::max(area.width() / 2, area.width() - value - 6));
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, title);
        area.setLeft(area.left() + painter.fontMetrics().horizontalAdvance(title) + 6);
        painter.setFont(theme.font(Theme::Text::SmallStrong));
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(m_value, Qt::ElideRight, area.width()));
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    QString m_title, m_value;
};

BrushChips::BrushChips(PageContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_workspaces(context.workspaces), m_chips(new QHBoxLayout)
{
    const auto& theme = Theme::of(this);
    setFixedHeight(kHeight);
    setAccessibleName(tr("Brushes"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 1);
    layout->setSpacing(theme.length("space.2"));
    layout->addWidget(new TextLabel(tr("Brushed"), Theme::Text::Small, "text.muted"));
    layout->addLayout(m_chips);
    auto* clear = new IconButton(QStringLiteral("x"), tr("Clear all brushes"));
    connect(clear, &QToolButton::clicked, this, &BrushChips::clear);
    auto* asFilter = new IconButton(QStringLiteral("funnel"), tr("Turn brushes into filter text"));
    connect(asFilter, &QToolButton::clicked, this, [this] { turnIntoFilter(); });
    layout->addWidget(asFilter);
    layout->addWidget(m_clear = clear);
    layout->addStretch(1);
    connect(&m_workspaces, &WorkspaceHistory::changed, this, &BrushChips::takeWorkspace);
    hide();
    takeWorkspace();
}

void BrushChips::takeWorkspace()
{
    if (m_workspaces.current().brushes == m_brushes)
        return;
    m_brushes = m_workspaces.current().brushes;
    while (auto* item = m_chips->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto& brush : m_brushes) {
        auto* chip = new Chip(brush, this);
        connect(chip, &QAbstractButton::clicked, this, [this, column = brush.column] { remove(column); });
        chip->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(chip, &QWidget::customContextMenuRequested, this,
                [this, chip, brush](const QPoint& place) { openMenu(brush, chip->mapToGlobal(place)); });
        m_chips->addWidget(chip);
    }
    m_clear->setVisible(m_brushes.size() > 1);
    setVisible(!m_brushes.empty());
}

void BrushChips::remove(const ColumnRef& column)
{
    auto next = m_workspaces.current();
    std::erase_if(next.brushes, [&](const Brush& brush) { return brush.column == column; });
    m_workspaces.change(tr("remove brush"), std::move(next));
}

void BrushChips::clear()
{
    auto next = m_workspaces.current();
    next.brushes.clear();
    m_workspaces.change(tr("clear brushes"), std::move(next));
}

std::string BrushChips::clauseOf(const Brush& brush) const
{
    const auto table = m_context.session.table();
    return brushClause(brush, table.get());
}

void BrushChips::turnIntoFilter(const std::vector<Brush>& brushes)
{
    auto next = m_workspaces.current();
    const auto table = m_context.session.table();
    for (const auto& brush : brushes) {
        const auto clause = clauseOf(brush);
        if (clause.empty())
            continue; // the filter has no words for nothing
        next.filter = joinedByAnd(next.filter, clause, FilterTarget::Runs);
        auto& compare = next.compare;
        if (compare.source == CompareView::Source::Filter)
            compare.filter = joinedByAnd(compare.filter, clause, FilterTarget::Runs);
        // Runs listed one by one obey no filter: their eyes close.
        for (const auto& run :
             compare.source == CompareView::Source::Runs ? compare.runs : std::vector<std::string>())
            if (auto row = table ? table->find(run) : std::nullopt;
                row && rowsInside(*table, std::span(&brush, 1), {*row}).empty())
                compare.hidden.insert(run);
        std::erase(next.brushes, brush);
    }
    m_workspaces.change(tr("turn brush into filter"), std::move(next));
}

void BrushChips::openMenu(const Brush& brush, const QPoint& place)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto& theme = Theme::of(this);
    const auto clause = QString::fromStdString(clauseOf(brush));
    auto* turn = menu->addAction(theme.icon(QStringLiteral("funnel")), tr("Turn into filter text"));
    auto* copy = menu->addAction(theme.icon(QStringLiteral("copy")), tr("Copy as filter text"));
    for (auto* action : {turn, copy})
        action->setEnabled(!clause.isEmpty());
    menu->addSeparator();
    auto* away = menu->addAction(theme.icon(QStringLiteral("x")), tr("Remove brush"));
    connect(turn, &QAction::triggered, this, [this, brush] { turnIntoFilter({brush}); });
    connect(copy, &QAction::triggered, this, [clause] { QGuiApplication::clipboard()->setText(clause); });
    connect(away, &QAction::triggered, this, [this, column = brush.column] { remove(column); });
    menu->popup(place);
}

void BrushChips::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.2"));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color("border.hairline"));
}

} // namespace sextant
